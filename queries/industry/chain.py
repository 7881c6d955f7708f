"""The chain of a product, a subsector or a cluster: layers, stages, what a region supplies, what an outage reaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from queries.index import Basis, Index
from queries.industry import naming, things
from queries.industry.layout import Layout, layout
from queries.industry.naming import Namings
from queries.industry.supply import APPLIED, Link, Reached, Supply

STEPS = 2
"""How many links a chain follows unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the chain with the cities that are named for it.

    Attributes:
        thing: id of a subsector, or of a product.
        input: whether it comes in by a supply link and is no subsector of the thing.
        named: the places that are named for it.
        links: ids of the supply links by which it comes in.
        evidence: sentences that name it.
    """

    thing: str
    input: bool
    named: Namings
    links: tuple[str, ...]
    evidence: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """A thing upstream or downstream.

    Attributes:
        thing: its id.
        steps: links between it and the thing asked for.
        relations: the relations of the last links, notations of the code list `supply-relation`.
        before: ids of the things one step nearer.
        only: whether the documents name no other input of it than those on the way: an outage finds no other source.
        named: the places that are named for it.
        evidence: sentences of the links.
    """

    thing: str
    steps: int
    relations: tuple[str, ...]
    before: tuple[str, ...]
    only: bool
    named: Namings
    evidence: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Territorial:
    """A supply link between places: one supplies the other within the cluster."""

    upstream: str
    downstream: str
    evidence: tuple[Basis, ...]


@dataclass(frozen=True)
class Chain:
    """The chain of a thing.

    Attributes:
        thing: id of the product, subsector or cluster.
        clusters: ids of the clusters that it belongs to: by partOf, else by the statements about it.
        members: the things that count as it: its subsectors and those of the same name.
        stages: what it consists of, then what goes into it.
        upstream, downstream: by layers, the nearest first.
        places: what regions and cities supply to one another within its clusters.
        layout: the star layout.
        supply: the supply links.
    """

    index: Index
    thing: str
    clusters: tuple[str, ...]
    members: tuple[str, ...]
    stages: tuple[Stage, ...]
    upstream: tuple[Layered, ...]
    downstream: tuple[Layered, ...]
    places: tuple[Territorial, ...]
    layout: Layout
    supply: Supply


def chain(index: Index, thing: str, steps: int = STEPS) -> Chain:
    """The chain of a thing.

    Args:
        index: the graph.
        thing: id of a product, subsector or cluster; `things.find` gives it for a name.
        steps: how many links to follow up and down, 1 to 5.
    """
    supply = Supply.of(index)
    parts = things.subsectors(index, thing) if index.node(thing).cls == "Cluster" else ()
    members = tuple(dict.fromkeys(one for part in (thing, *parts) for one in things.same(index, part)))
    own = supply.about(thing)
    into = [link.downstream for link in own if link.relation != APPLIED]
    # What 人工智能 is applied in elsewhere is no outlet of every cluster that uses it.
    out_of = [link.upstream for link in own if link.relation == APPLIED and not supply.general(link.upstream)]
    by_id = {link.id: link for link in supply.links}
    up = supply.layers(members, into, steps, up=True)
    down = supply.layers(members, out_of, steps, up=False)
    clusters = _clusters(index, thing)
    return Chain(
        index,
        thing,
        clusters,
        members,
        _stages(index, thing, parts, [one for one in up if _goes_in(one, by_id)]),
        tuple(_layered(index, supply, by_id, one, up=True) for one in up),
        tuple(_layered(index, supply, by_id, one, up=False) for one in down),
        _places(index, clusters) if index.node(thing).cls == "Cluster" else (),
        layout(index),
        supply,
    )


def _clusters(index: Index, thing: str) -> tuple[str, ...]:
    """The clusters of a thing; of a product, those of the statements about it, the most frequent first."""
    if found := things.parents(index, thing):
        return found
    counts: dict[str, int] = {}
    for relation in ("aboutProduct", "upstream", "downstream"):
        for statement in index.into(thing, relation):
            for edge in index.edges(statement.id, "aboutCluster"):
                counts[edge.target] = counts.get(edge.target, 0) + 1
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _goes_in(reached: Reached, by_id: Mapping[str, Link]) -> bool:
    """Whether a thing goes in directly; what is only applied (robots in car making) is upstream and no stage."""
    return reached.steps == 1 and any(by_id[link].relation != APPLIED for link in reached.links)


def _stages(index: Index, thing: str, parts: Sequence[str], up: Sequence[Reached]) -> tuple[Stage, ...]:
    """What a thing consists of: a cluster's subsectors, otherwise itself; then what goes into it directly."""
    found = [_stage(index, part, ()) for part in parts or (thing,)]
    found += [_stage(index, one.thing, one.links) for one in up]
    return tuple(found)


def _stage(index: Index, thing: str, links: tuple[str, ...]) -> Stage:
    same = things.same(index, thing)
    named = naming.namings(index, same)
    shown = naming.basis(index, [*links[:3], *named.statements()], (*same, *list(named.cities)[:1]))
    return Stage(thing, bool(links), named, links, shown or index.basis(thing)[:1])


def _layered(index: Index, supply: Supply, by_id: Mapping[str, Link], reached: Reached, *, up: bool) -> Layered:
    named = naming.namings(index, things.same(index, reached.thing))
    graph = supply.graph
    only = not up and set(graph.predecessors(reached.thing)) <= set(reached.before)
    ends = (reached.thing, *reached.before)
    about = [link.cluster for one in reached.links if (link := by_id[one]).cluster is not None]
    shown = naming.basis(index, reached.links, (*ends, *(one for one in about if one is not None)))
    relations = tuple(dict.fromkeys(by_id[one].relation for one in reached.links))
    return Layered(reached.thing, reached.steps, relations, reached.before, only, named, shown)


def _places(index: Index, clusters: Sequence[str]) -> tuple[Territorial, ...]:
    found: dict[tuple[str, str], list[str]] = {}
    for cluster in clusters:
        for node in index.into(cluster, "aboutCluster"):
            if node.cls == "SupplyLink":
                for a in index.out(node.id, "upstream"):
                    for b in index.out(node.id, "downstream"):
                        if {a.cls, b.cls} <= {"City", "Region"}:
                            found.setdefault((a.id, b.id), []).append(node.id)
    return tuple(
        Territorial(a, b, naming.basis(index, links, (a, b, *clusters))) for (a, b), links in sorted(found.items())
    )
