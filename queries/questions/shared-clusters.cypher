MATCH (c:City {id: $city})-[:HOSTS]->(k:Cluster)
WITH DISTINCT k
MATCH (k)<-[:ABOUT_CLUSTER]-(a:Assignment)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_PLACE]->(o:City)
WHERE o.id <> $city
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH o, k, max(coalesce(e.cite, '')) AS words
RETURN DISTINCT o.id AS other, o.name AS other_name, count(DISTINCT k.id) AS shared, max(coalesce(words, '')) AS cite
