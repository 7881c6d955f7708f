"""Rows of the facts about money: instruments with benefits and conditions, criteria, deadlines."""

import hashlib
import json

from graph.identity import plain
from graph.mapping.rows import READ, Context, Rows, evidence_rows, place_rows, properties
from graph.tables import Edge, Node
from ontology import ids
from ontology.errors import NotFound
from ontology.facts import Fact, record
from ontology.facts_money import (
    Benefit,
    Condition,
    CriterionFact,
    DeadlineFact,
    Group,
    InstrumentFact,
    Leaf,
    Money,
    conjuncts,
)


def instrument_rows(fact: InstrumentFact, context: Context) -> Rows:
    """An instrument with its benefits and the tree of its conditions; a title that is granted is a Recognition."""
    policy = _policy(fact, fact.policy, context)
    instrument = f"{policy}/{ids.part(fact.clause or '全文')}/{str(record(fact)['id'])[-8:]}"
    if fact.instrument_type == "recognition":
        yield _recognition(instrument, fact)
    else:
        yield _instrument(instrument, fact)
    yield from evidence_rows(instrument, fact.evidence)
    yield from _provided(instrument, fact, context)
    if fact.instrument_type != "recognition":
        for number, benefit in enumerate(fact.benefits, 1):
            yield from _benefit_rows(f"{instrument}/{number}", number, benefit, fact, context)
            yield Edge("hasBenefit", instrument, f"{instrument}/{number}", READ)
            if benefit.requires is not None:
                root = f"{instrument}/{number}/condition"
                yield from _condition_rows(root, policy, benefit.requires, fact, context)
                yield Edge("requires", f"{instrument}/{number}", _condition_id(root, policy, benefit.requires), READ)
        yield from _places("availableIn", instrument, fact.regions, fact, context)
        yield from _places("excludes", instrument, fact.excludes, fact, context)
    if fact.requires is not None:
        yield from _condition_rows(f"{instrument}/condition", policy, fact.requires, fact, context)
        yield Edge("requires", instrument, _condition_id(f"{instrument}/condition", policy, fact.requires), READ)
    if fact.scheme is not None:
        yield from _scheme_rows(policy, fact.scheme, fact)
        yield Edge("requires", instrument, _scheme_id(policy, fact.scheme), READ)
    for cluster in fact.clusters:
        yield Edge("targets", instrument, context.vocabulary.cluster(cluster).id, READ)
    yield from _agencies(instrument, fact, context)


def criterion_rows(fact: CriterionFact, context: Context) -> Rows:
    """A criterion as a condition; the first of a scheme brings the whole condition of the scheme."""
    policy = _policy(fact, fact.policy, context)
    leaf = Leaf(fact.what, fact.op, fact.value, fact.unit, fact.window, fact.regions, fact.clause, fact.criterion)
    yield from _leaf_rows(policy, leaf, fact, context)
    if fact.requires is not None:
        yield from _scheme_rows(policy, fact.scheme, fact, fact.relief)
        root = _scheme_id(policy, fact.scheme)
        for number, item in enumerate(conjuncts(fact.requires), 1):
            yield from _condition_rows(f"{root}/{number}", policy, item, fact, context)
            yield Edge("requires", root, _condition_id(f"{root}/{number}", policy, item), READ)


def _scheme_id(policy: str, scheme: str) -> str:
    return f"{policy}/scheme/{ids.part(plain(scheme))}"


def _scheme_rows(policy: str, scheme: str, fact: Fact, relief: str | None = None) -> Rows:
    """The root of a scheme's conditions, which all hold together; its members come with its criteria."""
    root = _scheme_id(policy, scheme)
    yield Node(root, "Condition", properties(logic="all", name=scheme, relief=relief))
    yield from evidence_rows(root, fact.evidence)


def deadline_rows(fact: DeadlineFact, context: Context) -> Rows:
    """A deadline of a policy."""
    deadline = str(record(fact)["id"])
    yield Node(
        deadline,
        "Deadline",
        properties(
            name=f"{fact.what}：{fact.date or fact.recurs}",
            what=fact.what,
            who=fact.who,
            to=fact.to,
            date=fact.date,
            recurs=fact.recurs,
            scope=fact.scope,
        ),
    )
    yield from evidence_rows(deadline, fact.evidence)
    yield from _provided(deadline, fact, context)


def _policy(fact: Fact, title: str, context: Context) -> str:
    """The policy that states a fact: found by the evidence, else by its title."""
    return context.edition(fact.evidence) or ids.join("policy", "".join(title.split()))


def _provided(thing: str, fact: Fact, context: Context) -> Rows:
    """The edge from the policy, where the document prints one."""
    if (policy := context.edition(fact.evidence)) is not None:
        yield Edge("provides", policy, thing, READ)


# ---- Instruments


def _promised(fact: InstrumentFact) -> dict[str, str | None]:
    """What money and titles have in common: from when to when, for whom, and what may undo it."""
    return {
        "name": fact.name,
        "clause": fact.clause,
        "beneficiary": fact.beneficiary,
        "valid_from": fact.valid_from,
        "valid_to": fact.valid_to,
        "window": fact.window,
        "reservation": "、".join(fact.reservation) or None,
        "fails_with": fact.fails_with,
    }


