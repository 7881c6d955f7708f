"""A picture of a part of the graph as a page shows it: its dots and lines, and the list that says the same in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.tables import Node
from ontology.model import model
from web.index import Index
from web.picture import PictureEdge, PictureNode, Scene, look, short, visible
from web.rings import Position
from web.speech import Speech
from web.surroundings import LIMIT, Relation, Surroundings
from web.view import Sheet

WINDOW: Final = (1400.0, 900.0)
"""What a first look shows of a large picture, in its own pixels: so much that names can be read."""

LEAST: Final = 640.0
"""A small picture is not blown up further than to this width."""

ROOM: Final = 130.0
"""Around the outermost things, for their names."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing of the picture: where it stands, its look, its name on one line.

    `spine` says that the picture is about it, `choose` is the address where it is selected, `expand` that where its
    neighbours are drawn too, "" where they are.
    """

    node: Node
    name: str
    label: str
    x: float
    y: float
    colour: str
    shape: str
    spine: bool
    chosen: bool
    choose: str
    expand: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A line as the list says it: the words, where it leads, the other thing, the statement behind it."""

    words: str
    arrow: str
    other: Node
    via: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template of the picture takes.

    `groups` are by class, under "" what the picture is about; `lines` are their two ends, the places of these among
    the spots, and whether one is on the spine; `box` is the whole picture and `window` the first look, each left, top,
    width, height.
    """

    spots: Sequence[Spot]
    groups: Sequence[tuple[str, Sequence[Spot]]]
    ties: Mapping[str, Sequence[Tie]]
    lines: Sequence[tuple[float, float, float, float, int, int, bool]]
    box: tuple[float, float, float, float]
    window: tuple[float, float, float, float]
    left: int
    limit: int = LIMIT


def drawing(
    index: Index,
    found: Surroundings,
    chosen: str,
    say: Speech,
    choose: Callable[[str], str],
    expand: Callable[[str], str],
) -> Drawing:
    """A picture in the language of a page.

    Args:
        index: the graph.
        found: what is drawn and where; at least one thing.
        chosen: the id that is selected; the first thing where it is not drawn.
        say: the language.
        choose, expand: for an id the addresses of `Spot`.
    """
    first = chosen if chosen in found.where else next(iter(found.where))
    spots = [_spot(found, node, first, say, choose(node.id), expand(node.id)) for node in found.nodes]
    groups: dict[str, list[Spot]] = {}
    for one in spots:
        groups.setdefault("" if one.spine else one.node.cls, []).append(one)
    return Drawing(
        spots,
        list(groups.items()),
        _ties(index, found, say),
        _lines(found),
        _box(found.where),
        _window(found.where),
        found.left,
    )


def record(found: Surroundings, say: Speech) -> dict[str, object]:
    """A picture as data."""
    return {
        "nodes": [
            {"id": node.id, "class": node.cls, "name": say.name(node), "at": list(found.where[node.id])}
            for node in found.nodes
        ],
        "edges": [
            {"type": one.type, "from": one.source, "to": one.target, "via": one.via or None} for one in found.relations
        ],
        "left": found.left,
    }


def sheet(index: Index, found: Surroundings, title: str, say: Speech) -> Sheet:
    """The lines of a picture as rows of a spreadsheet."""
    return Sheet(
        title,
        [say("从", "from"), say("关系", "relation"), say("到", "to"), say("标识", "id"), say("依据的表述", "via")],
        [
            (
                say.name(index.nodes[one.source]),
                words(one, say),
                say.name(index.nodes[one.target]),
                f"{one.source} {one.target}",
                one.via or None,
            )
            for one in found.relations
        ],
    )


def scene(index: Index, found: Surroundings, title: str, say: Speech) -> Scene:
    """A picture as `web.picture` makes a page of its own of it, about the first thing of the spine."""
    return Scene(
        title,
        tuple(picture_node(node, say) for node in found.nodes),
        tuple(PictureEdge(one.source, one.target, words(one, say)) for one in found.relations),
        found.spine[0].id if found.spine else None,
        {node.cls: say.cls(node.cls) for node in found.nodes},
    )


def picture_node(node: Node, say: Speech) -> PictureNode:
    """A thing for a page of its own: its name, and everything else that is known of it in lines."""
    said = sorted((name, value) for name, value in node.properties.items() if name not in ("name", "name_en"))
    lines = [
        f"{say.property(node.cls, name)}{say('：', ': ')}{say.said(node.cls, name, value)}" for name, value in said
    ]
    return PictureNode(node.id, say.name(node), node.cls, tuple(lines))


def _spot(found: Surroundings, node: Node, chosen: str, say: Speech, choose: str, expand: str) -> Spot:
    colour, shape = look(node.cls)
    x, y = found.where[node.id]
    name = visible(say.name(node))
    return Spot(
        node, name, short(name, 18), x, y, colour, shape, node in found.spine, node.id == chosen, choose, expand
    )


def words(one: Relation, say: Speech) -> str:
    """A line in words: its relation, or the class of the statement behind it."""
    return say.relation(one.type) if one.type in model().relations else say.cls(one.type)


def arrow(one: Relation, end: str, *, inward: bool = False) -> str:
    """Where a line leads as seen from one end; a statement has participants and no direction."""
    if one.type not in model().relations:
        return "—"
    return "→" if (one.source == end) != inward else "←"


def _ties(index: Index, found: Surroundings, say: Speech) -> dict[str, list[Tie]]:
    """What the list says of each thing: its relations to what the picture is about, then all others."""
    ties: dict[str, list[Tie]] = {node.id: [] for node in found.nodes}
    for one in found.relations:
        said = words(one, say)
        ties[one.source].append(Tie(said, arrow(one, one.source), index.nodes[one.target], one.via))
        ties[one.target].append(Tie(said, arrow(one, one.target), index.nodes[one.source], one.via))
    first = {node.id for node in found.spine}
    for told in ties.values():
        told.sort(key=lambda tie: (tie.other.id not in first, tie.words, tie.other.id))
    return ties


def _lines(found: Surroundings) -> list[tuple[float, float, float, float, int, int, bool]]:
    """The lines of the picture, one for each pair of things."""
    spine = {node.id for node in found.spine}
    place = {node.id: number for number, node in enumerate(found.nodes)}
    pairs = dict.fromkeys(tuple(sorted((one.source, one.target))) for one in found.relations)
    return [(*found.where[a], *found.where[b], place[a], place[b], bool(spine & {a, b})) for a, b in pairs if a != b]


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
