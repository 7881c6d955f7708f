MATCH (m:City)-[:IN_REGION]->(g:Region)
WHERE g.name = $region
WITH g, count(DISTINCT m.id) AS members
MATCH (c:City)-[:IN_REGION]->(g)
MATCH (a:Assignment)-[:ABOUT_PLACE]->(c)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE NOT EXISTS { MATCH (:City {id: $city})-[:HOSTS]->(k) }
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH g, k, members, count(DISTINCT c.id) AS carrying, max(coalesce(e.cite, '')) AS cite
WHERE 2 * carrying > members
RETURN DISTINCT g.id AS region_id, g.name AS region_name, k.number AS cluster_number, k.id AS cluster,
       k.name AS cluster_name, carrying AS carrying, members AS members, cite AS cite
