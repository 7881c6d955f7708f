"""The SPARQL 1.1 Protocol at `/sparql`; `endpoint` is the way in."""
