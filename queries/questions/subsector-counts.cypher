MATCH (k:Cluster)<-[:PART_OF]-(b:Subsector)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (b)<-[:ABOUT_SUBSECTOR]-(s:LayoutStatement)
OPTIONAL MATCH (s)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
WITH k, b, s, c, max(coalesce(e.cite, '')) AS words
OPTIONAL MATCH (s)-[:ABOUT_PRODUCT]->(g:Product)
RETURN DISTINCT k.id AS cluster, k.name AS cluster_name, b.id AS subsector, b.name AS subsector_name,
       count(DISTINCT c.id) AS cities, count(DISTINCT g.id) AS products, max(coalesce(words, '')) AS cite
