"""The marks that a push leaves on what it writes: whose it is, and a hash of what it says.

The hash is that of a row of the tables. A push compares it with the hash that it finds, so that a difference is known
without reading a single property back, and whatever carries no mark of ours is somebody else's.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from graph.tables import Edge, Node, canonical

ATLAS: Final = "atlas"
"""Property that names the graph which wrote a node or relationship."""

HASH: Final = "hash"
"""Property with the hash of the row."""

NAME: Final = "clusteratlas"
"""The graph's name where the user gives none: it stays the same over all builds."""

Report = Callable[[str, float], None]
"""Takes what is being done, in Chinese, and the share that is done (0–1)."""


def node_hash(node: Node) -> str:
    """128 bits over a node's row, as hexadecimal digits."""
    return _hash("node", node.id, node.cls, canonical(node.properties))


def edge_hash(edge: Edge) -> str:
    """128 bits over an edge's row, as hexadecimal digits: the identity of an edge."""
    return _hash("edge", edge.type, edge.source, edge.target, canonical(edge.properties))


def _hash(*parts: str) -> str:
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha.update(b"%d:" % len(data) + data)
    return sha.hexdigest()[:32]


@dataclass(slots=True)
class Pushed:
    """What a push did. Counts are of nodes and edges (Neo4j) or of nodes and their statements (SPARQL).

    Args:
        created, updated, removed: nodes.
        edges_created, edges_removed: relationships, or statements.
        constraints: constraints that were made.
        kept: ids of nodes that should have gone, but on which somebody else's relationships hang.
        interruptions: how often the connection was lost and taken up again.
    """

    created: int = 0
    updated: int = 0
    removed: int = 0
    edges_created: int = 0
    edges_removed: int = 0
    constraints: int = 0
    kept: list[str] = field(default_factory=list)
    interruptions: int = 0

    @property
    def writes(self) -> int:
        """How many rows were written or removed."""
        return self.created + self.updated + self.removed + self.edges_created + self.edges_removed


def shown(ids: list[str], most: int = 5) -> str:
    """Ids for a message, cut off."""
    return "、".join(ids[:most]) + (f" 等 {len(ids)} 个" if len(ids) > most else "")
