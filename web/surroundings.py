"""What stands around a thing, what connects some things, and the shortest way between two; where each is drawn.

The places depend on the graph and on what was opened in which order, never on what is filtered: a picture that is
opened again looks the same, and opening a thing moves nothing that is already there.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from graph.tables import Edge, Node
from ontology.model import model
from web.finder import ORDER
from web.index import BEHIND, Index, is_statement
from web.rings import RING, Position, distances, positions, shares

LIMIT: Final = 500
"""Most things of one picture."""

STEP: Final = 260.0
"""Distance between two things of a path, in the picture's pixels."""

HIDDEN: Final = frozenset({"Document"})
"""Classes that are no neighbours: what things are read from."""

SILENT: Final = frozenset({"Witness", "Assignment"})
"""Statements that make no neighbours: witnesses are no verdict, and assignments have a shortcut where they hold."""

FARTHEST: Final = 8
"""Most links of a way between two things."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A line between two things of the picture.

    `type` is a relation, or the class of the statement that has both as participants and no shortcut between them;
    `via` is the statement behind it, "" where there is none.
    """

    type: str
    source: str
    target: str
    via: str


@dataclass(frozen=True)
class Surroundings:
    """A part of the graph as it is drawn.

    Attributes:
        spine: what the picture is about: the thing, or the way from one to another.
        nodes: what is drawn, in the order of the list.
        relations: the edges among these.
        where: a place for each of them, in pixels, the first of the spine at (0, 0).
        counts: how many there are of each class before any filter, the spine left out.
        left: how many are not drawn because of the limit.
    """

    spine: tuple[Node, ...]
    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...]
    where: Mapping[str, Position]
    counts: Mapping[str, int]
    left: int


def _hidden(node: Node) -> bool:
    return node.cls in HIDDEN


@cache
def _rank(cls: str) -> tuple[int, str]:
    return (ORDER.index(cls) if cls in ORDER else len(ORDER), cls)


def _key(node: Node) -> tuple[tuple[int, str], str, str]:
    return _rank(node.cls), str(node.properties.get("name", "")), node.id


def ties(index: Index, identifier: str) -> dict[str, tuple[Node, Relation]]:
    """The neighbours of a thing, each with what leads there: an edge, else a statement that both take part in."""
    found: dict[str, tuple[Node, Relation]] = {}
    for _, _, edge, other in index.neighbours(identifier):
        if other.id != identifier and not _hidden(other):
            found.setdefault(other.id, (other, relation(edge)))
    for statement in index.statements(identifier):
        if statement.cls not in SILENT:
            for _, other in index.participants(statement.id):
                if other.id != identifier and not _hidden(other):
                    found.setdefault(other.id, (other, Relation(statement.cls, identifier, other.id, statement.id)))
    return found


def around(index: Index, identifier: str) -> list[Node]:
    """The neighbours of a thing, once each, by class and name."""
    return sorted((other for other, _ in ties(index, identifier).values()), key=_key)


def surroundings(
    index: Index, spine: Sequence[str], opened: Sequence[str] = (), classes: Iterable[str] = (), limit: int = LIMIT
) -> Surroundings:
    """The picture of a thing with its neighbours, or of a way between two things.

    Args:
        index: the graph.
        spine: ids: the thing, or the things of the way in their order.
        opened: ids of further things whose neighbours are drawn too, in the order in which they were opened.
        classes: only neighbours of these classes; all where none is given.
        limit: most things; what was opened last is left out first.
    """
    where: dict[str, Position] = {one: (STEP * place, 0.0) for place, one in enumerate(spine)}
    discs: list[tuple[float, float, float]] = [(x, y, RING / 2) for x, y in where.values()]
    for thing in dict.fromkeys([*(spine if len(spine) == 1 else ()), *opened]):
        if thing not in where:
            continue
        fresh = [one for one in around(index, thing) if one.id not in where]
        if thing == spine[0] and len(spine) == 1:
            edges = [(thing, one.id) for one in fresh]
            steps = {thing: 0, **{one.id: 1 for one in fresh}}
            where.update(positions([thing, *(one.id for one in fresh)], edges, steps))
            discs[0] = (0.0, 0.0, max((math.hypot(*place) for place in where.values()), default=0.0) + RING / 2)
        elif fresh:
            _fan(where, discs, thing, [one.id for one in fresh])
    spined, wanted = set(spine), set(classes)
    others = [index.nodes[one] for one in where if one not in spined]
    fitting = [one for one in others if not wanted or one.cls in wanted or one.id in opened]
    drawn = fitting[: max(0, limit - len(spined))]
    kept = {one: where[one] for one in (*spine, *(node.id for node in drawn))}
    counts: dict[str, int] = {}
    for node in others:
        counts[node.cls] = counts.get(node.cls, 0) + 1
    return Surroundings(
        tuple(index.nodes[one] for one in spine),
        (*(index.nodes[one] for one in spine), *sorted(drawn, key=_key)),
        tuple(_relations(index, kept, [one for one in (*spine, *opened) if one in kept])),
        kept,
        dict(sorted(counts.items(), key=lambda pair: _rank(pair[0]))),
        len(fitting) - len(drawn),
    )


