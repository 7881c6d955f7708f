MATCH (c:Condition)-[:AVAILABLE_IN]->(g)
WHERE c.text CONTAINS $words
OPTIONAL MATCH (c)-[:EVIDENCED_BY]->(e:Evidence)
RETURN c.id AS condition, c.what AS what, c.text AS text, c.op AS op, c.value AS value, c.unit AS unit, g.id AS place,
       g.name AS place_name, max(coalesce(e.cite, '')) AS cite
