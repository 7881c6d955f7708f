MATCH (g:Product)<-[:ABOUT_PRODUCT]-(s:LayoutStatement)
WHERE g.name CONTAINS $words
MATCH (s)-[:ABOUT_PLACE]->(p)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN g.id AS product, g.name AS product_name, p.id AS place, p.name AS place_name, k.name AS cluster_name,
       b.name AS subsector_name, s.role AS role, e.cite AS cite, s.id AS statement
