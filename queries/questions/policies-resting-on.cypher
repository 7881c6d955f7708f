MATCH (t:Policy)
WHERE t.name CONTAINS $policy OR coalesce(t.doc_number, '') CONTAINS $policy
MATCH (t)<-[:BASED_ON|IMPLEMENTS*1..3]-(p:Policy)
OPTIONAL MATCH (p)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number, p.issued AS issued,
       t.id AS target, t.name AS target_name, max(coalesce(e.cite, '')) AS cite
