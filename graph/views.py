"""Views of the tables for Python: networkx and Arrow."""

from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq

from graph.tables import Tables
from ontology.model import model


def to_networkx(tables: Tables) -> "nx.MultiDiGraph[str]":
    """The graph as a `networkx.MultiDiGraph`.

    Nodes are ids with `label` (the class) and their properties; edges have the relationship type as key and attribute
    `type`, and their properties. A second edge of one type between two nodes (another statement) gets its `via` as key.
    """
    view = model()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in tables.nodes:
        graph.add_node(node.id, label=node.cls, **node.properties)
    for edge in tables.edges:
        kind = view.relationship(edge.type)
        via = edge.properties.get("via")
        key = kind if via is None else f"{kind} {via}"
        graph.add_edge(edge.source, edge.target, key=key, type=kind, **edge.properties)
    return graph


def arrow(build: Path) -> dict[str, pa.Table]:
    """The tables of a build as Arrow tables: `nodes`, `edges` and `blocks` (the text with sections)."""
    return {name: pq.read_table(build / f"{name}.parquet") for name in ("nodes", "edges", "blocks")}
