"""The tables written into a Neo4j: constraints first, then nodes, then relationships, in batches.

Every statement merges on what identifies a row, so that a second run over the same tables changes nothing, and a run
that broke off can be repeated. Labels, relationship types and property keys are names of the ontology and cannot be
parameters where an index is to be used; they are quoted. Values always are parameters.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import neo4j

from graph.tables import Edge, Node, Tables, Value
from ontology.model import Model

BATCH = 5_000

_CONSTRAINT = "CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
_NODES = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties, n.id = row.id{more}"
_EDGES = (
    "UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
    "MERGE (a)-[:{type} {{{keys}}}]->(b)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """How many nodes and relationships were sent."""

    nodes: int
    edges: int


def load(tables: Tables, model: Model, driver: neo4j.Driver, database: str | None = None) -> Written:
    """Write the property graph into a database.

    Args:
        tables: the graph.
        model: the ontology, for labels, relationship types and the datatypes that JSON does not tell.
        driver: a connection that may write.
        database: the database's name; None for the account's own.

    Raises:
        neo4j.exceptions.Neo4jError: the server refuses a statement.
    """
    with driver.session(database=database) as session:
        for label in sorted({label for node in tables.nodes for label in model.labels(node.cls)}):
            text = _CONSTRAINT.format(name=_quoted(f"{label.lower()}_id"), label=_quoted(label))
            session.run(text).consume()
        for text, rows in (*_nodes(tables, model), *_edges(tables, model)):
            for start in range(0, len(rows), BATCH):
                session.execute_write(_send, text, rows[start : start + BATCH])
    return Written(len(tables.nodes), len(tables.edges))


def _send(transaction: neo4j.ManagedTransaction, text: str, rows: Sequence[Mapping[str, object]]) -> None:
    transaction.run(text, rows=rows).consume()


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _nodes(tables: Tables, model: Model) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in tables.nodes:
        groups[node.cls].append(node)
    for cls, nodes in sorted(groups.items()):
        label, *above = model.labels(cls)
        more = "".join(f", n:{_quoted(name)}" for name in above)
        datatypes = {name: known.datatype for name, known in model.properties(cls).items()}
        yield (
            _NODES.format(label=_quoted(label), more=more),
            [{"id": node.id, "properties": _typed(node.properties, datatypes)} for node in nodes],
        )


def _edges(tables: Tables, model: Model) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    classes = {node.id: node.cls for node in tables.nodes}
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[Edge]] = defaultdict(list)
    for edge in tables.edges:
        keys = tuple(sorted(edge.properties))
        groups[edge.type, classes[edge.source], classes[edge.target], keys].append(edge)
    for (relation, source, target, keys), edges in sorted(groups.items()):
        text = _EDGES.format(
            source=_quoted(source),
            target=_quoted(target),
            type=_quoted(model.relationship(relation)),
            keys=", ".join(f"{_quoted(key)}: row.properties.{_quoted(key)}" for key in keys),
        )
        yield (
            text,
            [
                {"source": edge.source, "target": edge.target, "properties": _typed(edge.properties, {})}
                for edge in edges
            ],
        )


def _typed(properties: Mapping[str, Value], datatypes: Mapping[str, str]) -> dict[str, object]:
    return {key: _value(value, datatypes.get(key)) for key, value in properties.items()}


def _value(value: Value, datatype: str | None) -> object:
    """A value in the ontology's datatype: in JSON dates are texts and whole doubles may be integers."""
    if isinstance(value, tuple):
        return [_value(item, datatype) for item in value]
    if datatype == "date" and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    return float(value) if datatype == "double" and isinstance(value, int) else value
