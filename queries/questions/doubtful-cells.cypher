MATCH (a:Assignment)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE a.current = true AND a.confidence < $below AND ($cluster IS NULL OR k.id = $cluster)
MATCH (a)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (a)-[:SUPPORTED_BY]->(s)
OPTIONAL MATCH (a)-[:OPPOSED_BY]->(o)
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
RETURN k.id AS cluster, k.name AS cluster_name, c.id AS city, c.name AS city_name, a.present AS present,
       a.confidence AS confidence, count(DISTINCT s.id) AS supported, count(DISTINCT o.id) AS opposed,
       max(coalesce(e.cite, '')) AS cite, a.id AS assignment
