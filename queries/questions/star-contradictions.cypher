MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(a:Assignment)
WHERE a.current = true
MATCH (a)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (a)-[:OPPOSED_BY]->(w)
MATCH (w)-[:EVIDENCED_BY]->(e:Evidence)
RETURN a.id AS assignment, k.number AS cluster_number, k.id AS cluster, k.name AS cluster_name, a.present AS present,
       a.level AS level, a.confidence AS confidence, w.id AS witness, coalesce(w.source, 'box') AS source,
       w.printed AS printed, w.value AS value, e.quote AS quote, e.line AS line, e.cite AS cite
