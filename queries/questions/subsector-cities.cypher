MATCH (k:Cluster {id: $cluster})<-[:ABOUT_CLUSTER]-(s:LayoutStatement)
MATCH (s)-[:ABOUT_PLACE]->(p)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
OPTIONAL MATCH (s)-[:ABOUT_SUBSECTOR]->(b:Subsector)
RETURN k.id AS cluster, b.id AS subsector, b.name AS subsector_name, p.id AS place, p.name AS place_name,
       s.role AS role, s.open_list AS open_list, e.cite AS cite, s.id AS statement
