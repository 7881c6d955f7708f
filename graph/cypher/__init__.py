"""Cypher: the embedded engine and any server that speaks Bolt; `client` is the way in."""
