"""Facts become one sheet for each table: arrays of what every witness says about clusters × cities.

Nothing is weighed here. What does not fit a sheet (a column of no known city, a star scale that is not defined, a row
of another length) becomes a problem with file and line; the rest is kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ontology.facts import Fact, LayoutFact, WitnessFact

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BLANK, UNPRINTED, ODD = 0, -1, 4
"""Values of `Sheet.printed` beside the levels 1 to 3: a blank, no cell at all, stars of no defined scale."""

# ★★★★ and ★★★ are one level.
SCALE: Mapping[int, int] = {1: 1, 2: 2, 3: 3, 4: 3}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sources that cannot be used: where, and a Chinese sentence."""

    file: str
    line: int
    message: str
    quote: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.message}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed number of cities of a cluster, or of clusters of a city (`index` in its sheet)."""

    index: int
    value: int
    fact: WitnessFact


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is said about the clusters (R) and cities (C) of one table.

    `printed` is R × W: levels, or BLANK, UNPRINTED, ODD; `home[c]` is the city that the header has over printed
    column c, -1 for none. `listed`, `named` (number of subsectors) and `before` are R × C; `has_list` (C), `has_box`
    and `has_before` (R) say where silence means something. `totals` is the bottom row in its printed order.
    """

    name: str
    clusters: tuple[str, ...]
    cities: tuple[str, ...]
    printed: Ints
    home: tuple[int, ...]
    cells: Mapping[tuple[int, int], WitnessFact]
    listed: Bools
    has_list: Bools
    lists: Mapping[tuple[int, int], WitnessFact]
    named: Ints
    has_box: Bools
    boxes: Mapping[tuple[int, int], tuple[LayoutFact, ...]]
    before: Bools
    has_before: Bools
    earlier: Mapping[tuple[int, int], tuple[LayoutFact, ...]]
    row_claims: tuple[Claim, ...]
    column_claims: tuple[Claim, ...]
    totals: tuple[WitnessFact, ...]

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.clusters), len(self.cities)


def sheets(facts: Sequence[Fact], earlier: Sequence[Fact] = ()) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """One sheet for each table that the witnesses of an edition belong to, in the order of the text.

    Args:
        facts: the witnesses and layout statements of one edition.
        earlier: layout statements of the edition before; a weak witness.
    """
    said = [fact for fact in facts if isinstance(fact, WitnessFact)]
    boxes = [fact for fact in facts if isinstance(fact, LayoutFact) and fact.city is not None]
    before = [fact for fact in earlier if isinstance(fact, LayoutFact) and fact.city is not None]
    problems: list[Problem] = []
    tables = list(dict.fromkeys(fact.table for fact in said))
    made = [_sheet(name, [f for f in said if f.table == name], boxes, before, problems) for name in tables]
    return tuple(made), tuple(sorted(problems, key=lambda p: (p.file, p.line, p.message)))


def problem(fact: Fact, message: str) -> Problem:
    return Problem(fact.evidence.file, fact.evidence.span.line, message, fact.evidence.span.quote)


def _sheet(
    name: str,
    said: Sequence[WitnessFact],
    boxes: Sequence[LayoutFact],
    before: Sequence[LayoutFact],
    problems: list[Problem],
) -> Sheet:
    header, width = _header(said, problems)
    cities = tuple(dict.fromkeys([*header.values(), *(fact.city for fact in said if fact.city is not None)]))
    clusters = tuple(dict.fromkeys(fact.cluster for fact in said if fact.cluster is not None))
    row, column = {n: i for i, n in enumerate(clusters)}, {n: j for j, n in enumerate(cities)}
    shape = len(clusters), len(cities)
    printed = np.full((len(clusters), width), UNPRINTED, dtype=np.int64)
    cells: dict[tuple[int, int], WitnessFact] = {}
    lists: dict[tuple[int, int], WitnessFact] = {}
    row_claims: list[Claim] = []
    column_claims: list[Claim] = []
    totals: list[WitnessFact] = []
    for fact in said:
        if fact.source == "cell" and fact.cluster is not None and fact.column is not None:
            c = int(fact.column) - 1
            if c < width and (row[fact.cluster], c) not in cells:
                cells[row[fact.cluster], c] = fact
                printed[row[fact.cluster], c] = _level(fact, problems)
        elif fact.source == "map_list" and fact.cluster is not None and fact.city is not None:
            lists.setdefault((row[fact.cluster], column[fact.city]), fact)
        elif fact.source == "column_total" and fact.value is not None:
            totals.append(fact)
        elif fact.value is not None and fact.cluster is not None:
            row_claims.append(Claim(row[fact.cluster], fact.value, fact))
        elif fact.value is not None and fact.city is not None:
            column_claims.append(Claim(column[fact.city], fact.value, fact))
    _lengths(said, width, problems)
    listed = _mask(shape, lists)
    named, told = _by_cell(boxes, row, column), _by_cell(before, row, column)
    counts = np.zeros(shape, dtype=np.int64)
    for cell, facts in named.items():
        counts[cell] = len({fact.subsector for fact in facts})
    said_before = _mask(shape, told)
    return Sheet(
        name=name,
        clusters=clusters,
        cities=cities,
        printed=printed,
        home=tuple(column.get(header.get(c + 1, ""), -1) for c in range(width)),
        cells=cells,
        listed=listed,
        has_list=np.asarray(listed.any(axis=0)),
        lists=lists,
        named=counts,
        has_box=np.asarray(counts.any(axis=1)),
        boxes=named,
        before=said_before,
        has_before=np.asarray(said_before.any(axis=1)),
        earlier=told,
        row_claims=tuple(row_claims),
        column_claims=tuple(column_claims),
        totals=tuple(sorted(totals, key=lambda fact: (fact.evidence.span.line, int(fact.column or 0)))),
    )


