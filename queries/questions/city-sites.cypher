MATCH (c:City {id: $city})<-[:LOCATED_IN]-(s:Site)
OPTIONAL MATCH (s)-[:ACTIVE_IN]->(k:Cluster)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
WITH s, k, max(coalesce(e.cite, '')) AS cite
WHERE $cluster IS NULL OR k.id = $cluster
RETURN DISTINCT s.id AS site, s.name AS site_name, s.kind AS kind, k.id AS cluster, k.name AS cluster_name, cite AS cite
