"""What a supply link is, and what the sentence that states it is about."""

import re
from dataclasses import dataclass

PART = "原材料|材料|零部件|零配件|零组件|部件|器件|元器件|配件|耗材|辅料|软件"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence is about: the cluster, its subsector in a box, and the subsectors beside it.

    `known` is false where the title names an industry that is no cluster of the vocabulary; `topic` is the thing that
    the heading of a task names (巩固<动力电池>优势), `parts` whether that heading is about parts; `home` the city whose
    plan it is.
    """

    cluster: str
    subsector: str | None = None
    siblings: tuple[str, ...] = ()
    known: bool = True
    topic: str | None = None
    parts: bool = False
    home: str | None = None

    @property
    def subject(self) -> str:
        """What inputs go into: the subsector, or the cluster where the subsector is itself one of parts."""
        return self.topic or (self.cluster if self.subsector is None or self.is_input else self.subsector)

    @property
    def is_input(self) -> bool:
        return self.subsector is not None and re.search("零部件|元器件|配套", self.subsector) is not None


@dataclass(frozen=True, slots=True)
class Link:
    """One thing supplied to another, in the clauses from `start` to `end` of a sentence."""

    from_: str
    to: str
    relation: str
    start: int
    end: int
    strength: str = "explicit"
