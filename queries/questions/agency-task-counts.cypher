MATCH (p:Policy)-[:PROVIDES]->(t:Task)
WHERE p.name CONTAINS $policy OR coalesce(p.doc_number, '') CONTAINS $policy
OPTIONAL MATCH (t)-[:EVIDENCED_BY]->(e:Evidence)
WITH t, max(coalesce(e.cite, '')) AS words
MATCH (t)-[r:LED_BY|SHARED_BY]->(a:Agency)
RETURN a.id AS agency, a.name AS agency_name, count(DISTINCT t.id) AS tasks,
       count(DISTINCT CASE WHEN type(r) = 'LED_BY' THEN t.id END) AS led, max(coalesce(words, '')) AS cite
