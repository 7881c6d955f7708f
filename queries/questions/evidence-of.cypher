MATCH (n:Region|Agency|Subsector|Product|Company|Site|Platform|Project|Policy|Instrument|Recognition|Benefit|
         Condition|Task|Statement|Deadline)
WHERE n.id = $thing
MATCH (n)-[r:EVIDENCED_BY|FURTHER_EVIDENCE]->(e:Evidence)
MATCH (e)-[:IN_DOCUMENT]->(d:Document)
RETURN e.id AS evidence, type(r) = 'FURTHER_EVIDENCE' AS further, e.quote AS quote, e.line AS line,
       e.section AS section, d.file AS file, e.cite AS cite
