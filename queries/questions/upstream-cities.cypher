MATCH (t:ChainNode)
WHERE t.name = $product
MATCH (t)<-[:FEEDS*1..3]-(u)
WITH DISTINCT u
MATCH (u)<-[:ABOUT_PRODUCT]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_PLACE]->(p)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT u.id AS upstream, u.name AS upstream_name, p.id AS place, p.name AS place_name, k.name AS cluster_name,
       s.role AS role, e.cite AS cite, s.id AS statement
