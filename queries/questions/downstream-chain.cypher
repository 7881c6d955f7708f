MATCH (s:ChainNode)
WHERE s.name = $product
OPTIONAL MATCH (s)-[:FEEDS*1..3]->(x)
WITH s, collect(DISTINCT x) AS further
UNWIND further + [s] AS u
MATCH (u)<-[:UPSTREAM]-(l:SupplyLink)
MATCH (l)-[:DOWNSTREAM]->(d)
MATCH (l)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT u.id AS upstream, u.name AS upstream_name, l.relation AS relation, l.strength AS strength,
       d.id AS downstream, d.name AS downstream_name, e.cite AS cite, l.id AS link
