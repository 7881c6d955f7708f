"""The rules for the texts of the question library, so that two languages and five engines agree.

- One scalar a column; no lists, no concatenations whose order an engine chooses.
- LIMIT only with an ORDER BY whose keys are never null and end in an id: unbound sorts first, null last.
- SUM, AVG, MIN, MAX only over values that are always there, or with COALESCE: rdflib skips an unbound value, Oxigraph
  gives up, Cypher skips null.
- No division of integers: 1/2 is 0.5 in SPARQL and 0 in Cypher.
- A path of variable length has at least one step, an upper bound, and DISTINCT in both.
- No now and no chance; dates come in as parameters.
- Parameters are bound and never written into a text: `$name` in both languages. SELECT names them, and no BIND, IF,
  COALESCE or BOUND looks at them.
- Shortcuts only with DISTINCT: two statements give one triple and two relationships.
- Classes, relations and properties are the ontology's.

No rule, but worth minutes: rdflib orders the triples of a group by how many of their terms are constants, not by how
many things match. Two `?x a ca:Class` in one group are a cross product; put one of them in a group of its own, or in
EXISTS.
"""

from queries import cypher_rules, sparql_rules
from queries.library import Question


def complaints(question: Question) -> tuple[str, ...]:
    """What the texts of a question break, each with its language in front; empty where they keep the rules."""
    return (
        *(f"SPARQL: {one}" for one in sparql_rules.complaints(question)),
        *(f"Cypher: {one}" for one in cypher_rules.complaints(question)),
    )
