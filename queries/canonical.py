"""Canonical rows: the same answer from every engine, down to the order."""

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from graph.rows import Rows
from ontology import ids
from ontology.errors import QuestionError
from queries.library import Column, Question

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

DIGITS = 12
"""Significant digits of a number; engines differ behind them."""


def canonical(rows: Rows, question: Question) -> tuple[Row, ...]:
    """The declared columns of an engine's rows, each value in its canonical form, in the declared order.

    Columns that the question does not declare are left out: SPARQL binds only variables that SELECT names, so that
    its texts also name their parameters there.

    Raises:
        QuestionError: a column is missing, or a value is not of the column's type.
    """
    if not rows.rows:  # the embedded Cypher engine names no columns then
        return ()
    places = []
    for column in question.columns:
        if column.name not in rows.columns:
            raise QuestionError(question.name, f"结果里没有列 {column.name}")
        places.append((column, rows.columns.index(column.name)))
    return ordered(
        [tuple(cell(row[place], column, question) for column, place in places) for row in rows.rows], question
    )


def ordered(rows: list[Row], question: Question) -> tuple[Row, ...]:
    """Rows in the declared order, then by all columns; strings by code points, null behind everything."""
    names = [column.name for column in question.columns]
    done = sorted(rows, key=lambda row: tuple(_rank(value) for value in row))
    for name, descending in reversed(question.order):
        place = names.index(name)
        present = [row for row in done if row[place] is not None]
        missing = [row for row in done if row[place] is None]
        done = sorted(present, key=lambda row: _rank(row[place]), reverse=descending) + missing
    return tuple(done)


def _rank(value: Cell) -> tuple[bool, Cell]:
    return value is None, "" if value is None else value


def cell(value: object, column: Column, question: Question) -> Cell:
    """One value in its canonical form.

    Raises:
        QuestionError: it is not of the column's type.
    """
    if value is None:
        return None
    found = _FORMS[column.type](value)
    if found is None and not _is_nan(value):
        raise QuestionError(question.name, f"列 {column.name} 应为 {column.type}，结果里有 {value!r}")
    return found


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _id(value: object) -> str | None:
    return value.removeprefix(ids.BASE) if isinstance(value, str) else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _integer(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None


def _number(value: object) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or _is_nan(value):
        return None
    rounded = float(f"{value:.{DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _date(value: object) -> str | None:
    if isinstance(value, datetime) or not isinstance(value, date):
        return None
    return value.isoformat()


_FORMS: dict[str, Callable[[object], Cell]] = {
    "id": _id,
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
