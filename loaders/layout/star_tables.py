"""Star tables as printed: a row for each cluster, a column for each city, stars for the weight of the place.

Recognised by their form, whatever their heading says: a row with at least five cities, rows under it that begin with
a cluster. Nothing is aligned here: a damaged row keeps its cells where the print has them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.document.document import Block, Document
from loaders.document.text import Text
from loaders.grammar import where
from ontology.vocabulary import Cluster, Place, vocabulary

STARS = re.compile(r"^[★☆⭐]+$")
_FIGURE = re.compile(r"^\d{1,3}$")
_ORDINAL = re.compile(r"^\d{1,3}\s*[.、．]?\s*")
_CITIES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a star table.

    `head` is its first cell; `cells` the cells of the city columns, blank ones included, from column 1 on; `figures`
    the figures it prints, with their columns: the row's total, or a column's totals in a bottom row. `cluster` is
    None in a bottom row.
    """

    block: Block
    head: Text
    cluster: Cluster | None
    cells: tuple[Text, ...]
    figures: tuple[tuple[int, Text], ...]


@dataclass(frozen=True, slots=True)
class StarTable:
    """A star table: its header cells with the city of each (by column), and its rows; `category` of its clusters."""

    category: str
    columns: Mapping[int, tuple[Place, Text]]
    rows: tuple[Row, ...]


def city_of(name: str) -> Place | None:
    """The city that a cell or a line names, if it names nothing else."""
    places = where.names().get(re.sub(r"\s", "", name), ())
    return places[0] if len(places) == 1 and places[0].cls == "City" else None


def cluster_of(name: str) -> Cluster | None:
    """The cluster that a cell or a line names, an ordinal before it left aside."""
    bare = _ORDINAL.sub("", name).strip(" ：:")
    names = vocabulary().cluster_names()
    return next(
        (names[n] for ending in ("", "产业集群", "集群", "产业") if (n := bare.removesuffix(ending)) in names), None
    )


def star_tables(document: Document) -> tuple[StarTable, ...]:
    """The star tables of a document; a table ends at the next heading."""
    tables: list[StarTable] = []
    columns: dict[int, tuple[Place, Text]] = {}
    rows: list[Row] = []
    for block in document.blocks:
        if block.kind in ("title", "heading"):
            tables += _table(columns, rows)
            columns, rows = {}, []
        elif block.kind == "row" and (header := _header(block)):
            columns = columns or header
        elif block.kind == "row" and columns and (row := _row(block)):
            rows.append(row)
    return (*tables, *_table(columns, rows))


def _table(columns: Mapping[int, tuple[Place, Text]], rows: list[Row]) -> Iterator[StarTable]:
    categories = [row.cluster.category for row in rows if row.cluster is not None]
    starred = any(STARS.match(cell.string) for row in rows for cell in row.cells)
    if columns and categories and starred:
        yield StarTable(max(sorted(set(categories)), key=categories.count), columns, tuple(rows))


def _header(block: Block) -> dict[int, tuple[Place, Text]]:
    cities = {i: (place, cell) for i, cell in enumerate(block.cells) if (place := city_of(cell.string))}
    return cities if len(cities) >= _CITIES else {}


def _row(block: Block) -> Row | None:
    """A row with stars or figures behind its head."""
    if not block.cells or not block.cells[0].string:
        return None
    head, cells = block.cells[0], block.cells[1:]
    figures = tuple((i, cell) for i, cell in enumerate(cells, 1) if _FIGURE.match(cell.string))
    cluster = cluster_of(head.string)
    if cluster is None:
        return Row(block, head, None, (), figures) if len(figures) >= _CITIES else None
    # The first figure behind the last star is the row's total; what stands behind it is no column.
    last = max((i for i, cell in enumerate(cells, 1) if STARS.match(cell.string)), default=0)
    total = next(((i, cell) for i, cell in figures if i > last), None)
    width = total[0] - 1 if total else len(cells)
    return Row(block, head, cluster, cells[:width], (total,) if total else ())
