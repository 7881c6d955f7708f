MATCH (p:Policy)-[:PROVIDES]->(f:Figure)
WHERE f.indicator CONTAINS $words OR f.indicator_joined CONTAINS replace($words, '规模以上', '规上')
OPTIONAL MATCH (f)-[:EVIDENCED_BY]->(e:Evidence)
RETURN p.id AS policy_id, p.name AS policy_name, f.id AS figure, f.indicator AS indicator, f.caliber AS caliber, f.name AS subject_name,
       f.kind AS kind, f.year AS year, f.comparator AS comparator, f.value AS value, f.unit AS unit,
       f.firmness AS firmness, max(coalesce(e.cite, '')) AS cite
