OPTIONAL MATCH (:City {id: $city})<-[:NAMED_FOR]-(:Company)-[:ACTIVE_IN]->(n:Cluster)
WITH collect(DISTINCT n.id) AS named
MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(a:Assignment)
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE NOT k.id IN named
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, a.level AS level,
       a.confidence AS confidence, max(coalesce(e.cite, '')) AS cite, a.id AS assignment
