MATCH (o:Policy)
WHERE (o.name CONTAINS $earlier OR coalesce(o.doc_number, '') CONTAINS $earlier) AND (o)<-[:EDITION]-(:Assignment)
WITH max(coalesce(o.id, '')) AS older
MATCH (n:Policy)
WHERE (n.name CONTAINS $later OR coalesce(n.doc_number, '') CONTAINS $later) AND (n)<-[:EDITION]-(:Assignment)
WITH older, max(coalesce(n.id, '')) AS newer
WHERE older IS NOT NULL AND newer IS NOT NULL
MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(a:Assignment)
WHERE a.present = true
MATCH (a)-[:EDITION]->(p:Policy)
WHERE p.id = older OR p.id = newer
MATCH (a)-[:ABOUT_PLACE]->(c:City)
MATCH (a)-[:EVIDENCED_BY]->(e:Evidence)
WITH c, max(coalesce(e.cite, '')) AS cite,
     count(DISTINCT CASE WHEN p.id = older THEN a.id END) AS before,
     count(DISTINCT CASE WHEN p.id = newer THEN a.id END) AS now,
     max(coalesce(CASE WHEN p.id = newer THEN a.level END, 0)) AS star,
     max(coalesce(CASE WHEN p.id = newer THEN a.confidence END, -1.0)) AS sure
RETURN c.id AS city, c.name AS city_name,
       CASE WHEN before = 0 THEN 'only_new' WHEN now = 0 THEN 'only_old' ELSE 'both' END AS change,
       CASE WHEN star = 0 THEN null ELSE star END AS level, CASE WHEN sure < 0.0 THEN null ELSE sure END AS confidence,
       cite AS cite
