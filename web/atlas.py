"""What the pages need of a graph: stated here, so that they are tested without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.rows import Rows
from queries.library import Question
from web.picture import Scene


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something, named in both languages."""

    title: str
    title_en: str
    number: int


@dataclass(frozen=True, slots=True)
class First:
    """A question with arguments, answered on the first page."""

    question: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the first page says about the graph.

    `documents` are the titles of what was read, `digest` names the build, `things` are ids or names worth a picture.
    """

    counts: tuple[Count, ...]
    documents: tuple[str, ...]
    digest: str
    first: tuple[First, ...] = ()
    things: tuple[str, ...] = ()


class AtlasLike(Protocol):
    """A graph that can be asked. The methods are called from several threads at once.

    All raise `AtlasError`: `NotFound` (page 404), other mistakes of the user (400), trouble of an engine (503).
    """

    def summary(self) -> Summary:
        """Counts, documents and first questions of the current build."""

    def questions(self) -> Sequence[Question]:
        """The library, in the order in which it is listed."""

    def ask(self, name: str, arguments: Mapping[str, str]) -> Rows:
        """The rows of a question; the columns are the question's, in its order."""

    def neighbourhood(self, thing: str) -> Scene:
        """A thing, by id or by any of its names, with what stands around it."""
