MATCH (b:Subsector)-[:PART_OF]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (s:LayoutStatement)-[:ABOUT_SUBSECTOR]->(b)
OPTIONAL MATCH (s)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (s)-[:ABOUT_PRODUCT]->(g:Product)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT k.id AS cluster, k.name AS cluster_name, b.id AS subsector, b.name AS subsector_name,
       count(DISTINCT c.id) AS cities, count(DISTINCT g.id) AS products, max(coalesce(e.cite, '')) AS cite
