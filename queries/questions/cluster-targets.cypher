MATCH (f:Figure)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE f.kind = 'target' AND f.year = $year AND ($cluster IS NULL OR k.id = $cluster)
OPTIONAL MATCH (f)-[:EVIDENCED_BY]->(e:Evidence)
RETURN k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, f.id AS figure, f.indicator AS indicator, f.caliber AS caliber, f.name AS subject_name,
       f.kind AS kind, f.year AS year, f.comparator AS comparator, f.value AS value, f.unit AS unit,
       f.firmness AS firmness, max(coalesce(e.cite, '')) AS cite
