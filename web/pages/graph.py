"""图谱: search first, then what stands around a thing; opened further thing by thing; the way between two things.

In the address: `q` what is searched, or `thing` an id with `to` another one, `open` the ids of what was opened (one a
line), `types` the classes that are shown, `chosen` the id that is selected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from ontology.model import model
from web.links import Links
from web.pages.matrix import Choice
from web.pages.thing import by_name
from web.picture import look, short, visible
from web.rings import Position
from web.site import Site
from web.speech import Speech
from web.surroundings import LIMIT, Relation, Surroundings, surroundings, way
from web.view import Asked, Chip, Sheet, View

FOUND: Final = 60
"""Finds of a search that are listed."""

WINDOW: Final = (1400.0, 900.0)
"""What a first look shows of a large picture, in its own pixels: so much that names can be read."""

LEAST: Final = 640.0
"""A small picture is not blown up further than to this width."""

ROOM: Final = 130.0
"""Around the outermost things, for their names."""

OPENED: Final = 12
"""Most things that are opened beside the first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing of the picture: where it stands, its look, its name on one line; `on` the spine, `chosen`, `opened`."""

    node: Node
    name: str
    label: str
    x: float
    y: float
    colour: str
    shape: str
    spine: bool
    chosen: bool
    opened: bool
    expand: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A line as the list says it: the words, where it leads, the other thing, the statement behind it."""

    words: str
    arrow: str
    other: Node
    via: str


def page(site: Site, asked: Asked) -> View:
    """The picture of a thing, or a search.

    Raises:
        NotFound: nothing has that id or name.
    """
    if not asked.get("thing"):
        return _search(site, asked)
    index, say, links = site.index, asked.say, asked.links
    centre = _thing(site, asked.get("thing"))
    end = _thing(site, asked.get("to")) if asked.get("to") else None
    path = way(index, centre.id, end.id) if end is not None and end.id != centre.id else []
    spine = [node.id for node, _ in path] or [centre.id]
    opened = [one for one in asked.get("open").split() if one in index.nodes][:OPENED]
    classes = [one for one in asked.get("types").split(",") if one]
    found = surroundings(index, spine, opened, classes)
    state = {
        "thing": centre.id,
        "to": end.id if end is not None else "",
        "open": "\n".join(opened),
        "types": ",".join(classes),
    }
    chosen = asked.get("chosen") if asked.get("chosen") in found.where else spine[0]
    spots = [_spot(found, node, chosen, opened, state, links, say) for node in found.nodes]
    ties = _ties(site, found, say)
    name = say.name(centre)
    title = say(f"图谱：{name}", f"Graph: {name}")
    if end is not None:
        title = say(f"图谱：{name} 到 {say.name(end)}", f"Graph: {name} to {say.name(end)}")
    return View(
        "graph.html",
        title,
        {
            "spine": spine,
            "nodes": [
                {"id": node.id, "class": node.cls, "name": say.name(node), "at": list(found.where[node.id])}
                for node in found.nodes
            ],
            "edges": [
                {"type": one.type, "from": one.source, "to": one.target, "via": one.via or None}
                for one in found.relations
            ],
            "left": found.left,
        },
        Sheet(
            title,
            [say("从", "from"), say("关系", "relation"), say("到", "to"), say("标识", "id"), say("依据的表述", "via")],
            [
                (
                    say.name(index.nodes[one.source]),
                    _words(one, say),
                    say.name(index.nodes[one.target]),
                    f"{one.source} {one.target}",
                    one.via or None,
                )
                for one in found.relations
            ],
        ),
        {
            "q": "",
            "finds": None,
            "centre": centre,
            "end": end,
            "path": _told(path, say),
            "spots": spots,
            "groups": _groups(spots),
            "ties": ties,
            "lines": _lines(found),
            "box": _box(found.where),
            "window": _window(found.where),
            "choices": [(say("类型", "Types"), _types(found, classes, state, asked))],
            "state": state,
            "chosen": chosen,
            "left": found.left,
            "limit": LIMIT,
            "alone": not found.counts,
            "closed": links.page("/graph", **{**state, "open": ""}) if opened else "",
        },
        tuple(_chips(centre, end, state, asked)),
        context={centre.cls.lower(): centre.id.partition("/")[2]} if centre.cls in ("City", "Cluster") else {},
    )


def _search(site: Site, asked: Asked) -> View:
    say, text = asked.say, asked.get("q")
    finds = site.finder.find(text)[:FOUND] if text else []
    title = say("图谱", "Graph")
    return View(
        "graph.html",
        title,
        {
            "q": text,
            "things": [{"id": one.node.id, "class": one.node.cls, "name": say.name(one.node)} for one in finds],
        },
        Sheet(
            title,
            [say("类别", "class"), say("名称", "name"), say("标识", "id")],
            [(say.cls(one.node.cls), say.name(one.node), one.node.id) for one in finds],
        ),
        {"q": text, "finds": finds, "centre": None, "starts": _starts(site), "size": len(site.index.nodes)},
    )


