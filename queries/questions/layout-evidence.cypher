MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_CLUSTER]->(k:Cluster {id: $cluster})
MATCH (s)-[r:EVIDENCED_BY|FURTHER_EVIDENCE]->(e:Evidence)-[:IN_DOCUMENT]->(d:Document)
RETURN s.id AS statement, e.id AS evidence, type(r) = 'FURTHER_EVIDENCE' AS further, e.quote AS quote, e.line AS line,
       e.section AS section, d.file AS file, e.cite AS cite