def gathered(index: Index, identifiers: Iterable[str], limit: int = LIMIT) -> Surroundings:
    """The picture of some things and of what the graph says between them.

    Args:
        index: the graph.
        identifiers: ids, those that the graph does not hold are passed over; a statement stands for the things that it
            is about, and is drawn as what connects them.
        limit: most things; the last are left out first.
    """
    found: dict[str, Node] = {}
    for one in dict.fromkeys(identifiers):
        if (node := index.nodes.get(one)) is not None:
            own = [other for _, other in index.participants(one)] if is_statement(node.cls) else [node]
            found.update((other.id, other) for other in own if other.cls not in BEHIND)
    drawn = list(found.values())[:limit]
    ordered = [node.id for node in sorted(drawn, key=_key)]
    relations = tuple(_relations(index, dict.fromkeys(ordered, (0.0, 0.0)), ordered))
    where: dict[str, Position] = {}
    if ordered:
        pairs = [(one.source, one.target) for one in relations]
        degree = Counter(end for pair in pairs for end in pair)
        middle = max(ordered, key=degree.__getitem__)  # the first of those with most
        where = positions(ordered, pairs, distances(ordered, pairs, middle))
    return Surroundings(
        (),
        tuple(index.nodes[one] for one in ordered),
        relations,
        where,
        Counter(node.cls for node in drawn),
        len(found) - len(drawn),
    )


def _fan(where: dict[str, Position], discs: list[tuple[float, float, float]], thing: str, fresh: Sequence[str]) -> None:
    """Put the neighbours of an opened thing into a disc of their own, outside of everything that is there already."""
    rings = shares(len(fresh), 1)
    radius = RING * max(rings) + RING / 2
    x, y = where[thing]
    turn = math.atan2(y, x) if (x, y) != (0.0, 0.0) else math.pi / 2
    away = math.hypot(x, y) + radius
    while any(math.hypot(away * math.cos(turn) - a, away * math.sin(turn) - b) < radius + c for a, b, c in discs):
        away += RING
    centre = (float(round(away * math.cos(turn))), float(round(away * math.sin(turn))))
    placed = dict.fromkeys(rings, 0)
    for one, ring in zip(fresh, rings, strict=True):
        angle = 2 * math.pi * (placed[ring] + ring % 2 / 2) / rings.count(ring)
        placed[ring] += 1
        where[one] = (
            float(round(centre[0] + RING * ring * math.sin(angle))),
            float(round(centre[1] - RING * ring * math.cos(angle))),
        )
    discs.append((*centre, radius))


def _relations(index: Index, kept: Mapping[str, Position], opened: Sequence[str]) -> Iterable[Relation]:
    """All edges among what is drawn, and the statements that lead from what is opened."""
    found: dict[tuple[str, str, str], Relation] = {}
    for identifier in opened:
        for other, one in ties(index, identifier).values():
            if other.id in kept and (one.type, one.target, one.source) not in found:
                found[one.type, one.source, one.target] = one
    for identifier in kept:
        for edge in index.out(identifier):
            if edge.target in kept and edge.type in model().relations:
                one = relation(edge)
                found.setdefault((one.type, one.source, one.target), one)
    return [found[key] for key in sorted(found)]


def relation(edge: Edge) -> Relation:
    """An edge as the picture has it."""
    return Relation(edge.type, edge.source, edge.target, str(edge.properties.get("via", "")))


def way(index: Index, start: str, end: str, farthest: int = FARTHEST) -> list[tuple[Node, Relation | None]]:
    """The shortest way from one thing to another, directions ignored; among equally short ones always the same.

    Args:
        index: the graph.
        start, end: ids.
        farthest: most links.

    Returns:
        The things in their order, each with the relation by which it was reached (None for the first); [] where the
        things are not connected by so few links.
    """
    before: dict[str, tuple[str, Relation] | None] = {start: None}
    border = [start]
    for _ in range(farthest):
        if end in before:
            break
        reached = []
        for identifier in border:
            for other, one in sorted(ties(index, identifier).values(), key=lambda pair: _key(pair[0])):
                if other.id not in before:
                    before[other.id] = identifier, one
                    reached.append(other.id)
        border = reached
    if end not in before:
        return []
    found: list[tuple[Node, Relation | None]] = []
    here: str | None = end
    while here is not None:
        last = before[here]
        found.append((index.nodes[here], last and last[1]))
        here = last and last[0]
    return found[::-1]
