"""The vocabularies as Python sees them: places, clusters, agencies and code lists, with all their names.

`vocabulary()` reads the Turtle files once for each process. Nothing about the world is written in code: another
province is another set of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from ontology import ids, things_read
from ontology.divisions import divisions, elsewhere, labels
from ontology.errors import Ambiguous, NotFound
from ontology.things import Agency, Cluster, Concept, District, Place, Scheme, near, plain
from ontology.turtle import DCT, SKOS, TYPE, first, load, texts

__all__ = [
    "Agency",
    "Cluster",
    "Concept",
    "District",
    "Place",
    "Scheme",
    "Vocabulary",
    "near",
    "plain",
    "read",
    "vocabulary",
]

DIRECTORY: Final = Path(__file__).parent / "vocabularies"
_CA: Final = ids.ONTOLOGY
Named = TypeVar("Named", bound="Place | Cluster | Agency")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All vocabularies.

    Args:
        cities: the 21 cities, by code.
        regions: every region: general names (`region/gd/…`, no members), places outside the province
            (`region/cn/…`), and regions with the members that a document states.
        clusters: the clusters of all schemes; those of one scheme with `clusters_of`.
        agencies: agencies and kinds of agencies.
        groups: the schemes that clusters and regions stand in.
        districts: the districts, county-level cities and counties of the cities, by code.
        compounds: names that mean several places: 广深 → (广州, 深圳).
        schemes: code list -> notation -> code.
        scheme_names: code list -> Chinese name.
        elsewhere: provinces and prefecture-level cities that no other part lists, for documents of other provinces.
        provinces: every province, with its one-character name.
    """

    cities: tuple[Place, ...]
    regions: tuple[Place, ...]
    clusters: tuple[Cluster, ...]
    agencies: tuple[Agency, ...]
    compounds: Mapping[str, tuple[Place, ...]]
    schemes: Mapping[str, Mapping[str, Concept]]
    scheme_names: Mapping[str, str]
    groups: tuple[Scheme, ...] = ()
    districts: tuple[District, ...] = ()
    elsewhere: tuple[Place, ...] = ()
    provinces: tuple[Place, ...] = ()
    _cities: Mapping[str, Place] = field(repr=False, default_factory=dict)
    _clusters: Mapping[str, Cluster] = field(repr=False, default_factory=dict)
    _agencies: Mapping[str, Agency] = field(repr=False, default_factory=dict)
    _elsewhere: Mapping[str, Place] = field(repr=False, default_factory=dict)

    def clusters_of(self, scheme: str = "gd20") -> tuple[Cluster, ...]:
        """The clusters of a scheme in its order."""
        return tuple(cluster for cluster in self.clusters if cluster.scheme == scheme)

    def codes(self, scheme: str) -> Mapping[str, Concept]:
        """A code list: notation -> code, in the order of the file.

        Raises:
            NotFound: there is no such list.
        """
        if scheme not in self.schemes:
            raise NotFound("代码表", scheme, near(scheme, {name: name for name in self.schemes}))
        return self.schemes[scheme]

    def city(self, name: str) -> Place:
        """A city by name (东莞, 东莞市), code (441900), id, English name or abbreviation (莞).

        Raises:
            Ambiguous: the name means several cities (广深).
            NotFound: no city has that name; `near` holds near names.
        """
        if (found := self._cities.get(plain(name)) or self._elsewhere.get(plain(name))) and found.cls == "City":
            return found
        if several := self.compounds.get(name.strip()):
            raise Ambiguous("城市", name, tuple(place.name for place in several))
        raise NotFound("城市", name, near(name, _proposals(self.cities)))

    def region(self, name: str, document: str | None = None) -> Place:
        """A region by name, or by id.

        Args:
            name: 珠三角, 珠三角地区, 香港, or an id.
            document: number of the document that prints the name (粤府〔2021〕53号); where that document states
                members, the region with these members is returned, otherwise the general one, which has none.

        Raises:
            NotFound: no region has that name.
        """
        wanted = plain(name)
        matching = [r for r in self.regions if wanted in {plain(n) for n in _names(r)} or r.id == name]
        for region in matching:
            if document is not None and region.source == document:
                return region
        for region in matching:
            if region.source is None or region.id == name:
                return region
        if (found := self._elsewhere.get(wanted)) and found.cls == "Region":
            return found
        raise NotFound("区域", name, near(name, _proposals(self.regions)))

    def place(self, name: str, document: str | None = None) -> Place:
        """A city or, failing that, a region.

        Raises:
            NotFound: neither has that name.
        """
        if found := self._cities.get(plain(name)):
            return found
        try:
            return self.region(name, document)
        except NotFound as error:
            if elsewhere := self._elsewhere.get(plain(name)):
                return elsewhere
            raise NotFound("地方", name, near(name, _proposals((*self.cities, *self.regions)))) from error

    def cluster(self, name: str) -> Cluster:
        """A cluster by name or spelling (半导体及集成电路, 汽车产业集群), English name, slug, number or id.

        Raises:
            NotFound: no cluster has that name.
        """
        wanted = plain(name)
        for ending in ("", "产业集群", "集群", "产业"):
            if wanted.endswith(ending) and (found := self._clusters.get(wanted.removesuffix(ending))):
                return found
        raise NotFound("集群", name, near(name, _proposals(self.clusters)))

    def agency(self, name: str) -> Agency:
        """An agency by short, full or other name, or id.

        Raises:
            NotFound: no agency has that name.
        """
        if found := self._agencies.get(plain(name)):
            return found
        raise NotFound("部门", name, near(name, _proposals(self.agencies)))

    def place_names(self, province: str | None = None) -> dict[str, tuple[Place, ...]]:
        """Every name that may be searched in running text -> the places it means.

        Cities, general regions and places outside the province, with their labels and misprints; a compound (广深)
        maps to several. Abbreviations (穗) are not in it: see `abbreviations`. Cities of other provinces are in it with
        their full names (成都市).

        Args:
            province: of the document, where it is another one; its cities are then in it with bare names too (成都).
        """
        far = {label: (place,) for place in reversed(self.elsewhere) for label in labels(place, province)}
        places = (*self.cities, *(r for r in self.regions if r.source is None))
        names = {label: (place,) for place in places for label in (place.name, *place.labels, *place.hidden)}
        return far | names | dict(self.compounds)

    def abbreviations(self) -> dict[str, tuple[Place, ...]]:
        """One-character names and nicknames -> the place, for readers that know the construction (在莞)."""
        return {short: (p,) for p in (*self.cities, *self.regions) for short in p.abbreviations}

    def province_signs(self) -> dict[str, Place]:
        """One-character names of provinces -> the province (粤)."""
        return {sign: place for place in self.provinces for sign in place.abbreviations}

    def every_city(self) -> tuple[Place, ...]:
        """The cities of the whole country."""
        return (*self.cities, *(place for place in self.elsewhere if place.cls == "City"))

    def district_names(self) -> dict[str, District]:
        """Every name of a district that may be searched in running text -> the district."""
        return {name: district for district in self.districts for name in (district.name, *district.labels)}

    def cluster_names(self) -> dict[str, Cluster]:
        """Every spelling of a cluster's name -> the cluster."""
        return _by_label(self.clusters)

    def agency_names(self) -> dict[str, Agency]:
        """Every short, full and other name of an agency -> the agency."""
        return {a.full_name: a for a in self.agencies} | _by_label(self.agencies)


