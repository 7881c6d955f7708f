"""The ledger: every contradiction among the sources of a layout, in Chinese, with file, line and quote.

The first group compares what is printed with what is printed, and needs no inference; the second compares the print
with the layout of least disbelief.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from graph.stars.contradictions import Solved, about, entry, source, table_name
from graph.stars.layout import Contradiction, Layout
from graph.stars.ledger_held import against_layout
from graph.stars.ledger_print import against_print


def ledger(solved: Sequence[Solved]) -> tuple[Contradiction, ...]:
    """All contradictions of an edition, in the order of the text."""
    found = list(against_print([one.sheet for one in solved]))
    for one in solved:
        found += against_layout(one)
    return _sorted(found)


def _sorted(entries: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    return tuple(sorted(set(entries), key=lambda c: (c.file, c.line, c.kind, c.message)))


def notes(one: Solved) -> Iterator[str]:
    """What was inferred about a table itself, in Chinese."""
    sheet, found = one.sheet, one.found
    if found.print is None:
        return
    table, filled = table_name(sheet.name), int((found.print.filled > 0.5).sum())
    if filled:
        yield f"{table}：{filled} 行的空格被填满，与填充相同的星不作数"
    lost = [
        f"{'和'.join(sheet.cities[sheet.home[c]] for c in sorted(columns) if sheet.home[c] >= 0)}（{weight:.0%}）"
        for columns, weight in zip(found.slips.lost, found.slips.weight, strict=True)
        if columns and weight >= 0.05
    ]
    if lost:
        yield f"{table}：可能漏印的列是{'、'.join(lost)}"


def override_entries(layout: Layout, solved: Sequence[Solved]) -> Layout:
    """The layout with an entry for each count that held before the overrides and does not hold with them."""
    shift = {
        (cell.cluster, cell.city): int(cell.present) - int(cell.inferred[0])
        for cell in layout.cells
        if cell.override is not None and cell.present != cell.inferred[0]
    }
    entries = list(layout.ledger)
    for one in solved:
        for names, counts, key, axis in (
            (one.sheet.clusters, one.found.rows, "cluster", 1),
            (one.sheet.cities, one.found.columns, "city", 0),
        ):
            sums = one.solution.present.sum(axis=axis)
            for count in counts:
                name = names[count.claim.index]
                own = {
                    cell: by for cell, by in shift.items() if cell[1 - axis] == name and cell[0] in one.sheet.clusters
                }
                before = int(sums[count.claim.index])
                after = before + sum(own.values())
                if own and after != before and after != count.claim.value and count.aligned >= 0.5:
                    cells = "、".join(f"{cluster}·{city}" for cluster, city in own)
                    said = f"{source(count.claim.fact)}印 {count.claim.value}"
                    message = f"人工修正（{cells}）后{name}为 {after}，{said}"
                    entries.append(entry("override", count.claim.fact, message, (), *about(key, name)))
    return replace(layout, ledger=_sorted(entries))
