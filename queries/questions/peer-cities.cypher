MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(o:LayoutStatement)
MATCH (o)-[:ABOUT_CLUSTER]->(k:Cluster {id: $cluster})
MATCH (o)-[:ABOUT_SUBSECTOR]->(b:Subsector)
WITH DISTINCT b, o.role AS role
MATCH (b)<-[:ABOUT_SUBSECTOR]-(s:LayoutStatement)
WHERE s.role = role
MATCH (s)-[:ABOUT_PLACE]->(p:City)
WHERE p.id <> $city
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT b.id AS subsector, b.name AS subsector_name, s.role AS role, p.id AS place, p.name AS place_name,
       e.cite AS cite, s.id AS statement
