MATCH (t:Transfer)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (t)-[:TRANSFER_FROM]->(a)
OPTIONAL MATCH (t)-[:TRANSFER_TO]->(b)
WITH t, e, a, b
WHERE coalesce(a.name, '') CONTAINS $place OR coalesce(b.name, '') CONTAINS $place
OPTIONAL MATCH (t)-[:ABOUT_CLUSTER]->(k:Cluster)
OPTIONAL MATCH (t)-[:ABOUT_SITE]->(s)
RETURN t.id AS transfer, t.mechanism AS mechanism, a.id AS source, a.name AS source_name, b.id AS target,
       b.name AS target_name, k.name AS cluster_name, s.name AS site_name, e.quote AS quote, e.line AS line,
       e.cite AS cite
