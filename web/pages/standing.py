"""What a profile says beyond its tables: sentences with footnotes, peers, targets, places of industry, gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from queries.index import Basis
from queries.industry.gaps import Gap, gaps
from queries.plans.monitor import monitor
from queries.table import Table
from web.index import Index
from web.layouts import Layout
from web.looks import sign, style
from web.pages.gaps import Row, row
from web.said import Said
from web.site import Site
from web.speech import Speech

PEERS: Final = 8
"""Most peers beside the stars of a city."""

GAPS: Final = 5
"""Gaps of a profile; the board has all of them."""

KINDS: Final = ("Site", "Platform", "Project")
"""Where industry stands: parks and bases, platforms, projects."""

LEAVE: Final = ("place", "cluster", "stated", "implied", "latest", "gap", "needed", "note")
"""Columns of the targets that a profile leaves to the monitor."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the profile and what it rests on."""

    words: str
    basis: Sequence[Basis]


def sentences(site: Site, node: Node, layout: Sequence[Said], mentions: Sequence[Said], say: Speech) -> list[Sentence]:
    """What the graph holds about a city or a cluster, in a few sentences; nothing is said of what is not loaded."""
    city, found = node.cls == "City", []
    name = say.name(node)
    held = _starred(site, node, say)
    if held is not None:
        found.append(Sentence(held, _witnesses(site, node)))
    others = list(dict.fromkeys(one.id for said in layout for one in (said.clusters if city else said.places)))
    parts = list(dict.fromkeys(one.id for said in layout for one in said.subsectors))
    if layout:
        if city:
            words = say(
                f"文件为{name}点名 {len(others)} 个集群的 {len(parts)} 个细分领域，共 {len(layout)} 条表述。",
                f"Documents name {name} for {len(parts)} subsectors of {len(others)} clusters"
                f" in {len(layout)} statements.",
            )
        else:
            words = say(
                f"文件为它点名 {len(others)} 个城市或区域，涉及 {len(parts)} 个细分领域，共 {len(layout)} 条表述。",
                f"Documents name {len(others)} cities or regions for it in {len(parts)} subsectors,"
                f" {len(layout)} statements.",
            )
        found.append(Sentence(words, _basis(site, layout)))
    firms = list(dict.fromkeys(one.id for said in mentions for one in said.companies))
    if firms:
        names = [say.name(site.index.nodes[one]) for one in firms[:5]]
        words = say(
            f"文件在这里点名 {len(firms)} 家企业，如{'、'.join(names)}。",
            f"Documents name {len(firms)} companies here, such as {', '.join(names)}.",
        )
        found.append(Sentence(words, _basis(site, mentions)))
    return found


def _basis(site: Site, statements: Sequence[Said]) -> list[Basis]:
    """The first three pieces of evidence of some statements."""
    found = dict.fromkeys(one for said in statements[:6] for one in site.ground.basis(said.id)[:1])
    return list(found)[:3]


def _witnesses(site: Site, node: Node) -> list[Basis]:
    """The first three pieces of evidence for the stars of a city or a cluster, of different cells."""
    listed = [one.link for one in site.stars(node.id).values() if one.present and one.link in site.index.nodes]
    first = (site.index.targets(one, "supportedBy")[:1] for one in listed)
    found = dict.fromkeys(basis for (witness,) in filter(None, first) for basis in site.ground.basis(witness.id)[:1])
    return list(found)[:3]


def _starred(site: Site, node: Node, say: Speech) -> str | None:
    """How the current layout marks the city or the cluster; None where there is no layout."""
    stars = [one for one in site.stars(node.id).values() if one.present]
    if not site.layouts or not stars:
        return None
    edition = say.name(site.layouts[0].edition)
    counts = [(level, sum(1 for one in stars if one.level == level)) for level in (3, 2, 1, None)]
    words = [
        f"{'★' * level if level else say('星级不明', 'level unknown')} {count}" for level, count in counts if count
    ]
    unsure = sum(1 for one in stars if one.guessed)
    guessed = say(f"；其中 {unsure} 个为推断", f"; {unsure} of them are guesses") if unsure else ""
    what = say("个集群", "clusters") if node.cls == "City" else say("个城市", "cities")
    joined = say("，", ", ").join(words)
    return say(
        f"《{edition}》的星级布局列入 {len(stars)} {what}：{joined}{guessed}。",
        f"The star layout of {edition} lists {len(stars)} {what}: {joined}{guessed}.",
    )


@dataclass(frozen=True, slots=True)
class Peer:
    """A city of the same region with the looks of its cells, by cluster: sign and style."""

    city: Node
    cells: dict[str, tuple[str, str]]


def peers(site: Site, node: Node) -> list[Peer]:
    """The cities of a city's region beside it, as the layout has them; [] for a cluster or without a layout."""
    if node.cls != "City" or not site.layouts:
        return []
    layout = site.layouts[0]
    mine = _regions(site.index, node, layout)
    others = [one for one in layout.cities if one != node and mine & _regions(site.index, one, layout)]
    return [
        Peer(
            one,
            {
                cluster: (sign(star), style(star, layout.starred))
                for (cluster, city), star in layout.cells.items()
                if city == one.id
            },
        )
        for one in others[:PEERS]
    ]


def _regions(index: Index, city: Node, layout: Layout) -> set[str]:
    """The smallest regions of the layout's edition that hold a city; the whole province is none."""
    held = {one.id for one in index.targets(city.id, "inRegion")}
    sizes = {one: len(index.sources(one, "inRegion")) for one in held}
    key = layout.edition.id.partition("/")[2]
    own = {one for one in held if f"/{key}/" in f"{one}/" and sizes[one] < len(layout.cities)}
    return {one for one in own if sizes[one] == max(sizes[other] for other in own)}


def targets(site: Site, node: Node) -> Table:
    """The targets that documents set for a city or a cluster."""
    return monitor(
        site.ground,
        city=node.id if node.cls == "City" else None,
        cluster=node.id if node.cls == "Cluster" else None,
    )


def places(index: Index, node: Node) -> list[tuple[str, list[Node]]]:
    """Parks, platforms and projects of a city or a cluster, by class."""
    relation = "locatedIn" if node.cls == "City" else "activeIn"
    found = index.sources(node.id, relation)
    kinds = ((cls, [one for one in found if one.cls == cls]) for cls in KINDS)
    return [(cls, list({one.id: one for one in ones}.values())) for cls, ones in kinds if ones]


def nearest_gaps(site: Site, node: Node, chosen: Node | None, say: Speech) -> list[Row]:
    """The first gaps by what the documents say."""
    ends = {one.cls: one.id for one in (node, chosen) if one is not None}
    found: list[Gap] = gaps(site.ground, ends.get("City"), ends.get("Cluster"), ("documents",))
    return [row(site, one, number, say) for number, one in enumerate(found[:GAPS], 1)]
