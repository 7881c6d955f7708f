"""Where the dots of a picture stand: rings around one thing, computed and therefore the same on every machine."""

import math
from collections.abc import Mapping, Sequence

import networkx as nx

RING = 140.0
"""Distance between two rings, in the picture's pixels."""

SPACING = 130.0
"""Least distance between two dots of one ring: room for a label of nine Chinese characters."""

Position = tuple[float, float]


def distances(nodes: Sequence[str], edges: Sequence[tuple[str, str]], centre: str) -> dict[str, int]:
    """Steps from the centre to every node, directions ignored; what is not connected is one step beyond the last.

    Args:
        nodes: all ids, the centre among them.
        edges: pairs of ids.
        centre: the id in the middle.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    reached: dict[str, int] = nx.single_source_shortest_path_length(graph, centre)
    beyond = max(reached.values()) + 1
    return {node: reached.get(node, beyond) for node in nodes}


def capacity(ring: int) -> int:
    """How many dots ring number `ring` (from 1) holds."""
    return int(2 * math.pi * RING * ring / SPACING)


def shares(count: int, first: int) -> list[int]:
    """Which ring each of `count` dots takes, in the order of their angle, on as few rings as hold them.

    Every ring is filled in proportion to what it holds, so that neighbours in the order stay neighbours in angle.

    Args:
        count: dots of one layer.
        first: number of the innermost ring that is free.
    """
    rings = [first]
    while sum(capacity(ring) for ring in rings) < count:
        rings.append(rings[-1] + 1)
    taken = dict.fromkeys(rings, 0)
    chosen = []
    for _ in range(count):
        ring = min(rings, key=lambda number: ((taken[number] + 0.5) / capacity(number), number))
        taken[ring] += 1
        chosen.append(ring)
    return chosen


def positions(
    ordered: Sequence[str], edges: Sequence[tuple[str, str]], steps: Mapping[str, int]
) -> dict[str, Position]:
    """Coordinates of every node, in pixels, the centre at (0, 0).

    Nodes of the same distance stand near the nodes of the layer before that they belong to, and on as many rings as
    give every label room.

    Args:
        ordered: all ids in the order in which neighbours on a ring shall stand.
        edges: pairs of ids.
        steps: as `distances` gives them; exactly one node has 0.
    """
    neighbours: dict[str, list[str]] = {node: [] for node in ordered}
    for source, target in edges:
        neighbours[source].append(target)
        neighbours[target].append(source)
    rank = {node: place for place, node in enumerate(ordered)}
    turn: dict[str, float] = {}
    where: dict[str, Position] = {}
    first = 1
    for step in range(max(steps.values()) + 1):
        layer = [node for node in ordered if steps[node] == step]
        inner = {
            node: min((turn[other] for other in neighbours[node] if steps[other] < step), default=0.0) for node in layer
        }
        layer.sort(key=lambda node: (inner[node], rank[node]))
        if step == 0:
            turn[layer[0]], where[layer[0]] = 0.0, (0.0, 0.0)
            continue
        chosen = shares(len(layer), first)
        placed = dict.fromkeys(chosen, 0)
        for node, ring in zip(layer, chosen, strict=True):
            # Half a place further on every other ring, so that labels of neighbouring rings do not stand in a line.
            turn[node] = (placed[ring] + ring % 2 / 2) / chosen.count(ring)
            placed[ring] += 1
            where[node] = _point(RING * ring, turn[node])
        first = max(chosen, default=first - 1) + 1
    return where


def _point(radius: float, turn: float) -> Position:
    angle = 2 * math.pi * turn
    # Whole pixels: the last digit of a sine differs between platforms, the file must not.
    return float(round(radius * math.sin(angle))), float(round(-radius * math.cos(angle)))
