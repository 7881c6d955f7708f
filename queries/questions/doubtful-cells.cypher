MATCH (a:Assignment)
WHERE a.current = true AND a.confidence < $below
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (a)-[:ABOUT_PLACE]->(c:City)
OPTIONAL MATCH (a)-[:SUPPORTED_BY]->(s)
WITH a, k, c, count(DISTINCT s.id) AS supported
OPTIONAL MATCH (a)-[:OPPOSED_BY]->(o)
WITH a, k, c, supported, count(DISTINCT o.id) AS opposed
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH a, k, c, supported, opposed, max(coalesce(e.cite, '')) AS cite
RETURN k.id AS cluster, k.name AS cluster_name, c.id AS city, c.name AS city_name, a.present AS present,
       a.confidence AS confidence, supported AS supported, opposed AS opposed, cite AS cite, a.id AS assignment
