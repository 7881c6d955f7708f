MATCH (i:Recognition)
WHERE i.name CONTAINS $words
MATCH (i)-[:REQUIRES*1..6]->(c:Condition)
WHERE c.logic = 'leaf'
OPTIONAL MATCH (c)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT i.id AS recognition, i.name AS recognition_name, c.id AS condition, c.clause AS clause, c.text AS text,
       c.what AS what, c.op AS op, c.value AS value, c.unit AS unit, c.window AS window,
       max(coalesce(e.cite, '')) AS cite
