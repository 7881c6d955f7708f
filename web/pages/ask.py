"""A question of the library: its form, and the rows."""

from typing import Final

from ontology.errors import AtlasError
from ontology.vocabulary import vocabulary
from web import results
from web.answers import Answer, question, status_of
from web.cells import records
from web.site import Site
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
        answer, status = Answer(found, given, None, str(error)), status_of(error)
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
        },
        tuple(_chips(answer, asked)),
        status,
    )


def _choices(asked: Asked) -> dict[str, list[str]]:
    """Names that a form proposes for a type of parameter."""
    known, say = vocabulary(), asked.say
    return {
        "city": [say(one.name, one.name_en or one.name) for one in known.cities],
        "cluster": [say(one.name, one.name_en or one.name) for one in known.clusters_of()],
    }


def _chips(answer: Answer, asked: Asked) -> list[Chip]:
    """The city and the cluster that the question is asked for."""
    chips = []
    for parameter in answer.question.parameters:
        value = answer.arguments.get(parameter.name, parameter.default or "")
        if answer.rows is None or not value or parameter.type not in ("city", "cluster"):
            continue
        known = vocabulary()
        try:
            place = known.city(value) if parameter.type == "city" else known.cluster(value)
        except AtlasError:
            continue
        name = asked.say(place.name, place.name_en or place.name)
        chips.append(Chip(asked.say(parameter.title, parameter.title_en), name, asked.links.thing(place.id)))
    return chips
