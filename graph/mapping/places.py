"""Facts about places, supply and transfers as rows of the graph's tables."""

import re
from collections.abc import Iterator

from graph import identity
from graph.mapping.rows import READ, Context, Rows, edition_rows, evidence_rows, place_rows, properties
from graph.tables import Edge, Node
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import Fact, record
from ontology.facts_places import PlaceFact, SupplyFact, TransferFact

_CLASSES = {"platform": "Platform", "lab": "Platform", "centre": "Platform", "project": "Project"}
_BLANK = re.compile(r"\s+")


def place_fact_rows(fact: PlaceFact, context: Context) -> Rows:
    """A site, platform or project with its cities; a description shared by several cities is a place in each."""
    cities = tuple(dict.fromkeys((*((fact.city,) if fact.city else ()), *fact.cities)))
    if fact.named or len(cities) < 2:
        yield from _site_rows(fact, cities, context)
    else:
        for city in cities:
            yield from _site_rows(fact, (city,), context)


def _site_rows(fact: PlaceFact, cities: tuple[str, ...], context: Context) -> Rows:
    cls = _CLASSES.get(fact.place_kind, "Site")
    districts = context.vocabulary.district_names()
    district = districts.get(fact.name) if fact.place_kind == "district" else None
    located = [context.vocabulary.place(city).id for city in cities]
    site = district.id if district else _site_id(cls, fact.name, located)
    yield Node(
        site,
        cls,
        properties(
            name=district.name if district else fact.name,
            kind=fact.place_kind,
            named=(fact.named or None) if cls != "Project" else None,
            code=district.code if district else None,
        ),
    )
    yield from evidence_rows(site, fact.evidence)
    for city in located:
        yield Edge("locatedIn", site, city, READ)
    if fact.cluster is not None:
        yield Edge("activeIn", site, context.vocabulary.cluster(fact.cluster).id, READ)
    if cls != "Site":
        for name in fact.companies:
            company = identity.company_id(name)
            yield Node(company, "Company", {"name": name})
            yield from evidence_rows(company, fact.evidence)
            yield Edge("undertakenBy", site, company, READ)


def _site_id(cls: str, name: str, cities: list[str]) -> str:
    """`site/<code>/<name>`, with the code of the first city, or `text` where the document names none."""
    code = cities[0].rpartition("/")[2] if cities else "text"
    return ids.join(cls.lower(), code, _BLANK.sub("", name))


def supply_rows(fact: SupplyFact, context: Context) -> Rows:
    """A SupplyLink for each pair; the places of a region_supplies may be several on either side."""
    statement = str(record(fact)["id"])
    pairs = list(_pairs(fact, context))
    for number, (upstream, downstream, rows) in enumerate(pairs, start=1):
        if upstream == downstream:
            continue
        link = statement if len(pairs) == 1 else f"{statement}/{number}"
        yield Node(link, "SupplyLink", {"relation": fact.relation, "strength": fact.strength})
        yield from evidence_rows(link, fact.evidence)
        yield from rows
        yield Edge("upstream", link, upstream, READ)
        yield Edge("downstream", link, downstream, READ)
        yield from _about(link, fact, context)


def _about(link: str, fact: SupplyFact, context: Context) -> Rows:
    if fact.cluster is not None:
        cluster = context.vocabulary.cluster(fact.cluster).id
        yield Edge("aboutCluster", link, cluster, READ)
        if fact.subsector is not None:
            subsector, rows = _subsector(fact.subsector, cluster, fact)
            yield from rows
            yield Edge("aboutSubsector", link, subsector, READ)
    yield from edition_rows(link, fact, context)


def _pairs(fact: SupplyFact, context: Context) -> Iterator[tuple[str, str, list[Node | Edge]]]:
    if fact.relation == "region_supplies":
        for one in fact.from_.split("、"):
            for other in fact.to.split("、"):
                upstream, above = place_rows(one, fact, context)
                downstream, below = place_rows(other, fact, context)
                yield upstream, downstream, [*above, *below]
        return
    scope = fact.to if fact.relation == "stage_of" else None
    upstream, above = _thing(fact.from_, fact, context, scope)
    downstream, below = _thing(fact.to, fact, context, None)
    yield upstream, downstream, [*above, *below]


def _thing(name: str, fact: SupplyFact, context: Context, chain: str | None) -> tuple[str, Rows]:
    """The node of a name: the cluster, a subsector, else a product; a stage belongs to its chain."""
    if chain is None and fact.cluster is not None:
        cluster = context.vocabulary.cluster(fact.cluster).id
        if name == fact.subsector:
            return _subsector(name, cluster, fact)
        try:
            return context.vocabulary.cluster(name).id, iter(())
        except NotFound:
            pass
    product = ids.join("product", _BLANK.sub("", chain), _BLANK.sub("", name)) if chain else identity.product_id(name)
    return product, iter((Node(product, "Product", {"name": name}), *evidence_rows(product, fact.evidence)))


def _subsector(name: str, cluster: str, fact: Fact) -> tuple[str, Rows]:
    subsector = identity.subsector_id(cluster, name)
    node = Node(subsector, "Subsector", {"name": name})
    part = Edge("partOf", subsector, cluster, READ)
    return subsector, iter((node, *evidence_rows(subsector, fact.evidence), part))


def transfer_rows(fact: TransferFact, context: Context) -> Rows:
    """A Transfer with its two places and the site that carries it."""
    statement = str(record(fact)["id"])
    yield Node(statement, "Transfer", {"mechanism": fact.mechanism})
    yield from evidence_rows(statement, fact.evidence)
    for relation, name in (("transferFrom", fact.from_), ("transferTo", fact.to)):
        if name is not None:
            place, rows = place_rows(name, fact, context)
            yield from rows
            yield Edge(relation, statement, place, READ)
    if fact.cluster is not None:
        yield Edge("aboutCluster", statement, context.vocabulary.cluster(fact.cluster).id, READ)
    if fact.platform is not None:
        site, rows = _carrier(fact, context)
        yield from rows
        yield Edge("aboutSite", statement, site, READ)
    yield from edition_rows(statement, fact, context)


def _carrier(fact: TransferFact, context: Context) -> tuple[str, Rows]:
    """The region or site that a transfer names (some zones are regions of the vocabulary)."""
    name = fact.platform or ""
    try:
        return context.vocabulary.region(name).id, iter(())
    except NotFound:
        pass
    # A park of two cities is kept under the one that gives its name: the same node as the place fact's.
    city = next((c for c in context.vocabulary.cities if name.startswith(c.name)), None)
    home = city or (context.vocabulary.place(fact.to) if fact.to and "“" not in name else None)
    located = [home.id] if home is not None and home.id.startswith("city/") else []
    site = _site_id("Site", name, located)
    rows: list[Node | Edge] = [Node(site, "Site", {"name": name}), *evidence_rows(site, fact.evidence)]
    rows += [Edge("locatedIn", site, place, READ) for place in located]
    return site, iter(rows)
