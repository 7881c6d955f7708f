"""Witnesses of the layout: what star tables, the lists of maps, counts and totals print, believed only later.

A cell keeps the column it is printed in and the city that the header has over that column, although a row may have
lost cells; stars in front of the names of a map's list are counted although they may be artefacts. Aligning and
weighing them is the reconciliation's work.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Block, Document
from loaders.document.repair import repair
from loaders.document.text import Text
from loaders.layout.star_tables import STARS, Row, StarTable, city_of, cluster_of, star_tables
from loaders.reading import Reading, Rejected
from ontology.facts import Evidence, WitnessFact
from ontology.vocabulary import Cluster, Place

_COUNTED = re.compile(r"^(?P<city>[^（）()\d]{2,10})\s*[（(]\s*(?P<count>\d{1,3})\s*[）)]$")
_ITEM = re.compile(r"^(?P<stars>[★☆⭐]*)\s*(?P<name>[^★☆⭐]+)$")
_CLUSTER_COUNT = re.compile(r"^(?P<name>[^：:\d]{2,20})[：:]\s*(?P<count>\d{1,3})(?:个|市)?$")
_PIECES = re.compile(r"<li\b[^>]*>|</li>|<br\s*/?>")


def witnesses(document: Document) -> Reading:
    """What the star tables, map lists and counts of a document print, in the order of the text."""
    facts: list[WitnessFact] = []
    rejected: list[Rejected] = []
    for table in star_tables(document):
        facts += _of_table(document, table)
    entries = tuple(_entries(document))
    for i, entry in enumerate(entries):
        read, unread = _of_entry(document, entry, _category(entries, i))
        facts += read
        rejected += unread
    facts += _cluster_counts(document)
    facts.sort(key=_order)
    return Reading(tuple(facts), tuple(rejected))


def _order(fact: WitnessFact) -> tuple[int, int, int]:
    """The order of the text; blank cells are quoted by their row's head, so cells go by column."""
    column = int(fact.column) if fact.column is not None else 0
    return fact.evidence.span.line, column if fact.source != "row_total" else 1000, fact.evidence.span.start


# Star tables


def _of_table(document: Document, table: StarTable) -> Iterator[WitnessFact]:
    for row in table.rows:
        name = re.sub(r"^\d+\s*[.、．]?\s*", "", row.head.string)
        if row.cluster is None:
            for column, figure in row.figures:
                place, header = table.columns.get(column, (None, None))
                yield WitnessFact(
                    source="column_total",
                    table=table.category,
                    row=name,
                    column=str(column),
                    cluster=None,
                    city=place.name if place else None,
                    printed=figure.string,
                    value=int(figure.string),
                    evidence=_cell(document, row, figure, header, column),
                )
            continue
        for column, cell in enumerate(row.cells, 1):
            place, header = table.columns.get(column, (None, None))
            yield WitnessFact(
                source="cell",
                table=table.category,
                row=name,
                column=str(column),
                cluster=row.cluster.name,
                city=place.name if place else None,
                printed=cell.string,
                value=len(cell) if STARS.match(cell.string) else None,
                evidence=_cell(document, row, cell, header, column),
            )
        for column, figure in row.figures:
            yield WitnessFact(
                source="row_total",
                table=table.category,
                row=name,
                column=None,
                cluster=row.cluster.name,
                city=None,
                printed=figure.string,
                value=int(figure.string),
                evidence=_cell(document, row, figure, None, column),
            )


def _cell(document: Document, row: Row, cell: Text, header: Text | None, column: int) -> Evidence:
    """A cell with the row's head and the column's; a blank cell is quoted by the row's head."""
    pieces = [piece for piece in (cell, row.head, header) if piece is not None and len(piece)]
    evidence = document.evidence(row.block, *pieces)
    place = f"{row.head.string}行第{column}列"
    return replace(evidence, section=(*evidence.section, place), cite=f"{evidence.cite} {place}")


# Lists and counts of maps


@dataclass(frozen=True, slots=True)
class _Entry:
    """A city of a map with its list: the words that name it, its count, and the items with their blocks."""

    city: Place
    block: Block
    head: Text
    count: Text | None
    items: tuple[tuple[Block, Text], ...]


