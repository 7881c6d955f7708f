"""Free queries: SPARQL and Cypher, read-only, with the statement in the address; and the question library."""

from typing import Final

from graph.rows import Rows, finite
from ontology import ids
from ontology.errors import AtlasError, ParameterError, UsageError
from queries.phrase import Phrase, phrase
from web import results
from web.answers import question, status_of
from web.problems import said
from web.site import Site
from web.view import Asked, Sheet, View

LIMIT: Final = 1_000
"""Rows of a free query."""

SECONDS: Final = 10.0
"""Time of a free query; the first Cypher query also starts the engine."""

START: Final = 60.0
"""Time of a Cypher query, which may have to load the engine first."""

LONGEST: Final = 20_000
"""Characters of a statement."""

EXAMPLES: Final = {
    "sparql": "sample.rq",
    "cypher": "sample.cypher",
}
LANGUAGES: Final = ("sparql", "cypher")

_ONE: Final = Phrase("空（一次只运行一种语言的语句）", "nothing, as one language runs at a time")
_SHORTER: Final = phrase("不超过 {} 字的语句", "a statement of up to {} characters", LONGEST)
_STRANGE: Final = Phrase(
    "这个链接来自别的网站，语句没有运行", "This link comes from another site, so the statement was not run."
)
_RUN_FIRST: Final = Phrase("请在查询页运行后再导出", "Run it on the query page, then export.")


def page(site: Site, asked: Asked, examples: dict[str, str]) -> View:
    """The two panes; `?sparql=` or `?cypher=` runs a statement, `?view=graph` draws its result.

    `?question=` puts a question of the library into the panes.

    Raises:
        NotFound: no such question.
        ParameterError: both statements at once, or no such view.
        UsageError: rows are asked for by another site's page.
    """
    say, graph = asked.say, results.view_of(asked) == "graph"
    given = [language for language in LANGUAGES if asked.get(language)]
    if len(given) > 1:
        raise ParameterError("cypher", _ONE, "…")
    language = given[0] if given else ""
    shown = question(site.atlas, asked.get("question")) if asked.get("question") else None
    initial = {"sparql": shown.sparql, "cypher": shown.cypher} if shown else examples
    text = asked.get(language) if language else ""
    rows, problem, status, held = None, "", 200, False
    if asked.stranger and text:
        # Another site's page must not make this machine work; the statement waits for a click.
        if asked.form != "page":
            raise UsageError(_STRANGE, remedy=_RUN_FIRST)
        held = True
    elif len(text) > LONGEST:
        problem, status = said(ParameterError(language, _SHORTER, f"{text[:20]}…"), say), 400
    elif text:
        try:
            rows = site.atlas.query(language, text, LIMIT, SECONDS if language == "sparql" else START)
        except AtlasError as error:
            if asked.form != "page":
                raise
            problem, status = said(error, say), status_of(error)
    title = say("查询", "Query")
    columns = rows.columns if rows else ()
    picture = results.picture(site, asked, rows, title) if rows and graph else None
    return View(
        "query.html",
        title,
        picture.data if picture else _data(rows),
        picture.sheet if picture else Sheet(title, columns, rows.rows if rows else ()),
        {
            "language": language,
            "texts": {one: asked.get(one) or initial[one] for one in LANGUAGES},
            "rows": rows,
            "picture": picture,
            "views": results.choices(asked),
            "cells": [[_cell(site, value, asked) for value in row] for row in rows.rows] if rows and not graph else [],
            "problem": problem,
            "held": held,
            "questions": site.atlas.questions(),
            "shown": shown,
            "limit": LIMIT,
            "seconds": int(SECONDS),
            "start": int(START),
        },
        status=status,
    )


def _data(rows: Rows | None) -> object:
    if rows is None:
        return {"columns": [], "rows": [], "truncated": False}
    found = [[finite(value) for value in row] for row in rows.rows]
    return {"columns": list(rows.columns), "rows": found, "truncated": rows.truncated}


def _cell(site: Site, value: object, asked: Asked) -> tuple[str, str]:
    """What a cell says and where it leads: an id or IRI of the graph to its page."""
    text = asked.say.value(value)
    known = value.get("id") if isinstance(value, dict) else value
    identifier = known.removeprefix(ids.BASE) if isinstance(known, str) else ""
    if identifier in site.index.nodes:
        return identifier, asked.links.thing(identifier)
    return text, ""
