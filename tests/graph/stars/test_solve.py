"""The programme, the alignments and the counts against complete enumeration on small cases."""

import itertools
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.stars import counts
from graph.stars.alignment import align
from graph.stars.beliefs import Count
from graph.stars.solve import solve

R, C = 3, 3


def count(index: int, value: int, weight: float) -> Count:
    return Count(cast(Any, SimpleNamespace(index=index, value=value)), weight, 1.0)


def cost(x: np.ndarray, odds: np.ndarray, rows: list[Count], columns: list[Count]) -> float:
    total = -float(odds[x].sum())
    for own, sums in ((rows, x.sum(axis=1)), (columns, x.sum(axis=0))):
        total += sum(c.weight * abs(int(sums[c.claim.index]) - c.claim.value) for c in own)
    return total


ODDS = st.lists(st.integers(-30, 30), min_size=R * C, max_size=R * C)
COUNTS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from((0.5, 1.3, 3.1))), max_size=5)


@settings(max_examples=40, deadline=None)
@given(ODDS, COUNTS, COUNTS)
def test_layout_and_every_opposite_are_the_best_of_all(numbers: list[int], rows: Any, columns: Any) -> None:
    odds = np.array(numbers, dtype=float).reshape(R, C) / 7
    by_row, by_column = [count(*c) for c in rows], [count(*c) for c in columns]
    found = solve(odds, by_row, by_column)
    layouts = [np.array(bits, dtype=bool).reshape(R, C) for bits in itertools.product((False, True), repeat=R * C)]
    costs = np.array([cost(x, odds, by_row, by_column) for x in layouts])
    best = costs.min()
    assert cost(found.present, odds, by_row, by_column) == pytest.approx(best, abs=1e-5)
    assert found.cost == pytest.approx(best + np.maximum(odds, 0).sum(), abs=1e-5)
    for i, j in itertools.product(range(R), range(C)):
        other = min(c for x, c in zip(layouts, costs, strict=True) if x[i, j] != found.present[i, j])
        assert found.opposite[i, j] == pytest.approx(other - best, abs=1e-5)
        rival = found.present.copy()
        assert found.rival(i, j)[0] == (i, j)
        for cell in found.rival(i, j):
            rival[cell] = not rival[cell]
        assert cost(rival, odds, by_row, by_column) == pytest.approx(other, abs=1e-5)


def test_two_cells_for_one_place_are_undecided_and_rivals() -> None:
    found = solve(np.zeros((1, 2)), [count(0, 1, 3.0)], [])
    assert found.present.sum() == 1
    assert found.opposite == pytest.approx(np.zeros((1, 2)), abs=1e-5)
    assert set(found.rival(0, 0)) == {(0, 0), (0, 1)}


def test_no_counts_leaves_every_cell_to_its_own_odds() -> None:
    odds = np.array([[2.0, -1.5], [0.3, -4.0]])
    found = solve(odds, [], [])
    assert found.present.tolist() == [[True, False], [True, False]]
    assert found.opposite == pytest.approx(np.abs(odds), abs=1e-5)


def enumerated(match: np.ndarray, extra: np.ndarray, tail: np.ndarray, loss: float, insertion: float) -> Any:
    """Total weight of all alignments of one sequence, and the share in which slot s meets each offset (own match out)."""
    slots, offsets = match.shape
    total, meets = 0.0, np.zeros_like(match)
    lost = np.zeros(slots)

    def walk(s: int, d: int, weight: float, path: tuple[int | None, ...]) -> None:
        nonlocal total
        if s == slots:
            whole = weight * tail[d]
            total += whole
            for k, met in enumerate(path):
                if met is None:
                    lost[k] += whole
                else:
                    meets[k, met] += whole / match[k, met]
            return
        walk(s + 1, d, weight * match[s, d] * (1 - loss), (*path, d))
        if d > 0:
            walk(s + 1, d - 1, weight * loss, (*path, None))
        if d + 1 < offsets:
            inserted(s, d + 1, weight * insertion * extra[s, d], path)

    def inserted(s: int, d: int, weight: float, path: tuple[int | None, ...]) -> None:
        walk(s, d, weight, path)

    walk(0, offsets // 2, 1.0, ())
    return total, meets, lost


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_alignment_weighs_what_enumeration_weighs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    slots, offsets = 4, 3
    match, extra = rng.uniform(0.1, 1, (slots, offsets)), rng.uniform(0.1, 1, (slots, offsets))
    tail = rng.uniform(0.1, 1, offsets)
    found = align(match[None], extra[None], tail[None], np.full((1, slots), 0.2), 0.1)
    total, meets, lost = enumerated(match, extra, tail, 0.2, 0.1)
    assert found.evidence[0] == pytest.approx(np.log(total))
    scale = meets.sum(axis=1) + lost
    assert found.meets[0] == pytest.approx(meets / scale[:, None])
    assert found.lost[0] == pytest.approx(lost / scale)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_count_messages_are_exact(seed: int) -> None:
    rng = np.random.default_rng(seed)
    width = 4
    belief, likelihood = rng.uniform(0.05, 0.95, (2, width)), rng.uniform(0.01, 1, (2, width + 1))
    odds, spread = counts.messages(belief, likelihood), counts.distribution(belief)
    for n in range(2):
        weight = np.zeros((width, 2))
        sums = np.zeros(width + 1)
        for bits in itertools.product((0, 1), repeat=width):
            chance = [belief[n, k] if bit else 1 - belief[n, k] for k, bit in enumerate(bits)]
            sums[sum(bits)] += np.prod(chance)
            for k, bit in enumerate(bits):
                weight[k, bit] += np.prod(chance[:k] + chance[k + 1 :]) * likelihood[n, sum(bits)]
        assert odds[n] == pytest.approx(np.log(weight[:, 1] / weight[:, 0]))
        assert spread[n] == pytest.approx(sums)


@given(st.integers(0, 30), st.integers(1, 25), st.floats(0.6, 0.99))
def test_a_printed_figure_is_a_likelihood(value: int, highest: int, right: float) -> None:
    likelihood = counts.printed(value, highest, right)
    assert likelihood.shape == (highest + 1,)
    assert (likelihood > 0).all()
    if value <= highest:
        assert int(likelihood.argmax()) == value
        assert likelihood[value] > right
        near = likelihood[abs(np.arange(highest + 1) - value) == 1]
        far = likelihood[abs(np.arange(highest + 1) - value) > 4]
        assert not far.size or near.min() > far.max()
