"""A question of the library with its arguments and what came of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph.rows import Rows
from ontology.errors import AtlasError, NotFound, QueryError, QueryTimeout
from ontology.vocabulary import vocabulary
from queries.library import Column, Question
from queries.parameters import Parameter
from queries.phrase import Phrase
from web.atlas import AtlasLike
from web.cells import Cell, NameOf, cells, shown
from web.links import Links
from web.speech import Speech

_NAME: Final = re.compile(r"((?<![A-Za-z-])(?:[a-z]+(?:-[a-z]+)+|(?<=[（(])[a-z]+(?=[）)])))")
"""A question's name, with hyphens; a command stands in brackets."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its arguments and what came of it: rows, or a message."""

    question: Question
    arguments: Mapping[str, str]
    rows: Rows | None
    problem: str = ""

    @property
    def columns(self) -> list[Column]:
        """The columns that the rows have, as the question declares them."""
        known = {column.name: column for column in self.question.columns}
        names = self.rows.columns if self.rows else ()
        return [known.get(name) or Column(name, "string", name, name) for name in names]

    def things(self, say: Speech) -> list[tuple[Parameter, str, str]]:
        """The cities and clusters that are asked for: the parameter, the name, the id."""
        found, known = [], vocabulary()
        for one in self.question.parameters:
            value = self.arguments.get(one.name, one.default or "")
            if value and one.type in ("city", "cluster"):
                try:
                    thing = known.city(value) if one.type == "city" else known.cluster(value)
                except AtlasError:
                    continue
                found.append((one, say(thing.name, thing.name_en or thing.name), thing.id))
        return found

    def asked(self, say: Speech) -> list[str]:
        """What is asked for, in words."""
        names = {one.name: name for one, name, _ in self.things(say)}
        return [names.get(name, value) for name, value in self.arguments.items()]

    @property
    def headings(self) -> list[Column]:
        return [column for column, _, _ in shown(self.columns)]

    def cells(self, limit: int, say: Speech, links: Links, name_of: NameOf) -> list[list[Cell]]:
        """The first rows as the page shows them."""
        view = shown(self.columns)
        return [cells(row, view, say, links, name_of) for row in self.rows.rows[:limit]] if self.rows else []


def question(atlas: AtlasLike, name: str) -> Question:
    """A question by name.

    Raises:
        NotFound: there is none.
    """
    for one in atlas.questions():
        if one.name == name:
            return one
    raise NotFound("问题", name, remedy=Phrase("“问题”页列有全部问题", "The page of questions lists all of them."))


PAGES: Final = {
    name: f"/{name}" for name in ("match", "calendar", "gaps", "chain", "policies", "firms", "company", "five", "link")
}
"""Commands that are pages here."""


def explained(atlas: AtlasLike, text: str, say: Speech, links: Links) -> list[tuple[str, str]]:
    """An explanation in pieces with their addresses ("" where it is plain text): it may name questions and commands."""
    known = {one.name: (say(one.title, one.title_en), links.page(f"/ask/{one.name}")) for one in atlas.questions()}
    known |= {name: (name, links.page(path)) for name, path in PAGES.items()}
    return [known.get(piece, (piece, "")) for piece in _NAME.split(text) if piece]


def status_of(error: AtlasError) -> int:
    """The HTTP status of a mistake: 404 nothing of that name, 400 the user's, 503 ours or an engine's."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, QueryError) and not isinstance(error, QueryTimeout):
        return 400  # what an engine says against a statement is for who wrote it
    # Exit code 2 is a mistake of the user, 1 is ours or an engine's.
    return 400 if error.exit_code == 2 else 503
