"""Facts of registries: who a firm is, where it sits and what it does, as a row of a table says."""

from dataclasses import dataclass
from typing import ClassVar

from ontology.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFact(Fact):
    """A row of a registry of firms.

    `name` is the registered name, `credit_code` the unified social credit code (18 signs, its check digit right),
    `city` the seat, `clusters` names of the vocabulary. `stages` are subsectors and products and `titles` titles
    (专精特新, 链主 …), as printed. `founded` is ISO 8601, `revenue` in yuan, `industry_code` of GB/T 4754. None or ()
    where the row says nothing.
    """

    kind: ClassVar[str] = "firms"
    name: str
    credit_code: str
    city: str | None
    clusters: tuple[str, ...]
    stages: tuple[str, ...]
    titles: tuple[str, ...]
    founded: str | None = None
    revenue: int | None = None
    employees: int | None = None
    industry_code: str | None = None
    address: str | None = None
