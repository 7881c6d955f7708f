"""An analysis as a page: its parameters as a form, its own table below; the same for every analysis.

In the address: the fields of the form, named as the options of the command are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from graph.tables import Node
from ontology.errors import UsageError
from queries.phrase import english
from queries.table import Table
from web.answers import status_of
from web.office import said as worded
from web.pages.policies import day_of
from web.pages.sides import resolve
from web.problems import said
from web.site import Site
from web.tables import Grid, grid, sheet, workbook
from web.view import Asked, Chip, Sheet, View

Words = tuple[str, str]
"""Chinese and English."""

Given = Mapping[str, str]
"""What is asked for, by field: ids of cities and clusters, ISO dates, all else as typed; nothing that is blank."""

SHOWN: Final = 500
"""Rows of a page; JSON, CSV and Excel have all of them."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        name: its parameter in the address.
        words: its label.
        kind: what it takes; `tick` is a box, `date` is today where nothing is said.
        names: what a field for text proposes.
    """

    name: str
    words: Words
    kind: Literal["city", "cluster", "text", "date", "tick"] = "text"
    names: Callable[[Site], Sequence[str]] = lambda site: ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the table: what its first column says, how many rows it has, those that the page shows."""

    words: str
    count: int
    grid: Grid


@dataclass(frozen=True, slots=True)
class Analysis:
    """An analysis.

    Attributes:
        path: its address.
        title: the heading while nothing is asked; then it is that of the table.
        lead: what it answers, in a sentence.
        fields: of its form.
        table: what it answers; None where not enough is chosen.
        needs: what has to be chosen first, in a sentence; where nothing has to be, it is empty.
        by: the column that its rows stand under; by default the first.
        plans: whether it stands beside the pages about policies, else beside the gaps.
    """

    path: str
    title: Words
    lead: Words
    fields: tuple[Field, ...]
    table: Callable[[Site, Given], Table | None]
    needs: Words = ("", "")
    by: str = ""
    plans: bool = False

    @property
    def takes(self) -> str:
        """Its parameters, as a route has them."""
        return " ".join(one.name for one in self.fields)


def page(site: Site, asked: Asked, of: Analysis) -> View:
    """The form with what was typed, and the table; a mistake stands above the form, where it can be mended.

    Raises:
        UsageError: what is asked for does not exist, and no page is asked for.
    """
    say = asked.say
    table, problem, status = None, "", 200
    given: Given = {}
    try:
        given = _given(site, asked, of)
        table = of.table(site, given)
    except UsageError as error:
        if asked.form != "page":
            raise
        problem, status = said(error, say), status_of(error)
    title = say(*of.title) if table is None else say(table.title, table.title_en)
    values: dict[str, object] = {
        "of": of,
        "fields": [(one, _shown(one, asked, given), one.names(site)) for one in of.fields],
        "cities": site.cities,
        "clusters": list(site.index.named("Cluster")),
        "problem": problem,
        "parts": None,
        "shown": SHOWN,
    }
    if table is None:
        return View("analysis.html", title, {**given, "rows": []}, Sheet(title, ["id"], []), values, status=status)
    return View(
        "analysis.html",
        title,
        {**given, "rows": table.records(), "notes": list(table.spoken(say.lang).notes)},
        sheet(table, say),
        {
            **values,
            "parts": _parts(site, table, of.by, asked),
            "notes_": table.notes,
        },
        tuple(_chips(site, asked, of, given)),
        context=_context(of, given),
        files={"xlsx": workbook(table, say)},
    )


def _parts(site: Site, table: Table, by: str, asked: Asked) -> list[Part]:
    """The rows by what a column says, each part with the columns that say something in it."""
    at = next((place for place, one in enumerate(table.columns) if one.name == by), 0)
    first = table.columns[at]
    found: dict[object, list[Sequence[object]]] = {}
    for row in table.rows:
        found.setdefault(row[at], []).append(row)
    parts = []
    for value, rows in found.items():
        blank = [
            one.name for place, one in enumerate(table.columns) if all(row[place] in ("", None, ()) for row in rows)
        ]
        shown = grid(replace(table, rows=rows), asked.say, (first.name, *blank), index=site.index, limit=SHOWN)
        words = str(worded(first, english(value) if asked.lang == "en" else value, asked.lang))
        words = words or asked.say("未写明", "Not stated")
        parts.append(Part(words[:1].upper() + words[1:], len(rows), shown))
    return parts


def _given(site: Site, asked: Asked, of: Analysis) -> Given:
    found = {}
    for one in of.fields:
        text = asked.get(one.name)
        if one.kind == "date":
            found[one.name] = (day_of(text, one.name) if text else site.today()).isoformat()
        elif text and (one.kind == "city" or one.kind == "cluster"):
            found[one.name] = resolve(site.index, one.kind, text.removeprefix(f"{one.kind}/")).id
        elif text:
            found[one.name] = text
    return found


def _shown(one: Field, asked: Asked, given: Given) -> str:
    """What stands in a field: the day that was taken, the key of what was chosen, else what was typed."""
    value = given.get(one.name, asked.get(one.name))
    return value.removeprefix(f"{one.kind}/")


def _things(site: Site, of: Analysis, given: Given) -> list[tuple[Field, Node]]:
    chosen = [one for one in of.fields if one.kind in ("city", "cluster") and one.name in given]
    return [(one, site.index.nodes[given[one.name]]) for one in chosen]


def _chips(site: Site, asked: Asked, of: Analysis, given: Given) -> list[Chip]:
    say, links = asked.say, asked.links
    chips = []
    for one, node in _things(site, of, given):
        rest = links.page(of.path, **{**asked.parameters, one.name: ""})
        chips.append(Chip(say.cls(node.cls), say.name(node), links.thing(node.id), rest))
    return chips


def _context(of: Analysis, given: Given) -> dict[str, str]:
    """The first city and the first cluster go on to the other pages."""
    found: dict[str, str] = {}
    for one in of.fields:
        if one.kind in ("city", "cluster") and one.name in given:
            found.setdefault(one.kind, given[one.name].removeprefix(f"{one.kind}/"))
    return found
