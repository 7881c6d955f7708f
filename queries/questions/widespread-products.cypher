MATCH (c:City)<-[:ABOUT_PLACE]-(s:LayoutStatement)-[:ABOUT_PRODUCT]->(g:Product)
WITH g, count(DISTINCT c) AS cities, count(DISTINCT s) AS statements
WHERE cities >= $at_least
OPTIONAL MATCH (g)<-[:ABOUT_PRODUCT]-(t:LayoutStatement)-[:EVIDENCED_BY]->(e:Evidence)
RETURN g.id AS product, g.name AS product_name, cities AS cities, statements AS statements,
       max(coalesce(e.cite, '')) AS cite
