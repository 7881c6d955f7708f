"""What the pages need of a graph: stated here, so that they are tested without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.rows import Rows
from graph.search import Hit
from graph.tables import Tables
from queries.industry.five import Passage
from queries.library import Question
from web.picture import Lang, Scene


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something, named in both languages; `cls` is the class that is counted."""

    title: str
    title_en: str
    number: int
    cls: str = ""


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


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text under a section; offsets are places in the source, lines count from 1."""

    start: int
    end: int
    line: int
    section: str


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

    def neighbourhood(self, thing: str, lang: Lang = "zh") -> Scene:
        """A thing, by id or by any of its names, with what stands around it, in the words of a language."""

    def tables(self) -> Tables:
        """The whole graph; the same object at every call."""

    def text(self, document: str) -> str:
        """The source text of a document, by the id of its node."""

    def blocks(self, document: str) -> Sequence[Block]:
        """The blocks of a document in the order of its text, without furniture."""

    def passages(self) -> Sequence[Passage]:
        """The text of all documents, block by block."""

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        """Full text of all documents."""

    def loaders(self, evidence: str) -> Sequence[str]:
        """The loaders that read facts from a piece of evidence."""

    def query(self, language: str, text: str, limit: int, seconds: float) -> Rows:
        """The rows of a free query that only reads; `language` is sparql or cypher."""
