"""Who says what about one cell: the witnesses for and against, each with the words that it prints."""

from collections.abc import Iterator

from graph.stars.beliefs import Beliefs, Count
from graph.stars.contradictions import source
from graph.stars.layout import Voice
from graph.stars.witnesses import Sheet
from ontology.facts import WitnessFact

AUDIBLE = 0.5
"""Log odds below which a witness decides nothing in a cell."""


class Speakers:
    """All witnesses of a sheet, ready to be asked about any cell."""

    def __init__(self, sheet: Sheet, found: Beliefs) -> None:
        self.sheet = sheet
        self.found = found
        self._slot = {city: slot for slot, city in enumerate(sheet.home)}
        self._box = {
            i: facts[0] for (i, _), facts in sorted(sheet.boxes.items(), key=lambda item: item[0], reverse=True)
        }
        self._head: dict[int, WitnessFact] = {
            j: fact for (_, j), fact in sorted(sheet.lists.items(), key=lambda item: item[0], reverse=True)
        }
        self._head |= {claim.index: claim.fact for claim in reversed(sheet.column_claims)}
        self._rows: dict[int, list[Count]] = {}
        self._columns: dict[int, list[Count]] = {}
        own = {id(sheet.totals[k]): city for city, k in found.figures.items()}
        for counts, by_index in ((found.rows, self._rows), (found.columns, self._columns)):
            for count in counts:
                # A figure of the bottom row that may be this city's or its neighbour's speaks for the likelier only.
                if count.claim.fact.source != "column_total" or own.get(id(count.claim.fact)) == count.claim.index:
                    by_index.setdefault(count.claim.index, []).append(count)

    def voices(self, row: int, column: int) -> Iterator[Voice]:
        """Every witness of a cell, in the order cell, map list, box, counts, edition before."""
        sheet = self.sheet
        parts = {name: float(odds[row, column]) for name, odds in self.found.by_witness.items()}
        yield from self._cells(row, column, parts["cell"])
        yield from self._lists(row, column, parts["map_list"])
        yield from self._boxes(row, column, parts["box"])
        for count in self._rows.get(row, ()):
            fact = count.claim.fact
            words = f"{source(fact)}：{sheet.clusters[row]}有 {count.claim.value} 个城市"
            yield Voice(fact, words, parts["row_counts"])
        for count in self._columns.get(column, ()):
            fact = count.claim.fact
            aligned = "（对位后）" if fact.source == "column_total" else ""
            words = f"{source(fact)}{aligned}：{sheet.cities[column]}有 {count.claim.value} 个集群"
            yield Voice(fact, words, parts["column_counts"])
        for statement in sheet.earlier.get((row, column), ()):
            yield Voice(statement, "上一版点名", parts["earlier"])

    def aligned(self, row: int, column: int) -> int | None:
        """The printed column whose cell most likely belongs to a city; None where its cell was lost."""
        slot = self._slot.get(column)
        if self.found.print is None or slot is None:
            return None
        weights = self.found.print.meets[row, slot]
        offset = int(weights.argmax())
        if weights[offset] <= self.found.print.lost[row, slot]:
            return None
        return slot + offset - len(weights) // 2

    def _cells(self, row: int, column: int, odds: float) -> Iterator[Voice]:
        where = self.aligned(row, column)
        fact = self.sheet.cells.get((row, where)) if where is not None else None
        if fact is None or where is None:
            return
        printed = f"印{fact.printed}" if fact.value is not None else "空白"
        slid = self.sheet.home[where] != column
        moved = f"（印在第 {where + 1} 列，对位后属{self.sheet.cities[column]}）" if slid else ""
        yield Voice(fact, f"星表此格{printed}{moved}", odds)

    def _lists(self, row: int, column: int, odds: float) -> Iterator[Voice]:
        city = self.sheet.cities[column]
        if (fact := self.sheet.lists.get((row, column))) is not None:
            yield Voice(fact, f"地图上{city}的清单列有此集群", odds)
        elif self.sheet.has_list[column]:
            yield Voice(self._head[column], f"地图上{city}的清单未列此集群", odds, silence=True)

    def _boxes(self, row: int, column: int, odds: float) -> Iterator[Voice]:
        named = self.sheet.boxes.get((row, column), ())
        for statement in named:
            yield Voice(statement, f"专栏点名{self.sheet.cities[column]}（{statement.subsector or '整个集群'}）", odds)
        if not named and row in self._box:
            yield Voice(self._box[row], f"专栏未点名{self.sheet.cities[column]}", odds, silence=True)
