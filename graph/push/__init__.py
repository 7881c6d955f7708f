"""The graph written into servers: `neo4j` over Bolt, `sparql` over HTTP. Both write the difference and nothing else."""
