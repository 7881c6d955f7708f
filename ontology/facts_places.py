"""Facts about where industry stands and how it hangs together: places, supply links, transfers between regions."""

from dataclasses import dataclass
from typing import ClassVar

from ontology.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact(Fact):
    """A document names a district, a town, a park, a base, a platform or a project.

    `place_kind` is a code of the list place-kind (printed as `kind`). `city` is null where the document does not say
    it or names several; `cities` lists them where the place belongs to more than one. `named` tells a proper name
    from a description (某类产业集聚区).
    """

    kind: ClassVar[str] = "places"
    name: str
    place_kind: str
    city: str | None
    cities: tuple[str, ...]
    cluster: str | None
    companies: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyFact(Fact):
    """A document says that one thing goes into, comes before, is a stage of or is applied in another.

    `from_` (printed as `from`) and `to` are products, materials, stages, fields or clusters as written; for the
    relation `region_supplies` they are places, several joined by 、. `strength` is `explicit` where words of supply
    stand in the sentence, `implied` otherwise.
    """

    kind: ClassVar[str] = "supply"
    from_: str
    to: str
    relation: str
    cluster: str | None
    subsector: str | None
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFact(Fact):
    """A document moves industry from one place to another, or has two places share it.

    `from_` (printed as `from`) and `to` are cities or regions, null where the document does not say; `mechanism` is a
    code of the list transfer-mechanism; `platform` is the park or zone that carries the transfer.
    """

    kind: ClassVar[str] = "transfers"
    from_: str | None
    to: str | None
    cluster: str | None
    mechanism: str
    platform: str | None
