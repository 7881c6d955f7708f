MATCH (s:LayoutStatement)-[:ABOUT_CLUSTER]->(k:Cluster),
      (s)-[:ABOUT_PLACE]->(c:City)
RETURN k.id AS cluster, k.name AS name, count(DISTINCT c) AS cities
ORDER BY cities DESC, cluster
