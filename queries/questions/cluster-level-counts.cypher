MATCH (a:Assignment)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE a.present = true AND a.current = true AND ($cluster IS NULL OR k.id = $cluster)
MATCH (a)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
RETURN k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, a.level AS level,
       count(DISTINCT c.id) AS cities, max(coalesce(e.cite, '')) AS cite