def _header(said: Sequence[WitnessFact], problems: list[Problem]) -> tuple[dict[int, str], int]:
    """The city over each printed column, as cells and bottom figures repeat it, and how many columns there are."""
    header: dict[int, str] = {}
    unknown: dict[int, WitnessFact] = {}
    for fact in said:
        if fact.column is not None and fact.city is not None:
            header.setdefault(int(fact.column), fact.city)
        elif fact.column is not None and fact.source == "cell":
            unknown.setdefault(int(fact.column), fact)
    last = max(header, default=0)
    cells = [fact for fact in said if fact.source == "cell" and fact.column is not None]
    reached = Counter(int(fact.column or 0) for fact in cells)
    # Behind the last city a column is what most rows reach; a cell that only some have is one too many in its row.
    starred = {c for fact in cells if fact.value and 2 * reached[c := int(fact.column or 0)] > reached[1]}
    for c, fact in sorted(unknown.items()):
        if c not in header and (c <= last or c in starred):
            heads = [f.evidence.more[-1] for f in said if f.source == "cell" and f.city and f.evidence.more]
            span = heads[0] if heads else fact.evidence.span
            message = f"表头第 {c} 列不是已知的城市，这一列未采用"
            problems.append(Problem(fact.evidence.file, span.line, message, span.quote))
            last = max(last, c)
    return dict(sorted(header.items())), last


def _level(fact: WitnessFact, problems: list[Problem]) -> int:
    if fact.value is None:
        return BLANK
    if fact.value not in SCALE:
        problems.append(problem(fact, f"星级“{fact.printed}”没有定义（应为 1 至 4 颗星），只当作有布局"))
    return SCALE.get(fact.value, ODD)


def _lengths(said: Sequence[WitnessFact], width: int, problems: list[Problem]) -> None:
    """Rows that have fewer cells than the header has columns, or more; blanks behind a row without a total are none."""
    rows: dict[str, dict[int, WitnessFact]] = {}
    for fact in said:
        if fact.source == "cell" and fact.cluster is not None and fact.column is not None:
            rows.setdefault(fact.cluster, {}).setdefault(int(fact.column), fact)
    total = {fact.cluster for fact in said if fact.source == "row_total"}
    for cluster, own in rows.items():
        last = max((c for c, fact in own.items() if c <= width or fact.value or cluster in total), default=0)
        if last != width:
            how = "各格按最可能的对位采用" if last < width else "多出的格未采用"
            problems.append(problem(next(iter(own.values())), f"“{cluster}”一行有 {last} 格，表头有 {width} 列，{how}"))


def _by_cell(
    facts: Iterable[LayoutFact], row: Mapping[str, int], column: Mapping[str, int]
) -> dict[tuple[int, int], tuple[LayoutFact, ...]]:
    found: dict[tuple[int, int], list[LayoutFact]] = {}
    for fact in facts:
        if fact.cluster in row and fact.city in column:
            found.setdefault((row[fact.cluster], column[fact.city or ""]), []).append(fact)
    return {cell: tuple(own) for cell, own in sorted(found.items())}


def _mask(shape: tuple[int, int], cells: Iterable[tuple[int, int]]) -> Bools:
    mask = np.zeros(shape, dtype=np.bool_)
    for cell in cells:
        mask[cell] = True
    return mask


def commonest(values: Iterable[int]) -> int:
    """The commonest level; the lower one where two are as common, 0 where there is none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=0)
