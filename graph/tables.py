"""The graph's one form: two sorted tables of nodes and edges.

Every view (RDF, property graph, networkx, exports) is written from these tables, none from another view.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ontology.errors import GraphDamaged

Scalar = str | int | float | bool
Value = Scalar | tuple[str, ...]
Properties = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: `id` is a path under the base IRI, `cls` the local name of its class, properties are literals."""

    id: str
    cls: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes; `type` is the ontology's local name.

    `properties["origin"]` says where the edge comes from: `document` (its statement has evidence), `vocabulary`,
    `manifest` (what is known about a document that prints it nowhere), `override` or `rule`. Shortcuts carry `via`, the
    id of the statement they abbreviate.
    """

    type: str
    source: str
    target: str
    properties: Properties


def canonical(properties: Properties) -> str:
    """Properties as JSON text with sorted keys, so that equal properties are equal bytes."""
    return json.dumps(dict(properties), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parsed(text: str) -> Properties:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in json.loads(text).items()}


def _node_key(node: Node) -> str:
    return node.id


def _edge_key(edge: Edge) -> tuple[str, str, str, str]:
    return edge.type, edge.source, edge.target, canonical(edge.properties)


@dataclass(frozen=True)
class Tables:
    """Nodes sorted by id and edges sorted by type, ends and properties."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge]) -> "Tables":
        return cls(tuple(sorted(nodes, key=_node_key)), tuple(sorted(edges, key=_edge_key)))

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.nodes}

    def write(self, folder: Path) -> None:
        """Write `nodes.parquet` and `edges.parquet` into `folder`, which must exist."""
        nodes = {
            "id": [node.id for node in self.nodes],
            "class": [node.cls for node in self.nodes],
            "properties": [canonical(node.properties) for node in self.nodes],
        }
        edges = {
            "type": [edge.type for edge in self.edges],
            "from": [edge.source for edge in self.edges],
            "to": [edge.target for edge in self.edges],
            "properties": [canonical(edge.properties) for edge in self.edges],
        }
        for name, columns in (("nodes", nodes), ("edges", edges)):
            table = pa.table(columns, schema=pa.schema([(column, pa.string()) for column in columns]))
            pq.write_table(table, folder / f"{name}.parquet", compression="zstd")

    @classmethod
    def read(cls, folder: Path) -> "Tables":
        """Read the tables of a finished build; raises GraphDamaged where they cannot be read."""
        try:
            nodes, edges = (pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("nodes", "edges"))
        except (OSError, pa.ArrowException) as error:
            raise GraphDamaged(folder, f"表不能读（{error}）") from error
        return cls(
            tuple(Node(row["id"], row["class"], parsed(row["properties"])) for row in nodes),
            tuple(Edge(row["type"], row["from"], row["to"], parsed(row["properties"])) for row in edges),
        )


def digest(tables: Tables) -> str:
    """SHA-256 over the rows themselves: independent of the file format, of paths and of time."""
    sha = hashlib.sha256()
    for node in tables.nodes:
        sha.update(f"{node.id}\t{node.cls}\t{canonical(node.properties)}\n".encode())
    sha.update(b"\n")
    for edge in tables.edges:
        sha.update(f"{edge.type}\t{edge.source}\t{edge.target}\t{canonical(edge.properties)}\n".encode())
    return sha.hexdigest()
