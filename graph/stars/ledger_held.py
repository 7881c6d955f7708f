"""Contradictions of the print with the layout of least disbelief: what the layout overrules."""

from collections.abc import Iterator

from graph.stars.contradictions import Solved, about, entry, source
from graph.stars.layout import Contradiction
from graph.stars.prints import LEVELS
from graph.stars.voices import Speakers
from graph.stars.witnesses import BLANK, Sheet, commonest
from ontology.facts import Fact, LayoutFact, WitnessFact


def against_layout(one: Solved) -> Iterator[Contradiction]:
    """Everything in one table, its map and its boxes that the layout does not follow."""
    yield from _bottom(one)
    yield from _lost(one)
    yield from _cells(one)
    yield from _strays(one)
    yield from _members(one)
    yield from _counts(one)


def _bottom(one: Solved) -> Iterator[Contradiction]:
    """Figures of the bottom row that belong to no city, and cities without a figure."""
    sheet, paired = one.sheet, one.found.figures
    if not sheet.totals:
        return
    extra = [fact for k, fact in enumerate(sheet.totals) if k not in paired.values()]
    without = [city for city in sheet.home if city >= 0 and city not in paired]
    if len(sheet.totals) != len(sheet.home):
        message = f"合计行有 {len(sheet.totals)} 个数，表头有 {len(sheet.home)} 个城市"
        yield entry("totals_row", sheet.totals[0], message, sheet.totals[-1:])
    for fact in extra:
        yield entry("totals_row", fact, f"合计行第 {fact.column} 个数 {fact.printed} 不属于任何城市，应是多印的")
    for city in without:
        near = _nearest(sheet, sheet.home.index(city))
        name = sheet.cities[city]
        count = int(one.solution.present[:, city].sum())
        yield entry("totals_row", near, f"合计行漏印{name}的数（认定为 {count}），其后各数错位", city=name)
    for city, k in sorted(paired.items()):
        fact, name = sheet.totals[k], sheet.cities[city]
        above = _above(sheet, fact)
        if above != city:
            under = f"{sheet.cities[above]}之下" if above >= 0 else "城市各列之外"
            message = f"合计行第 {fact.column} 个数 {fact.printed} 印在{under}，对位后属{name}"
            yield entry("totals_row", fact, message, city=name)


def _above(sheet: Sheet, fact: WitnessFact) -> int:
    """The city of the header over a figure of the bottom row, -1 where there is none."""
    column = int(fact.column or 0) - 1
    return sheet.home[column] if 0 <= column < len(sheet.home) else -1


def _nearest(sheet: Sheet, column: int) -> WitnessFact:
    """The figure of the bottom row that stands next to a column."""
    return min(sheet.totals, key=lambda fact: abs(int(fact.column or 0) - 1 - column))


def _lost(one: Solved) -> Iterator[Contradiction]:
    sheet, slips = one.sheet, one.found.slips
    sure = sum(weight for columns, weight in zip(slips.lost, slips.weight, strict=True) if columns)
    if sure < 0.5 or not sheet.cells:
        return
    columns = sorted(next(columns for columns in slips.lost if columns))
    names = "、".join(sheet.cities[sheet.home[c]] for c in columns if sheet.home[c] >= 0)
    fact = sheet.cells[min(sheet.cells)]
    message = f"星表漏印一列以上（最可能是{names}），其后各格向左错位，表头不能直接对应"
    yield entry("column_lost", fact, message)


def _cells(one: Solved) -> Iterator[Contradiction]:
    """Cells, lists and boxes that the layout overrules."""
    speakers = Speakers(one.sheet, one.found)
    for i, cluster in enumerate(one.sheet.clusters):
        for j, city in enumerate(one.sheet.cities):
            present = bool(one.solution.present[i, j])
            where = speakers.aligned(i, j)
            fact = one.sheet.cells.get((i, where)) if where is not None else None
            blank = fact is not None and one.sheet.printed[i, where if where is not None else 0] == BLANK
            # A filled row asserts nothing, and says so once, in its own entry.
            filled = one.found.print is not None and one.found.print.filled[i] > 0.5
            if fact is not None and blank == present and not filled:
                said = "空白" if blank else fact.printed
                held = "列入" if present else "未标星"
                message = f"星表第 {fact.column} 列（对位后属{city}）印{said}，“{cluster}”在{city}认定为{held}"
                yield entry("cell", fact, message, cluster=cluster, city=city)


def _strays(one: Solved) -> Iterator[Contradiction]:
    """Stars of a filled row that are no filler and stand under a city without any: stray ones, or the row slid."""
    sheet, reading = one.sheet, one.found.print
    if reading is None:
        return
    filler = commonest(int(v) for v in sheet.printed.ravel() if v in LEVELS)
    for (i, c), fact in sorted(sheet.cells.items()):
        j = sheet.home[c]
        odd = int(sheet.printed[i, c]) in LEVELS and int(sheet.printed[i, c]) != filler
        if odd and j >= 0 and reading.filled[i] > 0.5 and not one.solution.present[i, j]:
            cluster, city = sheet.clusters[i], sheet.cities[j]
            message = (
                f"星表第 {fact.column} 列（{city}）印{fact.printed}，“{cluster}”在{city}认定为未标星：误印，或此行错位"
            )
            yield entry("cell", fact, message, cluster=cluster, city=city)


def _members(one: Solved) -> Iterator[Contradiction]:
    sheet = one.sheet
    heads = {claim.index: claim.fact for claim in sheet.column_claims}
    heads = {j: fact for (_, j), fact in sheet.lists.items()} | heads
    for i, cluster in enumerate(sheet.clusters):
        for j, city in enumerate(sheet.cities):
            present, listed = bool(one.solution.present[i, j]), bool(sheet.listed[i, j])
            if sheet.has_list[j] and present != listed:
                fact: Fact = sheet.lists[i, j] if listed else heads[j]
                how = "列有“{}”，认定为未标星" if listed else "没有“{}”，认定为列入"
                message = f"{city}的地图清单{how.format(cluster)}"
                yield entry("map_list", fact, message, cluster=cluster, city=city)
            named: tuple[LayoutFact, ...] = sheet.boxes.get((i, j), ())
            if named and not present:
                message = f"“{cluster}”专栏点名{city}，星级布局认定为未标星（未标星不等于不发展）"
                yield entry("box", named[0], message, named[1:], cluster=cluster, city=city)


def _counts(one: Solved) -> Iterator[Contradiction]:
    sheet, present = one.sheet, one.solution.present
    for names, sums, counts, key in (
        (sheet.clusters, present.sum(axis=1), one.found.rows, "cluster"),
        (sheet.cities, present.sum(axis=0), one.found.columns, "city"),
    ):
        for count in counts:
            index, held = count.claim.index, int(sums[count.claim.index])
            if held != count.claim.value and count.aligned >= 0.5:
                message = f"{source(count.claim.fact)}印{names[index]} {count.claim.value}，认定为 {held}"
                yield entry("count", count.claim.fact, message, (), *about(key, names[index]))
