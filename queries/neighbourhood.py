"""A thing and what stands around it: found by any of its names, with the relations among its neighbours."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.identity import plain
from graph.tables import Edge, Node, Tables
from ontology.errors import NotFound
from ontology.model import model
from ontology.vocabulary import near, vocabulary

BEHIND = frozenset({"Evidence", "Document", "Scheme"})
"""Classes that stand behind the things and are shown as citations, not as neighbours."""

UPWARDS = ("partOf",)
"""Relations followed one step further, so that a subsector shows its cluster."""


_FIRST = ("City", "Cluster")
"""Of things that share a name, or are equally near to one, these are meant first."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, its neighbours with what they are part of, and the relations among all these."""

    centre: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def find(tables: Tables, name: str) -> Node:
    """The thing of that id or name; cities and clusters in every spelling that the vocabularies know.

    Raises:
        NotFound: nothing has that name; with near names.
    """
    if (node := tables.by_id.get(name)) is not None:
        return node
    for known in (vocabulary().city, vocabulary().cluster):
        try:
            return tables.by_id[known(name).id]
        except (NotFound, KeyError):
            continue
    names: dict[str, Node] = {}
    for node in sorted(tables.nodes, key=lambda one: one.cls not in _FIRST):
        if not _behind(node):
            aliases = node.properties.get("aliases", ())
            for label in (node.properties.get("name", ""), *(aliases if isinstance(aliases, tuple) else ())):
                names.setdefault(plain(str(label)), node)
    if (node := names.get(plain(name))) is not None:
        return node
    shown = {key: str(node.properties.get("name")) for key, node in names.items()}
    raise NotFound("事物", name, near(name, {label: label for label in shown.values()}))


def _behind(node: Node) -> bool:
    return node.cls in BEHIND or "Statement" in model().labels(node.cls)


def neighbourhood(tables: Tables, name: str, limit: int = 500) -> Neighbourhood:
    """What stands around a thing.

    Args:
        tables: the graph.
        name: id or name of the thing.
        limit: most nodes; neighbours come before what they are part of, in the order of their ids.

    Raises:
        NotFound: nothing has that name.
    """
    centre = find(tables, name)
    around: Mapping[str, list[Edge]] = _edges_by_end(tables)
    chosen = {centre.id: None}
    for edge in around[centre.id]:
        chosen.setdefault(edge.target if edge.source == centre.id else edge.source)
    for identifier in list(chosen):
        for edge in around[identifier]:
            if edge.type in UPWARDS and edge.source == identifier:
                chosen.setdefault(edge.target)
    kept = dict.fromkeys(list(chosen)[:limit])
    edges = {
        (edge.type, edge.source, edge.target): edge
        for identifier in kept
        for edge in around[identifier]
        if edge.source in kept and edge.target in kept
    }
    nodes = tuple(tables.by_id[identifier] for identifier in kept)
    return Neighbourhood(centre, nodes, tuple(edges[key] for key in sorted(edges)))


def _edges_by_end(tables: Tables) -> dict[str, list[Edge]]:
    """Edges between things, by either end; statements and evidence stand behind the shortcuts."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in tables.edges:
        if not (_behind(tables.by_id[edge.source]) or _behind(tables.by_id[edge.target])):
            found[edge.source].append(edge)
            if edge.target != edge.source:
                found[edge.target].append(edge)
    return found
