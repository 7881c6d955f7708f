"""Rows for people and programs: table, csv, json, jsonl, xlsx, docx."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from shutil import get_terminal_size

from clusteratlas.terminal import page
from ontology.errors import UsageError
from queries.table import Table, column
from web import office
from web.office import Annex, annex, words

FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "docx")
OBJECTS = ("json", "jsonl")
"""The formats that programs read: keys, codes, evidence as objects."""
PEOPLE = ("table", "xlsx", "docx")
"""The formats that people read; ids are left out where names stand beside them."""
WIDTH = 200
"""Half-width characters of a line where nobody looks at a terminal."""
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
        if form == "docx":
            office.docx(annex(table.brief().spoken(lang), lang), out)
        else:
            office.xlsx(annex(table.spoken(lang), lang), out)
        return
    if form in OBJECTS:
        write_objects(table.records(), form, out)
        return
    content = _csv(annex(table.spoken(lang), lang, ids=True)) if form == "csv" else _page(table.brief(), lang)
    if out is not None:
        out.write_bytes((b"\xef\xbb\xbf" if form == "csv" else b"") + content.encode())
        return
    if form == "csv" and not sys.stdout.isatty():
        content = "\ufeff" + content
    sys.stdout.write(content)


def write_objects(rows: Iterable[Mapping[str, object]], form: str, out: Path | None = None) -> None:
    """Print objects one after another, so that a batch of any size passes through: a JSON list, or JSON lines.

    Args:
        rows: the objects; each stands on a line of its own.
        form: one of OBJECTS.
        out: the file to write, else stdout.
    """
    first, between, last = ("[\n ", ",\n ", "\n]\n") if form == "json" else ("", "\n", "\n")
    with nullcontext(sys.stdout) if out is None else out.open("w", encoding="utf-8", newline="\n") as stream:
        before = first
        for row in rows:
            stream.write(before + json.dumps(row, ensure_ascii=False))
            before = between
        stream.write(last if before is between else "[]\n" if form == "json" else "")


def _page(table: Table, lang: str) -> str:
    seen = sys.stdout.isatty()
    return page(table, get_terminal_size().columns if seen else WIDTH, lang, colour=seen)


def _csv(sheet: Annex) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([words(value) for value in row] for row in sheet.rows)
    return stream.getvalue()
