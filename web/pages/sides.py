"""Cities and clusters by the names that stand in addresses."""

from typing import Literal

from graph.tables import Node
from ontology.vocabulary import vocabulary
from web.index import Index

Side = Literal["city", "cluster"]


def resolve(index: Index, side: Side, name: str) -> Node:
    """A city or cluster by id or any of its names.

    Raises:
        NotFound: there is none; with near names.
    """
    identifier = f"{side}/{name}"
    if identifier not in index.nodes:
        known = vocabulary()
        identifier = (known.city(name) if side == "city" else known.cluster(name)).id
    return index.get(identifier, "城市" if side == "city" else "集群")


def id_of(node: Node | None) -> str | None:
    """The id of a thing that may not be chosen."""
    return None if node is None else node.id
