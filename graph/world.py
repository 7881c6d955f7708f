"""Rows that no document states: the vocabularies and the documents themselves."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from graph import identity
from graph.mapping import properties
from graph.mapping.jurisdiction import jurisdiction
from graph.tables import Edge, Node, Properties
from ontology import ids
from ontology.things import Place
from ontology.turtle import DCT, SKOS, TYPE, first, load, texts
from ontology.vocabulary import DIRECTORY, Vocabulary

KNOWN: Properties = {"origin": "vocabulary"}
DESCRIBED: Properties = {"origin": "manifest"}


class Described(Protocol):
    """What a manifest says about a document."""

    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def level(self) -> str | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def issuers(self) -> tuple[str, ...]: ...


def vocabulary_rows(vocabulary: Vocabulary) -> Iterator[Node | Edge]:
    """Cities, regions, clusters, agencies and their schemes."""
    for city in vocabulary.cities:
        yield _city(city)
    for region in vocabulary.regions:
        yield Node(
            region.id,
            "Region",
            properties(
                name=region.name, name_en=region.name_en, aliases=region.labels, code=region.code, note=region.note
            ),
        )
        for member in region.members:
            yield Edge("inRegion", member, region.id, KNOWN)
        if region.administered_by is not None:
            yield Edge("administeredByCity", region.id, region.administered_by, KNOWN)
        if region.stands_in is not None:
            yield Edge("standsInCity", region.id, region.stands_in, KNOWN)
    for cluster in vocabulary.clusters:
        yield Node(
            cluster.id,
            "Cluster",
            properties(
                name=cluster.name,
                name_en=cluster.name_en,
                aliases=cluster.labels,
                number=cluster.number,
                category=cluster.category,
            ),
        )
    for agency in vocabulary.agencies:
        yield Node(
            agency.id,
            "Agency",
            properties(
                name=agency.name,
                full_name=agency.full_name,
                aliases=agency.labels,
                level=agency.level,
                collective=agency.collective or None,
            ),
        )
    yield from _scheme_rows()


def _city(city: Place) -> Node:
    known = properties(
        name=city.name,
        name_en=city.name_en,
        aliases=city.labels,
        code=city.code,
        province=city.province,
        latitude=city.latitude,
        longitude=city.longitude,
    )
    return Node(city.id, "City", known)


def far_rows(vocabulary: Vocabulary, nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[Node]:
    """The provinces and cities of the rest of the country that an edge leads to or from, and the cities whose policies
    are there; the others are no nodes."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    homes = {node.properties.get("jurisdiction") for node in nodes if node.cls == "Policy"} - {None}
    for place in vocabulary.elsewhere:
        if place.cls == "City" and (place.id in ends or place.code in homes):
            yield _city(place)
        elif place.id in ends:
            yield Node(place.id, "Region", properties(name=place.name, aliases=place.labels, code=place.code))


def _scheme_rows() -> Iterator[Node | Edge]:
    """Schemes, and which cluster and region is in which."""
    subjects = load(*sorted(DIRECTORY.glob("*.ttl")))
    schemes = {iri: known for iri, known in subjects.items() if ids.term("Scheme") in texts(known, TYPE)}
    for iri, known in schemes.items():
        name, english = first(known, SKOS + "prefLabel", "zh"), first(known, SKOS + "prefLabel", "en")
        yield Node(
            ids.from_iri(iri), "Scheme", properties(name=name, name_en=english, doc_number=first(known, DCT + "source"))
        )
    for iri, known in subjects.items():
        if {ids.term("Cluster"), ids.term("Region")} & set(texts(known, TYPE)):
            for scheme in texts(known, SKOS + "inScheme"):
                yield Edge("inScheme", ids.from_iri(iri), ids.from_iri(scheme), KNOWN)


def document_rows(file: str, sha256: str, entry: Described | None) -> Iterator[Node]:
    """The node of a source document; `entry` is what the manifest says about it, if it knows the file."""
    yield Node(
        identity.document_id(sha256),
        "Document",
        properties(
            name=entry.title if entry else file,
            file=file,
            sha256=sha256,
            doc_number=entry.number if entry else None,
            issued=entry.date if entry and entry.date and len(entry.date) == 10 else None,
            level=entry.level if entry else None,
            grade=entry.grade if entry else None,
            origin=entry.origin if entry else None,
        ),
    )


def untitled_policy_rows(entry: Described, vocabulary: Vocabulary) -> tuple[str, list[Node | Edge]]:
    """The policy of a document that prints no title of its own: what the manifest says stands for it."""
    policy = identity.number_id(entry.number) if entry.number else ids.join("policy", entry.title)
    rows: list[Node | Edge] = [
        Node(
            policy,
            "Policy",
            properties(
                name=entry.title,
                doc_number=entry.number,
                issued=entry.date if entry.date and len(entry.date) == 10 else None,
                level=entry.level,
                jurisdiction=jurisdiction(entry.title, entry.number),
                grade=entry.grade,
                draft=False,
            ),
        )
    ]
    rows += [Edge("issuedBy", policy, vocabulary.agency(issuer).id, DESCRIBED) for issuer in entry.issuers]
    return policy, rows
