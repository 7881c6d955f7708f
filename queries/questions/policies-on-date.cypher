MATCH (p:Policy)
WHERE p.name CONTAINS $policy OR coalesce(p.doc_number, '') CONTAINS $policy
OPTIONAL MATCH (p)-[:EVIDENCED_BY]->(e:Evidence)
WITH p, coalesce(p.effective, p.issued) AS since, max(coalesce(e.cite, '')) AS cite
RETURN p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number,
       CASE
         WHEN p.draft THEN 'draft'
         WHEN since IS NULL THEN 'unknown'
         WHEN since > $date THEN 'not_yet'
         WHEN p.expires IS NULL THEN 'no_term'
         WHEN p.expires < $date THEN 'expired'
         ELSE 'in_force'
       END AS status,
       p.issued AS issued, p.effective AS effective, p.expires AS expires, cite AS cite
