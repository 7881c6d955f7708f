MATCH (n) RETURN n LIMIT 1
// ----
// SET n.x = 1
MATCH (n) /* CREATE (m) */ RETURN n.name AS name;
// ----
MATCH (n) WHERE n.name = 'CREATE (x) SET y' RETURN n.set AS delete, n.create AS `DROP`
// ----
MATCH (set:Create)-[merge:DELETE]->(remove:`LOAD CSV`) RETURN set.name, merge, remove AS create ORDER BY create
// ----
MATCH (n:Set {create: 1, delete: 'x'}) WITH n AS merge RETURN merge
// ----
MATCH (c:City)-[:HOSTS {level: 3}]->(k:Cluster) WHERE k.name STARTS WITH '新' OR k.name ENDS WITH "料" AND NOT k.id CONTAINS 'x' RETURN DISTINCT c.name, count(*) AS n ORDER BY n DESC, c.name SKIP 2 LIMIT $limit
// ----
MATCH (n) WHERE EXISTS { (n)-->(m) WHERE m.x > 1 } AND COUNT { MATCH (n)--(q) RETURN q } > 2 RETURN COLLECT { MATCH (n)-->(x) RETURN x.id ORDER BY x.id } AS l
// ----
MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c UNION ALL WITH n RETURN 1 AS c } RETURN n.id, c
// ----
CALL { MATCH (n) RETURN count(n) AS c } RETURN c
// ----
MATCH (n:A|B&!C) RETURN labels(n), [x IN range(1,3) WHERE x % 2 = 1 | x*2 + -1] AS l
// ----
MATCH p = (a)-[:R*1..3]->(b), q = shortestPath((a)-[*..5]-(b)) RETURN p, length(q)
// ----
MATCH p = SHORTEST 1 (a:City)-->+(b) RETURN p
// ----
MATCH p = ALL SHORTEST (a)-[r]-{1,4}(b) WHERE a.id < b.id RETURN p
// ----
MATCH ((a)-[:R]->(b WHERE b.x IS NOT NULL)){1,3} (c) RETURN c
// ----
MATCH ANY SHORTEST (a)(()-->())+ (b) WITH a, b RETURN count(*)
// ----
MATCH (n) RETURN n {.name, .*, extra: 1, n} AS x, n.tags[0], n['name'], n.tags[1..2], n.tags[..-1]
// ----
RETURN CASE WHEN 1 > 2 THEN 'a' WHEN true THEN 'b' ELSE null END AS x, CASE $p WHEN 1 THEN 2 WHEN 3, 4 THEN 5 END AS set
// ----
WITH [1,2] AS set UNWIND set AS create RETURN create, reduce(s = 0, x IN set | s + x) AS sum, all(x IN set WHERE x > 0) AS every
// ----
UNWIND $rows AS row WITH row.a AS a, row WHERE a IS NOT NULL AND row.b IS :: INTEGER NOT NULL RETURN a, date.truncate('month', date(row.d)) AS m
// ----
MATCH (n) WITH n ORDER BY n.x LIMIT 3 WHERE n.x > 1 RETURN *
// ----
WITH 1 AS x WITH * RETURN *, x + 1 AS y UNION RETURN 1 AS x, 2 AS y
// ----
OPTIONAL MATCH (n:City) USING INDEX n:City(id) WHERE n.id = $id RETURN n
// ----
CALL db.labels() YIELD label WHERE label <> 'x' RETURN label ORDER BY label
// ----
CALL db.labels
// ----
CALL db.labels() YIELD *
// ----
MATCH (n) WHERE NOT (n)--() AND NOT EXISTS { (n)<-[:X]-() } RETURN n.id
// ----
RETURN trim(BOTH ' ' FROM ' x ') AS t, 1.5e-3 + .5 AS f, 0x1F AS h, 'it\'s \u4e2d' AS s, "a\\" AS b
// ----
MATCH (n) WHERE n.name =~ '(?i)set.*' RETURN n.name + ' DELETE ' + $`my param` AS text
// ----
MATCH (城市:City) WHERE 城市.名称 = '东莞' RETURN 城市.名称 AS 名称
// ----
RETURN [(a)-->(b:City WHERE b.x > 1) | b.name] AS names
// ----
MATCH (n) RETURN count(DISTINCT n.x) AS c, collect(n)[0..3] AS few, sum(n.x) / count(*) AS mean
// ----
EXPLAIN MATCH (n) RETURN n
// ----
CYPHER 5 MATCH (n) RETURN n
// ----
MATCH (a), (b) WHERE a.x<-1 AND a.y<>b.y AND a.z<=b.z AND (a)--(b) RETURN a, b
// ----
RETURN 1 AS `a``b`, {set: 1, `create`: 2, merge: {delete: [1,2]}} AS map
// ----
MATCH (n) WHERE n.x IN [1,2] AND n.day >= date('2021-01-01') RETURN n.day.year AS year, size([x IN n.tags WHERE x CONTAINS 'SET']) AS k
// ----
MATCH (n) RETURN n.x AS x ORDER BY CASE WHEN x IS NULL THEN 1 ELSE 0 END, x
// ----
RETURN 1 AS set, 2 AS SET, 'x' AS load
// ----
MATCH (a)-[r]->(b) WHERE type(r) = 'CREATE' AND r.via IS NOT NULL RETURN startNode(r).id, endNode(r).id, properties(r)
// ----
MATCH (n) WHERE n.x = 1 OR (n.y = 2 XOR n.z) RETURN coalesce(n.a, n.b, 'DROP TABLE') AS v
// ----
MATCH (a:City)--(b) WITH DISTINCT a, count { (a)-->() } AS degree RETURN a.id, degree
