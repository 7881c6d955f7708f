MATCH (a:Assignment)-[:ABOUT_PLACE]->(c:City)
WHERE a.present = true AND a.current = true AND (c.id = $city OR c.id = $peer)
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH k, max(coalesce(CASE WHEN c.id = $city THEN e.cite END, '')) AS near, max(coalesce(e.cite, '')) AS far,
     count(DISTINCT CASE WHEN c.id = $city THEN a.id END) AS ours,
     count(DISTINCT CASE WHEN c.id = $peer THEN a.id END) AS theirs,
     max(coalesce(CASE WHEN c.id = $city THEN a.level END, 0)) AS our_star,
     max(coalesce(CASE WHEN c.id = $peer THEN a.level END, 0)) AS their_star
RETURN k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name,
       CASE WHEN theirs = 0 THEN 'ours' WHEN ours = 0 THEN 'theirs' ELSE 'both' END AS standing,
       CASE WHEN our_star = 0 THEN null ELSE our_star END AS our_level,
       CASE WHEN their_star = 0 THEN null ELSE their_star END AS their_level,
       CASE WHEN near = '' THEN far ELSE near END AS cite
