"""What the vocabularies hold: places, clusters, agencies, codes, each with all its names."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ontology import ids


@dataclass(frozen=True, slots=True)
class Place:
    """A city, or a region: a place that is no city of the province.

    Args:
        id: `city/441900`, `region/gd/珠三角` (no members), `region/粤府-2021-53/珠三角` (the members it states).
        cls: "City" or "Region".
        name: Chinese name as the facts print it.
        name_en: English name.
        code: GB/T 2260; None for a region that is no administrative division.
        province: first two digits of the code, cities only.
        labels: other names, without the name itself.
        hidden: misprints.
        abbreviations: one-character names and nicknames, not to be searched in running text.
        latitude, longitude: degrees, the point at which a map writes the name; cities only.
        scheme: the region's scheme (`gd`, `cn`, a document); None for cities.
        source: number of the document that states the members; None where no document does.
        members: ids of the cities in it, () where no document states them.
        administered_by, stands_in: ids of the city that administers it and of the other one that contains it
            (深汕特别合作区: 深圳, 汕尾).
        note: what to mind.
    """

    id: str
    cls: str
    name: str
    name_en: str | None = None
    code: str | None = None
    province: str | None = None
    labels: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    scheme: str | None = None
    source: str | None = None
    members: tuple[str, ...] = ()
    administered_by: str | None = None
    stands_in: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class District:
    """A district, county-level city or county, for finding the city of a place.

    Args:
        id: `site/441881`.
        name: with its suffix: 英德市.
        code: GB/T 2260.
        city: id of its city.
        labels: short forms that may be searched in running text (英德).
        abbreviations: short forms that are also words or hide in others (新兴, 和平).
        note: what to mind.
    """

    id: str
    name: str
    code: str
    city: str
    labels: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of clusters or regions.

    Args:
        id: `scheme/gd20`.
        name, name_en: names.
        source: number of the document that founded the clusters or states the members; None where no document does.
    """

    id: str
    name: str
    name_en: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of a scheme.

    Args:
        id: `cluster/gd20/automobiles`.
        name, name_en: names; the Chinese one is canonical in facts.
        scheme: `gd20` or `gdfuture`.
        number: 1–20 in the plan's order; None in a scheme without numbers.
        category: `pillar`, `emerging` or `future`.
        labels: other spellings. hidden: misprints.
        source: number of the document that founded it.
    """

    id: str
    name: str
    name_en: str
    scheme: str
    number: int | None
    category: str
    labels: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency, or a kind of municipal agency.

    Args:
        id: `agency/省科技厅`; a kind: `agency/kind/市科技局`; one of a city: `agency/441900/松山湖管委会`.
        name: short name with its level (省科技厅), as the facts print it.
        full_name: as it signs (广东省科学技术厅).
        level: `national`, `provincial`, `municipal`.
        labels: other names; those without a prefix (科技厅) hold in a list that an explicit prefix opened.
        hidden: misprints.
        city: id of its city; None for kinds and above.
        kind: whether it is a kind of municipal agency, whose city is that of the document.
        collective: whether it stands for one agency in each city (各地级以上市人民政府).
    """

    id: str
    name: str
    full_name: str
    level: str
    labels: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    city: str | None = None
    kind: bool = False
    collective: bool = False

    def of(self, city: Place) -> Agency:
        """The agency of a city where this is a kind (市科技局 of 东莞 is 东莞市科学技术局); itself otherwise."""
        if not self.kind:
            return self
        code = city.code or city.name
        return Agency(
            id=ids.join("agency", code, self.name),
            name=self.name,
            full_name=city.name + self.full_name,
            level=self.level,
            labels=(*self.labels, *(city.name + label for label in (self.name, *self.labels))),
            city=city.id,
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """One code of a code list.

    Args:
        scheme: the code list, `role`.
        notation: the code in facts and graph, `core`.
        name, name_en: what people read.
        labels: words that the documents use for it.
        note: scope note.
        rank: order within the list, the higher the stronger; None where there is no order.
        factor: of a unit, exact multiplier to `base_unit`; None otherwise.
        base_unit: of a unit: 元, 1 (ratios), 家 …
        quantity: of a unit: money, ratio, count, duration …
        value_type: of a condition's object: money, ratio, integer, years, boolean, date, string, city, cluster …
    """

    scheme: str
    notation: str
    name: str
    name_en: str
    labels: tuple[str, ...] = ()
    note: str | None = None
    rank: int | None = None
    factor: Decimal | None = None
    base_unit: str | None = None
    quantity: str | None = None
    value_type: str | None = None


def plain(name: str) -> str:
    """A name for comparison: NFKC, case-folded, without blanks and hyphens."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in "-_'’")


_LEAST = 0.5
"""Names that are less alike are not proposed."""
_BEGINNING = 0.9
"""What the likeness of a beginning counts beside that of a whole name."""


def near(name: str, among: Mapping[str, str], count: int = 3) -> tuple[str, ...]:
    """Names like the one asked for, best first; those that contain it, or that it contains, come before the others.

    A longer name may also begin like it (半导休 and 半导体与集成电路). Of names that are equally like it, those given
    first come first.

    Args:
        name: what was asked for.
        among: any name -> the name to propose for it.
        count: how many at most.
    """
    wanted = plain(name)
    proposals = {plain(other): proposal for other, proposal in among.items() if wanted and plain(other)}
    inside = [proposals[p] for p in proposals if wanted in p or p in wanted]
    alike = ((max(_alike(wanted, p), _BEGINNING * _alike(wanted, p[: len(wanted)])), p) for p in proposals)
    similar = sorted((one for one in alike if one[0] >= _LEAST), key=lambda one: -one[0])
    return tuple(dict.fromkeys((*inside, *(proposals[p] for _, p in similar))))[:count]


def _alike(wanted: str, name: str) -> float:
    """How like two names are, 0 to 1; 0 as soon as it is known to be less than counts."""
    match = difflib.SequenceMatcher(None, name, wanted)
    return match.ratio() if match.real_quick_ratio() >= _LEAST and match.quick_ratio() >= _LEAST else 0.0
