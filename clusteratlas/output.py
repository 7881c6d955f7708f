"""Rows for people and programs: table, csv, json, jsonl, xlsx, docx."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ontology.errors import UsageError
from queries.table import Table, column
from web import office
from web.office import Annex, annex, words

FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "docx")
PEOPLE = ("table", "xlsx", "docx")
"""The formats that people read; ids are left out where names stand beside them."""
WORDS = (*PEOPLE, "csv")
"""The formats with headings and codes in words; the others carry names of columns and codes."""


def listing(
    title: str,
    names: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    notes: tuple[str, ...] = (),
) -> Table:
    """A table whose columns are only names and headings: every value is printed as it is."""
    columns = tuple(column(name, heading) for name, heading in zip(names, headings, strict=True))
    return Table(title, columns, rows, notes)


def write(table: Table, form: str, out: Path | None = None, lang: str = "zh") -> None:
    """Print a table in one of FORMATS; xlsx and docx need a file.

    Args:
        table: the table.
        form: one of FORMATS. People read codes in words, citations for evidence, and no id where a name stands beside.
        out: the file to write, else stdout.
        lang: of title, headings and codes, zh or en.

    Raises:
        UsageError: a binary format without `out`.
    """
    if form in ("xlsx", "docx"):
        if out is None:
            raise UsageError(f"{form} 格式需要输出文件", remedy="请加 -o 文件名")
        (office.xlsx if form == "xlsx" else office.docx)(annex(table, lang), out)
        return
    if form in ("json", "jsonl"):
        content = _json(table) if form == "json" else _jsonl(table)
    else:
        content = (_table if form == "table" else _csv)(annex(table, lang, ids=form not in PEOPLE))
    if out is not None:
        out.write_bytes((b"\xef\xbb\xbf" if form == "csv" else b"") + content.encode())
        return
    if form == "csv" and not sys.stdout.isatty():
        content = "\ufeff" + content
    sys.stdout.write(content)


def _json(table: Table) -> str:
    return json.dumps(table.records(), ensure_ascii=False, indent=1) + "\n"


def _jsonl(table: Table) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.records())


def _csv(sheet: Annex) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([words(value) for value in row] for row in sheet.rows)
    return stream.getvalue()


def _table(sheet: Annex) -> str:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    stream = io.StringIO()
    width = None if sys.stdout.isatty() else 200
    console = Console(file=stream, width=width, highlight=False, no_color=not sys.stdout.isatty())
    # As Text: a title or a heading may hold what a query or a search said, and square brackets are markup to rich.
    view = RichTable(title=Text(sheet.title) if sheet.title else None, show_lines=False)
    for heading in ("序号", *sheet.headings):
        view.add_column(Text(heading), overflow="fold")
    for number, row in enumerate(sheet.rows, 1):
        view.add_row(str(number), *(Text(words(value)) for value in row))
    if sheet.unit:
        console.print(f"单位：{sheet.unit}", markup=False)
    console.print(view)
    for note in sheet.notes:
        console.print(f"注：{note}", markup=False)
    console.print(f"共 {len(sheet.rows)} 行", markup=False)
    return stream.getvalue()
