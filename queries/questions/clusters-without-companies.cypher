MATCH (a:Assignment)-[:ABOUT_PLACE]->(c:City {id: $city})
WHERE a.present = true AND a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE NOT EXISTS { MATCH (c)<-[:NAMED_FOR]-(:Company)-[:ACTIVE_IN]->(k) }
OPTIONAL MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, a.level AS level,
       a.confidence AS confidence, max(coalesce(e.cite, '')) AS cite, a.id AS assignment
