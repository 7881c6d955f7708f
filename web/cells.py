"""Rows as a page, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote

from graph.rows import Rows
from ontology.vocabulary import vocabulary
from queries.library import Column

NOTHING: Final = "—"
PICTURE: Final = "看图"

LONG: Final = 24
"""From so many characters on, a text takes a wide column."""


def text(value: object) -> str:
    """One value for people: 是 and 否, dates as ISO 8601, numbers to 12 significant digits, nothing as a dash."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)


def said(value: object, column: Column) -> str:
    """One value of a column for people: codes in the words of their vocabulary."""
    if column.codes is not None and value is not None:
        known = vocabulary().codes(column.codes).get(str(value))
        return known.name if known else text(value)
    return text(value)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page: what it says, where it leads ("" nowhere), and how it is set ("number", "long" or "")."""

    text: str
    link: str = ""
    style: str = ""


def shown(columns: Sequence[Column]) -> list[tuple[Column, int, int | None]]:
    """The columns of a page: column, index of its value, index of the id that it leads to.

    Where the name of a thing stands beside its id (`city_name` beside `city`), the name carries the link and the id
    is not shown; an id alone is a link to the picture.
    """
    place = {column.name: index for index, column in enumerate(columns)}
    ids = {column.name for column in columns if column.type == "id"}
    view: list[tuple[Column, int, int | None]] = []
    for index, column in enumerate(columns):
        thing = column.name.removesuffix("_name")
        if column.type == "id":
            if f"{column.name}_name" not in place:
                view.append((column, index, index))
        else:
            view.append((column, index, place[thing] if thing != column.name and thing in ids else None))
    return view


def cells(row: Sequence[object], view: Sequence[tuple[Column, int, int | None]]) -> list[Cell]:
    """A row as the page shows it."""
    found = []
    for column, index, target in view:
        thing = None if target is None else row[target]
        alone = target == index and thing is not None
        words = PICTURE if alone else said(row[index], column)
        style = "number" if column.type in ("integer", "number") else "long" if len(words) > LONG else ""
        found.append(Cell(words, "" if thing is None else draw_path(str(thing)), style))
    return found


def as_csv(rows: Rows, columns: Sequence[Column]) -> str:
    """CSV with a byte order mark, which tells spreadsheets that it is UTF-8; nothing is an empty cell."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(column.title for column in columns)
    for row in rows.rows:
        writer.writerow(
            "" if value is None else said(value, column) for value, column in zip(row, columns, strict=True)
        )
    return out.getvalue()


def as_json(rows: Rows) -> str:
    """A list of objects with the columns' names as keys."""

    def plain(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"not a scalar: {value!r}")

    objects = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    return json.dumps(objects, ensure_ascii=False, indent=1, default=plain) + "\n"


def draw_path(thing: str) -> str:
    """The address of a thing's picture; the percent signs of an id are encoded once more."""
    return "/draw/" + quote(thing, safe="/")
