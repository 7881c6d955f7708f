"""The graph's tables with what pages look up often: edges by end, statements about a thing, proofs of a node."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.tables import Edge, Node, Tables
from ontology.errors import NotFound
from ontology.model import model
from queries.index import SAID_BY as PROOF
from queries.index import Index as Ground
from queries.phrase import Phrase

BEHIND = frozenset({"Evidence", "Scheme"})
"""Classes that are not found by their name."""


SEARCH = Phrase("可用页首的搜索框查找", "The search field at the top finds things by many names.")


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence and the document that it stands in; `further` where it only completes another."""

    node: Node
    document: Node | None
    further: bool = False

    @property
    def id(self) -> str:
        return self.node.id

    def text(self, name: str) -> str:
        return str(self.node.properties.get(name, ""))

    def number(self, name: str) -> int:
        value = self.node.properties.get(name, 0)
        return value if isinstance(value, int) else 0

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: the document and the line."""
        return self.document.id if self.document else "", self.number("line")

    @property
    def quote(self) -> str:
        return self.text("quote")

    @property
    def reading(self) -> str:
        """The quote as it reads after repair."""
        return self.text("text") or self.quote


@cache
def is_statement(cls: str) -> bool:
    """Whether nodes of a class say something about others, and have no name of their own."""
    return "Statement" in model().labels(cls)


@cache
def shortcuts() -> frozenset[str]:
    """Relations that abbreviate statements."""
    return frozenset(shortcut.relation for shortcut in model().shortcuts)


class Index:
    """A graph as pages look at it; `ground` is what the analyses take.

    Args:
        tables: the graph; it does not change.
    """

    def __init__(self, tables: Tables) -> None:
        self.ground = Ground(tables)
        self.nodes: Mapping[str, Node] = tables.by_id
        self._called: dict[str, Mapping[str, str]] = {}

    def get(self, identifier: str, what: str = "事物") -> Node:
        """The node of that id.

        Raises:
            NotFound: there is none.
        """
        if (node := self.nodes.get(identifier)) is None:
            raise NotFound(what, identifier, remedy=SEARCH)
        return node

    def of_class(self, cls: str) -> Sequence[Node]:
        return self.ground.of(cls)

    def out(self, identifier: str) -> Sequence[Edge]:
        """Edges that begin at a node."""
        return self.ground.edges(identifier)

    def into(self, identifier: str) -> Sequence[Edge]:
        """Edges that end at a node."""
        return self.ground.edges_into(identifier)

    def targets(self, identifier: str, *types: str) -> list[Node]:
        return [self.nodes[edge.target] for edge in self.out(identifier) if edge.type in types]

    def sources(self, identifier: str, *types: str) -> list[Node]:
        return [self.nodes[edge.source] for edge in self.into(identifier) if edge.type in types]

    def statements(self, identifier: str, cls: str | None = None) -> list[Node]:
        """Statements in which a node takes part, by class and id; those that a policy only contains are not its own."""
        found = {
            edge.source: self.nodes[edge.source]
            for edge in self.into(identifier)
            if edge.type != "edition" and is_statement(self.nodes[edge.source].cls)
        }
        return sorted((n for n in found.values() if cls in (None, n.cls)), key=lambda node: (node.cls, node.id))

    def participants(self, statement: str) -> Iterator[tuple[str, Node]]:
        """The nodes that a statement is about, with the relation that leads there."""
        for edge in self.out(statement):
            if edge.type not in PROOF and edge.type != "edition" and not is_statement(self.nodes[edge.target].cls):
                yield edge.type, self.nodes[edge.target]

    def proofs(self, identifier: str) -> list[Proof]:
        """The evidence of a node: what states it, then what completes it, each in the order of the text."""
        return sorted(
            (self.proof(edge.target, edge.type == PROOF[1]) for edge in self.out(identifier) if edge.type in PROOF),
            key=lambda proof: (proof.further, proof.document.id if proof.document else "", proof.number("start")),
        )

    def proof(self, identifier: str, further: bool = False) -> Proof:
        """A piece of evidence.

        Raises:
            NotFound: there is none of that id.
        """
        node = self.get(identifier, "证据")
        return Proof(node, next(iter(self.targets(identifier, "inDocument")), None), further)

    def resting(self, evidence: str) -> list[Node]:
        """Everything that rests on a piece of evidence, statements first."""
        found = {node.id: node for node in self.sources(evidence, *PROOF)}
        return sorted(found.values(), key=lambda node: (not is_statement(node.cls), node.cls, node.id))

    def neighbours(self, identifier: str) -> Iterator[tuple[str, bool, Edge, Node]]:
        """Relations to other things: relation, whether it leads away, edge, the thing at its other end.

        Statements and what stands behind the things are left out.
        """
        for outward, edges in ((True, self.out(identifier)), (False, self.into(identifier))):
            for edge in edges:
                other = self.nodes[edge.target if outward else edge.source]
                if edge.type not in PROOF and other.cls not in BEHIND and not is_statement(other.cls):
                    yield edge.type, outward, edge, other

    def called(self, cls: str) -> Mapping[str, str]:
        """The ids of the things of a class by their Chinese names, those left out that several have."""
        if cls not in self._called:
            names = [(str(node.properties.get("name")), node.id) for node in self.of_class(cls)]
            counts = Counter(name for name, _ in names)
            self._called[cls] = {name: identifier for name, identifier in names if counts[name] == 1}
        return self._called[cls]

    def named(self, cls: str) -> Iterable[Node]:
        """Nodes of a class in the order in which people list them: by number or code, then by name."""

        def key(node: Node) -> tuple[float, str, str]:
            number = node.properties.get("number")
            place = str(node.properties.get("code", ""))
            return (float(number) if isinstance(number, int) else 1e9, place, str(node.properties.get("name", "")))

        return sorted(self.of_class(cls), key=key)
