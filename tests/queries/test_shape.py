"""How much the library asks: counted from the parsed texts and from the answers, not from what a header says of itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from graph.cypher.tokens import tokens
from graph.directory import GraphDirectory
from graph.sparql.client import open_store
from graph.sparql.guard import parsed, walk
from queries import run
from queries.canonical import Row
from queries.library import Question, library

NUMBERS = frozenset({"Aggregate_Count", "Aggregate_Sum", "Aggregate_Avg"})


def aggregates(question: Question) -> bool:
    """Whether a text counts, adds up or averages; the largest citation of a group is not meant."""
    words = {word.upper for word in tokens(question.cypher)}
    names = {part.name for part in walk(parsed(question.sparql))}
    return bool(words & {"COUNT", "SUM", "AVG"}) and bool(names & NUMBERS)


def steps(question: Question) -> int:
    """How many relationships a question walks beside those to its evidence."""
    text = re.sub(r"//.*", "", question.cypher)
    types = re.findall(r"\[\w*:([A-Z_|]+)", text)
    return len([one for one in types if "EVIDENCE" not in one and one != "IN_DOCUMENT"])


def varies(question: Question) -> bool:
    """Whether a path of variable length is walked, in both texts."""
    words = tokens(question.cypher)
    starred = any(
        a.text == "*" and b.kind == "number" and c.text == ".."
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    )
    optional = any(part.name == "PathElt" and part.get("mod") == "?" for part in walk(parsed(question.sparql)))
    assert starred == optional, question.name
    return starred


def negates(question: Question) -> bool:
    """Whether something is asked for that is not there, in both texts."""
    words = [word.upper for word in tokens(question.cypher)]
    denied = any(second == "NOT" and first != "IS" for first, second in pairwise(words))
    names = {part.name for part in walk(parsed(question.sparql))}
    return denied and bool(names & {"Builtin_NOTEXISTS", "MinusGraphPattern"})


def optional(question: Question) -> bool:
    """Whether a part other than a citation may be missing, in both texts."""
    parts = [part for part in walk(parsed(question.sparql)) if part.name == "OptionalGraphPattern"]
    return bool(parts) and "OPTIONAL MATCH" in question.cypher


@pytest.mark.parametrize(
    ("kind", "at_least"),
    [(aggregates, 10), (lambda question: steps(question) >= 2, 8), (varies, 5), (negates, 5), (optional, 5)],
    ids=["aggregate", "two edges", "variable length", "negation", "optional"],
)
def test_there_are_enough_of_each_kind(kind: Callable[[Question], bool], at_least: int) -> None:
    assert len([name for name, one in library().items() if kind(one)]) >= at_least


def test_there_are_enough_questions() -> None:
    assert len(library()) >= 44


Ask = Callable[[str, Mapping[str, str]], tuple[Row, ...]]


@pytest.fixture(scope="module")
def ask(bundled_graph: Path) -> Iterator[Ask]:
    """Asks the bundled documents through Oxigraph."""
    with GraphDirectory(bundled_graph).open() as build:
        engine = run.sparql_engine("oxigraph", open_store(build.path / "oxigraph"))
        yield lambda name, arguments: run.answer(library()[name], arguments, engine).rows


def test_default_answers_have_rows_and_differ(ask: Ask) -> None:
    answers = {name: ask(name, {}) for name in library()}
    assert len([rows for rows in answers.values() if rows]) >= 38
    assert len({rows for rows in answers.values() if rows}) >= 36


@pytest.mark.parametrize("name", sorted(library()))
def test_three_samples_and_optional_parameters_left_out(name: str) -> None:
    question = library()[name]
    assert len(question.samples) >= 3
    for parameter in question.parameters:
        if parameter.optional:
            assert any(parameter.name not in one.arguments for one in question.samples), parameter.name
            assert any(parameter.name in one.arguments for one in question.samples), parameter.name


@pytest.mark.parametrize("name", sorted(library()))
def test_the_order_is_total(name: str, ask: Ask) -> None:
    question = library()[name]
    columns = [column.name for column in question.columns]
    places = [columns.index(key) for key, _ in question.order]
    assert any(question.columns[place].type == "id" for place in places)
    for one in question.samples:
        rows = ask(name, one.arguments)
        assert len({tuple(row[place] for place in places) for row in rows}) == len(rows), dict(one.arguments)
