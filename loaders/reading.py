"""What a loader gives back: the facts it read, and what it saw and could not read."""

from dataclasses import dataclass

from ontology.facts import Fact


@dataclass(frozen=True, slots=True)
class Rejected:
    """Words that look like a fact of a kind and could not be read as one, with the reason in Chinese."""

    kind: str
    line: int
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one kind in one document, in the order of the text."""

    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...] = ()
