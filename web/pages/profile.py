"""The profile of a city or a cluster: what the documents say of it, by cluster or by city, and what they do not say.

The four kinds of silence stay apart: 未标星 the layout gives no star, 未点名 no document names the city, 无记录 a
registry holds no firm, 无数据 no registry is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.rows import Rows
from graph.tables import Node
from ontology.errors import NotFound
from web.index import Index, shortcuts
from web.pages import standing
from web.pages.sides import Side, resolve
from web.pages.thing import SHOWN, relations
from web.said import HEADINGS, Said, in_order, rank, rows, said
from web.site import Site
from web.stars import Star
from web.tables import grid
from web.view import Asked, Chip, Sheet, View

_SPECIAL = ("LayoutStatement", "Mention", "Assignment", "Figure")
"""Statements with a part of the page of their own."""

_STANDS = {"city": "locatedIn", "cluster": "activeIn"}
"""The relation of what stands in a city, or works in a cluster; it has a part of the page of its own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the overview: a cluster beside a city, or a city beside a cluster.

    `role` is the strongest; "" where no statement names the city. `named` of `subsectors` subsectors name it.
    """

    other: Node
    star: Star | None
    role: str
    statements: int
    named: int
    subsectors: int
    companies: int


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A subsector for which no document names a city; those named for it: id, name, role, whether the list is open."""

    id: str
    name: str
    carriers: tuple[tuple[str, str, str, bool], ...]


def page(site: Site, asked: Asked, side: Side) -> View:
    """The profile of a city or cluster; `?cluster=` or `?city=` keeps to one of the other side."""
    index, say, other = site.index, asked.say, _other(side)
    node = resolve(index, side, asked.thing)
    chosen = resolve(index, other, asked.get(other)) if asked.get(other) else None
    statements = [said(index, one) for one in index.statements(node.id)]
    layout = in_order(one for one in statements if one.cls == "LayoutStatement")
    mentions = in_order(one for one in statements if one.cls == "Mention")
    rest = [one for one in statements if one.cls not in _SPECIAL]
    kept = [one for one in layout if chosen is None or chosen in _others(one, side)]
    firms = [one for one in mentions if chosen is None or chosen in _others(one, side)]
    lines = _lines(site, side, node, layout, mentions)
    shown = [*kept, *firms]
    link = asked.links.thing(node.id)
    figures = standing.targets(site, node)
    chips = [Chip(say.cls(node.cls), say.name(node), link)]
    if chosen is not None:
        chips.append(Chip(say.cls(chosen.cls), say.name(chosen), asked.links.thing(chosen.id), without=link))
    return View(
        "profile.html",
        say.name(node),
        {
            "id": node.id,
            "name": say.name(node),
            "properties": dict(node.properties),
            "overview": [_line_record(line, asked) for line in lines],
            "statements": [one.record(say) for one in shown],
            "targets": figures.records(),
        },
        Sheet(say.name(node), [say(*heading) for heading in HEADINGS], rows(shown, say)),
        {
            "side": side,
            "other": other,
            "node": node,
            "chosen": chosen,
            "lines": lines,
            "starred": any(line.star for line in lines),
            "groups": _groups(site, kept, side),
            "firms": firms,
            "registry": registry(index, node),
            "regional": _regional(index, node, chosen) if side == "city" else [],
            "subsectors": index.sources(node.id, "partOf") if side == "cluster" else [],
            "unnamed": _unnamed(site, side, node, chosen, asked),
            "rest": _by_class(rest),
            "relations": relations(
                index,
                node,
                asked,
                {*shortcuts(), "edition", "partOf", "inScheme", _STANDS[side]},
            ),
            "policies": _policies(index, statements),
            "shown": SHOWN,
            "sentences": standing.sentences(site, node, kept, firms, say) if chosen is None else [],
            "peers": standing.peers(site, node) if chosen is None else [],
            "targets": grid(figures, say, standing.LEAVE) if figures.rows else None,
            "places": standing.places(index, node),
            "gaps": standing.nearest_gaps(site, node, chosen, say),
        },
        tuple(chips),
        context={one.cls.lower(): one.id.partition("/")[2] for one in (node, chosen) if one is not None},
    )


def _other(side: Side) -> Side:
    return "cluster" if side == "city" else "city"


def _others(one: Said, side: Side) -> tuple[Node, ...]:
    return one.clusters if side == "city" else one.places


