"""How figures, tasks and citations become rows of the graph's tables."""

import re
from collections import defaultdict
from collections.abc import Iterable

from graph import identity
from graph.mapping import indicators
from graph.mapping.rows import READ, Context, Rows, edition_rows, evidence_rows, properties
from graph.tables import Edge, Node
from loaders.layout.clusters import cluster_named
from loaders.policy import issuers
from loaders.policy.cited_names import bare, issued, named, same, state
from loaders.policy.titles import kind_of
from loaders.tasks.tables import due
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import Evidence, Fact, PolicyFact, record
from ontology.facts_work import CitationFact, TargetFact, TaskFact
from ontology.vocabulary import Place

_STATUTE = re.compile(r"^(?!中华|[\u4e00-\u9fff]{2,3}[省市]).+(?:法典|(?<![办方做])法)$")


def target_rows(fact: TargetFact, context: Context) -> Rows:
    """A figure with the place and the cluster it is of, under the policy that states it."""
    figure = str(record(fact)["id"])
    number = None if isinstance(fact.value, str) else float(fact.value)
    yield Node(
        figure,
        "Figure",
        properties(
            name=fact.subject,
            indicator=fact.indicator,
            indicator_joined=indicators.joined(fact.indicator),
            caliber=fact.caliber,
            value=number,
            value_text=fact.value if isinstance(fact.value, str) else None,
            unit=fact.unit,
            year=_year(fact.year),
            comparator=fact.comparator,
            kind=fact.figure_kind,
            firmness=fact.firmness,
            printed=fact.year if isinstance(fact.year, str) else None,
        ),
    )
    yield from evidence_rows(figure, fact.evidence)
    place = _place(fact.territory, context)
    cluster = cluster_named(fact.subject) if fact.subject is not None else None
    about = context.vocabulary.cluster(cluster).id if cluster is not None else None
    if place is not None:
        yield Edge("aboutPlace", figure, place.id, READ)
    if about is not None:
        yield Edge("aboutCluster", figure, about, READ)
    if (subject := about or (place.id if place is not None else None)) is not None:
        yield Edge("subject", figure, subject, READ)
    yield from edition_rows(figure, fact, context)
    if (policy := context.edition(fact.evidence)) is not None:
        yield Edge("provides", policy, figure, READ)


def _year(year: int | str | None) -> int | None:
    """The year by which a figure holds: the last one of a range."""
    return int(year[-4:]) if isinstance(year, str) else year


def _place(name: str | None, context: Context) -> Place | None:
    if name is None:
        return None
    try:
        return context.vocabulary.place(name)
    except NotFound:
        return None


def task_rows(fact: TaskFact, context: Context) -> Rows:
    """A task with its agencies, under its policy."""
    policy = _policy(fact.policy, None, fact.evidence, context)
    task = f"{policy or 'policy'}/{ids.join('task', str(record(fact)['id']).removeprefix('tasks/'))}"
    yield Node(
        task,
        "Task",
        properties(
            name=fact.task,
            task_number=fact.number,
            task_group=fact.group,
            deadline=due(fact.deadline) if fact.deadline is not None else None,
            deadline_printed=fact.deadline,
            measure=fact.measure,
            inherited=tuple(one.agency for one in fact.inherited),
        ),
    )
    yield from evidence_rows(task, fact.evidence)
    for relation, names in (("ledBy", fact.lead), ("sharedBy", fact.others)):
        for name in names:
            agency, rows = agency_rows(name, _fact_of(policy, context), fact.evidence, context)
            yield from rows
            yield Edge(relation, task, agency, READ)
    if policy is not None:
        yield Edge("provides", policy, task, READ)


def agency_rows(name: str, policy: PolicyFact | None, evidence: Evidence, context: Context) -> tuple[str, Rows]:
    """The id of an agency that a policy names, and its rows where no vocabulary holds it.

    市科技局 is that of the policy's city; 省科技厅 of another province is a node of its own.
    """
    titles = (policy.title, *policy.issuers) if policy is not None else ()
    home = next((found for text in titles if (found := issuers.province(text))), None)
    try:
        agency = context.vocabulary.agency(name)
    except NotFound:
        return _new_agency(issuers.full(name, home) if name.startswith("省") and home else name, evidence)
    own = issuers.province(agency.full_name)
    if home is not None and own is not None and home != own and agency.level == "provincial":
        return _new_agency(agency.full_name.replace(own, home, 1), evidence)
    if not agency.kind:
        return agency.id, iter(())
    city = next((c for c in context.vocabulary.cities for text in titles if text.startswith(c.name)), None)
    if city is None:
        return agency.id, iter(())
    agency = agency.of(city)
    known = properties(name=agency.name, full_name=agency.full_name, level=agency.level, aliases=agency.labels)
    return agency.id, iter((Node(agency.id, "Agency", known), *evidence_rows(agency.id, evidence)))


