MATCH (o:LayoutStatement)-[:ABOUT_PLACE]->(c:City {id: $city})
MATCH (o)-[:ABOUT_CLUSTER]->(k:Cluster {id: $cluster})
MATCH (o)-[:ABOUT_SUBSECTOR]->(b:Subsector)
MATCH (s:LayoutStatement)-[:ABOUT_SUBSECTOR]->(b)
WHERE s.role = o.role
MATCH (s)-[:ABOUT_PLACE]->(p:City)
WHERE p.id <> $city
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT b.id AS subsector, b.name AS subsector_name, s.role AS role, p.id AS place, p.name AS place_name,
       e.cite AS cite, s.id AS statement
