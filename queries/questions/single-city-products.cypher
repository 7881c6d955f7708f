MATCH (t:LayoutStatement)-[:ABOUT_PLACE]->(p)
MATCH (t)-[:ABOUT_PRODUCT]->(g:Product)
WITH g, count(DISTINCT p) AS places
WHERE places = 1
MATCH (g)<-[:ABOUT_PRODUCT]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (s)-[:ABOUT_PLACE]->(c:City)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN g.id AS product, g.name AS product_name, k.id AS cluster, k.name AS cluster_name, b.name AS subsector_name,
       c.id AS city, c.name AS city_name, s.role AS role, s.open_list AS open_list, e.cite AS cite, s.id AS statement