def _new_agency(name: str, evidence: Evidence) -> tuple[str, Rows]:
    agency = ids.join("agency", name)
    return agency, iter((Node(agency, "Agency", {"name": name}), *evidence_rows(agency, evidence)))


def citation_rows(fact: CitationFact, context: Context) -> Rows:
    """A citation with both policies; the relation between them is derived. An annex stands under what lists it."""
    citing, rows = _policy_rows(fact.from_title, _number_of(fact.from_title, fact.evidence), fact, context)
    yield from rows
    if fact.relation == "附件":
        name = re.sub(r"\s+", "", fact.to_title)
        cited = f"{citing}/{ids.part(name)}"
        yield Node(cited, "Policy", {"name": fact.to_title, "draft": False})
        yield from evidence_rows(cited, fact.evidence)
    else:
        cited, rows = _policy_rows(fact.to_title, fact.to_doc_number, fact, context)
        yield from rows
    if cited == citing:  # a notice and the rules that it issues are one policy
        return
    citation = str(record(fact)["id"])
    yield Node(citation, "Citation", {"relation": fact.relation})
    yield from evidence_rows(citation, fact.evidence)
    yield Edge("citingPolicy", citation, citing, READ)
    yield Edge("citedPolicy", citation, cited, READ)
    yield from edition_rows(citation, fact, context)


def cited_numbers(facts: Iterable[Fact]) -> dict[str, str]:
    """The number that citations print with a title, so that a citation by title alone reaches the same policy.

    A title with two numbers has none.
    """
    numbers: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, CitationFact) and fact.to_doc_number is not None:
            numbers[bare(fact.to_title)].add(fact.to_doc_number)
    return {title: next(iter(known)) for title, known in numbers.items() if len(known) == 1}


def _number_of(title: str, evidence: Evidence) -> str | None:
    """The number that the evidence prints beside a title, where the policy that cites is itself only named."""
    found = (one for span in evidence.more for one in named(span.text, {}))
    return next((one.number for one in found if one.number is not None and same(one.title, title)), None)


def _policy_rows(title: str, number: str | None, fact: CitationFact, context: Context) -> tuple[str, Rows]:
    """The id of a policy that is named, and its row where no document holds it."""
    if (known := _policy(title, number, fact.evidence, context)) is not None:
        # What only the manifest names has no evidence of its own but that others name it too.
        unprinted = known in context.named.values()
        return known, evidence_rows(known, fact.evidence) if unprinted else iter(())
    name = statute(issued(title))
    number = number or context.numbers.get(bare(title))
    policy = identity.number_id(number) if number is not None else ids.join("policy", re.sub(r"\s+", "", name))
    node = Node(policy, "Policy", properties(name=name, doc_number=number, kind=kind_of(name), draft=False))
    return policy, iter((node, *evidence_rows(policy, fact.evidence)))


def statute(title: str) -> str:
    """A national statute by its full name (行政许可法 → 中华人民共和国行政许可法), any other title as it is."""
    return state() + title if _STATUTE.match(title) and len(title) <= 16 else title


def _policy(title: str, number: str | None, evidence: Evidence, context: Context) -> str | None:
    """The policy of the graph that a title and a number name: by the number, then by the title."""
    if not title:
        return context.edition(evidence)
    facts = list(context.policies)
    if number is not None:
        facts = [fact for fact in facts if fact.doc_number == number]
        if len(facts) == 1:
            return context.policies[facts[0]]
    elif facts and (exact := [fact for fact in facts if bare(fact.title) == bare(title)]):
        # The same words in this document come first, then wherever they are; an interpretation has its own title.
        nearest = sorted(exact, key=lambda fact: (fact.title != title, fact.evidence.sha256 != evidence.sha256))
        return context.policies[nearest[0]]
    like = next((fact for fact in facts if same(fact.title, title)), None)
    if like is not None:
        return context.policies[like]
    named = {
        known
        for name, known in context.named.items()
        if (known == identity.number_id(number) if number is not None else same(name, title))
    }
    return next(iter(named)) if len(named) == 1 else None


def _fact_of(policy: str | None, context: Context) -> PolicyFact | None:
    return next((fact for fact, known in context.policies.items() if known == policy), None)