def _by_label(things: Iterable[Named]) -> dict[str, Named]:
    labels: dict[str, Named] = {}
    for thing in things:
        labels.update(dict.fromkeys((thing.name, *thing.labels, *thing.hidden), thing))
    return labels


def _names(place: Place) -> tuple[str, ...]:
    return (place.name, place.name_en or place.name, *place.labels, *place.hidden, *place.abbreviations)


def _proposals(things: Iterable[Place | Cluster | Agency]) -> dict[str, str]:
    """Names to compare a mistyped one with -> what to propose; English is answered in English."""
    names: dict[str, str] = {}
    for thing in things:
        names.update(dict.fromkeys((thing.name, *thing.labels, *thing.hidden), thing.name))
        if not isinstance(thing, Agency) and thing.name_en:
            names[thing.name_en] = thing.name_en
    return names


def _index(things: Iterable[Named], more: Callable[[Named], tuple[str, ...]]) -> Mapping[str, Named]:
    """Comparable name -> thing; where two claim one name, the first keeps it, and own names go before others."""
    own: dict[str, Named] = {}
    other: dict[str, Named] = {}
    for thing in things:
        own.update({plain(name): thing for name in (thing.id, thing.name) if plain(name) not in own})
        others = (*thing.labels, *thing.hidden, *more(thing))
        other.update({plain(name): thing for name in others if name and plain(name) not in other})
    return MappingProxyType(other | own)


