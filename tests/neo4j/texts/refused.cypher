CREATE (n:City {id: 'x'})
// ----
MATCH (n) SET n.x = 1
// ----
MATCH (n) SET n:Label RETURN n
// ----
MERGE (n:City {id: 'x'}) ON CREATE SET n.x = 1 RETURN n
// ----
MATCH (n) DETACH DELETE n
// ----
MATCH (n) DELETE n
// ----
MATCH (n) REMOVE n.x
// ----
MATCH (n) WITH collect(n) AS l FOREACH (x IN l | SET x.p = 1)
// ----
LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l
// ----
LOAD CSV WITH HEADERS FROM 'http://127.0.0.1/x' AS l RETURN l
// ----
MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS OF 10 ROWS
// ----
MATCH (n) CALL { WITH n RETURN 1 AS x } IN 2 CONCURRENT TRANSACTIONS RETURN x
// ----
CALL { CREATE (n) RETURN n } RETURN n
// ----
CALL { LOAD CSV FROM 'x' AS l RETURN l } RETURN l
// ----
CREATE INDEX i FOR (n:City) ON (n.name)
// ----
CREATE CONSTRAINT c FOR (n:City) REQUIRE n.id IS UNIQUE
// ----
DROP INDEX i
// ----
DROP DATABASE neo4j
// ----
CREATE USER x SET PASSWORD 'y12345678'
// ----
ALTER USER neo4j SET PASSWORD 'y12345678'
// ----
SHOW DATABASES
// ----
TERMINATE TRANSACTIONS 'x'
// ----
GRANT ROLE a TO b
// ----
USE system MATCH (n) RETURN n
// ----
CALL apoc.load.json('http://x') YIELD value RETURN value
// ----
CALL apoc.cypher.runWrite('CREATE (n)', {})
// ----
CALL `db`.`index`.`fulltext`.`drop`('x')
// ----
CALL db.createLabel('X')
// ----
CALL dbms.setConfigValue('a', 'b')
// ----
CALL dbms.listConfig()
// ----
RETURN apoc.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {}) AS x
// ----
MATCH (n) \u0053ET n.x = 1
// ----
RETURN 'a\u0027 AS x MATCH (n) SET n.x = 1 //'
// ----
RETURN 1 // \u000a CREATE (n)
// ----
RETURN 1 AS x; CREATE (n)
// ----
EXPLAIN CREATE (n)
// ----
PROFILE CREATE (n)
// ----
CYPHER 5 CREATE (n)
// ----
cypher runtime=slotted create (n)
// ----
MATCH (n) WHERE n.x = 1 WITH n AS set SET set.x = 2 RETURN set
// ----
WITH * SET n.x = 1
// ----
MATCH ((a)-->(b))+ SET a.x = 1
// ----
MATCH (a)-->+(b) SET a.x = 1
// ----
RETURN COUNT { CREATE (n) } AS x
// ----
RETURN 1 AS x UNION CREATE (n) RETURN 1 AS x
// ----
MATCH (n)/**/SET/**/n.x=1
// ----
MATCH (n) WHERE n.x IS :: INTEGER SET n.x = 1
// ----
MATCH (n) WITH n, CASE WHEN n.x THEN 1 END AS c DELETE n
// ----
MATCH (n) WITH n ORDER BY n.x DESC SET n.y = 1
// ----
MATCH (n) WITH n LIMIT 1 SET n.y = 1
// ----
MATCH (n) WHERE exists(n.x) CREATE (m)
// ----
CALL db.labels() YIELD label CREATE (n {l: label})
// ----
INSERT (n:City)
// ----
OPTIONAL CALL apoc.load.json('x') YIELD value RETURN value
