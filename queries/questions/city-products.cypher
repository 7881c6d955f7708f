MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (s)-[:ABOUT_PRODUCT]->(g:Product)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN g.id AS product, g.name AS product_name, k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name,
       b.name AS subsector_name, s.role AS role, e.cite AS cite, s.id AS statement
