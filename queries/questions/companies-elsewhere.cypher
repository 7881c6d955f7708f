MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(m:Mention)
MATCH (m)-[:ABOUT_COMPANY]->(f:Company)
WHERE NOT EXISTS { MATCH (f)-[:NAMED_FOR]->(:City {id: $city}) }
MATCH (m)-[:ABOUT_PLACE]->(p)
MATCH (m)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT f.id AS company, f.name AS company_name, p.id AS place, p.name AS place_name, m.relation AS relation,
       e.cite AS cite, m.id AS mention
