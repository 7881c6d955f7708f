"""An award as it is read: a clause that gives something, with the figures and conditions that belong to it."""

from dataclasses import dataclass, field

from loaders.grammar.quantities import Quantity
from loaders.money.conditions import Read
from loaders.money.passages import Passage
from loaders.money.words import is_shared, target_of


@dataclass
class Cap:
    """A ceiling with what it is for, and where it stands in the passage."""

    quantity: Quantity
    per: str | None
    scope: str
    start: int
    end: int

    @property
    def shared(self) -> bool:
        """Whether it is over several awards together."""
        return is_shared(self.scope)


@dataclass
class Award:
    """A clause that gives something, as read; offsets are those of the passage. `also` are further words of it.

    `settles` where it was granted before, and only what is paid is determined now. `places` are those that it is for
    where another award is for the others, `elsewhere` those that the other is for.
    """

    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]
    target: str | None = None
    conditions: list[Read] = field(default_factory=list)
    ladder: list[Quantity] = field(default_factory=list)
    ratios: list[Quantity] = field(default_factory=list)
    labels: list[str | None] = field(default_factory=list)
    amounts: list[Quantity] = field(default_factory=list)
    caps: list[Cap] = field(default_factory=list)
    shared: Cap | None = None
    instalments: list[tuple[str | None, Quantity]] = field(default_factory=list)
    add_ons: list[tuple[str, Quantity]] = field(default_factory=list)
    term: Quantity | None = None
    base: str | None = None
    match: float | None = None
    scales: list[Quantity] = field(default_factory=list)
    standard: str | None = None
    kind: str | None = None
    on_top: bool = False
    case_by_case: bool = False
    text: str = ""
    kinds: tuple[str, ...] = ()
    bands: list[Read] = field(default_factory=list)
    also: list[tuple[int, int]] = field(default_factory=list)
    alone: bool = True
    settles: bool = False
    places: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def has_figures(self) -> bool:
        return bool(self.ratios or self.amounts or self.match is not None or self.scales)

    @property
    def is_hard(self) -> bool:
        return self.has_figures or bool(
            self.caps or self.conditions or self.instalments or self.standard or self.add_ons
        )


def open_award(
    passage: Passage, string: str, start: int, end: int, at: int, pending: list[Read], ladder: list[Quantity]
) -> Award:
    first = min([start + at, *(read.start for read in pending if read.start >= start)])
    award = Award(passage, first, start + at, (start, end), conditions=list(pending), ladder=list(ladder))
    award.target = target_of(string, first - start, at)
    return award
