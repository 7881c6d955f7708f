"""A question of the library: its form, and the rows."""

from typing import Final

from ontology.errors import AtlasError
from ontology.vocabulary import vocabulary
from queries.industry import things
from web import results
from web.answers import Answer, question, status_of
from web.cells import records
from web.problems import said
from web.site import Site
from web.speech import Speech
from web.view import Asked, Chip, Sheet, View

SHOWN: Final = 500
"""Rows of a page; JSON and CSV carry all of them."""


def page(site: Site, asked: Asked) -> View:
    """What is left empty in the form stays so; the library knows what it means."""
    say, graph = asked.say, results.view_of(asked) == "graph"
    found = question(site.atlas, asked.thing)
    given = {name: value for name, value in asked.parameters.items() if name not in results.STATE}
    status = 200
    try:
        answer = Answer(found, given, site.atlas.ask(found.name, given))
    except AtlasError as error:
        if asked.form != "page":
            raise
        # The form stays, so that what was typed can be mended.
        answer, status = Answer(found, given, None, said(error, say)), status_of(error)
    title = say(found.title, found.title_en)
    rows = answer.rows
    picture = results.picture(site, asked, rows, title) if rows and graph else None
    return View(
        "ask.html",
        title,
        picture.data if picture else records(rows) if rows else [],
        picture.sheet
        if picture
        else Sheet(
            title,
            [say(column.title, column.title_en) for column in answer.columns],
            [
                [column.shown(value, asked.lang) for column, value in zip(answer.columns, row, strict=True)]
                for row in rows.rows
            ]
            if rows
            else [],
        ),
        {
            "answer": answer,
            "shown": SHOWN,
            "choices": _choices(asked),
            "picture": picture,
            "views": results.choices(asked),
            "unknown": _unknown(site, answer, say),
        },
        tuple(_chips(answer, asked)),
        status,
    )


def _unknown(site: Site, answer: Answer, say: Speech) -> list[str]:
    """Of an answer without rows: which names of the question nothing has, with near names."""
    if answer.rows is None or answer.rows.rows:
        return []
    asked = [one for one in answer.question.parameters if one.chain]
    errors = (things.unknown(site.ground, answer.arguments.get(one.name, one.default or "")) for one in asked)
    return [said(error, say) for error in errors if error is not None]


def _choices(asked: Asked) -> dict[str, list[str]]:
    """Names that a form proposes for a type of parameter."""
    known, say = vocabulary(), asked.say
    return {
        "city": [say(one.name, one.name_en or one.name) for one in known.cities],
        "cluster": [say(one.name, one.name_en or one.name) for one in known.clusters_of()],
    }


def _chips(answer: Answer, asked: Asked) -> list[Chip]:
    """The city and the cluster that the question is asked for."""
    if answer.rows is None:
        return []
    say, links = asked.say, asked.links
    return [Chip(say(one.title, one.title_en), name, links.thing(thing)) for one, name, thing in answer.things(say)]
