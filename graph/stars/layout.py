"""The reconciled layout as a value: cells with their confidence, the ledger of contradictions, and problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.stars.witnesses import Problem
from ontology.facts import Fact, record

STARS, ROLES = "stars", "roles"
"""Scales of an edition: a star table, or only the roles that its text gives to cities."""


def fact_id(fact: Fact) -> str:
    return str(record(fact)["id"])


def editions_named(wanted: str, names: Mapping[str, str]) -> list[str]:
    """The editions that people may mean by an id, a number, a year or words of a name; several where it is open.

    Args:
        wanted: as written; signs and blanks do not count, so 粤府〔2021〕53号 is 粤府-2021-53.
        names: of the editions, by id.
    """
    wanted = wanted.removeprefix("policy/")
    said = _letters(wanted.removesuffix("号"))
    numbers = {edition: edition.removeprefix("policy/") for edition in names}
    found = [edition for edition, number in numbers.items() if said == _letters(number)]
    found = found or [edition for edition, number in numbers.items() if wanted in number.split("-")]
    return found or [e for e, number in numbers.items() if said and said in f"{_letters(number)} {_letters(names[e])}"]


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@dataclass(frozen=True, slots=True)
class Voice:
    """A witness of one cell: the fact, what it says there in Chinese, and the log odds of presence that it gives.

    `silence` marks a fact that speaks by what it leaves out: the list or box that does not have the cell.
    """

    fact: Fact
    says: str
    odds: float
    silence: bool = False

    @property
    def id(self) -> str:
        return fact_id(self.fact)

    @property
    def where(self) -> str:
        return f"{self.fact.evidence.file} 第 {self.fact.evidence.span.line} 行"


@dataclass(frozen=True, slots=True)
class Override:
    """A correction by a person: level 3, 2, 1, 0 for absent, None for present at an unknown level."""

    edition: str
    cluster: str
    city: str
    level: int | None
    source: str
    date: str
    name: str
    file: str
    line: int

    @property
    def present(self) -> bool:
        return self.level != 0

    @property
    def about(self) -> str:
        return f"{self.cluster}·{self.city}"

    def agrees(self, other: "Override") -> bool:
        return self.level == other.level

    def problem(self, message: str) -> Problem:
        """Why this line cannot be used."""
        return Problem(self.file, self.line, message, self.about)


@dataclass(frozen=True, slots=True)
class Cell:
    """What is held true of one cluster in one city.

    `present`, `level` (3 core, 2 key, 1 general, None unknown or absent), `confidence` of presence or absence,
    `level_confidence`; `inferred` is (present, level) without the override; `opposite` the cost of the other answer,
    `undecided` where that costs nothing; `rival` the cells that change in the best layout with the other answer;
    `supports`, `opposes` the witnesses of what was inferred, `silent` those that decide nothing.
    """

    cluster: str
    city: str
    present: bool
    level: int | None
    confidence: float
    level_confidence: float | None
    inferred: tuple[bool, int | None]
    opposite: float
    undecided: bool
    rival: tuple[tuple[str, str], ...] = ()
    supports: tuple[Voice, ...] = ()
    opposes: tuple[Voice, ...] = ()
    silent: tuple[Voice, ...] = ()
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that sources say and that cannot both be true: a Chinese sentence with file, line and quote.

    `kind` is one of KINDS in `contradictions`; `cluster` and `city` where it concerns one; `others` are further places.
    """

    kind: str
    message: str
    file: str
    line: int
    quote: str
    cluster: str | None = None
    city: str | None = None
    others: tuple[tuple[str, int, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.message}"


@dataclass(frozen=True)
class Layout:
    """The layout of one edition; `scale` is STARS or ROLES.

    `open_lists` are the clusters whose lists of cities end in 等 (of ROLES).
    `tables` maps each cluster to its table; clusters and cities stand in the order of the source. `notes` says in
    Chinese what was inferred about the tables themselves; `cost` is the total disbelief.
    """

    edition: str
    scale: str
    clusters: tuple[str, ...]
    cities: tuple[str, ...]
    cells: tuple[Cell, ...]
    tables: Mapping[str, str] = field(default_factory=dict)
    open_lists: frozenset[str] = frozenset()
    ledger: tuple[Contradiction, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    cost: float = 0.0

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Cell]:
        return {(cell.cluster, cell.city): cell for cell in self.cells}

    def cell(self, cluster: str, city: str) -> Cell | None:
        """The cell of a cluster in a city; None where the edition says nothing of it."""
        return self._by_name.get((cluster, city))

    def undecided(self) -> Iterator[Cell]:
        return (cell for cell in self.cells if cell.undecided)