def read(directory: Path = DIRECTORY) -> Vocabulary:
    """The vocabularies of a directory of Turtle files.

    Args:
        directory: holds `*.ttl`; all of them together are one graph.

    Raises:
        VocabularyError: a file cannot be parsed.
    """
    subjects = load(*sorted(directory.glob("*.ttl")))
    kinds = {iri: set(texts(properties, TYPE)) for iri, properties in subjects.items()}

    def of_class(name: str) -> list[str]:
        return [iri for iri in subjects if _CA + name in kinds[iri]]

    sources: dict[str, str | None] = {
        things_read.tail(iri): first(subjects[iri], DCT + "source") for iri in of_class("Scheme")
    }
    cities = sorted(
        (things_read.place(iri, subjects[iri], sources) for iri in of_class("City")), key=lambda c: c.code or ""
    )
    regions = things_read.with_general_labels(
        tuple(things_read.place(iri, subjects[iri], sources) for iri in of_class("Region"))
    )
    clusters = tuple(things_read.cluster(iri, subjects[iri], sources) for iri in of_class("Cluster"))
    agencies = tuple(things_read.agency(iri, subjects[iri]) for iri in of_class("Agency"))
    places = {place.id: place for place in (*cities, *regions)}
    every = divisions(directory)
    far = elsewhere(every, (*cities, *regions))
    schemes: dict[str, dict[str, Concept]] = {}
    scheme_names: dict[str, str] = {}
    for iri, properties in subjects.items():
        if not iri.startswith(ids.BASE + "code/"):
            continue
        if SKOS + "ConceptScheme" in kinds[iri]:
            scheme_names[things_read.tail(iri)] = first(properties, SKOS + "prefLabel", "zh") or ""
        else:
            concept = things_read.concept(properties)
            schemes.setdefault(concept.scheme, {})[concept.notation] = concept
    return Vocabulary(
        cities=tuple(cities),
        regions=regions,
        clusters=clusters,
        agencies=agencies,
        compounds=MappingProxyType(things_read.compounds(subjects, places)),
        schemes=MappingProxyType({name: MappingProxyType(codes) for name, codes in schemes.items()}),
        scheme_names=MappingProxyType(scheme_names),
        groups=tuple(things_read.group(iri, subjects[iri]) for iri in of_class("Scheme")),
        districts=tuple(
            sorted((things_read.district(iri, subjects[iri]) for iri in of_class("Site")), key=lambda d: d.code)
        ),
        elsewhere=far,
        provinces=tuple(place for place in every if place.cls == "Region"),
        _cities=_index(cities, lambda p: (p.code or "", p.name_en or "", *p.abbreviations)),
        _clusters=_index(clusters, lambda c: (c.name_en, str(c.number or ""), c.id.rsplit("/", 1)[1])),
        _agencies=_index(agencies, lambda a: (a.full_name,)),
        _elsewhere=_index(far, lambda p: (p.code or "",)),
    )


@cache
def vocabulary() -> Vocabulary:
    """The vocabularies of the package, read once for each process."""
    return read()
