MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(m:Mention)
MATCH (m)-[:ABOUT_COMPANY]->(f:Company)
MATCH (m)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (m)-[:ABOUT_CLUSTER]->(k:Cluster)
RETURN m.id AS mention, f.id AS company, f.name AS company_name, m.as_written AS as_written, m.relation AS relation,
       k.id AS cluster, k.name AS cluster_name, e.line AS line, e.cite AS cite
