MATCH (a:Assignment)-[:ABOUT_PLACE]->(c:City)
WHERE a.present = true AND a.current = true AND ($city IS NULL OR c.id = $city)
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WITH c, count(DISTINCT k.id) AS clusters, avg(coalesce(a.confidence, 0.0)) AS confidence
MATCH (b:Assignment)-[:ABOUT_PLACE]->(c)
WHERE b.present = true AND b.current = true
OPTIONAL MATCH (b)-[:EVIDENCED_BY]->(e:Evidence)
RETURN c.id AS city, c.name AS city_name, clusters AS clusters, confidence AS confidence,
       max(coalesce(e.cite, '')) AS cite
