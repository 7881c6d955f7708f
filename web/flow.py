"""A chain as a layered picture: what goes in on the left, the thing in the middle, where it goes on the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from queries.industry import things
from queries.industry.chain import Chain, Layered
from queries.industry.naming import Namings

COLUMN: Final = 300.0
"""From one layer to the next, in the picture's pixels."""

WIDTH: Final = 214.0
"""Of a box."""

HEIGHT: Final = 30.0
ROW: Final = 38.0
TOP: Final = 44.0
"""Above the boxes, for the headings of the layers."""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing of the chain: its layer (negative upstream), its place, who is named for it."""

    thing: str
    layer: int
    x: float
    y: float
    named: Namings | None
    only: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """The picture: boxes, curves between them (as SVG paths, with their ends), its size, the layers and where each is.

    `layers` are (number, x of its left edge).
    """

    boxes: tuple[Box, ...]
    curves: tuple[tuple[str, str, str], ...]
    width: float
    height: float
    layers: tuple[tuple[int, float], ...]


def flow(chain: Chain) -> Flow:
    """The picture of a chain; the same chain gives the same picture.

    Within a layer, things stand near to what they go into.
    """
    columns: dict[int, dict[str, tuple[Namings | None, bool]]] = {0: _middle(chain)}
    taken = set(columns[0])
    for sign, layers in ((-1, chain.upstream), (1, chain.downstream)):
        for one in layers:
            if one.thing not in taken:
                columns.setdefault(sign * one.steps, {})[one.thing] = (one.named, one.only)
                taken.add(one.thing)
    alias = {other: one for one in columns[0] for other in things.same(chain.index, one)}
    for one in (*chain.upstream, *chain.downstream):
        if one.steps == 1:  # what a layer begins from, where the chain has no stage of it
            for before in one.before:
                if before not in taken and before not in alias:
                    columns[0][before] = (None, False)
                    taken.add(before)
    numbers = sorted(columns)
    order = _ordered(chain, columns)
    tallest = max(len(one) for one in columns.values())
    boxes: dict[str, Box] = {}
    for place, number in enumerate(numbers):
        for row, thing in enumerate(order[number]):
            named, only = columns[number][thing]
            boxes[thing] = Box(thing, number, place * COLUMN, TOP + row * ROW, named, only)
    return Flow(
        tuple(boxes.values()),
        tuple(_curves(chain, boxes, alias)),
        (len(numbers) - 1) * COLUMN + WIDTH,
        TOP + tallest * ROW,
        tuple((number, place * COLUMN) for place, number in enumerate(numbers)),
    )


def _middle(chain: Chain) -> dict[str, tuple[Namings | None, bool]]:
    return {stage.thing: (stage.named, False) for stage in chain.stages if not stage.input}


def _ordered(chain: Chain, columns: Mapping[int, Mapping[str, tuple[Namings | None, bool]]]) -> dict[int, list[str]]:
    """The things of each layer, from the middle outwards, by the mean place of what they are next to."""
    alias = {other: one for one in columns[0] for other in things.same(chain.index, one)}
    before = {
        one.thing: tuple(alias.get(other, other) for other in one.before)
        for one in (*chain.upstream, *chain.downstream)
    }
    order = {0: list(columns[0])}
    for number in sorted(columns, key=abs):
        if number == 0:
            continue
        nearer = order.get(number - (1 if number > 0 else -1), [])
        place = {thing: i for i, thing in enumerate(nearer)}

        def key(thing: str, place: Mapping[str, int] = place) -> tuple[float, str]:
            known = [place[one] for one in before.get(thing, ()) if one in place]
            return (sum(known) / len(known) if known else len(place), chain.index.name(thing))

        order[number] = sorted(columns[number], key=key)
    return order


def _curves(chain: Chain, boxes: Mapping[str, Box], alias: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """A curve for each link from a thing to what it goes into: path, source, target."""
    found: dict[tuple[str, str], str] = {}
    for layers, up in ((chain.upstream, True), (chain.downstream, False)):
        for one in layers:
            for other in _near(one, boxes, alias):
                source, target = (one.thing, other) if up else (other, one.thing)
                if source in boxes and source != target:
                    found[source, target] = _curve(boxes[source], boxes[target])
    return [(path, *ends) for ends, path in sorted(found.items())]


def _near(one: Layered, boxes: Mapping[str, Box], alias: Mapping[str, str]) -> Sequence[str]:
    """What a thing is next to, as it stands in the picture: a stage stands for the product of its name."""
    found = (other if other in boxes else alias.get(other, "") for other in one.before)
    return [other for other in dict.fromkeys(found) if other]


def _curve(source: Box, target: Box) -> str:
    x1, y1 = source.x + WIDTH, source.y + HEIGHT / 2
    x2, y2 = target.x, target.y + HEIGHT / 2
    if source.layer >= target.layer:  # a link within a layer goes around the right side
        x2 = target.x + WIDTH
        return f"M{x1:g} {y1:g}C{x1 + 50:g} {y1:g} {x2 + 50:g} {y2:g} {x2:g} {y2:g}"
    bend = (x2 - x1) / 2
    return f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
