"""Rows for people and programs: table, csv, json, jsonl, xlsx, docx."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from clusteratlas import official
from clusteratlas.official import Sheet
from ontology.errors import UsageError
from queries.index import Basis
from queries.library import Column
from queries.table import Table, column, plain
from web import cells

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


def text(value: object) -> str:
    """A value as people read it: nothing for null, 是 and 否, lists joined, evidence as its citations."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        if value and all(isinstance(one, Basis) for one in value):
            return _cites([one.cite for one in value])
        return "、".join(map(text, value))
    return cells.text(value)


def _cites(cites: Sequence[str]) -> str:
    """Different citations, the first three in full."""
    different = list(dict.fromkeys(cites))
    more = f"；等 {len(different)} 处" if len(different) > 3 else ""
    return "；".join(different[:3]) + more


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
        (official.xlsx if form == "xlsx" else official.docx)(_sheet(table, form, lang), out)
        return
    if form in ("json", "jsonl"):
        content = _json(table) if form == "json" else _jsonl(table)
    else:
        content = (_table if form == "table" else _csv)(_sheet(table, form, lang))
    if out is not None:
        out.write_bytes((b"\xef\xbb\xbf" if form == "csv" else b"") + content.encode())
        return
    if form == "csv" and not sys.stdout.isatty():
        content = "\ufeff" + content
    sys.stdout.write(content)


def _sheet(table: Table, form: str, lang: str) -> Sheet:
    """The table in words."""
    shown = [i for i, one in enumerate(table.columns) if form not in PEOPLE or one.type != "id"]
    shown = shown if shown and not table.groups else list(range(len(table.columns)))
    english = lang == "en"
    return Sheet(
        (table.title_en or table.title) if english else table.title,
        tuple((table.columns[i].title_en if english else table.columns[i].title) for i in shown),
        [[_said(table.columns[i], row[i], lang) for i in shown] for row in table.rows],
        table.notes,
        table.unit,
        table.groups,
    )


def _said(column: Column, value: object, lang: str) -> str | int | float | None:
    if isinstance(value, bool):
        return ("no", "yes")[value] if lang == "en" else text(value)
    if isinstance(value, dict):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return text([column.shown(one, lang) for one in value])
    shown = column.shown(value, lang)
    return shown if isinstance(shown, int | float) else text(shown)


def _json(table: Table) -> str:
    return json.dumps(table.records(), ensure_ascii=False, indent=1) + "\n"


def _jsonl(table: Table) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.records())


def _csv(sheet: Sheet) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([text(value) for value in row] for row in sheet.rows)
    return stream.getvalue()


def _table(sheet: Sheet) -> str:
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
        view.add_row(str(number), *(Text(text(value)) for value in row))
    if sheet.unit:
        console.print(f"单位：{sheet.unit}", markup=False)
    console.print(view)
    for note in sheet.notes:
        console.print(f"注：{note}", markup=False)
    console.print(f"共 {len(sheet.rows)} 行", markup=False)
    return stream.getvalue()
