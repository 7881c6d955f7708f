MATCH (c:City {id: $city})-[:HOSTS]->(k:Cluster)<-[:HOSTS]-(o:City)
WHERE o.id <> c.id
MATCH (a:Assignment)-[:ABOUT_PLACE]->(o)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k)
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT o.id AS other, o.name AS other_name, count(DISTINCT k.id) AS shared, max(coalesce(e.cite, '')) AS cite
