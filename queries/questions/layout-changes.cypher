MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(a:Assignment)
WHERE a.present = true
MATCH (a)-[:EDITION]->(p:Policy)
WHERE p.doc_number = $earlier OR p.doc_number = $later
MATCH (a)-[:ABOUT_PLACE]->(c:City)
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH c, max(coalesce(e.cite, '')) AS cite,
     count(DISTINCT CASE WHEN p.doc_number = $earlier THEN a.id END) AS before,
     count(DISTINCT CASE WHEN p.doc_number = $later THEN a.id END) AS now,
     max(coalesce(CASE WHEN p.doc_number = $later THEN a.level END, 0)) AS star,
     max(coalesce(CASE WHEN p.doc_number = $later THEN a.confidence END, -1.0)) AS sure
RETURN c.id AS city, c.name AS city_name,
       CASE WHEN before = 0 THEN 'added' WHEN now = 0 THEN 'dropped' ELSE 'kept' END AS change,
       CASE WHEN star = 0 THEN null ELSE star END AS level, CASE WHEN sure < 0.0 THEN null ELSE sure END AS confidence,
       cite AS cite
