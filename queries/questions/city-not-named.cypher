MATCH (k:Cluster {id: $cluster})<-[:PART_OF]-(b:Subsector)
WHERE NOT EXISTS {
  MATCH (b)<-[:ABOUT_SUBSECTOR]-(:LayoutStatement)-[:ABOUT_PLACE]->(:City {id: $city})
}
MATCH (s:LayoutStatement)-[:ABOUT_SUBSECTOR]->(b)
MATCH (s)-[:ABOUT_PLACE]->(p)
MATCH (s)-[:EVIDENCED_BY]->(e:Evidence)
RETURN DISTINCT b.id AS subsector, b.name AS subsector_name, p.id AS place, p.name AS place_name,
       s.role AS role, s.open_list AS open_list, e.cite AS cite, s.id AS statement
