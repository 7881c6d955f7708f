MATCH (n:Citation)-[:CITED_POLICY]->(p:Policy)
MATCH (n)-[:CITING_POLICY]->(a:Policy)
WITH p, count(DISTINCT a.id) AS citing
WHERE citing >= $at_least
MATCH (m:Citation)-[:CITED_POLICY]->(p)
MATCH (m)-[:EVIDENCED_BY]->(e:Evidence)
RETURN p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number, citing AS citing,
       max(coalesce(e.cite, '')) AS cite