def _starts(site: Site) -> list[Node]:
    """Things to begin with: the first clusters and cities."""
    return [*list(site.index.named("Cluster"))[:8], *list(site.index.named("City"))[:8]]


def _thing(site: Site, text: str) -> Node:
    """A thing by its id, else by any of its names; the index of names takes a second to make, and ids need none."""
    return site.index.nodes.get(text) or by_name(site, text)


def _spot(
    found: Surroundings,
    node: Node,
    chosen: str,
    opened: Sequence[str],
    state: Mapping[str, str],
    links: Links,
    say: Speech,
) -> Spot:
    colour, shape = look(node.cls)
    x, y = found.where[node.id]
    name = visible(say.name(node))
    expand = links.page("/graph", **{**state, "open": "\n".join([*opened, node.id]), "chosen": node.id})
    return Spot(
        node,
        name,
        short(name, 18),
        x,
        y,
        colour,
        shape,
        spine=node in found.spine,
        chosen=node.id == chosen,
        opened=node.id in opened or [node] == list(found.spine),
        expand=expand,
    )


def _words(one: Relation, say: Speech) -> str:
    """A line in words: its relation, or the class of the statement behind it."""
    return say.relation(one.type) if one.type in model().relations else say.cls(one.type)


def _groups(spots: Sequence[Spot]) -> list[tuple[str, list[Spot]]]:
    """The spots by class, in the order of the picture's list."""
    found: dict[str, list[Spot]] = {}
    for one in spots:
        found.setdefault(one.node.cls, []).append(one)
    return list(found.items())


def _ties(site: Site, found: Surroundings, say: Speech) -> dict[str, list[Tie]]:
    """What the list says of each thing: its relations to what the picture is about, else to what it was opened from."""
    nodes = site.index.nodes
    ties: dict[str, list[Tie]] = {node.id: [] for node in found.nodes}
    for one in found.relations:
        words = _words(one, say)
        ties[one.source].append(Tie(words, _arrow(one, one.source), nodes[one.target], one.via))
        ties[one.target].append(Tie(words, _arrow(one, one.target), nodes[one.source], one.via))
    first = [node.id for node in found.spine]
    for identifier, list_ in ties.items():
        list_.sort(key=lambda tie: (tie.other.id not in first, tie.words, tie.other.id))
        ties[identifier] = list_
    return ties


def _told(path: Sequence[tuple[Node, Relation | None]], say: Speech) -> list[tuple[Node, str, str, str]]:
    """A way in words: the thing, the line that leads to it, its arrow, the statement behind it."""
    told = []
    for node, reached in path:
        if reached is None:
            told.append((node, "", "", ""))
        else:
            told.append((node, _words(reached, say), _arrow(reached, node.id, inward=True), reached.via))
    return told


def _arrow(one: Relation, end: str, *, inward: bool = False) -> str:
    """Where a line leads as seen from one end; a statement has participants and no direction."""
    if one.type not in model().relations:
        return "—"
    return "→" if (one.source == end) != inward else "←"


def _lines(found: Surroundings) -> list[tuple[float, float, float, float, str, str, bool]]:
    """The lines of the picture, one for each pair of things; the last says whether it ends at the spine."""
    spine = {node.id for node in found.spine}
    pairs = dict.fromkeys(tuple(sorted((one.source, one.target))) for one in found.relations)
    return [(*found.where[a], *found.where[b], a, b, bool(spine & {a, b})) for a, b in pairs if a != b]


def _box(where: Mapping[str, Position]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in where.values()], [y for _, y in where.values()]
    left, top = min(xs) - ROOM, min(ys) - ROOM / 2
    return left, top, max(xs) + ROOM - left, max(ys) + ROOM / 2 - top


def _window(where: Mapping[str, Position]) -> tuple[float, float, float, float]:
    """What the first look shows: everything, or as much around the first thing as can be read."""
    left, top, width, height = _box(where)
    wide, tall = WINDOW
    if width > wide or height > tall:
        return -wide / 2, -tall / 2, wide, tall
    least = max(0.0, LEAST - width)
    return left - least / 2, top, width + least, height


def _types(found: Surroundings, classes: Sequence[str], state: Mapping[str, str], asked: Asked) -> list[Choice]:
    """All classes, then each: a click shows or hides it."""
    say, links = asked.say, asked.links
    choices = [Choice(say("全部", "All"), links.page("/graph", **{**state, "types": ""}), not classes)]
    for cls, count in found.counts.items():
        here = cls in classes
        kept = [one for one in classes if one != cls] if here else [*classes, cls]
        link = links.page("/graph", **{**state, "types": ",".join(kept)})
        choices.append(Choice(f"{say.cls(cls)} {count}", link, here))
    return choices


def _chips(centre: Node, end: Node | None, state: Mapping[str, str], asked: Asked) -> list[Chip]:
    say, links = asked.say, asked.links
    chips = [Chip(say.cls(centre.cls), say.name(centre), links.thing(centre.id), links.page("/graph"))]
    if end is not None:
        without = links.page("/graph", **{**state, "to": ""})
        chips.append(Chip(say.cls(end.cls), say.name(end), links.thing(end.id), without))
    return chips
