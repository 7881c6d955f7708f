"""The rows of a question as a page and as JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.rows import Rows
from queries.library import Column
from web.links import Links
from web.speech import Speech

LONG: Final = 24
"""From so many characters on, a text takes a wide column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page: what it says, where it leads ("" nowhere), and how it is set ("number", "long" or "")."""

    text: str
    link: str = ""
    style: str = ""


NameOf = Callable[[Speech, str], str]
"""The name of an id in a language, "" where it has none."""

Shown = Sequence[tuple[Column, int, int | None]]


def shown(columns: Sequence[Column]) -> list[tuple[Column, int, int | None]]:
    """The columns of a page: column, index of its value, index of the id that it leads to.

    Where the name of a thing stands beside its id (`city_name` beside `city`), the name carries the link and the id
    is not shown; an id alone is a link.
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


def cells(row: Sequence[object], view: Shown, say: Speech, links: Links, name_of: NameOf) -> list[Cell]:
    """A row as the page shows it; a name that the graph has in English is English on an English page."""
    found = []
    for column, index, target in view:
        thing = None if target is None else row[target]
        alone = target == index and thing is not None
        words = say.value(column.shown(row[index], say.lang))
        if alone:
            words = name_of(say, str(thing)) or say("打开", "open")
        elif thing is not None and words == name_of(Speech(), str(thing)):
            words = name_of(say, str(thing))
        style = "number" if column.type in ("integer", "number") else "long" if len(words) > LONG else ""
        found.append(Cell(words, "" if thing is None else links.thing(str(thing)), style))
    return found


def records(rows: Rows) -> list[dict[str, object]]:
    """The rows as objects with the columns' names as keys."""
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
