"""Canonical rows: one form for every engine's values, one order whatever an engine's order."""

import math
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.rows import Rows
from ontology import ids
from ontology.errors import QuestionError
from queries.canonical import canonical, ordered
from queries.library import Column, Question


def asked(order: tuple[tuple[str, bool], ...] = (), **columns: str) -> Question:
    """A question with these columns, by name and type."""
    declared = tuple(Column(name, kind, name, name) for name, kind in columns.items())
    return Question("test", "", "", "", "", (), declared, order, (), "", "")


@pytest.mark.parametrize(
    ("kind", "given_", "expected"),
    [
        ("id", ids.BASE + "city/441900", "city/441900"),
        ("id", "city/441900", "city/441900"),
        ("string", ids.BASE + "x", ids.BASE + "x"),
        ("string", "", ""),
        ("integer", 3, 3),
        ("integer", 3.0, 3),
        ("integer", Decimal(3), 3),
        ("number", 3, 3),
        ("number", 3.0, 3),
        ("number", 0.1 + 0.2, 0.3),
        ("number", Decimal("1.10"), 1.1),
        ("number", 1e300, 1e300),
        ("number", 123456789012.4, 123456789012),
        ("boolean", True, True),
        ("date", date(2021, 7, 30), "2021-07-30"),
    ],
)
def test_values(kind: str, given_: object, expected: object) -> None:
    found = canonical(Rows(("x",), ((given_,),)), asked(x=kind))[0][0]
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize("kind", ["id", "string", "integer", "number", "boolean", "date"])
def test_nothing_is_none(kind: str) -> None:
    assert canonical(Rows(("x",), ((None,),)), asked(x=kind)) == ((None,),)


@pytest.mark.parametrize(
    ("kind", "given_"),
    [
        ("id", 3),
        ("string", 3),
        ("string", date(2021, 7, 30)),
        ("integer", "3"),
        ("integer", 3.5),
        ("integer", True),
        ("integer", math.inf),
        ("number", "3"),
        ("number", True),
        ("boolean", 1),
        ("boolean", "true"),
        ("date", "2021-07-30"),
        ("date", datetime(2021, 7, 30)),
        ("string", ["a"]),
    ],
)
def test_a_value_of_another_type_is_an_error(kind: str, given_: object) -> None:
    with pytest.raises(QuestionError, match="列 x"):
        canonical(Rows(("x",), ((given_,),)), asked(x=kind))


def test_columns_are_taken_by_name() -> None:
    rows = Rows(("parameter", "b", "a"), ((0, 2, 1),))
    assert canonical(rows, asked(a="integer", b="integer")) == ((1, 2),)
    with pytest.raises(QuestionError, match="没有列 c"):
        canonical(rows, asked(c="integer"))


def test_the_declared_order_with_nulls_behind() -> None:
    question = asked((("a", True), ("b", False)), a="integer", b="string")
    rows = Rows(("a", "b"), ((1, "b"), (None, "a"), (2, None), (2, "乙"), (2, "甲"), (1, None)))
    assert canonical(rows, question) == ((2, "乙"), (2, "甲"), (2, None), (1, "b"), (1, None), (None, "a"))


def test_strings_are_sorted_by_code_points() -> None:
    # UTF-16 would put the rare character, a pair of surrogates, before the full-width bracket.
    rows = Rows(("a",), (("𠮷",), ("（",), ("Z",), ("a",)))
    assert canonical(rows, asked((("a", False),), a="string")) == (("Z",), ("a",), ("（",), ("𠮷",))


CELLS = st.tuples(st.none() | st.integers(0, 3), st.none() | st.text("ab", max_size=2), st.none() | st.booleans())


@given(st.lists(CELLS), st.randoms(use_true_random=False), st.tuples(st.booleans(), st.booleans()))
def test_the_order_depends_on_the_rows_alone(
    rows: list[tuple[int | None, str | None, bool | None]], chance: object, down: tuple[bool, bool]
) -> None:
    question = asked((("b", down[0]), ("a", down[1])), a="integer", b="string", c="boolean")
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    done = ordered(list(rows), question)
    assert done == ordered(shuffled, question)
    assert sorted(map(repr, done)) == sorted(map(repr, rows))
    present = [row[1] for row in done if row[1] is not None]
    assert present == sorted(present, reverse=down[0])
    assert [row[1] for row in done[len(present) :]] == [None] * (len(rows) - len(present))
