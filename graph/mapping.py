"""The only place where a fact becomes rows of the graph's tables.

One function for each kind of fact yields nodes and edges; `Collector` merges nodes that several facts describe, and
remembers each merge for the receipt.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph import identity
from graph.tables import Edge, Node, Properties, Value
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import CompanyFact, Evidence, Fact, LayoutFact, PolicyFact, WitnessFact, record
from ontology.vocabulary import Vocabulary

Rows = Iterator[Node | Edge]
READ: Properties = {"origin": "document"}


@dataclass(frozen=True)
class Context:
    """What a mapping function may know beside its fact.

    `edition` finds the policy that states a piece of evidence; `policies` gives each policy's id.
    """

    vocabulary: Vocabulary
    policies: Mapping[PolicyFact, str]
    edition: Callable[[Evidence], str | None]


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


def layout_rows(fact: LayoutFact, context: Context) -> Rows:
    statement = str(record(fact)["id"])
    yield Node(statement, "LayoutStatement", {"role": fact.role, "open_list": fact.open_list})
    yield from evidence_rows(statement, fact.evidence)
    place, rows = place_rows(fact.city or fact.region or "", fact, context)
    yield from rows
    yield Edge("aboutPlace", statement, place, READ)
    cluster = context.vocabulary.cluster(fact.cluster).id
    yield Edge("aboutCluster", statement, cluster, READ)
    if fact.subsector is not None:
        subsector = identity.subsector_id(cluster, fact.subsector)
        yield Node(subsector, "Subsector", {"name": fact.subsector})
        yield from evidence_rows(subsector, fact.evidence)
        yield Edge("partOf", subsector, cluster, READ)
        yield Edge("aboutSubsector", statement, subsector, READ)
    for product in fact.products:
        name = identity.product_id(product)
        yield Node(name, "Product", {"name": product})
        yield from evidence_rows(name, fact.evidence)
        yield Edge("aboutProduct", statement, name, READ)
    yield from _edition(statement, fact, context)


def _edition(statement: str, fact: Fact, context: Context) -> Rows:
    if (policy := context.edition(fact.evidence)) is not None:
        yield Edge("edition", statement, policy, READ)


def witness_rows(fact: WitnessFact, context: Context) -> Rows:
    witness = str(record(fact)["id"])
    yield Node(
        witness,
        "Witness",
        properties(
            source=fact.source,
            table=fact.table,
            row=fact.row,
            column=fact.column,
            printed=fact.printed,
            value=fact.value,
        ),
    )
    yield from evidence_rows(witness, fact.evidence)
    if fact.city is not None:
        yield Edge("aboutPlace", witness, context.vocabulary.city(fact.city).id, READ)
    if fact.cluster is not None:
        yield Edge("aboutCluster", witness, context.vocabulary.cluster(fact.cluster).id, READ)
    yield from _edition(witness, fact, context)


def policy_rows(fact: PolicyFact, context: Context) -> Rows:
    policy = context.policies[fact]
    yield Node(
        policy,
        "Policy",
        properties(
            name=fact.title,
            title_as_printed=fact.title_as_printed,
            doc_number=fact.doc_number,
            issued=fact.issued,
            effective=fact.effective,
            expires=fact.expires,
            kind=fact.policy_kind,
            level=fact.level,
            draft=fact.draft,
            grade=fact.evidence.grade,
        ),
    )
    yield from evidence_rows(policy, fact.evidence)
    for issuer in fact.issuers:
        try:
            agency = context.vocabulary.agency(issuer).id
        except NotFound:
            agency = ids.join("agency", issuer)
            yield Node(agency, "Agency", {"name": issuer})
            yield from evidence_rows(agency, fact.evidence)
        yield Edge("issuedBy", policy, agency, READ)


def company_rows(fact: CompanyFact, context: Context) -> Rows:
    mention, company = str(record(fact)["id"]), identity.company_id(fact.name)
    yield Node(company, "Company", {"name": fact.name})
    yield from evidence_rows(company, fact.evidence)
    yield Node(mention, "Mention", {"relation": fact.relation, "as_written": fact.as_written})
    yield from evidence_rows(mention, fact.evidence)
    yield Edge("aboutCompany", mention, company, READ)
    if fact.city is not None:
        place, rows = place_rows(fact.city, fact, context)
        yield from rows
        yield Edge("aboutPlace", mention, place, READ)
    if fact.cluster is not None:
        yield Edge("aboutCluster", mention, context.vocabulary.cluster(fact.cluster).id, READ)
    yield from _edition(mention, fact, context)


MAPPINGS: dict[type[Fact], Callable[..., Rows]] = {
    LayoutFact: layout_rows,
    WitnessFact: witness_rows,
    PolicyFact: policy_rows,
    CompanyFact: company_rows,
}


def fact_rows(fact: Fact, context: Context) -> list[Node | Edge]:
    """The rows of a fact.

    Raises:
        NotFound: the fact names a city, cluster or place that no vocabulary knows; nothing of it is kept.
    """
    return list(MAPPINGS[type(fact)](fact, context))
