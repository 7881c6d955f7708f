MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(m:Mention)
MATCH (m)-[:ABOUT_COMPANY]->(f:Company)
MATCH (m)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (m)-[:ABOUT_PLACE]->(p)
RETURN m.id AS mention, f.id AS company, f.name AS company_name, m.as_written AS as_written, m.relation AS relation,
       p.id AS place, p.name AS place_name, e.line AS line, e.cite AS cite
