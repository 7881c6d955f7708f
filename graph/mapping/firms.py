"""How the rows of registries become rows: a firm, and the registration that says where it sits and what it does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph import identity
from graph.identity.spelling import spelling
from graph.mapping.rows import READ, Context, Rows, evidence_rows, properties
from graph.tables import Edge, Node
from ontology.errors import AtlasError
from ontology.facts import record
from ontology.facts_firms import FirmFact


def clashes(firms: Iterable[FirmFact]) -> Mapping[str, str]:
    """Credit codes whose rows cannot all be true -> why: a firm has one name and one seat.

    Args:
        firms: of all registries.
    """
    by_code: dict[str, list[FirmFact]] = defaultdict(list)
    for fact in firms:
        by_code[fact.credit_code].append(fact)
    return {code: why for code, rows in by_code.items() if len(rows) > 1 and (why := _clash(rows))}


def _clash(rows: list[FirmFact]) -> str:
    for what, said in (("名称", [one.name for one in rows]), ("城市", [one.city for one in rows])):
        first: dict[str, FirmFact] = {}
        for value, row in zip(said, rows, strict=True):
            if value is not None:
                first.setdefault(identity.plain(value), row)
        if len(first) > 1:
            where = "；".join(
                f"{row.evidence.file} 第 {row.evidence.span.line} 行为“{row.name if what == '名称' else row.city}”"
                for row in first.values()
            )
            return f"统一社会信用代码 {rows[0].credit_code} 的{what}不一：{where}；各行均未采用"
    return ""


def firm_rows(fact: FirmFact, context: Context) -> Rows:
    """The rows of a firm of a registry.

    Raises:
        AtlasError: another row contradicts it, or it names a stage that no document speaks of.
    """
    if (why := context.clashes.get(fact.credit_code)) is not None:
        raise AtlasError(why, remedy="请改正其中一行；更新过的登记库请用原来的文件名载入，会替换旧的")
    clusters = [context.vocabulary.cluster(name).id for name in fact.clusters]
    stages = dict.fromkeys(one for name in fact.stages for one in _stages(name, clusters, context))
    company, registration = identity.company_id(fact.credit_code), str(record(fact)["id"])
    known = properties(
        name=fact.name,
        credit_code=fact.credit_code,
        titles=tuple(sorted(fact.titles)),
        founded=fact.founded,
        revenue=fact.revenue,
        employees=fact.employees,
        industry_code=fact.industry_code,
        address=fact.address,
    )
    yield Node(company, "Company", known)
    yield from evidence_rows(company, fact.evidence)
    yield Node(registration, "Registration", {})
    yield from evidence_rows(registration, fact.evidence)
    yield Edge("aboutCompany", registration, company, READ)
    if fact.city is not None:
        yield Edge("aboutPlace", registration, context.vocabulary.place(fact.city).id, READ)
    for cluster in clusters:
        yield Edge("aboutCluster", registration, cluster, READ)
    for stage in stages:
        about = "aboutSubsector" if stage.startswith("subsector/") else "aboutProduct"
        yield Edge(about, registration, stage, READ)


def _stages(name: str, clusters: Sequence[str], context: Context) -> Iterator[str]:
    """The stages that a cell means: one whose name has 、 in it, else each that 、 separates."""
    stages = context.stages()
    whole = spelling(name) in stages.ids
    for one in (name,) if whole else filter(None, map(str.strip, name.split("、"))):
        yield stages.find(one, clusters)
