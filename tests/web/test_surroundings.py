"""Pictures of the graph: what is drawn, where it stands whatever is filtered or opened, the shortest way."""

import math
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from graph.tables import Edge, Node, Tables
from tests.web.analysis_graphs import industry
from web.index import Index
from web.surroundings import around, surroundings, way

DONGGUAN, CAR = "city/441900", "cluster/gd20/automobiles"


def graph(edges: Iterable[tuple[int, int]], size: int = 12) -> Index:
    """Things in numbered classes, connected by `partOf`."""
    nodes = [Node(f"product/{i}", "Product" if i % 2 else "Subsector", {"name": f"物{i}"}) for i in range(size)]
    return Index(Tables.of(nodes, (Edge("partOf", f"product/{a}", f"product/{b}", {}) for a, b in sorted(set(edges)))))


def star(count: int) -> Index:
    return graph(((0, i) for i in range(1, count)), count)


def test_the_neighbours_are_those_of_edges_and_of_statements_that_name_both() -> None:
    index = Index(industry())
    found = {one.id for one in around(index, DONGGUAN)}
    assert CAR in found  # by the layout
    assert any(one.endswith("/零部件") for one in found)  # by a sentence that names both
    assert not any(one.startswith(("evidence/", "document/", "assignment/", "layout/")) for one in found)
    named = surroundings(index, [DONGGUAN])
    ends = {(one.source, one.target) for one in named.relations}
    assert {other for pair in ends if DONGGUAN in pair for other in pair} - {DONGGUAN} == found
    spoken = [one for one in named.relations if one.via and one.type == "LayoutStatement"]
    assert all(index.nodes[one.via].cls == "LayoutStatement" for one in spoken)


def test_nothing_moves_when_types_are_filtered_or_things_opened() -> None:
    index = Index(industry())
    whole = surroundings(index, [DONGGUAN])
    part = surroundings(index, [DONGGUAN], classes=["Cluster"])
    assert {one.cls for one in part.nodes} == {"City", "Cluster"}
    assert part.nodes[0].id == DONGGUAN
    assert all(whole.where[one] == place for one, place in part.where.items())
    assert part.counts == whole.counts
    opened = surroundings(index, [DONGGUAN], [CAR])
    assert len(opened.where) > len(whole.where)
    assert {one: opened.where[one] for one in whole.where} == dict(whole.where)
    assert surroundings(index, [DONGGUAN], [CAR]) == opened


@given(st.integers(2, 90), st.integers(1, 40))
def test_no_two_things_stand_in_one_place(first: int, second: int) -> None:
    edges = [(0, i) for i in range(1, first + 1)] + [(1, first + 1 + i) for i in range(second)]
    index = graph(edges, first + second + 1)
    found = surroundings(index, ["product/0"], ["product/1"])
    places = list(found.where.values())
    assert len(places) == first + second + 1
    near = min(math.dist(a, b) for i, a in enumerate(places) for b in places[:i])
    assert near > 60


def test_a_picture_has_a_limit_and_says_what_is_left_out() -> None:
    index = star(700)
    found = surroundings(index, ["product/0"])
    assert (len(found.nodes), found.left) == (500, 200)
    assert sum(found.counts.values()) == 699
    some = surroundings(index, ["product/0"], classes=["Product"])
    assert (len(some.nodes), some.left) == (351, 0)
    assert found.where["product/0"] == (0.0, 0.0)


def test_the_way_is_the_shortest_and_always_the_same() -> None:
    index = graph([(0, 1), (1, 2), (2, 3), (0, 4), (4, 3), (5, 3), (0, 5), (6, 7)])
    found = way(index, "product/0", "product/3")
    assert [node.id for node, _ in found] == ["product/0", "product/4", "product/3"]  # by class, then by name
    first, last = found[1][1], found[2][1]
    assert found[0][1] is None
    assert first is not None
    assert last is not None
    assert (first.source, first.target) == ("product/0", "product/4")
    assert (last.source, last.target) == ("product/4", "product/3")
    back = way(index, "product/3", "product/0")
    assert [node.id for node, _ in back] == ["product/3", "product/4", "product/0"]
    assert way(index, "product/0", "product/7") == []
    assert way(graph([(i, i + 1) for i in range(10)]), "product/0", "product/10") == []
    assert [node.id for node, _ in way(graph([(i, i + 1) for i in range(8)]), "product/0", "product/8")][
        -1
    ] == "product/8"


def test_a_way_is_drawn_in_a_line() -> None:
    index = graph([(0, 1), (1, 2), (1, 3)])
    found = surroundings(index, ["product/0", "product/1", "product/2"])
    assert [found.where[f"product/{i}"][1] for i in range(3)] == [0.0, 0.0, 0.0]
    assert found.where["product/0"][0] < found.where["product/1"][0] < found.where["product/2"][0]
    assert found.counts == {}
    more = surroundings(index, ["product/0", "product/1", "product/2"], ["product/1"])
    assert [one.id for one in more.nodes[3:]] == ["product/3"]
