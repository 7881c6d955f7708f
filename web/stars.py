"""Stars beside a profile, where the layout has been reconciled; where it has not, there are none to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from web.index import Index
from web.speech import Speech

GUESSED: Final = 0.9
"""Below this confidence a star is shown as a guess."""

UNSTARRED: Final = ("未标星", "no star")


@dataclass(frozen=True, slots=True)
class Star:
    """What is held true of one city and one cluster.

    `level` is 1 to 3, None where there is no star or its level is not decided; `present` is None where it is not
    decided whether there is one. `link` is the id of what explains it, "" where nothing does.
    """

    present: bool | None
    level: int | None = None
    confidence: float | None = None
    link: str = ""

    @property
    def guessed(self) -> bool:
        return self.present is not None and self.confidence is not None and self.confidence < GUESSED

    def words(self, say: Speech) -> str:
        """★★★, 未标星, or that it is undecided; a guess says so."""
        if self.present is None:
            return say("未定", "undecided")
        stars = "★" * self.level if self.level else say("有星", "starred")
        text = stars if self.present else say(*UNSTARRED)
        return text + say("（推断）", " (guess)") if self.guessed else text


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
                    found[other.id] = _star(node.id, node.properties)
        return found

    return stars


def _star(identifier: str, properties: Mapping[str, object]) -> Star:
    present, level, confidence = (properties.get(name) for name in ("present", "level", "confidence"))
    return Star(
        present if isinstance(present, bool) else None,
        int(level) if isinstance(level, int | str) and str(level).isdigit() else None,
        float(confidence) if isinstance(confidence, int | float) else None,
        identifier,
    )
