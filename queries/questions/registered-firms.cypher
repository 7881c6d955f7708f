MATCH (c:City {id: $city})<-[:ABOUT_PLACE]-(r:Registration)
MATCH (r)-[:ABOUT_COMPANY]->(f:Company)
MATCH (r)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (r)-[:ABOUT_CLUSTER|ABOUT_SUBSECTOR|PART_OF*1..2]->(k:Cluster)
WITH r, f, e, k
WHERE $cluster IS NULL OR k.id = $cluster
UNWIND coalesce(f.titles, ['']) AS title
RETURN DISTINCT f.id AS company, f.name AS company_name, f.credit_code AS credit_code, title AS title, k.id AS cluster,
       k.name AS cluster_name, e.line AS line, e.cite AS cite, r.id AS registration