def _groups(site: Site, statements: Sequence[Said], side: Side) -> list[tuple[Node | None, list[Said]]]:
    """Statements by cluster or by place, these in their own order, regions after cities."""
    found: dict[str | None, list[Said]] = {}
    for one in statements:
        for node in _others(one, side) or (None,):
            found.setdefault(node.id if node else None, []).append(one)
    order = {node.id: place for place, node in enumerate([*site.index.named("Cluster"), *site.cities])}
    last = len(order)
    keys = sorted(found, key=lambda key: (order.get(key or "", last), key or ""))
    return [(site.index.nodes[key] if key else None, found[key]) for key in keys]


def _lines(site: Site, side: Side, node: Node, layout: Sequence[Said], mentions: Sequence[Said]) -> list[Line]:
    index, stars = site.index, site.stars(node.id)
    said_of = {other.id: group for other, group in _groups(site, layout, side) if other}
    lines = []
    for other in index.named("Cluster") if side == "city" else site.cities:
        cluster = other if side == "city" else node
        subsectors = {one.id for one in index.sources(cluster.id, "partOf")}
        if side == "city" and not (subsectors or other.id in said_of or other.id in stars):
            continue  # clusters of another scheme, of which nothing is said
        group = said_of.get(other.id, [])
        lines.append(
            Line(
                other,
                stars.get(other.id),
                min((one.role for one in group), key=rank, default=""),
                len(group),
                len({part.id for one in group for part in one.subsectors} & subsectors),
                len(subsectors),
                len({firm.id for one in mentions if other in _others(one, side) for firm in one.companies}),
            )
        )
    return lines


def _line_record(line: Line, asked: Asked) -> dict[str, object]:
    star = line.star
    return {
        "id": line.other.id,
        "name": asked.say.name(line.other),
        "named": bool(line.statements),
        "role": line.role or None,
        "statements": line.statements,
        "subsectors_named": line.named,
        "subsectors": line.subsectors,
        "companies_named": line.companies,
        **({} if star is None else _star_record(star)),
    }


def _star_record(star: Star) -> dict[str, object]:
    return {
        "star": star.level,
        "starred": star.present,
        "confidence": star.confidence,
        "level_confidence": star.level_confidence,
        "guess": star.guessed,
    }


def _regional(index: Index, city: Node, chosen: Node | None) -> list[tuple[Node, list[Said]]]:
    """What is said of the regions that a document counts the city to; it does not name the city."""
    found = []
    for region in sorted(index.targets(city.id, "inRegion"), key=lambda node: node.id):
        statements = [said(index, one) for one in index.statements(region.id, "LayoutStatement")]
        if kept := in_order(one for one in statements if chosen is None or chosen in one.clusters):
            found.append((region, kept))
    return found


def _unnamed(site: Site, side: Side, node: Node, chosen: Node | None, asked: Asked) -> list[Unnamed] | None:
    """The subsectors for which nobody names the city; None where no pair of city and cluster is chosen."""
    if chosen is None:
        return None
    arguments: dict[str, str] = {side: node.id, _other(side): chosen.id}
    try:
        answer = site.atlas.ask("city-not-named", arguments)
    except NotFound:
        return None  # a library without this question
    return unnamed(answer, asked)


def unnamed(answer: Rows, asked: Asked) -> list[Unnamed]:
    """The rows of the question by subsector."""
    found: dict[str, tuple[str, dict[tuple[str, str, str, bool], None]]] = {}
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        _, carriers = found.setdefault(str(cells["subsector"]), (str(cells["subsector_name"]), {}))
        role = asked.say.code("role", cells["role"])
        carriers[str(cells["place"]), str(cells["place_name"]), role, bool(cells["open_list"])] = None
    return [Unnamed(key, name, tuple(carriers)) for key, (name, carriers) in found.items()]


def _by_class(statements: Sequence[Said]) -> list[tuple[str, list[Said]]]:
    classes = sorted({one.cls for one in statements})
    return [(cls, in_order(one for one in statements if one.cls == cls)) for cls in classes]


def _policies(index: Index, statements: Sequence[Said]) -> list[tuple[Node, int]]:
    """The policies in which the statements stand, those with most first."""
    counts: dict[str, int] = {}
    for one in statements:
        for policy in index.targets(one.id, "edition"):
            counts[policy.id] = counts.get(policy.id, 0) + 1
    return [(index.nodes[key], counts[key]) for key in sorted(counts, key=lambda key: (-counts[key], key))]


def registry(index: Index, node: Node) -> str:
    """What a registry says: "none" is loaded, it holds "no-firm" of a city, or "firms"."""
    if not index.of_class("Registration"):
        return "none"
    if node.cls == "City" and all(one.cls != "Registration" for one in index.sources(node.id, "aboutPlace")):
        return "no-firm"
    return "firms"
