MATCH (c:City)<-[:LOCATED_IN]-(s:Site)
WHERE s.kind IS NOT NULL AND ($city IS NULL OR c.id = $city)
OPTIONAL MATCH (s)-[:ACTIVE_IN]->(k:Cluster)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT c.id AS city, c.name AS city_name, s.kind AS kind, count(DISTINCT s.id) AS sites,
       count(DISTINCT k.id) AS clusters, max(coalesce(e.cite, '')) AS cite
