"""Offers are the facts about money again: nothing that a match needs is lost on the way through the graph."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from graph.reading import Read
from loaders.reading import Reading
from ontology.facts_money import (
    AddOn,
    Benefit,
    Condition,
    Group,
    Instalment,
    InstrumentFact,
    Leaf,
    Measure,
    Money,
    Step,
    conjuncts,
    leaves,
)
from ontology.vocabulary import vocabulary
from queries.match.offers import Offer, offers, order_of
from queries.match.senses import demand, directions
from tests.queries.matching import index, matcher, original, read_text
from tests.queries.matching import index_of as index_of_text

TEXT = """# 某市促进云平台发展若干措施

某市府〔2029〕7号

第一条 申报云平台奖励的企业应同时符合下列条件：

（一）在本省登记注册、具有独立法人资格；

（二）上年度营业收入2000万元以上；或拥有发明专利3件以上。

第二条 奖励标准。对珠三角地区（广州、佛山、东莞市，下同）设备投入达到500万元、1000万元以上的平台，分别按设备投入的5%、8%给予奖励，单个平台最高300万元。

第三条 对新认定的省级平台，给予20万元奖励，分三年按4:3:3比例兑现。各项奖励合计不超过200万元。

第四条 本措施自2029年5月1日起施行，有效期5年。
"""


def _place(name: str) -> str:
    try:
        return vocabulary().place(name).id
    except Exception:  # a region that the text makes up
        return name


def _leaf(leaf: Leaf) -> tuple[object, ...]:
    own = leaf.text if leaf.op == "judged" or leaf.value is None else ""
    places = frozenset(map(_place, leaf.regions))
    return (leaf.what, leaf.op, leaf.value, leaf.unit, leaf.window, places, leaf.clause, own)


def _shape(condition: Condition | None) -> object:
    """A condition without the order of its members, which the graph does not keep."""
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        return _leaf(condition)
    members = frozenset(Counter(map(_shape, condition.items_of)))
    return (condition.logic, condition.least, members)


def _benefit(benefit: Benefit) -> tuple[object, ...]:
    return (
        _shape(benefit.requires),
        frozenset(map(_place, benefit.regions)),
        frozenset(map(_place, benefit.excludes)),
        *(
            getattr(benefit, name)
            for name in [
                "form",
                "base",
                "ratio",
                "ratio_min",
                "amount",
                "cap",
                "caps",
                "instalments",
                "add_ons",
                "term",
                "standard",
            ]
        ),
        tuple(tuple(step.items()) for step in benefit.steps),
    )


def _facts(read: object) -> Iterator[InstrumentFact]:
    yield from (fact for fact in read.facts if isinstance(fact, InstrumentFact))  # type: ignore[attr-defined]


def _same(fact: InstrumentFact, offer: Offer) -> None:
    assert (fact.name, fact.clause, fact.beneficiary) == (offer.name, offer.clause, offer.beneficiary)
    assert (fact.valid_from, fact.valid_to, fact.window) == (offer.valid_from, offer.valid_to, offer.window)
    assert (fact.reservation, fact.fails_with) == (offer.reservation, offer.fails_with)
    assert _shape(fact.requires) == _shape(offer.own)
    assert {_place(name) for name in fact.regions} == {_place(name) for name in offer.regions}
    if fact.instrument_type == "recognition":
        assert offer.recognition
        assert offer.valid_years == fact.benefits[0].term.value
        return
    assert fact.shared_cap == offer.shared_cap
    assert [_benefit(one) for one in fact.benefits] == [_benefit(one) for one in offer.benefits]
    assert {_place(name) for name in fact.excludes} == {_place(name) for name in offer.excludes}


def _paired(facts: Iterator[InstrumentFact], offers: tuple[Offer, ...]) -> int:
    by_quote = {(one.name, one.evidence[0].quote): one for one in offers}
    count = 0
    for fact in facts:
        _same(fact, by_quote[fact.name, fact.evidence.span.quote])
        count += 1
    assert count == len(offers)
    return count


def test_offers_are_the_facts_of_the_compendium() -> None:
    assert _paired(_facts(original()), matcher().offers) > 10


def test_offers_are_the_facts_of_a_text_with_ladders_parts_and_alternatives() -> None:
    read = read_text(TEXT, "cloud.txt")
    found = offers(index_of_text(read))
    _paired(_facts(read), found)
    ladder = next(one for one in found if any(benefit.steps for benefit in one.benefits))
    assert [step["ratio"] for step in ladder.benefits[0].steps] == [0.05, 0.08]


def test_a_benefit_with_everything_comes_back() -> None:
    """What no bundled document has: conditions and places of a single case, parts, add-ons, a cap over several awards."""
    read = original()
    fact = next(one for one in _facts(read) if one.strength == "hard" and one.instrument_type != "recognition")
    cap = Money(1.5, "亿元", 150_000_000, "同一企业每年")
    either = Group.any(
        (Leaf("patents", ">=", 2, "项", None, (), "第九条", ""), Leaf("years", ">", 1.5, "年", "近三年", (), None, ""))
    )
    full = Benefit(
        requires=either,
        regions=("东莞", "珠三角"),
        excludes=("深圳",),
        form="ladder",
        base="设备购置额",
        ratio=0.3,
        ratio_min=0.1,
        amount=Money(100, "元/亩", None, "每亩"),
        cap=cap,
        caps=(cap, Money(5, "万元", 50_000, None)),
        steps=(Step.of(low=Measure(5, "年"), low_inclusive=False, ratio=0.2), Step.of(when="国家级", sum=cap, cap=cap)),
        instalments=(Instalment("第一年", 0.4, None), Instalment(None, None, cap)),
        add_ons=(AddOn("获奖的", Measure(5, "个百分点"), None, None), AddOn(None, None, 0.1, cap)),
        term=Measure(3, "年"),
        standard="第二条",
    )
    made = replace(fact, benefits=(full,), shared_cap=cap)
    (offer,) = offers(index_of_text(Read(read.document, None, dict(read.readings) | {"instruments": Reading((made,))})))
    _same(made, offer)


def test_a_scheme_is_joined_unless_the_clause_made_its_own_choice_of_it() -> None:
    leaf = Leaf("equipment", ">=", 100, "万元", None, (), "第一条", "")
    other = Leaf("patents", ">=", 1, "项", None, (), "第一条", "")
    third = Leaf("years", ">=", 1, "年", None, (), "第二条", "")
    base = matcher().offers[0]
    joined = replace(base, own=third, scheme=Group.all((leaf, other))).requires
    assert joined == Group.all((third, leaf, other))
    assert replace(base, own=Group.all((leaf, third)), scheme=Group.all((leaf, other))).requires == Group.all(
        (leaf, third)
    )
    assert replace(base, own=None, scheme=leaf).requires == leaf


def test_every_condition_and_offer_leads_to_evidence_that_says_it() -> None:
    for offer in matcher().offers:
        assert offer.evidence, offer.id
        for basis in offer.evidence:
            assert index().has(basis.id)
            assert basis.quote
            assert basis.cite
        for leaf, basis in offer.standing.items():
            assert index().has(basis.id), leaf
            if isinstance(leaf.value, int) and leaf.value and leaf.what != "other":
                said = "".join(basis.quote.split())
                assert str(leaf.value) in said or "两" in said or "一" in said or "十" in said, (leaf, basis)


def test_a_call_with_several_directions_asks_for_each() -> None:
    asked = directions(matcher().offers)
    assert sorted(leaf.value for leaf in asked.values()) == sorted(  # type: ignore[type-var]
        ["5G+工业互联网应用标杆", "工业互联网应用创新标杆", "产业链供应链协同示范标杆"]
    )


def test_what_stands_under_another_direction_is_not_asked() -> None:
    asked = directions(matcher().offers)
    ours = next(one for one in matcher().offers if one.id in asked and "应用创新" in one.name)
    other = next(leaf for leaf in asked.values() if "5G" in str(leaf.value))
    foreign = Leaf("employees", ">=", 5, "人", None, (), f"{other.clause} 第1项", "")
    made = replace(ours, own=Group.all((*conjuncts(ours.own), foreign)), scheme=None)
    assert foreign in demand(made).conditions
    kept = demand(made, asked[ours.id], list(asked.values())).conditions
    assert foreign not in kept
    assert any((leaf.clause or "") == asked[ours.id].clause for one in kept for leaf in leaves(one))


def test_clauses_are_in_the_order_of_the_text() -> None:
    assert order_of("第三章 支持范围和方式 第八条 （一） 第5项") == (3, 8, 1, 5)
    clauses = ["第二十一条", "第九条", "第十条 （二）", "第十条 （一）", "第二十条"]
    assert sorted(clauses, key=order_of) == ["第九条", "第十条 （一）", "第十条 （二）", "第二十条", "第二十一条"]
