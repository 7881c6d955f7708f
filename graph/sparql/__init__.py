"""SPARQL over a built graph; `client` is the way in."""
