import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from web.rings import RING, SPACING, capacity, distances, positions, shares

Graph = tuple[list[str], list[tuple[str, str]]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    nodes = [f"n{i}" for i in range(draw(st.integers(1, 60)))]
    ends = st.sampled_from(nodes)
    return nodes, draw(st.lists(st.tuples(ends, ends), max_size=120))


@given(graphs())
def test_no_two_dots_stand_on_each_other(graph: Graph) -> None:
    nodes, edges = graph
    where = positions(nodes, edges, distances(nodes, edges, "n0"))
    assert set(where) == set(nodes)
    assert where["n0"] == (0.0, 0.0)
    for one, other in combinations(where.values(), 2):
        # A chord is a little shorter than its arc.
        assert math.dist(one, other) > SPACING * 0.6


@given(graphs())
def test_farther_things_stand_farther_out(graph: Graph) -> None:
    nodes, edges = graph
    steps = distances(nodes, edges, "n0")
    where = positions(nodes, edges, steps)
    outer = {step: max(math.hypot(*where[n]) for n in nodes if steps[n] == step) for step in set(steps.values())}
    for node in nodes:
        for step, radius in outer.items():
            if steps[node] > step:
                assert math.hypot(*where[node]) > radius


def test_what_is_not_connected_stands_outside() -> None:
    assert distances(["a", "b", "c"], [("a", "b")], "a") == {"a": 0, "b": 1, "c": 2}


@given(st.integers(1, 600), st.integers(1, 12))
def test_no_ring_takes_more_than_it_holds(count: int, first: int) -> None:
    chosen = shares(count, first)
    assert len(chosen) == count
    assert min(chosen) >= first
    assert all(chosen.count(ring) <= capacity(ring) for ring in set(chosen))


def test_five_hundred_fit_on_few_rings() -> None:
    assert max(shares(499, 1)) * RING < 2000
