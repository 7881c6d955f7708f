MATCH (t:ChainNode)
WHERE t.name = $product
// A link has no FEEDS of its own and things have no DOWNSTREAM: one step down, then at most three further.
MATCH (l:SupplyLink)-[:DOWNSTREAM|FEEDS*1..4]->(t)
WITH DISTINCT l
MATCH (l)-[:DOWNSTREAM]->(d)
MATCH (l)-[:UPSTREAM]->(u)
MATCH (l)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT u.id AS upstream, u.name AS upstream_name, l.relation AS relation, l.strength AS strength,
       d.id AS downstream, d.name AS downstream_name, e.cite AS cite, l.id AS link
