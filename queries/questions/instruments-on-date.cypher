OPTIONAL MATCH (c:City {id: $city})
MATCH (p:Policy)-[:PROVIDES]->(i:Instrument)
WHERE (p.jurisdiction IS NULL OR p.jurisdiction = c.code OR p.jurisdiction = c.province)
  AND (i.valid_from IS NULL OR i.valid_from <= $date) AND (i.valid_to IS NULL OR i.valid_to >= $date)
OPTIONAL MATCH (i)-[:EXCLUDES]->(x:City {id: $city})
WITH p, i, count(DISTINCT x.id) AS excluded
OPTIONAL MATCH (i)-[:AVAILABLE_IN]->(g)
WITH p, i, excluded, count(DISTINCT g.id) AS places, count(DISTINCT CASE WHEN g.id = $city THEN g.id END) AS ours
WHERE excluded = 0 AND (places = 0 OR ours > 0)
OPTIONAL MATCH (i)-[:EVIDENCED_BY]->(e:Evidence)
RETURN i.id AS instrument, i.name AS instrument_name, i.instrument_type AS instrument_type, i.strength AS strength,
       p.id AS policy_id, p.name AS policy_name, i.valid_from AS valid_from, i.valid_to AS valid_to,
       max(coalesce(e.cite, '')) AS cite
