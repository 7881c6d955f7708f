MATCH (p:Policy)-[:ISSUED_BY]->(a:Agency)
WHERE $agency IS NULL OR a.id = $agency
OPTIONAL MATCH (p)-[:EVIDENCED_BY]->(e:Evidence)
WITH p, a, max(coalesce(e.cite, '')) AS cite
RETURN p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number, p.kind AS kind, p.level AS level,
       p.draft AS draft, p.issued AS issued, a.id AS agency, a.name AS agency_name, cite AS cite
