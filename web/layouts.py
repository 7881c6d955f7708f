"""The star layout as pages show it: editions, their cells, the regions of their cities, and orders of rows and columns.

An edition with a table of stars holds every cell, present or absent: a cell without a star is 未标星. An edition that
only names cities holds the named cells: any other is 未点名. The two silences stay apart.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.stars.layout import editions_named
from graph.tables import Node
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import vocabulary
from web.index import Index
from web.stars import Star, star_of

UNNAMED: Final = ("未点名", "not named")


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its cities, in the order in which its document lists them; `scheme` names the document."""

    node: Node
    scheme: str
    cities: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its id in an address."""
        return self.node.id.removeprefix("region/")


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition of the layout.

    `cells` are by cluster and city; `starred` says whether the edition has stars (then a missing star is 未标星) or
    only names cities (then a missing name is 未点名).
    """

    edition: Node
    current: bool
    starred: bool
    clusters: tuple[Node, ...]
    cities: tuple[Node, ...]
    cells: Mapping[tuple[str, str], Star]

    @property
    def key(self) -> str:
        """The edition in an address."""
        return self.edition.id.removeprefix("policy/")

    @property
    def issued(self) -> str:
        return str(self.edition.properties.get("issued", ""))


def layouts(index: Index) -> tuple[Layout, ...]:
    """All editions, the current one first, then the newest."""
    cells: dict[str, dict[tuple[str, str], Star]] = defaultdict(dict)
    current: set[str] = set()
    for node in index.of_class("Assignment"):
        ends = {edge.type: edge.target for edge in index.out(node.id)}
        edition, cluster, city = (ends.get(name) for name in ("edition", "aboutCluster", "aboutPlace"))
        if edition and cluster and city:
            cells[edition][cluster, city] = star_of(node)
            if node.properties.get("current") is True:
                current.add(edition)
    clusters, cities = list(index.named("Cluster")), list(index.named("City"))
    # Every edition shows the same rows, so that two of them can be laid side by side.
    known = {cluster for held in cells.values() for cluster, _ in held}
    rows = tuple(one for one in clusters if one.id in known)
    found = [
        Layout(index.nodes[key], key in current, _starred(held), rows, tuple(cities), held)
        for key, held in cells.items()
    ]
    by_id = sorted(found, key=lambda one: one.edition.id)
    newest = sorted(by_id, key=lambda one: one.issued, reverse=True)
    return tuple(sorted(newest, key=lambda one: not one.current))


def _starred(cells: Mapping[tuple[str, str], Star]) -> bool:
    return any(star.level is not None or star.present is False for star in cells.values())


def edition(known: Sequence[Layout], wanted: str) -> Layout:
    """The edition that people mean by an id, a number, a year or words of a name; the first where nothing is said.

    Raises:
        NotFound: there is none.
        Ambiguous: there are several.
    """
    if not wanted:
        return known[0]
    by_id = {one.edition.id: one for one in known}
    found = editions_named(wanted, {key: str(one.edition.properties.get("name", "")) for key, one in by_id.items()})
    if not found:
        raise NotFound("布局版本", wanted, tuple(one.key for one in known))
    if len(found) > 1:
        raise Ambiguous("布局版本", wanted, tuple(by_id[one].key for one in found))
    return by_id[found[0]]


def regions(index: Index, layout: Layout, known: Sequence[Layout]) -> tuple[Region, ...]:
    """Regions with cities, the cities in the document's order.

    Those that the edition's own document draws come first, then those of the other editions, then all others.
    """
    schemes = [layout.key, *(one.key for one in known)]
    members = {region.id: region.members for region in vocabulary().regions}
    ranks = {name: rank for rank, name in enumerate(members)}
    held = {city.id: place for place, city in enumerate(layout.cities)}
    found = []
    for node in index.of_class("Region"):
        inside = {city.id for city in index.sources(node.id, "inRegion")} & held.keys()
        order = [city for city in members.get(node.id, ()) if city in inside]
        rest = sorted(inside - set(order), key=held.__getitem__)
        if inside:
            found.append(Region(node, node.id.removeprefix("region/").rpartition("/")[0], (*order, *rest)))
    return tuple(
        sorted(found, key=lambda one: (_place(schemes, one.scheme), one.scheme, ranks.get(one.node.id, 0), one.node.id))
    )


def _place(schemes: Sequence[str], scheme: str) -> int:
    return schemes.index(scheme) if scheme in schemes else len(schemes)


def groups(found: Sequence[Region], layout: Layout) -> list[tuple[Region | None, tuple[Node, ...]]]:
    """The cities by region, each once: by those regions of one document that do not overlap; the rest at the end."""
    nodes = {city.id: city for city in layout.cities}
    schemes = list(dict.fromkeys(region.scheme for region in found))
    chosen: list[tuple[Region | None, tuple[Node, ...]]] = []
    taken: set[str] = set()
    for region in found:
        if region.scheme == schemes[0] and not taken & set(region.cities):
            chosen.append((region, tuple(nodes[city] for city in region.cities)))
            taken |= set(region.cities)
    rest = tuple(city for city in layout.cities if city.id not in taken)
    return [*chosen, (None, rest)] if rest else chosen


def rank(star: Star | None) -> float:
    """How strong a cell is, for sorting: levels, then listed without a level, undecided, without a star, unsaid."""
    if star is None:
        return -1
    if star.present is None:
        return 0.3
    if not star.present:
        return 0
    return star.level or 0.6


def ordered(things: Sequence[Node], key: Callable[[Node], float]) -> list[Node]:
    """Things with the largest key first; those with the same key stay in their order."""
    return sorted(things, key=lambda one: -key(one))


def listed(layout: Layout, clusters: Collection[str], cities: Collection[str]) -> int:
    """In how many of these cells the city is listed."""
    return sum(
        1 for (cluster, city), star in layout.cells.items() if star.present and cluster in clusters and city in cities
    )
