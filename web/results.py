"""The result of a query as a graph: the things that its rows name, and what the graph says between them.

In the address: `view` (table or graph), `chosen` the id that is selected in the graph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from graph.rows import Rows
from ontology import ids
from ontology.errors import ParameterError
from queries.phrase import either
from web.drawing import Drawing, drawing, record, sheet
from web.site import Site
from web.surroundings import Surroundings, gathered
from web.view import Asked, Choice, Sheet

VIEWS: Final = ("table", "graph")

STATE: Final = ("view", "chosen")
"""Parameters of the result and not of what is asked."""

_IRI: Final = re.compile(f"<({re.escape(ids.BASE)}[^>]*)>")


@dataclass(frozen=True, slots=True)
class Picture:
    """A result as a graph: for the page (None where its rows name no thing), as data, as a spreadsheet."""

    drawing: Drawing | None
    data: object
    sheet: Sheet


def view_of(asked: Asked) -> str:
    """Which of `VIEWS` the address asks for.

    Raises:
        ParameterError: neither.
    """
    view = asked.get("view") or VIEWS[0]
    if view not in VIEWS:
        raise ParameterError("view", either(VIEWS), view)
    return view


def choices(asked: Asked) -> list[tuple[str, list[Choice]]]:
    """The switch between table and graph."""
    say, here = asked.say, view_of(asked)
    words = {"table": say("表格", "Table"), "graph": say("图", "Graph")}
    links = {one: asked.links.page(asked.path, **{**asked.parameters, "view": one, "chosen": ""}) for one in VIEWS}
    return [(say("结果", "Result"), [Choice(words[one], links[one], one == here) for one in VIEWS])]


def picture(site: Site, asked: Asked, rows: Rows, title: str) -> Picture:
    """The rows as a graph of at most `LIMIT` things."""
    say, links = asked.say, asked.links
    found: Surroundings = gathered(site.index, (one for row in rows.rows for value in row for one in things(value)))

    def choose(one: str) -> str:
        return links.page(asked.path, **{**asked.parameters, "chosen": one})

    def expand(one: str) -> str:
        return links.page("/graph", thing=one)

    drawn = drawing(site.index, found, asked.get("chosen"), say, choose, expand) if found.nodes else None
    return Picture(drawn, record(found, say), sheet(site.index, found, title, say))


def things(value: object) -> Iterator[str]:
    """The ids that a value may name: itself, an IRI, those of a triple, that of a node of Cypher."""
    if isinstance(value, str):
        yield from map(ids.from_iri, _IRI.findall(value))
        yield value.removeprefix(ids.BASE)
    elif isinstance(value, dict):
        yield from things(value.get("id"))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from things(one)
