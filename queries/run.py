"""Asks a question of the library on an engine; the rows are the same whichever engine answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib

from graph.rows import Parameters, Rows
from graph.sparql.client import trusted_rows
from queries.canonical import Cell, Row, canonical
from queries.library import Question
from queries.parameters import Value, for_cypher, for_sparql

Run = Callable[[str, Mapping[str, Value | None]], Rows]


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that answers texts of one language.

    Args:
        name: for messages: oxigraph, rdflib, cypher, neo4j.
        ask: runs a question with bound values.
    """

    name: str
    ask: Callable[[Question, Mapping[str, Value | None]], Rows]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a question in canonical form and declared order, and the values it was asked with."""

    question: Question
    values: Mapping[str, Value | None]
    engine: str
    rows: tuple[Row, ...]

    def records(self) -> list[dict[str, Cell]]:
        """The rows as objects by column name."""
        names = [column.name for column in self.question.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def sparql_engine(name: str, source: ox.Store | rdflib.Graph) -> Engine:
    """An engine over a store or an rdflib graph in this process."""

    def ask(question: Question, values: Mapping[str, Value | None]) -> Rows:
        bound: Parameters = for_sparql(question.parameters, values)
        return trusted_rows(source, question.sparql, bound)

    return Engine(name, ask)


def cypher_engine(name: str, run: Run) -> Engine:
    """An engine that runs Cypher.

    Args:
        name: for messages.
        run: takes a text and its parameters, null where one is missing.
    """

    def ask(question: Question, values: Mapping[str, Value | None]) -> Rows:
        return run(question.cypher, for_cypher(question.parameters, values))

    return Engine(name, ask)


def answer(question: Question, arguments: Mapping[str, object] | None, engine: Engine) -> Answer:
    """Ask a question.

    Args:
        question: from the library.
        arguments: values by parameter name, as people write them; defaults stand in for the others.
        engine: who answers.

    Raises:
        NotFound: no such parameter, city, cluster …
        ParameterError: a value cannot be read.
        QueryError: the engine fails.
    """
    values = question.bind(arguments)
    return Answer(question, values, engine.name, canonical(engine.ask(question, values), question))
