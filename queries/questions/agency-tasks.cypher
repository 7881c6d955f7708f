MATCH (a:Agency)<-[r:LED_BY|SHARED_BY]-(t:Task)
WHERE a.name CONTAINS $agency
MATCH (t)<-[:PROVIDES]-(p:Policy)
OPTIONAL MATCH (t)-[:EVIDENCED_BY]->(e:Evidence)
RETURN t.id AS task, t.task_group AS task_group, t.task_number AS task_number, t.name AS task_name, a.id AS agency_id,
       a.name AS agency_name, CASE type(r) WHEN 'LED_BY' THEN 'lead' ELSE 'share' END AS duty, t.deadline AS deadline,
       p.id AS policy_id, p.name AS policy_name, max(coalesce(e.cite, '')) AS cite
