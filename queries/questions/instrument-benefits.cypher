MATCH (p:Policy)-[:PROVIDES]->(i:Instrument)
WHERE i.name CONTAINS $words
MATCH (i)-[:HAS_BENEFIT]->(b:Benefit)
OPTIONAL MATCH (b)-[:EVIDENCED_BY]->(e:Evidence)
RETURN i.id AS instrument, i.name AS instrument_name, p.name AS policy_name, b.id AS benefit, b.form AS form,
       b.ratio AS ratio, b.base AS base, b.cap AS cap, b.cap_printed AS cap_printed, b.clause AS clause,
       max(coalesce(e.cite, '')) AS cite
