MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(s:LayoutStatement)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN s.id AS statement, c.id AS city, k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name,
       b.name AS subsector_name, s.role AS role, s.open_list AS open_list, e.quote AS quote, e.line AS line, e.cite AS cite
