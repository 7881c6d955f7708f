MATCH (c:City {id: $city})<-[:LOCATED_IN]-(s:Platform)
OPTIONAL MATCH (s)-[:ACTIVE_IN]->(k:Cluster)
OPTIONAL MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT s.id AS platform, s.name AS platform_name, s.kind AS kind, k.id AS cluster, k.name AS cluster_name,
       max(coalesce(e.cite, '')) AS cite
