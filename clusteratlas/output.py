"""Rows for people and programs: table, csv, json, jsonl, xlsx, docx."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import UsageError
from web import cells

FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "docx")
PEOPLE = ("table", "xlsx", "docx")
"""The formats that people read; ids are left out where names stand beside them."""
WORDS = (*PEOPLE, "csv")
"""The formats with headings and codes in words; the others carry names of columns and codes."""


@dataclass(frozen=True)
class Table:
    """Rows with a title, as an official table has them.

    `columns` are the keys of the JSON form, `headings` what people read, `notes` what stands below (注).
    """

    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    notes: tuple[str, ...] = ()


def text(value: object) -> str:
    """A value as people read it: nothing for null, 是 and 否, lists joined."""
    if value is None or value == "":
        return ""
    return "、".join(map(text, value)) if isinstance(value, list | tuple) else cells.text(value)


def write(table: Table, form: str, out: Path | None = None) -> None:
    """Print a table in one of FORMATS; xlsx and docx need a file.

    Raises:
        UsageError: a binary format without `out`.
    """
    if form in ("xlsx", "docx"):
        if out is None:
            raise UsageError(f"{form} 格式需要输出文件", remedy="请加 -o 文件名")
        (_xlsx if form == "xlsx" else _docx)(table, out)
        return
    content = {"table": _table, "csv": _csv, "json": _json, "jsonl": _jsonl}[form](table)
    if out is not None:
        out.write_bytes((b"\xef\xbb\xbf" if form == "csv" else b"") + content.encode())
        return
    if form == "csv" and not sys.stdout.isatty():
        content = "\ufeff" + content
    sys.stdout.write(content)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _records(table: Table) -> list[dict[str, object]]:
    return [dict(zip(table.columns, (_plain(v) for v in row), strict=True)) for row in table.rows]


def _json(table: Table) -> str:
    return json.dumps(_records(table), ensure_ascii=False, indent=1) + "\n"


def _jsonl(table: Table) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _records(table))


def _csv(table: Table) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows(
        [json.dumps(_plain(v), ensure_ascii=False) if isinstance(v, dict) else text(v) for v in row]
        for row in table.rows
    )
    return stream.getvalue()


def _table(table: Table) -> str:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    stream = io.StringIO()
    width = None if sys.stdout.isatty() else 200
    console = Console(file=stream, width=width, highlight=False, no_color=not sys.stdout.isatty())
    # As Text: a title or a heading may hold what a query or a search said, and square brackets are markup to rich.
    view = RichTable(title=Text(table.title) if table.title else None, show_lines=False)
    for heading in ("序号", *table.headings):
        view.add_column(Text(heading), overflow="fold")

    for number, row in enumerate(table.rows, 1):
        view.add_row(str(number), *(Text(text(value)) for value in row))
    console.print(view)
    for note in (*table.notes, f"共 {len(table.rows)} 行"):
        console.print(f"注：{note}" if note in table.notes else note, markup=False)
    return stream.getvalue()


def _xlsx(table: Table, out: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    sheet.append([table.title])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(["序号", *table.headings])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for number, row in enumerate(table.rows, 1):
        sheet.append([number])
        for column, value in enumerate(row, 2):
            cell = sheet.cell(row=number + 2, column=column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, int | float) and not isinstance(value, bool):
                cell.value = value
            else:  # as text, so that a label that starts with = is no formula
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text(value))
                cell.data_type = "s"
    for note in table.notes:
        sheet.append([f"注：{note}"])
    sheet.freeze_panes = "A3"
    book.save(out)


def _docx(table: Table, out: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(table.title, level=1)
    grid = document.add_table(rows=1, cols=len(table.headings) + 1)
    grid.style = "Table Grid"
    for cell, heading in zip(grid.rows[0].cells, ("序号", *table.headings), strict=True):
        cell.text = heading
    for number, row in enumerate(table.rows, 1):
        cells = grid.add_row().cells
        for cell, value in zip(cells, (number, *row), strict=True):
            cell.text = "".join(c for c in text(value) if c >= " " or c in "\n\t")
    for note in table.notes:
        document.add_paragraph(f"注：{note}")
    document.save(str(out))
