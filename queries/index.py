"""A graph in memory, indexed for the analyses: nodes by id and class, edges out and in, the evidence of a node."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.tables import Edge, Node, Tables
from ontology.errors import NotFound
from ontology.vocabulary import near
from queries.phrase import Phrase

SAID_BY = ("evidencedBy", "furtherEvidence")
"""The relations that lead from a node to its evidence, the nearest first."""


@dataclass(frozen=True, slots=True)
class Basis:
    """A sentence that a row rests on: the id of its Evidence, the citation, the quote as printed, where it stands."""

    id: str
    cite: str
    quote: str
    file: str
    line: int

    def record(self) -> dict[str, object]:
        """As an object of the JSON form."""
        return {"id": self.id, "cite": self.cite, "quote": self.quote, "file": self.file, "line": self.line}


_Ends = dict[str, dict[str, list[Edge]]]
"""Edges by the node at one of their ends and by their type."""


def _at(ends: _Ends, identifier: str, relation: str | None) -> Sequence[Edge]:
    found = ends.get(identifier, {})
    return [edge for one in found.values() for edge in one] if relation is None else found.get(relation, ())


@dataclass(frozen=True)
class Index:
    """The tables of a graph with what every analysis looks up. Nothing is written; build one for each build."""

    tables: Tables

    @classmethod
    def read(cls, build: Path) -> "Index":
        """The index of a finished build; raises GraphDamaged where its tables cannot be read."""
        return cls(Tables.read(build))

    @cached_property
    def _by_class(self) -> Mapping[str, Sequence[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self.tables.nodes:
            found[node.cls].append(node)
        return found

    @cached_property
    def _out(self) -> "_Ends":
        found: _Ends = {}
        for edge in self.tables.edges:
            found.setdefault(edge.source, {}).setdefault(edge.type, []).append(edge)
        return found

    @cached_property
    def _into(self) -> "_Ends":
        found: _Ends = {}
        for edge in self.tables.edges:
            found.setdefault(edge.target, {}).setdefault(edge.type, []).append(edge)
        return found

    def node(self, identifier: str) -> Node:
        """The node of that id.

        Raises:
            NotFound: the graph has none.
        """
        try:
            return self.tables.by_id[identifier]
        except KeyError:
            raise NotFound(
                "标识", identifier, near(identifier, {known: known for known in self.tables.by_id})
            ) from None

    def has(self, identifier: str) -> bool:
        return identifier in self.tables.by_id

    def of(self, cls: str) -> Sequence[Node]:
        """The nodes of exactly this class, by id."""
        return self._by_class.get(cls, ())

    def edges(self, identifier: str, relation: str | None = None) -> Sequence[Edge]:
        """The edges that leave a node, of one type or of all."""
        return _at(self._out, identifier, relation)

    def edges_into(self, identifier: str, relation: str | None = None) -> Sequence[Edge]:
        """The edges that arrive at a node, of one type or of all."""
        return _at(self._into, identifier, relation)

    def out(self, identifier: str, relation: str) -> list[Node]:
        """The nodes that a relation leads to, in the order of the edges."""
        return [self.tables.by_id[edge.target] for edge in self.edges(identifier, relation)]

    def into(self, identifier: str, relation: str) -> list[Node]:
        """The nodes from which a relation leads here."""
        return [self.tables.by_id[edge.source] for edge in self.edges_into(identifier, relation)]

    def name(self, identifier: str) -> Phrase:
        """The name of a node in both languages, its id where it has none."""
        properties = self.node(identifier).properties
        return Phrase(str(properties.get("name") or identifier), str(properties.get("name_en") or ""))

    def basis(self, identifier: str) -> tuple[Basis, ...]:
        """The evidence of a node, that which states it first."""
        found = [node for relation in SAID_BY for node in self.out(identifier, relation)]
        return tuple(self._basis(node) for node in dict.fromkeys(one.id for one in found))

    def _basis(self, identifier: str) -> Basis:
        evidence = self.tables.by_id[identifier].properties
        documents = self.out(identifier, "inDocument")
        return Basis(
            identifier,
            str(evidence["cite"]),
            str(evidence["quote"]),
            str(documents[0].properties.get("file", documents[0].id)) if documents else "",
            int(str(evidence["line"])),
        )
