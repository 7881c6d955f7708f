"""Things of the vocabularies from the subjects of Turtle files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from ontology import ids
from ontology.things import Agency, Cluster, Concept, District, Place, Scheme
from ontology.turtle import DCT, SKOS, TYPE, Properties, first, texts

_CA: Final = ids.ONTOLOGY


def tail(iri: str) -> str:
    """The last part of an IRI, decoded."""
    return ids.unpart(iri.rsplit("/", 1)[1])


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def district(iri: str, properties: Properties) -> District:
    """A district from its subject."""
    return District(
        id=ids.from_iri(iri),
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        code=first(properties, _CA + "code") or "",
        city=ids.from_iri(first(properties, _CA + "locatedIn") or iri),
        labels=texts(properties, SKOS + "altLabel", "zh"),
        abbreviations=texts(properties, _CA + "abbreviation"),
        note=first(properties, SKOS + "scopeNote", "zh"),
    )


def group(iri: str, properties: Properties) -> Scheme:
    """A scheme of clusters or regions from its subject."""
    return Scheme(
        id=ids.from_iri(iri),
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        name_en=first(properties, SKOS + "prefLabel", "en") or "",
        source=first(properties, DCT + "source"),
    )


def place(iri: str, properties: Properties, sources: Mapping[str, str | None]) -> Place:
    """A city or region from its subject; `sources` maps a scheme to the number of its document."""
    cls = "City" if _CA + "City" in texts(properties, TYPE) else "Region"
    identifier = ids.from_iri(iri)
    scheme = None if cls == "City" else ids.unpart(identifier.split("/")[1])
    administered = first(properties, _CA + "administeredByCity")
    stands = first(properties, _CA + "standsInCity")
    return Place(
        id=identifier,
        cls=cls,
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        name_en=first(properties, SKOS + "prefLabel", "en"),
        code=first(properties, _CA + "code"),
        province=first(properties, _CA + "province"),
        labels=texts(properties, SKOS + "altLabel", "zh"),
        hidden=texts(properties, SKOS + "hiddenLabel", "zh"),
        abbreviations=texts(properties, _CA + "abbreviation"),
        latitude=_number(first(properties, _CA + "latitude")),
        longitude=_number(first(properties, _CA + "longitude")),
        scheme=scheme,
        source=sources.get(scheme) if scheme else None,
        members=tuple(ids.from_iri(city) for city in texts(properties, DCT + "hasPart")),
        administered_by=None if administered is None else ids.from_iri(administered),
        stands_in=None if stands is None else ids.from_iri(stands),
        note=first(properties, SKOS + "scopeNote", "zh"),
    )


def with_general_labels(regions: tuple[Place, ...]) -> tuple[Place, ...]:
    """Regions of a document answer to every spelling of the general region of their name."""
    general = {region.name: region.labels for region in regions if region.source is None}
    return tuple(replace(r, labels=general.get(r.name, ())) if r.source else r for r in regions)


def cluster(iri: str, properties: Properties, sources: Mapping[str, str | None]) -> Cluster:
    """A cluster from its subject; `sources` as for `place`."""
    scheme = tail(first(properties, SKOS + "inScheme") or iri)
    number = first(properties, _CA + "number")
    return Cluster(
        id=ids.from_iri(iri),
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        name_en=first(properties, SKOS + "prefLabel", "en") or "",
        scheme=scheme,
        number=None if number is None else int(number),
        category=first(properties, _CA + "category") or "",
        labels=texts(properties, SKOS + "altLabel", "zh"),
        hidden=texts(properties, SKOS + "hiddenLabel", "zh"),
        source=sources.get(scheme),
    )


def agency(iri: str, properties: Properties) -> Agency:
    """An agency or a kind of agency from its subject."""
    city = first(properties, _CA + "inCity")
    return Agency(
        id=ids.from_iri(iri),
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        full_name=first(properties, _CA + "fullName") or "",
        level=first(properties, _CA + "level") or "",
        labels=texts(properties, SKOS + "altLabel", "zh"),
        hidden=texts(properties, SKOS + "hiddenLabel", "zh"),
        city=None if city is None else ids.from_iri(city),
        kind=first(properties, _CA + "kind") == "true",
        collective=first(properties, _CA + "collective") == "true",
    )


def concept(properties: Properties) -> Concept:
    """A code of a code list from its subject."""
    rank, factor = first(properties, _CA + "rank"), first(properties, _CA + "factor")
    return Concept(
        scheme=tail(first(properties, SKOS + "inScheme") or ""),
        notation=first(properties, SKOS + "notation") or "",
        name=first(properties, SKOS + "prefLabel", "zh") or "",
        name_en=first(properties, SKOS + "prefLabel", "en") or "",
        labels=texts(properties, SKOS + "altLabel", "zh"),
        note=first(properties, SKOS + "scopeNote", "zh"),
        rank=None if rank is None else int(rank),
        factor=None if factor is None else Decimal(factor),
        base_unit=first(properties, _CA + "baseUnit"),
        quantity=first(properties, _CA + "quantity"),
        value_type=first(properties, _CA + "valueType"),
    )


def compounds(subjects: Mapping[str, Properties], places: Mapping[str, Place]) -> dict[str, tuple[Place, ...]]:
    """The names that mean several places, with these in the order of the name's characters."""
    found = {}
    for properties in subjects.values():
        if SKOS + "Collection" in texts(properties, TYPE):
            name = first(properties, SKOS + "prefLabel", "zh") or ""
            # A collection has no order; the characters of the name have: 深莞惠 is 深圳, 东莞, 惠州.
            members = [places[ids.from_iri(member)] for member in texts(properties, SKOS + "member")]
            found[name] = tuple(sorted(members, key=_position(name)))
    return found


def _position(name: str) -> Callable[[Place], int]:
    return lambda place: min((name.index(c) for c in place.name if c in name), default=len(name))
