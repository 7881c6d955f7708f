"""Random layouts with known truth, printed and damaged in the ways of the bundled plan. Shares no code with the inference.

Rates are drawn for each layout from ranges that the solver does not know.
"""

import hashlib
import random
from dataclasses import dataclass, field

from ontology.facts import Evidence, Fact, LayoutFact, Span, WitnessFact

Cell = tuple[str, str]
SIZES = ((10, 21, 10), (6, 14, 8), (12, 28, 9), (8, 18, 14))
"""Clusters of the first table, cities, clusters of the second table."""


@dataclass
class Rates:
    """How often each kind of damage happens, of one layout."""

    density: float
    column_lost: bool
    slid: float
    cell_lost: float
    cell_added: float
    misread: float
    dropped: float
    inserted: float
    total_wrong: float
    count_wrong: float
    no_list: float
    item_lost: float
    item_added: float
    box_lost: float
    box_added: float

    @classmethod
    def drawn(cls, rng: random.Random) -> "Rates":
        return cls(
            density=rng.uniform(0.35, 0.75),
            column_lost=rng.random() < 0.5,
            slid=rng.uniform(0.0, 0.15),
            cell_lost=rng.uniform(0.0, 0.03),
            cell_added=rng.uniform(0.0, 0.03),
            misread=rng.uniform(0.0, 0.06),
            dropped=rng.uniform(0.05, 0.08),
            inserted=rng.uniform(0.05, 0.08),
            total_wrong=rng.uniform(0.0, 0.04),
            count_wrong=rng.uniform(0.0, 0.08),
            no_list=rng.uniform(0.05, 0.2),
            item_lost=rng.uniform(0.02, 0.08),
            item_added=rng.uniform(0.02, 0.08),
            box_lost=rng.uniform(0.1, 0.4),
            box_added=rng.uniform(0.05, 0.3),
        )


@dataclass
class Case:
    """A layout with its truth (level by cell, 0 for absent) and the facts of its damaged print.

    `printed` is what the table prints under each header, read naively; `lists` the cities with a list; `damage` counts
    what was done.
    """

    truth: dict[Cell, int]
    facts: list[Fact] = field(default_factory=list)
    earlier: list[Fact] = field(default_factory=list)
    printed: dict[Cell, int] = field(default_factory=dict)
    listed: set[Cell] = field(default_factory=set)
    with_list: set[tuple[str, str]] = field(default_factory=set)
    named: set[Cell] = field(default_factory=set)
    table_of: dict[str, str] = field(default_factory=dict)
    damage: dict[str, int] = field(default_factory=dict)
    line: int = 0

    def did(self, what: str, times: int = 1) -> None:
        self.damage[what] = self.damage.get(what, 0) + times

    def evidence(self, quote: str, file: str = "invented.txt") -> Evidence:
        self.line += 1
        sha = hashlib.sha256(file.encode()).hexdigest()
        span = Span(self.line * 1000, self.line * 1000 + len(quote), self.line, quote, quote)
        return Evidence(file, sha, span, (), ("某规划", "附件1"), "《某规划》附件1", "规划")

    def witness(
        self,
        source: str,
        table: str,
        printed: str,
        value: int | None,
        *,
        column: int | None = None,
        cluster: str | None = None,
        city: str | None = None,
    ) -> None:
        self.facts.append(
            WitnessFact(
                source=source,
                table=table,
                row=cluster,
                column=None if column is None else str(column),
                cluster=cluster,
                city=city,
                printed=printed,
                value=value,
                evidence=self.evidence(printed or "…"),
            )
        )


def case(seed: int, size: tuple[int, int, int] | None = None, *, rates: Rates | None = None) -> Case:
    """A damaged layout. The first table has all its blanks filled; where a column is lost, the second loses it."""
    rng = random.Random(seed)
    first, width, second = size or SIZES[seed % len(SIZES)]
    rates = rates or Rates.drawn(rng)
    cities = [f"市{k:03d}" for k in range(width)]
    strength = {city: rng.gauss(0.0, 1.2) for city in cities}
    made = Case({})
    for table, height in (("甲", first), ("乙", second)):
        clusters = [f"{table}群{k:03d}" for k in range(height)]
        made.table_of.update(dict.fromkeys(clusters, table))
        for cluster in clusters:
            breadth = rng.gauss(_logit(rates.density), 0.8)
            for city in cities:
                made.truth[cluster, city] = _level(rng, breadth + strength[city] + rng.gauss(0.0, 1.0), strength[city])
        _print_table(rng, made, rates, table, clusters, cities, filled=table == "甲")
        _print_map(rng, made, rates, table, clusters, cities)
        for cluster in clusters:
            _print_box(rng, made, rates, cluster, cities)
    return made


def _logit(share: float) -> float:
    return 4.0 * (share - 0.5)


def _level(rng: random.Random, weight: float, strength: float) -> int:
    if weight <= 0:
        return 0
    draw = rng.random() + 0.15 * strength
    return 3 if draw > 0.8 else 2 if draw > 0.45 else 1


