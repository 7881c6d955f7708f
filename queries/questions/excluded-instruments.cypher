MATCH (p:Policy)-[:PROVIDES]->(i:Instrument)
OPTIONAL MATCH (i)-[:EXCLUDES]->(x:City {id: $city})
WITH p, i, count(DISTINCT x.id) AS excluded
OPTIONAL MATCH (i)-[:AVAILABLE_IN]->(g)
WITH p, i, excluded, count(DISTINCT g.id) AS places, count(DISTINCT CASE WHEN g.id = $city THEN g.id END) AS ours
WHERE excluded > 0 OR (places > 0 AND ours = 0)
OPTIONAL MATCH (i)-[:EVIDENCED_BY]->(e:Evidence)
RETURN i.id AS instrument, i.name AS instrument_name,
       CASE WHEN excluded > 0 THEN 'excluded' ELSE 'elsewhere' END AS reason, p.id AS policy_id,
       p.name AS policy_name, p.doc_number AS doc_number, max(coalesce(e.cite, '')) AS cite
