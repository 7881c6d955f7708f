MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(a:Assignment)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_PLACE]->(c:City)
MATCH (a)-[:EDITION]->(p:Policy)
OPTIONAL MATCH (a)-[:SUPPORTED_BY]->(s)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_PLACE]->(sc)
OPTIONAL MATCH (s)-[:ABOUT_CLUSTER]->(sk)
OPTIONAL MATCH (a)-[:OPPOSED_BY]->(o)
WITH a, c, p, count(DISTINCT s.id) AS supported, count(DISTINCT o.id) AS opposed,
     max(coalesce(CASE WHEN sc.id = c.id AND sk.id = k.id THEN e.cite ELSE '' END, '')) AS near,
     max(coalesce(e.cite, '')) AS far
RETURN c.id AS city, c.name AS city_name, a.level AS level, a.confidence AS confidence,
       a.level_confidence AS level_confidence, a.override AS override, supported AS supported, opposed AS opposed,
       p.id AS policy, p.name AS policy_name, CASE WHEN near = '' THEN far ELSE near END AS cite, a.id AS assignment
