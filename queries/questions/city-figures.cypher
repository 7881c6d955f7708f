MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(f:Figure)
OPTIONAL MATCH (f)-[:EVIDENCED_BY]->(e:Evidence)
RETURN c.name AS place_name, f.id AS figure, f.indicator AS indicator, f.caliber AS caliber, f.name AS subject_name,
       f.kind AS kind, f.year AS year, f.comparator AS comparator, f.value AS value, f.unit AS unit,
       f.firmness AS firmness, max(coalesce(e.cite, '')) AS cite
