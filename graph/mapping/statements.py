"""How policies, layout statements, witnesses and companies become rows."""

from graph import identity
from graph.mapping.jurisdiction import jurisdiction
from graph.mapping.rows import READ, Context, Rows, edition_rows, evidence_rows, place_rows, properties
from graph.tables import Edge, Node
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import CompanyFact, LayoutFact, PolicyFact, WitnessFact, record


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
    yield from edition_rows(statement, fact, context)


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
    yield from edition_rows(witness, fact, context)


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
            jurisdiction=jurisdiction(fact.title, fact.doc_number),
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
    yield from edition_rows(mention, fact, context)
