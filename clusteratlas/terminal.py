"""Tables on a terminal: as a grid, or, where its columns would be too narrow to read, as one record after another."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from queries.index import Basis
from queries.table import Table
from web.office import WORDING, Annex, annex, words

if TYPE_CHECKING:
    from rich.table import Table as Grid
    from rich.text import Text

NARROWEST = 12
"""Half-width characters that a column of longer texts needs to be read."""
CITED = 3
"""Citations of a row that are told apart; more of them are marked with …."""
LOOKED = 300
"""Rows that decide the form of a table."""
TALLEST = 3
"""Lines that the rows of a grid may take on average."""
_EDGE = 3
"""What a column of a grid takes beside its text."""


def page(table: Table, width: int, lang: str = "zh", *, colour: bool = False) -> str:
    """A table as text: a grid, its citations below where they make it too tall, or records.

    Args:
        table: the table.
        width: of the terminal, in half-width characters.
        lang: of the table's words, zh or en.
        colour: whether headings may be set in bold.
    """
    from rich.console import Console

    stream = io.StringIO()
    wording = WORDING[lang]
    console = Console(file=stream, width=width, highlight=False, force_terminal=colour, no_color=not colour)
    table = table.spoken(lang)
    short, cites = footnoted(table)
    shapes = [_counted(annex(one, lang)) for one in (table, short)]
    chosen = next((one for one in shapes if legible(one, width)), None)
    if table.unit:
        console.print(wording.unit.format(table.unit), markup=False)
    console.print(_records(shapes[0], width) if chosen is None else _grid(chosen))
    for one in cites if chosen is shapes[1] else ():
        console.print(one, markup=False)
    for one in table.notes:
        console.print(wording.note.format(one), markup=False)
    console.print(wording.count.format(len(table.rows) - table.sums), markup=False)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def footnoted(table: Table) -> tuple[Table, list[str]]:
    """The table with numbers in place of citations, and the citations with their numbers."""
    numbers: dict[str, int] = {}

    def short(value: object) -> object:
        if not isinstance(value, tuple) or not value or not all(isinstance(one, Basis) for one in value):
            return value
        cites = list(dict.fromkeys(one.cite for one in value))
        marks = "".join(f"[{numbers.setdefault(cite, len(numbers) + 1)}]" for cite in cites[:CITED])
        return marks + "…" * (len(cites) > CITED)

    rows = [[short(value) for value in row] for row in table.rows]
    return replace(table, rows=rows), [f"[{number}] {cite}" for cite, number in numbers.items()]


def _counted(sheet: Annex) -> Annex:
    """The sheet with 序号 as its first column."""
    rows = [(words(number), *map(words, row)) for number, row in sheet.numbered()]
    return replace(sheet, headings=(sheet.wording.number, *sheet.headings), rows=rows)


def legible(sheet: Annex, width: int) -> bool:
    """Whether a grid of that width can be read: no column too narrow for its texts, no row too tall.

    Args:
        sheet: the table with all its columns.
        width: of the terminal, in half-width characters.
    """
    sizes = [[size(str(value)) for value in row] for row in sheet.rows[:LOOKED]]
    columns = zip(map(size, sheet.headings), *sizes, strict=True)
    full = [max(column) for column in columns]
    least = [min(one, NARROWEST) for one in full]
    spare = width - sum(least) - _EDGE * len(full) - 1
    if spare < 0:
        return False
    wanted = sum(full) - sum(least)
    share = min(1.0, spare / wanted) if wanted else 1.0
    given = [max(1, int(low + (high - low) * share)) for low, high in zip(least, full, strict=True)]
    heights = [max(-(-one // room) for one, room in zip(row, given, strict=True)) for row in sizes]
    return sum(heights) <= TALLEST * len(heights)


def size(text: str) -> int:
    """Half-width characters that a text takes, of its longest line."""
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.split("\n"))


def _grid(sheet: Annex) -> "Grid":
    from rich.table import Table as Grid
    from rich.text import Text

    # As Text: a title or a heading may hold what a query or a search said, and square brackets are markup to rich.
    view = Grid(title=Text(sheet.title) if sheet.title else None, show_lines=False)
    for heading in sheet.headings:
        view.add_column(Text(heading), overflow="fold")
    for row in sheet.rows:
        view.add_row(*(Text(str(value)) for value in row))
    return view


def _records(sheet: Annex, width: int) -> "Grid":
    from rich.table import Table as Grid
    from rich.text import Text

    view = Grid(title=Text(sheet.title) if sheet.title else None, box=None, show_header=False, padding=(0, 1, 1, 0))
    view.add_column(justify="right", no_wrap=True)
    view.add_column(overflow="fold")
    for number, *values in sheet.rows:
        pairs = [(head, str(value)) for head, value in zip(sheet.headings[1:], values, strict=True) if value]
        view.add_row(Text(str(number)), _record(pairs, width - 6, sheet.wording.colon))
    return view


def _record(pairs: Sequence[tuple[str, str]], width: int, colon: str) -> "Text":
    """Headings with their values: short ones beside each other, a long one on lines of its own."""
    from rich.text import Text

    body, at = Text(), 0
    for head, value in pairs:
        wide = size(f"{head}{colon}{value}")
        if at and at + 3 + wide > width:
            body.append("\n")
            at = 0
        elif at:
            body.append("   ")
            at += 3
        body.append(f"{head}{colon}", "bold").append(value)
        at += wide
    return body