def _instrument(name: str, fact: InstrumentFact) -> Node:
    return Node(
        name,
        "Instrument",
        properties(
            **_promised(fact),
            instrument_type=fact.instrument_type,
            strength=fact.strength,
            spending_from=fact.spending_from,
            spending_to=fact.spending_to,
            ratio_max=fact.ratio_max,
            amount=_yuan(fact.amount),
            amount_printed=_printed(fact.amount),
            cap=_yuan(fact.cap),
            cap_printed=_printed(fact.cap),
            shared_cap=_yuan(fact.shared_cap),
            shared_cap_printed=_printed(fact.shared_cap),
            shared_cap_per=fact.shared_cap.per if fact.shared_cap is not None else None,
        ),
    )


def _recognition(name: str, fact: InstrumentFact) -> Node:
    term = next((b.term for b in fact.benefits if b.term is not None and b.term.unit == "年"), None)
    return Node(
        name,
        "Recognition",
        properties(
            **_promised(fact),
            valid_years=int(term.value) if term is not None else None,
        ),
    )


def _benefit_rows(name: str, number: int, benefit: Benefit, fact: InstrumentFact, context: Context) -> Rows:
    shown = record(fact)["benefits"]
    assert isinstance(shown, list)
    flat = shown[number - 1]
    yield Node(
        name,
        "Benefit",
        properties(
            number=number,
            form=benefit.form,
            ratio=benefit.ratio,
            ratio_min=benefit.ratio_min,
            base=benefit.base,
            amount=_yuan(benefit.amount),
            amount_printed=_printed(benefit.amount),
            amount_per=benefit.amount.per if benefit.amount is not None else None,
            cap=_yuan(benefit.cap),
            cap_printed=_printed(benefit.cap),
            cap_per=benefit.cap.per if benefit.cap is not None else None,
            caps=_json(flat["caps"]),
            steps=_json(flat["steps"]),
            instalments=_json(flat["instalments"]),
            add_ons=_json(flat["add_ons"]),
            term=f"{benefit.term.value}{benefit.term.unit}" if benefit.term is not None else None,
            standard=benefit.standard,
            clause=fact.clause,
        ),
    )
    yield from evidence_rows(name, fact.evidence)
    yield from _places("availableIn", name, benefit.regions, fact, context)
    yield from _places("excludes", name, benefit.excludes, fact, context)


def _yuan(money: Money | None) -> int | None:
    return money.yuan if money is not None else None


def _printed(money: Money | None) -> str | None:
    return f"{money.value}{money.unit}" if money is not None else None


def _json(value: object) -> str | None:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None


def _places(relation: str, subject: str, names: tuple[str, ...], fact: Fact, context: Context) -> Rows:
    for name in names:
        place, rows = place_rows(name, fact, context)
        yield from rows
        yield Edge(relation, subject, place, READ)


def _agencies(instrument: str, fact: InstrumentFact, context: Context) -> Rows:
    for name in fact.authority:
        try:
            agency = context.vocabulary.agency(name).id
        except NotFound:
            agency = ids.join("agency", name)
            yield Node(agency, "Agency", {"name": name})
            yield from evidence_rows(agency, fact.evidence)
        yield Edge("administeredBy", instrument, agency, READ)


# ---- Conditions


def _condition_id(name: str, policy: str, condition: Condition) -> str:
    """A group stands under what requires it; a leaf is one for the whole policy, whoever requires it."""
    return name if isinstance(condition, Group) else _leaf_id(policy, condition)


def _leaf_id(policy: str, leaf: Leaf) -> str:
    own = leaf.text if leaf.op == "judged" or leaf.value is None else ""
    said = json.dumps(
        [leaf.what, leaf.op, leaf.value, leaf.unit, leaf.window, leaf.regions, leaf.clause, own], ensure_ascii=False
    )
    return f"{policy}/condition/{hashlib.sha256(said.encode()).hexdigest()[:12]}"


def _condition_rows(name: str, policy: str, condition: Condition, fact: Fact, context: Context) -> Rows:
    if isinstance(condition, Leaf):
        yield from _leaf_rows(policy, condition, fact, context)
        return
    yield Node(name, "Condition", properties(logic=condition.logic, minimum=condition.least))
    yield from evidence_rows(name, fact.evidence)
    for number, item in enumerate(condition.items_of, 1):
        member = f"{name}/{number}"
        yield from _condition_rows(member, policy, item, fact, context)
        yield Edge("requires", name, _condition_id(member, policy, item), READ)


def _leaf_rows(policy: str, leaf: Leaf, fact: Fact, context: Context) -> Rows:
    name = _leaf_id(policy, leaf)
    number = leaf.value if isinstance(leaf.value, int | float) and not isinstance(leaf.value, bool) else None
    yield Node(
        name,
        "Condition",
        properties(
            logic="leaf",
            what=leaf.what,
            op=leaf.op,
            value=float(number) if number is not None else None,
            value_text=leaf.value if isinstance(leaf.value, str) else None,
            unit=leaf.unit,
            window=leaf.window,
            clause=leaf.clause,
            text=leaf.text,
        ),
    )
    yield from evidence_rows(name, fact.evidence)
    yield from _places("availableIn", name, leaf.regions, fact, context)
