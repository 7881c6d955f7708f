"""Rows of the tables as Neo4j takes them, and back: the ontology knows the datatypes that JSON does not tell."""

import datetime
from collections.abc import Iterable, Mapping

import neo4j.time

from graph.push.marks import ATLAS, HASH, edge_hash, node_hash
from graph.tables import Edge, Node, Properties, Value
from ontology.errors import MappingError
from ontology.model import Model


def node_row(node: Node, model: Model, atlas: str) -> dict[str, object]:
    """The properties of a node with its id and marks."""
    known = model.properties(node.cls)
    row = {
        name: _value(value, known[name].datatype if name in known else None) for name, value in node.properties.items()
    }
    return {**row, "id": node.id, ATLAS: atlas, HASH: node_hash(node)}


def changed_row(node: Node, model: Model, atlas: str) -> dict[str, object]:
    """As `node_row`, and null for every property of the class that the node has not."""
    return {**dict.fromkeys(model.properties(node.cls)), **node_row(node, model, atlas)}


def edge_row(edge: Edge, atlas: str) -> dict[str, object]:
    """The ends of an edge and its properties with their marks."""
    properties = {**{name: _value(value, None) for name, value in edge.properties.items()}}
    return {
        "source": edge.source,
        "target": edge.target,
        "properties": {**properties, ATLAS: atlas, HASH: edge_hash(edge)},
    }


def node_of(labels: Iterable[str], properties: Mapping[str, object], model: Model) -> Node:
    """The node of the tables that a node in Neo4j stands for.

    Raises:
        MappingError: its labels are those of no class.
    """
    identifier, found = str(properties.get("id")), frozenset(labels)
    cls = class_of(found, model)
    if cls is None:
        raise MappingError(identifier, f"标签 {'、'.join(sorted(found))} 不是一个类的标签")
    known = model.properties(cls)
    return Node(identifier, cls, {name: _plain(value) for name, value in properties.items() if name in known})


def edge_of(kind: str, source: str, target: str, properties: Mapping[str, object], model: Model) -> Edge:
    """The edge of the tables that a relationship in Neo4j stands for.

    Raises:
        MappingError: the ontology has no relation of this type.
    """
    relations = {model.relationship(name): name for name in model.relations}
    if kind not in relations:
        raise MappingError(source, f"本体没有关系 {kind}")
    kept: Properties = {name: _plain(value) for name, value in properties.items() if name not in (ATLAS, HASH)}
    return Edge(relations[kind], source, target, kept)


def class_of(labels: frozenset[str], model: Model) -> str | None:
    """The class whose labels these are, others that the ontology does not know left aside."""
    ours = labels & frozenset(model.classes)
    return next((name for name in ours if frozenset(model.labels(name)) == ours), None)


def _value(value: Value, datatype: str | None) -> object:
    """A value in the ontology's datatype: in JSON dates are texts and whole doubles may be integers."""
    if isinstance(value, tuple):
        return [_value(item, datatype) for item in value]
    if datatype == "date" and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    return float(value) if datatype == "double" and isinstance(value, int) else value


def _plain(value: object) -> Value:
    if isinstance(value, list):
        return tuple(str(_plain(item)) for item in value)
    if isinstance(value, neo4j.time.Date):
        return value.iso_format()
    if isinstance(value, str | bool | int | float):
        return value
    return str(value)
