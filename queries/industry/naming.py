"""What the documents name: cities and regions for a cluster, a subsector or a product, with the strongest role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.tables import Node
from ontology.vocabulary import vocabulary
from queries.index import SAID_BY, Basis, Index
from queries.phrase import Phrase, coded

ABOUT: Mapping[str, str] = {"Cluster": "aboutCluster", "Subsector": "aboutSubsector", "Product": "aboutProduct"}
"""The relation by which a layout statement is about a thing of that class."""
STAGE = "stage_of"


@dataclass(frozen=True, slots=True)
class Naming:
    """A city or region that the documents name for a thing.

    Attributes:
        place: its id.
        role: the strongest role that a document gives it, a notation of the code list `role`.
        statements: ids of the LayoutStatements, the strongest first.
    """

    place: str
    role: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Namings:
    """All places that the documents name for a thing.

    Attributes:
        cities: by id of the city.
        regions: by id of the region; a region does not name its cities.
        open_list: whether a list of cities ends in 等, so that it is not complete.
    """

    cities: Mapping[str, Naming]
    regions: Mapping[str, Naming]
    open_list: bool

    def statements(self) -> list[str]:
        """The ids of all statements, cities before regions."""
        return [one for place in (*self.cities.values(), *self.regions.values()) for one in place.statements]


def role_rank(role: str) -> int:
    """How strong a role is, the higher the stronger; 0 for a role that the vocabulary does not know."""
    concept = vocabulary().codes("role").get(role)
    return 0 if concept is None or concept.rank is None else concept.rank


def role_name(role: str) -> Phrase:
    """A role in words."""
    return coded("role", role)


def namings(index: Index, things: Iterable[str]) -> Namings:
    """The places that layout statements name for any of the things.

    Args:
        index: the graph.
        things: ids of clusters, subsectors or products that stand for one thing.
    """
    found: dict[str, list[Node]] = {}
    open_list = False
    for thing in things:
        for statement in index.into(thing, ABOUT.get(index.node(thing).cls, "about")):
            if statement.cls != "LayoutStatement":
                continue
            open_list |= statement.properties.get("open_list") is True
            for place in index.edges(statement.id, "aboutPlace"):
                found.setdefault(place.target, []).append(statement)
    named = {place: _naming(place, statements) for place, statements in sorted(found.items())}
    cities = {place: one for place, one in named.items() if index.node(place).cls == "City"}
    return Namings(cities, {place: one for place, one in named.items() if place not in cities}, open_list)


def _naming(place: str, statements: Sequence[Node]) -> Naming:
    def key(statement: Node) -> tuple[int, str]:
        return -role_rank(str(statement.properties["role"])), statement.id

    ordered = sorted({one.id: one for one in statements}.values(), key=key)
    return Naming(place, str(ordered[0].properties["role"]), tuple(one.id for one in ordered))


def names(index: Index, identifier: str) -> tuple[str, ...]:
    """The Chinese names of a node as documents may print them."""
    properties = index.node(identifier).properties
    others = properties.get("aliases", ())
    own = str(properties.get("name", ""))
    return tuple(name for name in (own, *(others if isinstance(others, tuple) else ())) if name)


def basis(index: Index, statements: Iterable[str], things: Iterable[str], limit: int = 2) -> tuple[Basis, ...]:
    """The evidence of statements that names one of the things: first what names the most that is not yet named.

    What the quote itself names counts before what only the section that it stands in names.

    Args:
        index: the graph.
        statements: ids of statements, in order of importance.
        things: ids of what the row is about.
        limit: how many at most; the rest stays with the statements.
    """
    wanted = [group for thing in things if (group := names(index, thing))]
    found = {one.id: one for statement in dict.fromkeys(statements) for one in index.basis(statement)}
    named = {key: _named_in(said_text(index.node(key)), wanted) for key in found}
    quotes = {key: _named_in(quoted(index.node(key)), wanted) for key in found}
    left, chosen = [one for one in found if named[one]], list[str]()
    missing = set(range(len(wanted)))
    while left and len(chosen) < limit:
        best = max(left, key=lambda one: (len(quotes[one] & missing), len(quotes[one]), len(named[one])))
        left.remove(best)
        chosen.append(best)
        missing -= quotes[best]
    return tuple(found[one] for one in chosen)


def names_one(index: Index, things: Iterable[str], evidence: str) -> bool:
    """Whether the quote of an evidence names one of the things, by its id."""
    return bool(_named_in(quoted(index.node(evidence)), [names(index, thing) for thing in things]))


def _named_in(text: str, wanted: Sequence[Sequence[str]]) -> set[int]:
    """Which of the things a text names."""
    return {at for at, group in enumerate(wanted) if any(name in text for name in group)}


def said_text(evidence: Node) -> str:
    """The quote as printed and as corrected, and the section it stands in."""
    return "\n".join(str(evidence.properties.get(key, "")) for key in ("quote", "text", "section"))


def chains_of(index: Index, things: Iterable[str]) -> tuple[Node, ...]:
    """The links that make the things stages of a chain, where they are nothing else: 设计 alone names no chain."""
    links = [link for thing in things for link in index.into(thing, "upstream") if link.cls == "SupplyLink"]
    return tuple(links) if all(link.properties.get("relation") == STAGE for link in links) else ()


def says(index: Index, things: Sequence[str], evidence: Node, said: str) -> bool:
    """Whether a sentence names one of the things; of the stage of a chain, whether it is about that chain too.

    Args:
        index: the graph.
        things: ids of what stands for one thing.
        evidence: the sentence.
        said: its text, as far as it is to be looked at.
    """
    if not any(name in said for thing in things for name in names(index, thing)):
        return False
    links = chains_of(index, things)
    ends = {end.id for link in links for end in index.out(link.id, "downstream")}
    return (
        not links
        or any(edge.target == evidence.id for link in links for edge in index.edges(link.id, SAID_BY[0]))
        or any(name in said_text(evidence) for end in ends for name in names(index, end))
    )


def evidence(index: Index, identifiers: Iterable[str]) -> tuple[Basis, ...]:
    """Evidence by its ids."""
    return tuple(one for identifier in identifiers for one in _of_evidence(index, identifier))


def _of_evidence(index: Index, identifier: str) -> tuple[Basis, ...]:
    """The evidence as its first statement has it."""
    said = [edge for relation in SAID_BY for edge in index.edges_into(identifier, relation)]
    return tuple(one for one in index.basis(said[0].source) if one.id == identifier) if said else ()


def quoted(evidence: Node) -> str:
    """The quote as printed and as corrected, without what it wraps over lines."""
    return "\n".join("".join(str(evidence.properties.get(key, "")).split()) for key in ("quote", "text"))