def _print_table(
    rng: random.Random, made: Case, rates: Rates, table: str, clusters: list[str], cities: list[str], *, filled: bool
) -> None:
    gone = rng.randrange(1, len(cities)) if rates.column_lost and not filled else None
    if gone is not None:
        made.did("column_lost")
    for cluster in clusters:
        row = [made.truth[cluster, city] for city in cities]
        true_total = sum(level > 0 for level in row)
        for k, level in enumerate(row):
            if level and rng.random() < rates.cell_lost:
                row[k] = 0
            elif (not level and rng.random() < rates.cell_added) or (level and rng.random() < rates.misread):
                row[k] = rng.choice((1, 2, 3))
        if gone is not None:
            del row[gone]
        if rng.random() < rates.slid:
            blanks = [k for k, level in enumerate(row) if level == 0]
            if blanks and rng.random() < 0.7:
                del row[rng.choice(blanks)]
            else:
                row.insert(rng.randrange(len(row)), 0)
            made.did("slid")
        row = (row + [0] * len(cities))[: len(cities)]
        if filled:
            made.did("filled", row.count(0))
            # A table whose blanks are filled also turns some of its stars into the filler.
            row = [2 if level == 0 or (level == 1 and rng.random() < 0.3) else level for level in row]
        for k, level in enumerate(row):
            stars = "★" * (4 if level == 3 and filled else level)
            made.printed[cluster, cities[k]] = level
            made.witness("cell", table, stars, len(stars) or None, column=k + 1, cluster=cluster, city=cities[k])
        total = _misread(rng, true_total, rates.total_wrong, len(cities))
        made.witness("row_total", table, str(total), total, cluster=cluster)
        if rng.random() < 0.5:
            again = _misread(rng, true_total, rates.total_wrong, len(cities))
            made.witness("map_count", table, f"{cluster}：{again}", again, cluster=cluster)
    figures: list[int] = []
    for city in cities:
        figure = sum(made.truth[cluster, city] > 0 for cluster in clusters)
        if rng.random() < rates.inserted:
            figures.append(rng.randint(0, len(clusters)))
            made.did("inserted")
        if rng.random() < rates.dropped:
            made.did("dropped")
            continue
        figures.append(figure)
    for k, figure in enumerate(figures[: len(cities)], 1):
        made.witness("column_total", table, str(figure), figure, column=k, city=cities[k - 1])


def _misread(rng: random.Random, value: int, rate: float, highest: int) -> int:
    if rng.random() >= rate:
        return value
    return rng.choice((max(0, value - 1), min(highest, value + 1), rng.randint(0, highest)))


def _print_map(
    rng: random.Random, made: Case, rates: Rates, table: str, clusters: list[str], cities: list[str]
) -> None:
    for city in sorted(cities, key=lambda _: rng.random()):
        if rng.random() < rates.no_list:
            made.did("no_list")
            continue
        count = _misread(rng, sum(made.truth[c, city] > 0 for c in clusters), rates.count_wrong, len(clusters))
        made.witness("map_count", table, f"{city} ({count})", count, city=city)
        for cluster in clusters:
            present = made.truth[cluster, city] > 0
            if rng.random() < (1 - rates.item_lost if present else rates.item_added):
                made.listed.add((cluster, city))
                made.with_list.add((table, city))
                made.witness("map_list", table, f"★ {cluster}", 1, cluster=cluster, city=city)
            if present and (cluster, city) not in made.listed:
                made.did("item_lost")
            elif not present and (cluster, city) in made.listed:
                made.did("item_added")


def _print_box(rng: random.Random, made: Case, rates: Rates, cluster: str, cities: list[str]) -> None:
    lost = min(0.9, rates.box_lost * rng.uniform(0.3, 1.8))
    added = rates.box_added * rng.uniform(0.3, 1.8)
    for city in cities:
        present = made.truth[cluster, city] > 0
        if rng.random() < (1 - lost if present else added):
            made.named.add((cluster, city))
            for part in range(rng.randint(1, 3)):
                made.facts.append(_layout(made, rng, cluster, city, None, f"领域{part}"))
        if rng.random() < (0.45 if present else 0.08):
            made.earlier.append(_layout(made, rng, cluster, city, None, None))
    if rng.random() < 0.4:
        made.facts.append(_layout(made, rng, cluster, None, "某地区", "领域0"))


def _layout(
    made: Case, rng: random.Random, cluster: str, city: str | None, region: str | None, subsector: str | None
) -> LayoutFact:
    role = rng.choice(("core", "key", "base", "support", "mention"))
    return LayoutFact(
        cluster=cluster,
        subsector=subsector,
        city=city,
        region=region,
        role=role,
        products=(),
        open_list=True,
        evidence=made.evidence(f"支持{city or region}发展{cluster}"),
    )


def by_print(made: Case) -> dict[Cell, bool]:
    """The layout as the table prints it."""
    return {cell: made.printed.get(cell, 0) > 0 for cell in made.truth}


def by_majority(made: Case) -> dict[Cell, bool]:
    """The layout that most of table, map list and box name; the table decides a tie."""
    answer = {}
    for cell in made.truth:
        votes = [made.printed.get(cell, 0) > 0, cell in made.named]
        if (made.table_of[cell[0]], cell[1]) in made.with_list:
            votes.append(cell in made.listed)
        yes = sum(votes)
        answer[cell] = yes * 2 > len(votes) or (yes * 2 == len(votes) and votes[0])
    return answer
