"""One node for one thing: nodes whose names are one are joined, with the reason; nothing else of the graph changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from graph.identity.firms import Firm, Link, firm_links
from graph.identity.spelling import chain_spelling, fullest, spelling
from graph.tables import Edge, Node, Value
from ontology import ids

SPELLED = ("Product", "Subsector", "Company", "Site", "Platform", "Project")
"""Classes whose nodes are read from documents by name; places, clusters and agencies come from vocabularies."""

SPELLING = "名称只差连接词、空格、全半角或大小写"
CHAIN = "环节同名，所属产业链只差连接词或“全”字"


@dataclass(frozen=True, slots=True)
class Join:
    """A node that another one stands for: both ids, both names, and the rules that say so, in Chinese."""

    id: str
    old: str
    name: str
    old_name: str
    reason: str


def joins(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> tuple[Join, ...]:
    """Which nodes are one, sorted; the same for any order of nodes and edges.

    What is said of one name is said of the firm, so that a join may lead to another: it is repeated until there is
    none.

    Args:
        nodes: every node by id.
        edges: the asserted edges.
    """
    now, left = dict(nodes), list(edges)
    stands_for: dict[str, str] = {}
    rules: dict[str, str] = {}
    while found := list(_round(now, left)):
        now, left = joined(now, left, found)
        stands_for |= {join.old: join.id for join in found}
        rules |= {join.old: join.reason for join in found}
    result = []
    for old in sorted(rules):
        kept = stands_for[old]
        while kept in stands_for:
            kept = stands_for[kept]
        name, old_name = (str(nodes[one].properties["name"]) for one in (kept, old))
        result.append(Join(kept, old, name, old_name, rules[old]))
    return tuple(sorted(result, key=lambda join: (join.id, join.old)))


def _round(nodes: Mapping[str, Node], edges: list[Edge]) -> Iterator[Join]:
    links = [*_spelled(nodes), *firm_links(_firms(nodes, edges))]
    apart = _told_apart(nodes, edges)
    for group in _groups(nodes, links):
        if any(frozenset(pair) in apart for pair in combinations(sorted(group), 2)):
            continue
        registered = _registered(nodes, group)
        names = {name: str(nodes[name].properties["name"]) for name in group}
        best = fullest({names[name] for name in registered or group})
        kept = min(name for name in registered or group if names[name] == best)
        for old in sorted(group - {kept}):
            rules = sorted({link.rule for link in links if old in (link.one, link.other)})
            yield Join(kept, old, names[kept], names[old], "；".join(rules))


def _groups(nodes: Mapping[str, Node], links: list[Link]) -> Iterator[set[str]]:
    """What links join, without two firms of a registry: two credit codes are two firms, and of the names that both may
    have only that which is printed in full says which."""
    for group in _components(links):
        groups = [group]
        if len(_registered(nodes, group)) > 1:
            groups = _components([link for link in links if link.rule == SPELLING and link.one in group])
        yield from (one for one in groups if len(_registered(nodes, one)) <= 1)


def _registered(nodes: Mapping[str, Node], group: set[str]) -> list[str]:
    """The firms of a registry in a group."""
    return [name for name in sorted(group) if "credit_code" in nodes[name].properties]


def _spelled(nodes: Mapping[str, Node]) -> Iterator[Link]:
    groups: dict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    for name in sorted(nodes):
        node = nodes[name]
        if node.cls in SPELLED:
            above = tuple(chain_spelling(ids.unpart(part)) for part in name.split("/")[1:-1])
            groups[node.cls, above, spelling(str(node.properties["name"]))].append(name)
    for first, *others in groups.values():
        for other in others:
            same = first.rpartition("/")[0] == other.rpartition("/")[0]
            yield Link(first, other, SPELLING if same else CHAIN)


def _firms(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> Iterator[Firm]:
    """The firms, each with the cities of its mentions, of its projects and of its seat."""
    places: dict[str, set[str]] = defaultdict(set)
    pairs: list[tuple[str, str]] = []
    for edge in edges:
        if edge.type in ("aboutPlace", "locatedIn") and edge.target.startswith("city/"):
            places[edge.source].add(edge.target)
        elif edge.type in ("aboutCompany", "undertakenBy"):
            pairs.append((edge.target, edge.source))
    cities: dict[str, set[str]] = defaultdict(set)
    for company, source in pairs:
        cities[company] |= places.get(source, set())
    for name, node in nodes.items():
        if node.cls == "Company":
            names = {str(node.properties["name"]), *_many(node, "aliases")}
            yield Firm(name, frozenset(names), frozenset(cities[name] | places.get(name, set())))


def _many(node: Node, name: str) -> tuple[str, ...]:
    value = node.properties.get(name, ())
    return value if isinstance(value, tuple) else (str(value),)


def _told_apart(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> set[frozenset[str]]:
    """Pairs of which one supplies the other: whoever says that means two things."""
    ends: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.type in ("upstream", "downstream"):
            ends[edge.source].add(edge.target)
        elif edge.type == "partOf":
            ends[f"{edge.source} {edge.target}"] |= {edge.source, edge.target}
    return {frozenset(pair) for pair in ends.values() if len(pair) == 2}


def _components(links: Iterable[Link]) -> list[set[str]]:
    """The ids that links connect, by union-find."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for link in links:
        one, other = sorted((root(link.one), root(link.other)))
        parent[other] = one
    groups: dict[str, set[str]] = defaultdict(set)
    for name in parent:
        groups[root(name)].add(name)
    return [groups[name] for name in sorted(groups)]


def joined(
    nodes: Mapping[str, Node], edges: Iterable[Edge], found: Iterable[Join]
) -> tuple[dict[str, Node], list[Edge]]:
    """The graph with one node for what is one: its other names as `aliases`, the ids it had as `alias`.

    Args:
        nodes: every node by id.
        edges: the asserted edges.
        found: what `joins` gave for them.
    """
    stands_for = {join.old: join.id for join in found}
    members: dict[str, list[Node]] = defaultdict(list)
    for old, new in sorted(stands_for.items()):
        members[new].append(nodes[old])
    result = {name: node for name, node in nodes.items() if name not in stands_for}
    for new, others in members.items():
        result[new] = _one(nodes[new], others)
    kept: dict[tuple[str, str, str, str], Edge] = {}
    for edge in edges:
        source, target = stands_for.get(edge.source, edge.source), stands_for.get(edge.target, edge.target)
        moved = Edge(edge.type, source, target, edge.properties)
        kept.setdefault((edge.type, source, target, str(edge.properties.get("via", ""))), moved)
    return result, list(kept.values())


def _one(node: Node, others: Iterable[Node]) -> Node:
    properties: dict[str, Value] = dict(node.properties)
    names, old = set(_many(node, "aliases")), set(_many(node, "alias"))
    for other in others:
        names |= {str(other.properties["name"]), *_many(other, "aliases")}
        old |= {other.id, *_many(other, "alias")}
        for name, value in other.properties.items():
            properties.setdefault(name, value)
    more = {"aliases": tuple(sorted(names - {str(properties["name"])})), "alias": tuple(sorted(old))}
    return Node(node.id, node.cls, properties | {name: value for name, value in more.items() if value})
