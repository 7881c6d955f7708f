MATCH (k:Cluster)<-[:ABOUT_CLUSTER]-(s:LayoutStatement)
WHERE $cluster IS NULL OR k.id = $cluster
OPTIONAL MATCH (s)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, s.role AS role,
       count(DISTINCT s.id) AS statements, count(DISTINCT c.id) AS cities, count(DISTINCT b.id) AS subsectors,
       max(coalesce(e.cite, '')) AS cite
