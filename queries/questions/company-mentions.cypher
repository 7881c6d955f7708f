MATCH (f:Company)<-[:ABOUT_COMPANY]-(m:Mention)
WHERE f.name CONTAINS $words
MATCH (m)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (m)-[:ABOUT_PLACE]->(p)
OPTIONAL MATCH (m)-[:ABOUT_CLUSTER]->(k:Cluster)
OPTIONAL MATCH (m)-[:EDITION]->(d:Policy)
RETURN f.id AS company, f.name AS company_name, m.as_written AS as_written, m.relation AS relation, p.id AS place,
       p.name AS place_name, k.name AS cluster_name, d.name AS policy_name, e.quote AS quote, e.line AS line,
       e.cite AS cite, m.id AS mention
