"""The table of an analysis as a page, as JSON, as CSV and as a workbook."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from queries.index import Basis
from queries.library import Column
from queries.phrase import english
from queries.table import Table
from web.cells import LONG
from web.index import Index
from web.links import Links
from web.office import annex, said, xlsx
from web.speech import Speech
from web.view import File, Sheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


LEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "city": ("City",),
    "cluster": ("Cluster",),
    "company": ("Company",),
    "places": ("City", "Region"),
    "stages": ("Subsector", "Product", "Cluster"),
}
"""Columns of names, by the classes of what has them."""


SOME: Final = 6
"""Text of more letters takes some room, that of more than `LONG` much."""


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a page: what it says, its evidence, how it is set ("number", "word", "some", "long" or "").

    `names` are the things in it, each with the address of its page, "" where it has none; then they are all of it.
    """

    text: str
    basis: tuple[Basis, ...] = ()
    style: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a page shows it."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Part]]


def grid(
    table: Table, say: Speech, leave: Sequence[str] = (), *, index: Index | None = None, limit: int | None = None
) -> Grid:
    """A table as a page shows it; ids are not columns.

    Args:
        table: the table of an analysis.
        say: the language.
        leave: names of columns that the page shows in another way.
        index: the graph; with it the names of cities, clusters and firms lead to their pages.
        limit: most rows.
    """
    spoken = table.spoken(say.lang)
    shown = [i for i, one in enumerate(table.columns) if one.type != "id" and one.name not in leave]
    return Grid(
        [say(table.columns[i].title, table.columns[i].title_en) for i in shown],
        [
            [_names(table.columns[i], said[i], say, index) or _part(table.columns[i], row[i], say) for i in shown]
            for row, said in zip(spoken.rows[:limit], table.rows, strict=False)
        ],
    )


def _names(column: Column, value: object, say: Speech, index: Index | None) -> Part | None:
    """A cell of names that lead to pages; None where none of them does."""
    names = value if isinstance(value, tuple) else (value,)
    if index is None or column.name not in LEADS or not all(isinstance(one, str) for one in names):
        return None
    known = [index.called(cls) for cls in LEADS[column.name]]
    found = [(str(one), next((ids[one] for ids in known if one in ids), "")) for one in names]
    if not any(identifier for _, identifier in found):
        return None
    parts = [(say(name, str(english(one))), thing) for one, (name, thing) in zip(names, found, strict=True)]
    links = Links(say.lang)
    return Part("", style="some", names=tuple((name, links.thing(thing) if thing else "") for name, thing in parts))


def _part(column: Column, value: object, say: Speech) -> Part:
    if column.type == "evidence" and isinstance(value, list | tuple):
        return Part("", tuple(one for one in value if isinstance(one, Basis)))
    text = said(column, value, say.lang)
    words = say.value(text) if isinstance(text, float) else str(text if text is not None else "")
    if column.type in ("integer", "number"):
        return Part(words, (), "number")
    code = column.codes is not None or bool(column.labels)
    return Part(words, (), "long" if len(words) > LONG else "word" if code else "some" if len(words) > SOME else "")


def sheet(table: Table, say: Speech) -> Sheet:
    """A table as a spreadsheet of the page, ids included."""
    found = annex(table.spoken(say.lang), say.lang, ids=True)
    return Sheet(found.title, found.headings, found.rows)


def workbook(table: Table, say: Speech) -> File:
    """A table as a workbook in the form of an official annex."""

    def make() -> bytes:
        out = io.BytesIO()
        xlsx(annex(table.spoken(say.lang), say.lang), out)
        return out.getvalue()

    return File(XLSX, make)
