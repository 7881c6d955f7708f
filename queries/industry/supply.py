"""The graph of what goes into what, and its layers around a thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from queries.index import Index
from queries.industry import things
from queries.industry.naming import STAGE

APPLIED = "applied_in"
MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One SupplyLink between two things of chains.

    Attributes:
        id: of the SupplyLink.
        relation: input_to, stage_of, upstream_of or applied_in.
        upstream, downstream: ids.
        cluster: id of the cluster that the sentence is about; None where it names none.
        subsectors: ids of the subsectors that it is about.
    """

    id: str
    relation: str
    upstream: str
    downstream: str
    cluster: str | None
    subsectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A thing that supply leads to.

    Attributes:
        thing: its id.
        steps: the least number of links to it.
        links: ids of the links by which it was first reached.
        before: ids of the things one step nearer.
    """

    thing: str
    steps: int
    links: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class Supply:
    """All supply links between products, subsectors and clusters."""

    index: Index
    links: tuple[Link, ...]

    @classmethod
    def of(cls, index: Index) -> "Supply":
        """The supply links of a graph; links between places and firms are not among them."""
        return cls(index, tuple(link for node in index.of("SupplyLink") for link in _links(index, node.id)))

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """Upstream to downstream; `links` of an edge are the ids of its statements."""
        found: nx.DiGraph[str] = nx.DiGraph()
        for link in self.links:
            if found.has_edge(link.upstream, link.downstream):
                found.edges[link.upstream, link.downstream]["links"] += (link.id,)
            else:
                found.add_edge(link.upstream, link.downstream, links=(link.id,))
        return found

    @cached_property
    def _stages(self) -> frozenset[str]:
        return frozenset(link.upstream for link in self.links if link.relation == STAGE)

    def passes(self, thing: str) -> bool:
        """Whether a chain may lead on through a thing.

        Not through a cluster: what goes into one thing of it does not go into all. Not through the stage of a chain:
        设计 of one chain is not 设计 of another.
        """
        return self.index.node(thing).cls != "Cluster" and thing not in self._stages

    @cached_property
    def _applied(self) -> Mapping[str, frozenset[str | None]]:
        found: dict[str, set[str | None]] = defaultdict(set)
        for link in self.links:
            if link.relation == APPLIED:
                found[link.upstream].add(link.cluster)
        return {thing: frozenset(clusters) for thing, clusters in found.items()}

    def general(self, thing: str) -> bool:
        """Whether sentences about several clusters apply it (人工智能, 数字技术): then it is the product of none."""
        return len(self._applied.get(thing, ())) > 1

    def about(self, thing: str) -> list[Link]:
        """The links whose sentence is about a cluster or a subsector."""
        return [link for link in self.links if thing == link.cluster or thing in link.subsectors]

    def inputs(self, members: Iterable[str]) -> Mapping[str, list[Link]]:
        """What the documents say goes into any of the things: upstream end -> links; what is applied is no input."""
        wanted = set(members)
        found: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            if link.relation != APPLIED and link.downstream in wanted and link.upstream not in wanted:
                found[link.upstream].append(link)
        return found

    def layers(self, members: Sequence[str], more: Sequence[str], steps: int, *, up: bool) -> list[Reached]:
        """What lies upstream or downstream, by layers.

        Args:
            members: the things that are asked for; none of them is in a layer.
            more: further starting points, which may themselves be in a layer.
            steps: the greatest number of links, at most MOST_STEPS.
            up: upstream, else downstream.
        """
        graph = self.graph.reverse(copy=False) if up else self.graph
        found: dict[str, Reached] = {}
        for start in (members, more):
            for reached in self._walk(graph, start, {*members}, min(steps, MOST_STEPS)):
                if reached.thing not in found or reached.steps < found[reached.thing].steps:
                    found[reached.thing] = reached
        return sorted(found.values(), key=lambda one: (one.steps, one.thing))

    def _walk(self, graph: "nx.DiGraph[str]", start: Sequence[str], barred: set[str], steps: int) -> Iterable[Reached]:
        seen = barred | set(start)
        border = [one for one in dict.fromkeys(start) if one in graph]
        for step in range(1, steps + 1):
            found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
            for one in border:
                for other in graph.successors(one):
                    if other not in seen:
                        found[other].append((one, graph.edges[one, other]["links"]))
            for other, ways in found.items():
                links = tuple(dict.fromkeys(link for _, through in ways for link in through))
                yield Reached(other, step, links, tuple(one for one, _ in ways))
            seen |= set(found)
            border = [other for other in found if self.passes(other)]


def _links(index: Index, identifier: str) -> list[Link]:
    clusters = [edge.target for edge in index.edges(identifier, "aboutCluster")]
    subsectors = tuple(edge.target for edge in index.edges(identifier, "aboutSubsector"))
    relation = str(index.node(identifier).properties["relation"])
    ends = [
        [node.id for node in index.out(identifier, end) if node.cls in things.CHAIN]
        for end in ("upstream", "downstream")
    ]
    return [
        Link(identifier, relation, a, b, clusters[0] if clusters else None, subsectors)
        for a in ends[0]
        for b in ends[1]
        if a != b
    ]
