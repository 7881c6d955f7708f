"""The layout of least total disbelief, and for every cell the cost of the opposite answer.

With alignments weighed, presence is a flow from clusters to cities: a cell costs its log odds, and every city more or
fewer than a printed count costs that count's weight. The linear programme is integral (the matrix is totally
unimodular), so HiGHS gives whole cells. The cost of the opposite is the cheapest cycle through a cell in the residual
network of the optimal flow (Ahuja, Magnanti, Orlin 1993, ch. 9 and 10), which is exact; with the dual prices of the
optimum every arc costs at least nothing, and Dijkstra finds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from graph.stars.beliefs import Count
from graph.stars.witnesses import Bools, Floats, Ints
from ontology.errors import AtlasError

_TIE = 1e-7
_LEAST = 1e-12
"""Least reduced cost: the solver's tolerance may leave a negative one, and a sparse matrix takes zero for no arc."""


class Unsolved(AtlasError):
    """The solver found no layout."""


@dataclass(frozen=True, slots=True)
class Solution:
    """The layout of least disbelief of one sheet.

    `present` is R × C, `opposite` R × C the extra cost of the best layout with that cell the other way, `cost` the
    total; `before` are the predecessors of the residual network, from which `rival` reads the best rival layout.
    """

    present: Bools
    opposite: Floats
    cost: float
    before: Ints

    def rival(self, row: int, column: int) -> tuple[tuple[int, int], ...]:
        """The cells that differ in the best layout with this cell the other way, itself first."""
        rows, columns = self.present.shape
        start, end = (row, rows + column) if self.present[row, column] else (rows + column, row)
        changed = [(row, column)]
        node = end
        while node != start:
            last = int(self.before[start, node])
            if last < 0:
                break
            for i, j in ((node, last - rows), (last, node - rows)):
                if 0 <= i < rows and 0 <= j < columns:
                    changed.append((i, j))
            node = last
        return tuple(dict.fromkeys(changed))


def solve(odds: Floats, rows: Sequence[Count], columns: Sequence[Count]) -> Solution:
    """Find the layout of least disbelief.

    Args:
        odds: R × C log odds of presence without the counts.
        rows: counts of cities by cluster.
        columns: counts of clusters by city.

    Raises:
        Unsolved: HiGHS did not reach an optimum (which bounded costs do not allow).
    """
    size, width = odds.shape
    # Ties are broken by position, so that the answer never depends on the solver's path.
    price = -odds + _TIE * np.arange(size * width).reshape(size, width) / max(1, size * width)
    present, by_row, by_column = _optimum(price, rows, columns)
    reduced = np.maximum(np.where(present, -1.0, 1.0) * (price - by_row[:, None] - by_column[None, :]), _LEAST)
    network = _residual(reduced, present, _steps(present, 1, rows, by_row), _steps(present, 0, columns, by_column))
    distance, before = dijkstra(network, directed=True, return_predecessors=True)
    back = np.where(present, distance[:size, size : size + width], distance[size : size + width, :size].T)
    deviation = _deviation(present.sum(axis=1), rows) + _deviation(present.sum(axis=0), columns)
    cost = float(-odds[present].sum() + np.maximum(odds, 0).sum() + deviation)
    return Solution(present, reduced + back, cost, np.asarray(before, dtype=np.int64))


def _optimum(price: Floats, rows: Sequence[Count], columns: Sequence[Count]) -> tuple[Bools, Floats, Floats]:
    """The optimal cells, and the dual prices of one more city in each row and in each column."""
    size, width = price.shape
    cells = np.arange(size * width).reshape(size, width)
    claims = [(cells[c.claim.index], c) for c in rows] + [(cells[:, c.claim.index], c) for c in columns]
    if not claims:
        return np.asarray(price < 0), np.zeros(size), np.zeros(width)
    first = size * width
    lines = np.concatenate([np.full(len(own) + 2, k) for k, (own, _) in enumerate(claims)])
    places = np.concatenate([np.append(own, (first + 2 * k, first + 2 * k + 1)) for k, (own, _) in enumerate(claims)])
    values = np.concatenate([np.append(np.ones(len(own)), (-1.0, 1.0)) for own, _ in claims])
    weights = np.repeat([count.weight for _, count in claims], 2)
    result = linprog(
        np.concatenate([price.ravel(), weights]),
        A_eq=coo_array((values, (lines, places)), shape=(len(claims), first + 2 * len(claims))).tocsr(),
        b_eq=np.array([float(count.claim.value) for _, count in claims]),
        bounds=np.concatenate([np.tile([0.0, 1.0], (first, 1)), np.tile([0.0, np.inf], (2 * len(claims), 1))]),
        method="highs-ds",
    )
    if result.status != 0:
        raise Unsolved(f"求解没有结果：{result.message}")
    by_row, by_column = np.zeros(size), np.zeros(width)
    np.add.at(by_row, [c.claim.index for c in rows], result.eqlin.marginals[: len(rows)])
    np.add.at(by_column, [c.claim.index for c in columns], result.eqlin.marginals[len(rows) :])
    return np.asarray(result.x[:first].reshape(size, width) > 0.5), by_row, by_column


def _deviation(sums: Ints, counts: Sequence[Count]) -> float:
    return float(sum(c.weight * abs(int(sums[c.claim.index]) - c.claim.value) for c in counts))


def _steps(present: Bools, axis: int, counts: Sequence[Count], dual: Floats) -> tuple[Floats, Floats]:
    """Reduced cost, in deviation from the printed counts, of one cell more and of one fewer in each row or column."""
    sums = present.sum(axis=axis)
    more, fewer = np.zeros(len(sums)), np.zeros(len(sums))
    for c in counts:
        now = int(sums[c.claim.index])
        more[c.claim.index] += c.weight * (1 if now >= c.claim.value else -1)
        fewer[c.claim.index] += c.weight * (1 if now <= c.claim.value else -1)
    return np.maximum(more + dual, _LEAST), np.maximum(fewer - dual, _LEAST)


def _residual(
    reduced: Floats, present: Bools, by_row: tuple[Floats, Floats], by_column: tuple[Floats, Floats]
) -> csr_array:
    """Unit changes of the optimal flow with their reduced costs: clusters, then cities, then the hub of deviations."""
    size, width = reduced.shape
    hub = size + width
    i, j = np.nonzero(~present)
    k, m = np.nonzero(present)
    all_rows, all_columns = np.arange(size), size + np.arange(width)
    to_rows, to_columns = np.full(size, hub), np.full(width, hub)
    starts = np.concatenate([i, size + m, to_rows, all_rows, all_columns, to_columns])
    ends = np.concatenate([size + j, k, all_rows, to_rows, to_columns, all_columns])
    prices = np.concatenate([reduced[i, j], reduced[k, m], *by_row, *by_column])
    return csr_array((prices, (starts, ends)), shape=(hub + 1, hub + 1))
