MATCH (l:SupplyLink)-[:DOWNSTREAM]->(d)
WHERE d.name CONTAINS $words
MATCH (l)-[:UPSTREAM]->(u)
MATCH (l)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (l)-[:ABOUT_CLUSTER]->(k:Cluster)
RETURN u.id AS upstream, u.name AS upstream_name, l.relation AS relation, l.strength AS strength, d.id AS downstream,
       d.name AS downstream_name, k.name AS cluster_name, e.quote AS quote, e.cite AS cite, l.id AS link
