"""Stars beside a profile, where the layout has been reconciled; where it has not, there are none to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.stars.table import UNSURE
from graph.tables import Node
from web.index import Index
from web.speech import Speech

UNSTARRED: Final = ("未标星", "no star")


@dataclass(frozen=True, slots=True)
class Star:
    """What is held true of one city and one cluster.

    `level` is 1 to 3, None where there is no star or its level is not decided; `present` is None where it is not
    decided whether there is one. `confidence` is that of presence, `level_confidence` that of the level. `link` is the
    id of what explains it, "" where nothing does; `override` says that a person has corrected it.
    """

    present: bool | None
    level: int | None = None
    confidence: float | None = None
    link: str = ""
    level_confidence: float | None = None
    override: bool = False

    @property
    def guessed(self) -> bool:
        """Whether presence or level is only likely."""
        if self.present is None or self.override:
            return False
        level = self.level_confidence if self.present and self.level else None
        return any(one is not None and one < UNSURE for one in (self.confidence, level))

    def words(self, say: Speech) -> str:
        """★★★, 未标星, or that it is undecided; a guess says so."""
        if self.present is None:
            return say("未定", "undecided")
        stars = "★" * self.level if self.level else say("星级不明", "level unknown")
        text = stars if self.present else say(*UNSTARRED)
        return text + say("（推断）", " (guess)") if self.guessed else text

    def sentence(self, say: Speech, starred: bool = True) -> str:
        """The whole of it in words: the level, that it is a guess or a correction, and both confidences.

        Args:
            say: the language.
            starred: whether the edition gives stars; one that does not only names cities.
        """
        note = say("人工修正", "corrected by hand") if self.override else say("推断", "a guess") if self.guessed else ""
        parts = [self._held(say, starred) + (say(f"（{note}）", f" ({note})") if note else "")]
        return say("，", ", ").join([*parts, *self.sureness(say)])

    def sureness(self, say: Speech) -> list[str]:
        """How sure it is: of being listed, and of the level where there is one."""
        parts, level = [], self.level_confidence if self.present and self.level else None
        if self.confidence is not None:
            of = "" if level is None else say("列入", "of being listed ")
            parts.append(say(f"{of}把握 ", f"confidence {of}") + share(self.confidence))
        if level is not None:
            parts.append(say("星级把握 ", "of the level ") + share(level))
        return parts

    def _held(self, say: Speech, starred: bool) -> str:
        if self.present is None:
            return say("未定是否列入", "undecided")
        if not self.present:
            return say(*UNSTARRED)
        if self.level is None:
            return say("列入，星级不明", "listed, level unknown") if starred else say("点名", "named")
        return f"{say.code('star-level', self.level)} {'★' * self.level}"


def share(value: float) -> str:
    """A confidence with two digits; never a 1.00, nor one that is no guess, that only rounding has made."""
    if 0.995 <= value < 1:
        return ">0.99"
    short = f"{value:.2f}"
    return f"{value:.3f}" if value < UNSURE <= float(short) else short


Stars = Callable[[str], Mapping[str, Star]]
"""For the id of a city or cluster: the star of each cluster or city by its id; empty where none is known."""


def assigned(index: Index) -> Stars:
    """The stars that the graph holds: its assignments of the current edition."""

    def stars(thing: str) -> Mapping[str, Star]:
        found = {}
        for node in index.statements(thing, "Assignment"):
            if node.properties.get("current") is not True:
                continue
            for relation, other in index.participants(node.id):
                if relation in ("aboutPlace", "aboutCluster") and other.id != thing:
                    found[other.id] = star_of(node)
        return found

    return stars


def star_of(assignment: Node) -> Star:
    """What an assignment holds true."""
    known = assignment.properties
    present, level = known.get("present"), known.get("level")
    return Star(
        present if isinstance(present, bool) else None,
        int(level) if isinstance(level, int | str) and str(level).isdigit() else None,
        _share(known.get("confidence")),
        assignment.id,
        _share(known.get("level_confidence")),
        known.get("override") is True,
    )


def _share(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
