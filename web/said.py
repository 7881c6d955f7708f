"""Statements as pages show them: who and what they are about, in which words, on which evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from graph.tables import Node
from ontology.vocabulary import vocabulary
from web.index import Index, Proof
from web.speech import Speech

_SIDES = ("aboutPlace", "aboutCluster", "aboutSubsector", "aboutProduct", "aboutCompany")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its participants; `others` are those of further relations, `more` completes the evidence."""

    node: Node
    places: tuple[Node, ...]
    clusters: tuple[Node, ...]
    subsectors: tuple[Node, ...]
    products: tuple[Node, ...]
    companies: tuple[Node, ...]
    others: tuple[tuple[str, Node], ...]
    proof: Proof | None
    more: tuple[Proof, ...]

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def elsewhere(self) -> list[Proof]:
        """The further evidence in other lines, a piece for each line."""
        found: dict[tuple[str, int], Proof] = {}
        for one in self.more:
            if self.proof is None or one.place != self.proof.place:
                found.setdefault(one.place, one)
        return list(found.values())

    @property
    def cls(self) -> str:
        return self.node.cls

    @property
    def role(self) -> str:
        """The code of the role; "" where the statement gives none."""
        return str(self.node.properties.get("role", ""))

    @property
    def relation(self) -> str:
        return str(self.node.properties.get("relation", ""))

    @property
    def as_written(self) -> str:
        return str(self.node.properties.get("as_written", ""))

    @property
    def open_list(self) -> bool:
        return self.node.properties.get("open_list") is True

    def properties(self, say: Speech) -> list[tuple[str, str]]:
        """Headings and values of everything the statement says itself."""
        return [
            (say.property(self.cls, name), say.said(self.cls, name, value))
            for name, value in sorted(self.node.properties.items())
            if name not in ("name", "name_en")
        ]

    def record(self, say: Speech) -> dict[str, object]:
        """The statement as data."""
        proof = self.proof
        return {
            "id": self.id,
            "class": self.cls,
            **dict(self.node.properties),
            "places": _named(self.places, say),
            "clusters": _named(self.clusters, say),
            "subsectors": _named(self.subsectors, say),
            "products": _named(self.products, say),
            "companies": _named(self.companies, say),
            "evidence": proof and proof.id,
            "quote": proof and proof.quote,
            "cite": proof and proof.text("cite"),
            "line": proof and proof.number("line"),
        }


def _named(nodes: Iterable[Node], say: Speech) -> list[dict[str, str]]:
    return [{"id": node.id, "name": say.name(node)} for node in nodes]


def said(index: Index, statement: Node) -> Said:
    """A statement with its participants and evidence."""
    sides: dict[str, list[Node]] = {side: [] for side in _SIDES}
    others: list[tuple[str, Node]] = []
    for relation, node in index.participants(statement.id):
        if relation in sides:
            sides[relation].append(node)
        else:
            others.append((relation, node))
    proofs = index.proofs(statement.id)
    return Said(
        statement,
        places=tuple(sides["aboutPlace"]),
        clusters=tuple(sides["aboutCluster"]),
        subsectors=tuple(sides["aboutSubsector"]),
        products=tuple(sides["aboutProduct"]),
        companies=tuple(sides["aboutCompany"]),
        others=tuple(others),
        proof=proofs[0] if proofs else None,
        more=tuple(proofs[1:]),
    )


@cache
def _ranks() -> dict[str, int]:
    return {notation: rank for rank, notation in enumerate(vocabulary().codes("role"))}


def rank(role: str) -> int:
    """Place of a role in the order of strength, the strongest 0."""
    return _ranks().get(role, len(_ranks()))


def in_order(statements: Iterable[Said]) -> list[Said]:
    """The strongest role first, then as they stand in the text."""

    def key(one: Said) -> tuple[object, ...]:
        proof = one.proof
        document = proof.document.id if proof and proof.document else ""
        return rank(one.role), document, proof.number("start") if proof else 0, one.id

    return sorted(statements, key=key)


def title(one: Said, say: Speech) -> str:
    """A statement in a few words: its class and whom it is about."""
    names = [say.name(n) for n in (*one.companies, *one.places, *one.clusters, *one.subsectors)]
    names = names or [say.name(node) for _, node in one.others[:2]] or [say.name(one.node)]
    return say.cls(one.cls) + say("：", ": ") + say("·", " · ").join(dict.fromkeys(names))


HEADINGS = (
    ("标识", "id"),
    ("类别", "class"),
    ("地方", "place"),
    ("集群", "cluster"),
    ("细分领域", "subsector"),
    ("角色或关系", "role or relation"),
    ("产品", "products"),
    ("企业", "company"),
    ("名单以“等”结尾", "open list"),
    ("引文", "quote"),
    ("依据", "citation"),
    ("行", "line"),
)


def rows(statements: Sequence[Said], say: Speech) -> list[tuple[object, ...]]:
    """Statements as rows of a spreadsheet, under `HEADINGS`."""

    def names(nodes: tuple[Node, ...]) -> str:
        return say("、", ", ").join(say.name(node) for node in nodes)

    return [
        (
            one.id,
            say.cls(one.cls),
            names(one.places),
            names(one.clusters),
            names(one.subsectors),
            say.code("role", one.role) if one.role else one.relation,
            names(one.products),
            names(one.companies),
            one.open_list if "open_list" in one.node.properties else None,
            one.proof and one.proof.quote,
            one.proof and one.proof.text("cite"),
            one.proof and one.proof.number("line"),
        )
        for one in statements
    ]
