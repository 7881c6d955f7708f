OPTIONAL MATCH (:City {id: $city})-[:HOSTS]->(h:Cluster)
WITH collect(DISTINCT h.id) AS ours
MATCH (g:Region)<-[:IN_REGION]-(m:City)
WHERE g.name = $region
WITH ours, g, count(DISTINCT m.id) AS members
MATCH (g)<-[:IN_REGION]-(c:City)<-[:ABOUT_PLACE]-(a:Assignment)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE NOT k.id IN ours
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH g, k, members, count(DISTINCT c.id) AS carrying, max(coalesce(e.cite, '')) AS cite
WHERE 2 * carrying > members
RETURN DISTINCT g.id AS region_id, g.name AS region_name, k.number AS cluster_number, k.id AS cluster,
       k.name AS cluster_name, carrying AS carrying, members AS members, cite AS cite
