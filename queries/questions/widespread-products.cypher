MATCH (s:LayoutStatement)-[:ABOUT_PRODUCT]->(g:Product)
MATCH (s)-[:ABOUT_PLACE]->(c:City)
WITH g, count(DISTINCT c.id) AS cities, count(DISTINCT s.id) AS statements
WHERE cities >= $at_least
OPTIONAL MATCH (t:LayoutStatement)-[:ABOUT_PRODUCT]->(g)
OPTIONAL MATCH (t)-[:EVIDENCED_BY]->(e:Evidence)
RETURN g.id AS product, g.name AS product_name, cities AS cities, statements AS statements,
       max(coalesce(e.cite, '')) AS cite
