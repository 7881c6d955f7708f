"""What all mappings share: collecting rows, merging what describes one node, the rows of evidence and places."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph import identity
from graph.mapping.stages import Stages
from graph.tables import Edge, Node, Properties, Value
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import Evidence, Fact, PolicyFact
from ontology.vocabulary import Vocabulary

Rows = Iterator[Node | Edge]
READ: Properties = {"origin": "document"}


@dataclass(frozen=True)
class Context:
    """What a mapping function may know beside its fact.

    `edition` finds the policy that states a piece of evidence; `policies` gives each policy's id. `named` gives the id
    of a policy that the manifest names by title because its own text prints none; `numbers` gives the number that some
    citation prints with a title. For registries, `stages` gives what documents say that firms may do, and `clashes`
    why the rows of a credit code are not used.
    """

    vocabulary: Vocabulary
    policies: Mapping[PolicyFact, str]
    edition: Callable[[Evidence], str | None]
    named: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    stages: Callable[[], Stages] = Stages
    clashes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merge:
    """Two descriptions of one node that differ, and what was kept."""

    id: str
    property: str
    kept: Value
    given_up: Value
    reason: str


@dataclass
class Collector:
    """Nodes by id and edges without doubles."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], Edge] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    repeated: int = 0

    def add(self, rows: Iterable[Node | Edge]) -> None:
        for row in rows:
            if isinstance(row, Node):
                self._node(row)
            else:
                key = (row.type, row.source, row.target, str(row.properties.get("via", "")))
                self.repeated += key in self.edges
                self.edges.setdefault(key, row)

    def _node(self, node: Node) -> None:
        known = self.nodes.get(node.id)
        if known is None:
            self.nodes[node.id] = node
            return
        self.repeated += 1
        if known.properties != node.properties:
            self.nodes[node.id] = Node(node.id, known.cls, dict(self._merged(known, node)))

    def _merged(self, one: Node, other: Node) -> Iterator[tuple[str, Value]]:
        for name in sorted({*one.properties, *other.properties}):
            a, b = one.properties.get(name), other.properties.get(name)
            if a is None or b is None or a == b:
                yield name, _present(a, b)
            elif name == "review":  # of two facts about one node: what a person changed says more
                yield name, max(str(a), str(b))
            elif isinstance(a, tuple) and isinstance(b, tuple):
                yield name, tuple(sorted({*a, *b}))
            else:
                kept, given_up = sorted((a, b), key=lambda v: (-len(str(v)), str(v)))
                if one.cls != "Evidence":  # the readings of one quote differ with the pieces cited beside it
                    self.merges.append(Merge(one.id, name, kept, given_up, "保留较长的说法"))
                yield name, kept


def _present(a: Value | None, b: Value | None) -> Value:
    value = b if a is None else a
    assert value is not None
    return value


def properties(**values: Value | None) -> Properties:
    """Properties without those that are unknown."""
    return {name: value for name, value in values.items() if value is not None and value != ()}


# The class of the node that a fact is about; what else a fact brings (firms, products, agencies) is not reviewed by it.
_ABOUT = {
    "layout": ("LayoutStatement",),
    "witnesses": ("Witness",),
    "policies": ("Policy",),
    "companies": ("Mention",),
    "firms": ("Registration",),
    "places": ("Site", "Platform", "Project"),
    "supply": ("SupplyLink",),
    "transfers": ("Transfer",),
    "targets": ("Figure",),
    "tasks": ("Task",),
    "citations": ("Citation",),
    "instruments": ("Instrument", "Recognition"),
    "criteria": ("Condition",),
    "deadlines": ("Deadline",),
}


def reviewed(rows: Iterable[Node | Edge], fact: Fact) -> Rows:
    """The rows of a fact with what a person made of it (`review`) on the nodes that the fact is about."""
    conditions = 0
    for row in rows:
        if isinstance(row, Node) and fact.review is not None and row.cls in _ABOUT.get(fact.kind, ()):
            conditions += row.cls == "Condition"
            if conditions <= 1:  # the first criterion of a scheme brings the conditions of all the others
                row = Node(row.id, row.cls, {**row.properties, "review": fact.review})
        yield row


def evidence_rows(subject: str, evidence: Evidence) -> Rows:
    """The evidence of a node: the quote, and the further spans that it needs."""
    document = identity.document_id(evidence.sha256)
    for relation, spans in (("evidencedBy", (evidence.span,)), ("furtherEvidence", evidence.more)):
        for span in spans:
            name = identity.evidence_id(evidence, span.start, span.end)
            yield Node(
                name,
                "Evidence",
                properties(
                    quote=span.quote,
                    text=span.text or None,
                    start=span.start,
                    end=span.end,
                    line=span.line,
                    section=" · ".join(evidence.section) or None,
                    cite=evidence.cite,
                    grade=evidence.grade,
                ),
            )
            yield Edge(relation, subject, name, READ)
            yield Edge("inDocument", name, document, READ)


def place_rows(name: str, fact: Fact, context: Context) -> tuple[str, Rows]:
    """A place's id, and its row where no vocabulary knows it (a region that a document makes up: 其他市)."""
    try:
        return context.vocabulary.place(name).id, iter(())
    except NotFound:
        identifier = ids.join("region", "text", name)
        return identifier, iter((Node(identifier, "Region", {"name": name}), *evidence_rows(identifier, fact.evidence)))


def edition_rows(statement: str, fact: Fact, context: Context) -> Rows:
    if (policy := context.edition(fact.evidence)) is not None:
        yield Edge("edition", statement, policy, READ)
