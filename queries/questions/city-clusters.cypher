MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(a:Assignment)
WHERE a.present = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
MATCH (a)-[:EDITION]->(p:Policy)
WHERE ($edition = '现行' AND a.current = true)
   OR p.name CONTAINS $edition OR coalesce(p.doc_number, '') CONTAINS $edition
OPTIONAL MATCH (a)-[:SUPPORTED_BY]->(s)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_PLACE]->(sc)
OPTIONAL MATCH (s)-[:ABOUT_CLUSTER]->(sk)
OPTIONAL MATCH (a)-[:OPPOSED_BY]->(o)
WITH a, k, p, count(DISTINCT s.id) AS supported, count(DISTINCT o.id) AS opposed,
     max(coalesce(CASE WHEN sc.id = c.id AND sk.id = k.id THEN e.cite ELSE '' END, '')) AS near,
     max(coalesce(e.cite, '')) AS far
RETURN k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, a.level AS level,
       a.confidence AS confidence, a.level_confidence AS level_confidence, a.override AS override,
       supported AS supported, opposed AS opposed, p.id AS policy, p.name AS policy_name, a.current AS current,
       CASE WHEN near = '' THEN far ELSE near END AS cite, a.id AS assignment
