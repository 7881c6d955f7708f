MATCH (n)-[r:EVIDENCED_BY|FURTHER_EVIDENCE]->(e:Evidence)-[:IN_DOCUMENT]->(d:Document)
WHERE n.id = $thing
RETURN e.id AS evidence, type(r) = 'FURTHER_EVIDENCE' AS further, e.quote AS quote, e.line AS line,
       e.section AS section, d.file AS file, e.cite AS cite
