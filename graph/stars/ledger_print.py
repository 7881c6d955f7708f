"""Contradictions of the print with itself: found by reading, without inference."""

from collections.abc import Iterator, Sequence

from graph.stars.contradictions import about, entry, source, table_name
from graph.stars.layout import Contradiction
from graph.stars.witnesses import Claim, Sheet
from ontology.facts import WitnessFact


def against_print(sheets: Sequence[Sheet]) -> Iterator[Contradiction]:
    """Everything in the tables and maps of an edition that contradicts something else in them."""
    yield from _scales(sheets)
    for sheet in sheets:
        yield from _row_sums(sheet)
        yield from _list_stars(sheet)
        yield from _lists(sheet)
        yield from _claims(sheet)


def _row_sums(sheet: Sheet) -> Iterator[Contradiction]:
    for claim in sheet.row_claims:
        row = [sheet.cells[claim.index, c] for c in range(len(sheet.home)) if (claim.index, c) in sheet.cells]
        if claim.fact.source != "row_total" or not row:
            continue
        cluster = sheet.clusters[claim.index]
        stars = sum(fact.value is not None for fact in row)
        if stars == claim.value:
            continue
        message = f"“{cluster}”行合计印 {claim.value}，本行却印有 {stars} 个带星的格"
        yield entry("row_sum", claim.fact, message, row[:1], cluster=cluster)
        if stars == len(row):
            message = f"“{cluster}”行 {len(row)} 格全部印有星，合计只有 {claim.value}：空格被填，同样的星不能证明列入"
            yield entry("filled", row[0], message, [claim.fact], cluster=cluster)


def _scales(found: Sequence[Sheet]) -> Iterator[Contradiction]:
    """Tables of one edition that write the same three levels with different stars."""
    scales = {}
    for sheet in found:
        used = tuple(sorted({fact.value for fact in sheet.cells.values() if fact.value is not None}))
        if used:
            scales[sheet.name] = (used, sheet)
    if len({used for used, _ in scales.values()}) < 2:
        return
    words = "；".join(f"{table_name(name)}用{'、'.join('★' * n for n in used)}" for name, (used, _) in scales.items())
    for used, sheet in scales.values():
        first = next(fact for _, fact in sorted(sheet.cells.items()) if fact.value == max(used))
        yield entry("scale", first, f"各表星级标度不一（{words}），★★★★与★★★视为同一级")


def _by_city(sheet: Sheet) -> dict[int, list[WitnessFact]]:
    """The items of each city's list in the order of the text."""
    items: dict[int, list[WitnessFact]] = {}
    for (_, j), fact in sheet.lists.items():
        items.setdefault(j, []).append(fact)
    for own in items.values():
        own.sort(key=lambda fact: (fact.evidence.span.line, fact.evidence.span.start))
    return items


def _list_stars(sheet: Sheet) -> Iterator[Contradiction]:
    """Stars before the names of a map list that only count the lines, or are all the same."""
    for j, own in sorted(_by_city(sheet).items()):
        items = [fact for fact in own if fact.value is not None]
        stars = [fact.value or 0 for fact in items]
        if len(stars) < 3:
            continue
        how = None
        if len(set(stars)) == 1:
            how = "全部相同"
        elif stars == sorted(stars) and len(set(stars)) > 2:
            how = "逐条递增"
        if how is not None:
            city = sheet.cities[j]
            message = f"{city}地图清单各条前的星{how}（{'、'.join(map(str, stars))}颗），是排版痕迹，不作星级"
            yield entry("list_stars", items[0], message, items[-1:], city=city)


def _lists(sheet: Sheet) -> Iterator[Contradiction]:
    lists = _by_city(sheet)
    for claim in sheet.column_claims:
        items = lists.get(claim.index, [])
        if items and len(items) != claim.value:
            city = sheet.cities[claim.index]
            message = f"{city}括号内印 {claim.value}，清单却有 {len(items)} 个集群"
            yield entry("count_list", claim.fact, message, items[-1:], city=city)


def _claims(sheet: Sheet) -> Iterator[Contradiction]:
    """One number printed twice and differently; for cities the bottom row counts with the header above it."""
    for names, claims, key in ((sheet.clusters, sheet.row_claims, "cluster"), (sheet.cities, _headed(sheet), "city")):
        groups: dict[int, list[Claim]] = {}
        for claim in claims:
            groups.setdefault(claim.index, []).append(claim)
        for index, group in sorted(groups.items()):
            values = list(dict.fromkeys(claim.value for claim in group))
            if len(values) > 1:
                words = "、".join(f"{source(c.fact)}印 {c.value}" for c in group)
                others = [c.fact for c in group[1:]]
                yield entry("count_count", group[0].fact, f"{names[index]}：{words}", others, *about(key, names[index]))


def _headed(sheet: Sheet) -> tuple[Claim, ...]:
    """The claims on cities with the figures that the bottom row prints under each header."""
    places = {int(fact.column or 0): fact for fact in sheet.totals}
    figures = [
        Claim(city, places[c + 1].value or 0, places[c + 1]) for c, city in enumerate(sheet.home) if c + 1 in places
    ]
    return (*sheet.column_claims, *(claim for claim in figures if claim.index >= 0))
