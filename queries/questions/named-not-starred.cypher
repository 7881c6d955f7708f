MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE NOT EXISTS { MATCH (c)-[:HOSTS]->(k) }
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, s.role AS role, e.quote AS quote,
       e.line AS line, e.cite AS cite, s.id AS statement
