MATCH (p:Policy)-[:PROVIDES]->(d:Deadline)
WHERE d.what CONTAINS $what AND (p.name CONTAINS $policy OR coalesce(p.doc_number, '') CONTAINS $policy)
OPTIONAL MATCH (d)-[:EVIDENCED_BY]->(e:Evidence)
RETURN d.id AS deadline, d.what AS kind, d.who AS who, d.to AS recipient, d.date AS date, d.recurs AS recurs,
       d.scope AS scope, p.id AS policy_id, p.name AS policy_name, max(coalesce(e.cite, '')) AS cite
