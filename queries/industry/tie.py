"""What ties two cities in a cluster: the record of a line, the rules, and what each of the two is named for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.index import Basis, Index
from queries.industry import naming, things
from queries.industry.gaps import Ground
from queries.industry.layout import stars
from queries.industry.naming import Naming, role_name
from queries.phrase import Phrase, joined, listed, phrase

STATED, POSITION, INFERRED = "stated", "position", "inferred"
RULES: Mapping[str, Phrase] = {
    "supply": Phrase(
        "文件写明的供给关系：一市被点名上游，另一市被点名下游而未被点名上游",
        "a supply link that documents state: one city is named for its upstream end, the other for the downstream end"
        " and not for the upstream one",
    ),
    "roles": Phrase(
        "两市都被点名同一细分领域而角色不同：角色强者牵引，弱者配套",
        "both are named for a subsector in different roles: the stronger leads, the weaker supports",
    ),
    "region": Phrase(
        "一市被点名该细分领域，另一市未被点名而其所在区域被点名：可承接",
        "one city is named for a subsector, of the other only its region: it could take part over",
    ),
}
NOT_NAMED = Phrase("未点名", "not named")
LISTED = 5
"""How many products a cell names; the others are counted."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """One line between two cities.

    Attributes:
        part: STATED between them or their regions, POSITION of each as documents have it, or INFERRED by a rule.
        cluster: its id; None where the sentence names none.
        thing: id of the subsector, product, cluster, transfer or supply link that the line is about.
        sides: what documents say of either city, in the order of the question.
        stated: what documents say between the two; "" in lines that are inferred.
        inferred: what the rule concludes; "" in lines that documents state.
        rule: a key of RULES, "" where nothing is inferred.
        evidence: of the first city, of the second, of what is between them.
    """

    part: str
    cluster: str | None
    thing: str
    sides: tuple[Phrase, Phrase]
    stated: Phrase
    inferred: Phrase
    rule: str
    evidence: tuple[tuple[Basis, ...], tuple[Basis, ...], tuple[Basis, ...]]


def positions(ground: Ground, cities: Pair, cluster: str) -> Iterator[Tie]:
    """The star of each, then a line for every subsector for which one of them is named."""
    index = ground.index
    cells = [ground.cell(city, cluster) for city in cities]
    named = ground.named((cluster,)).cities
    proofs = [
        naming.basis(index, [*([cell.id] if cell else []), *_statements(named.get(city))], (city, cluster))
        for city, cell in zip(cities, cells, strict=True)
    ]
    yield _position(cluster, cluster, [stars(cell) for cell in cells], proofs)
    for part in things.subsectors(index, cluster):
        of = [ground.named((part,)).cities.get(city) for city in cities]
        if any(of):
            words = [_words(ground, city, part, one) for city, one in zip(cities, of, strict=True)]
            proofs = [proof(index, city, part, one) for city, one in zip(cities, of, strict=True)]
            yield _position(cluster, part, words, proofs)


def _position(cluster: str, thing: str, words: Sequence[Phrase], proofs: Sequence[tuple[Basis, ...]]) -> Tie:
    empty = Phrase("")
    return Tie(POSITION, cluster, thing, (words[0], words[1]), empty, empty, "", (proofs[0], proofs[1], ()))


def _statements(named: Naming | None) -> tuple[str, ...]:
    return () if named is None else named.statements


def proof(index: Index, city: str, thing: str, named: Naming | None) -> tuple[Basis, ...]:
    return naming.basis(index, _statements(named), (city, thing))


def _words(ground: Ground, city: str, part: str, named: Naming | None) -> Phrase:
    """The role of a city and its products; 未点名 with the regions of the city that are named."""
    index = ground.index
    if named is None:
        regions = listed(dict.fromkeys(map(index.name, ground.regions_named(city, ground.named((part,))))))
        return joined((NOT_NAMED, phrase("所在区域被点名：{}", "its region is named: {}", regions) if regions else ""))
    products = dict.fromkeys(one.id for said in named.statements for one in index.out(said, "aboutProduct"))
    names = [index.name(one) for one in products]
    shown = joined((listed(names[:LISTED]), phrase("等 {} 个", "{} in all", len(names)) if names[LISTED:] else ""), " ")
    return joined((role_name(named.role), shown), "：", ": ")
