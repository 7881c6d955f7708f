MATCH (n:Citation)-[:CITING_POLICY]->(a:Policy)
MATCH (n)-[:CITED_POLICY]->(b:Policy)
WHERE a.name CONTAINS $policy OR b.name CONTAINS $policy
   OR coalesce(a.doc_number, '') CONTAINS $policy OR coalesce(b.doc_number, '') CONTAINS $policy
MATCH (n)-[:EVIDENCED_BY]->(e:Evidence)
RETURN a.id AS source, a.name AS source_name, n.relation AS relation, b.id AS target, b.name AS target_name,
       b.doc_number AS target_number, e.quote AS quote, e.cite AS cite, n.id AS citation
