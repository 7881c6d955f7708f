"""The table of an analysis as a page, as JSON, as CSV and as a workbook."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from queries.index import Basis
from queries.library import Column
from queries.table import Table
from web.cells import LONG
from web.office import annex, said, xlsx
from web.speech import Speech
from web.view import File, Sheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of a page: what it says, its evidence, how it is set ("number", "long" or "")."""

    text: str
    basis: tuple[Basis, ...] = ()
    style: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a page shows it."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Part]]


def grid(table: Table, say: Speech, leave: Sequence[str] = ()) -> Grid:
    """A table as a page shows it; ids are not columns.

    Args:
        table: the table of an analysis.
        say: the language.
        leave: names of columns that the page shows in another way.
    """
    table = table.spoken(say.lang)
    shown = [i for i, one in enumerate(table.columns) if one.type != "id" and one.name not in leave]
    return Grid(
        [say(table.columns[i].title, table.columns[i].title_en) for i in shown],
        [[_part(table.columns[i], row[i], say) for i in shown] for row in table.rows],
    )


def _part(column: Column, value: object, say: Speech) -> Part:
    if column.type == "evidence" and isinstance(value, list | tuple):
        return Part("", tuple(one for one in value if isinstance(one, Basis)))
    text = said(column, value, say.lang)
    words = say.value(text) if isinstance(text, float) else str(text if text is not None else "")
    number = column.type in ("integer", "number")
    return Part(words, (), "number" if number else "long" if len(words) > LONG else "")


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