def _entries(document: Document) -> Iterator[_Entry]:
    blocks = document.blocks
    for i, block in enumerate(blocks):
        if block.kind == "row" and len(block.cells) >= 2 and (named := _named(block.cells[0])):
            items = [(block, item) for cell in _raw_cells(block)[1:] for item in _pieces(cell)]
            if items and _clusters(items):
                yield _Entry(named[0], block, block.cells[0], named[1], tuple(items))
        elif block.kind != "row" and (named := _named(block.text)):
            items = list(_listed(blocks[i + 1 :]))
            if _clusters(items):
                yield _Entry(named[0], block, block.text, named[1], tuple(items))


def _clusters(items: Sequence[tuple[Block, Text]]) -> list[Cluster]:
    return [
        cluster for _, item in items if (match := _ITEM.match(item.string)) and (cluster := cluster_of(match["name"]))
    ]


def _named(text: Text) -> tuple[Place, Text | None] | None:
    """The city that words consist of, with the bracketed count, if there is one."""
    match = _COUNTED.match(text.string)
    if match is None:
        place = city_of(text.string) if len(text) <= 5 else None
        return (place, None) if place else None
    place = city_of(match["city"])
    return (place, text[match.start("count") : match.end("count")]) if place else None


def _listed(blocks: Sequence[Block]) -> Iterator[tuple[Block, Text]]:
    """The items right under a city: lines of a list, or short lines that begin with stars."""
    for block in blocks:
        # A line that is only a figure is the page's or the map's, and the list goes on behind it.
        if block.kind == "furniture" or block.text.string.isdecimal():
            continue
        starred = re.match(r"[★☆⭐]", block.text.string) is not None
        if block.kind == "heading" or not (block.kind == "list" or starred) or _named(block.text):
            return
        yield block, block.text


def _raw_cells(block: Block) -> list[Text]:
    """The cells of a row with their markup, which separates the items of a list in a cell."""
    return list(block.text.strip().strip("|").split(re.compile(r"\||\t")))


def _pieces(cell: Text) -> Iterator[Text]:
    for piece in cell.split(_PIECES):
        if (clean := repair(piece)).string:
            yield clean


def _category(entries: Sequence[_Entry], index: int) -> str:
    """Pillar or emerging: what most of the clusters of a list are."""
    categories = [cluster.category for cluster in _clusters(entries[index].items)]
    return max(sorted(set(categories)), key=categories.count)


def _of_entry(document: Document, entry: _Entry, category: str) -> tuple[list[WitnessFact], list[Rejected]]:
    facts: list[WitnessFact] = []
    rejected: list[Rejected] = []
    if entry.count is not None:
        facts.append(
            WitnessFact(
                source="map_count",
                table=category,
                row=None,
                column=None,
                cluster=None,
                city=entry.city.name,
                printed=entry.head.string,
                value=int(entry.count.string),
                evidence=document.evidence(entry.block, entry.head),
            )
        )
    for block, item in entry.items:
        match = _ITEM.match(item.string)
        cluster = cluster_of(match["name"]) if match else None
        if match is None or cluster is None:
            reason = f"{entry.city.name}的地图清单中没有以此为名的集群"
            rejected.append(Rejected("witnesses", block.line, item.string, reason))
            continue
        facts.append(
            WitnessFact(
                source="map_list",
                table=category,
                row=match["name"].strip(),
                column=None,
                cluster=cluster.name,
                city=entry.city.name,
                printed=item.string,
                value=len(match["stars"]) or None,
                evidence=document.evidence(block, item, entry.head),
            )
        )
    return facts, rejected


def _cluster_counts(document: Document) -> Iterator[WitnessFact]:
    """Lines that count the cities of a cluster (…: 15); a single one is not enough to be a legend."""
    found: list[tuple[Block, re.Match[str], Cluster]] = []
    for block in document.blocks:
        if block.kind in ("list", "paragraph") and (match := _CLUSTER_COUNT.match(block.text.string)):
            cluster = cluster_of(match["name"])
            found += [(block, match, cluster)] if cluster else []
    for block, match, cluster in found if len(found) > 1 else []:
        yield WitnessFact(
            source="map_count",
            table=cluster.category,
            row=match["name"].strip(),
            column=None,
            cluster=cluster.name,
            city=None,
            printed=block.text.string,
            value=int(match["count"]),
            evidence=document.evidence(block),
        )
