MATCH (t:ChainNode)
WHERE t.name = $product
OPTIONAL MATCH (t)<-[:FEEDS*1..3]-(x)
WITH t, collect(DISTINCT x) AS further
UNWIND further + [t] AS d
MATCH (d)<-[:DOWNSTREAM]-(l:SupplyLink)
MATCH (l)-[:UPSTREAM]->(u)
MATCH (l)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT u.id AS upstream, u.name AS upstream_name, l.relation AS relation, l.strength AS strength,
       d.id AS downstream, d.name AS downstream_name, e.cite AS cite, l.id AS link
