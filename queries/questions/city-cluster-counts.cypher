MATCH (a:Assignment)-[:ABOUT_PLACE]->(c:City)
WHERE a.present = true AND a.current = true AND ($city IS NULL OR c.id = $city)
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH a, c, k, max(coalesce(e.cite, '')) AS words
RETURN c.id AS city, c.name AS city_name, count(DISTINCT k.id) AS clusters,
       avg(coalesce(a.confidence, 0.0)) AS confidence, max(coalesce(words, '')) AS cite
