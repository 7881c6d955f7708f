MATCH (p:Policy)
WHERE p.expires >= $from AND p.expires <= $until
OPTIONAL MATCH (p)-[:EVIDENCED_BY]->(e:Evidence)
WITH p, max(coalesce(e.cite, '')) AS cite
RETURN p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number, p.expires AS expires, cite AS cite
