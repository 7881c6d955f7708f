"""The tables written into an embedded ArcadeDB by its bulk loader. Runs in the server's process only."""

import importlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from graph.tables import Node, Tables, Value
from ontology.model import Model

DATABASE = "neo4j"
_TYPES = {"string": "STRING", "integer": "LONG", "double": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}


def load(tables: Tables, model: Model, folder: Path) -> None:
    """Write the property graph into a new database below `folder`.

    Every class becomes a vertex type below the types of its super-classes, every relation an edge type, and `id` is
    indexed once for each root type (the engine's indexes cover the types below).

    Args:
        tables: the graph.
        model: the ontology, for labels, relationship types and datatypes.
        folder: where the database's own folder goes; the JVM of `arcadedb_embedded` must run.
    """
    database = importlib.import_module("arcadedb_embedded").create_database(str(folder / DATABASE))
    try:
        _schema(database, tables, model)
        _rows(database, tables, model)
        _indexes(database, tables, model)
    finally:
        database.close()


def rows_of(build: Path) -> int:
    """How many rows the two tables of a build have together."""
    return sum(int(pq.read_metadata(build / f"{name}.parquet").num_rows) for name in ("nodes", "edges"))


def parents(labels: Mapping[str, tuple[str, ...]], cls: str) -> tuple[str, ...]:
    """The direct super-classes of a class: its labels that no other of its labels has above itself."""
    above = labels[cls][1:]
    return tuple(name for name in above if not any(name in labels[other][1:] for other in above))


def _labels(tables: Tables, model: Model) -> dict[str, tuple[str, ...]]:
    used = {label for node in tables.nodes for label in model.labels(node.cls)}
    return {cls: tuple(model.labels(cls)) for cls in sorted(used)}


def _schema(database: Any, tables: Tables, model: Model) -> None:
    jpype = importlib.import_module("jpype")
    types = jpype.JClass("com.arcadedb.schema.Type")
    schema = database.get_java_database().getSchema()
    labels = _labels(tables, model)
    for cls in sorted(labels, key=lambda name: (len(labels[name]), name)):
        vertex = schema.buildVertexType().withName(cls).withTotalBuckets(1).create()
        above = parents(labels, cls)
        for parent in above:
            vertex.addSuperType(parent)
        if not above:
            vertex.createProperty("id", types.STRING)
        known = {name for parent in above for name in model.properties(parent)}
        for name, declared in model.properties(cls).items():
            if name not in known and name != "id" and not declared.many:
                vertex.createProperty(name, getattr(types, _TYPES[declared.datatype]))
    for relation in sorted({edge.type for edge in tables.edges}):
        schema.buildEdgeType().withName(model.relationship(relation)).withTotalBuckets(1).create()


def _rows(database: Any, tables: Tables, model: Model) -> None:
    nodes: dict[str, list[Node]] = defaultdict(list)
    for node in tables.nodes:
        nodes[node.cls].append(node)
    edges: dict[str, list[tuple[str, str, Mapping[str, object]]]] = defaultdict(list)
    for edge in tables.edges:
        edges[edge.type].append((edge.source, edge.target, _plain(edge.properties, ())))
    places: dict[str, str] = {}
    with database.graph_batch() as batch:
        for cls, members in sorted(nodes.items()):
            dates = tuple(name for name, known in model.properties(cls).items() if known.datatype == "date")
            rows = ({"id": node.id, **_plain(node.properties, dates)} for node in members)
            found = batch.create_vertices(cls, rows)
            places.update(zip((node.id for node in members), found, strict=True))
        for relation, ends in sorted(edges.items()):
            sources, targets, properties = zip(*ends, strict=True)
            batch.new_edges(
                [places[source] for source in sources],
                model.relationship(relation),
                [places[target] for target in targets],
                list(properties),
            )


def _plain(properties: Mapping[str, Value], dates: Iterable[str]) -> dict[str, object]:
    row: dict[str, object] = {
        key: list(value) if isinstance(value, tuple) else value for key, value in properties.items()
    }
    for name in dates:
        if isinstance(value := row.get(name), list):
            row[name] = [date.fromisoformat(day) for day in value]
    return row


def _indexes(database: Any, tables: Tables, model: Model) -> None:
    kind = importlib.import_module("jpype").JClass("com.arcadedb.schema.Schema").INDEX_TYPE.LSM_TREE
    schema = database.get_java_database().getSchema()
    labels = _labels(tables, model)
    for cls in labels:
        if not parents(labels, cls):
            schema.getType(cls).createTypeIndex(kind, True, "id")
