MATCH (t:LayoutStatement)-[:ABOUT_PRODUCT]->(g:Product)
MATCH (t)-[:ABOUT_PLACE]->(somewhere)
WITH g, count(DISTINCT somewhere.id) AS places
WHERE places = 1
MATCH (s:LayoutStatement)-[:ABOUT_PRODUCT]->(g)
MATCH (s)-[:ABOUT_PLACE]->(c:City)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN g.id AS product, g.name AS product_name, k.id AS cluster, k.name AS cluster_name, b.name AS subsector_name,
       c.id AS city, c.name AS city_name, s.role AS role, s.open_list AS open_list, e.cite AS cite, s.id AS statement
