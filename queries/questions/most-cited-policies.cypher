MATCH (p:Policy)<-[:CITED_POLICY]-(n:Citation)-[:CITING_POLICY]->(a:Policy)
WITH p, count(DISTINCT a.id) AS citing
WHERE citing >= $at_least
MATCH (p)<-[:CITED_POLICY]-(m:Citation)-[:EVIDENCED_BY]->(e:Evidence)
RETURN p.id AS policy_id, p.name AS policy_name, p.doc_number AS doc_number, citing AS citing,
       max(coalesce(e.cite, '')) AS cite
