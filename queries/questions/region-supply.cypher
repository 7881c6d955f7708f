MATCH (l:SupplyLink)-[:UPSTREAM]->(u)
WHERE u:City OR u:Region
MATCH (l)-[:DOWNSTREAM]->(d)
WHERE d:City OR d:Region
MATCH (l)-[:ABOUT_CLUSTER]->(k:Cluster)
WHERE $cluster IS NULL OR k.id = $cluster
MATCH (l)-[:EVIDENCED_BY]->(e:Evidence)
RETURN u.id AS upstream, u.name AS upstream_name, d.id AS downstream, d.name AS downstream_name, k.id AS cluster,
       k.name AS cluster_name, e.quote AS quote, e.cite AS cite, l.id AS link
