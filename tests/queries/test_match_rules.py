"""The rules of matching by themselves: logic, relief, places, applicants, amounts."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.facts_money import AddOn, Benefit, Condition, Group, Instalment, Leaf, Measure, Money, Step
from queries.match.amounts import payment
from queries.match.applicants import applicant, fits, paid
from queries.match.attributes import Known, profile
from queries.match.ceiling import share_words, yuan_words
from queries.match.conditions import Findings, compiled, decided, value_of
from queries.match.match import ELIGIBLE, closing
from queries.match.offers import Due
from queries.match.places import within
from queries.match.senses import demand, relief_of
from tests.queries.matching import leaf, matcher, offer

NOTHING = Benefit(None, (), (), "service", None, None, None, None, None, (), (), (), (), None, None)


def judged(text: str = "管理规范", clause: str = "第一条") -> Leaf:
    return leaf("other", "judged", text=text, clause=clause)


def found_for(condition: Condition, values: dict[str, Known], relief: str | None = None) -> Findings:
    wanted = demand(offer(own=condition, relief=relief))
    return decided(compiled(wanted.conditions, wanted.relief, ("东莞",), None), values)


def states(condition: Condition, **values: object) -> tuple[set[str], set[str], set[str], int, bool]:
    found = found_for(condition, dict(profile(values)))
    sets = [{one.what for one in part} for part in (found.met, found.unmet, found.unknown)]
    return sets[0], sets[1], sets[2], len(found.judged), found.undecided


# ---- Logic


def test_a_missing_value_is_unknown_and_never_met() -> None:
    both = Group.all((leaf("revenue", ">=", 100, "万元"), leaf("filed")))
    assert states(both) == (set(), set(), {"revenue", "filed"}, 0, False)
    assert states(both, revenue="100万元", filed="是") == ({"revenue", "filed"}, set(), set(), 0, False)
    assert states(both, revenue="99万元", filed="否")[1] == {"revenue", "filed"}


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [(">=", False, True, True), (">", False, False, True), ("<=", True, True, False), ("<", True, False, False)],
)
def test_comparisons_at_the_figure(op: str, below: bool, at: bool, above: bool) -> None:
    one = leaf("debt-ratio", op, 70, "%")
    for value, holds in (("69.9%", below), ("70%", at), ("70.1%", above)):
        assert (states(one, debt_ratio=value)[0] == {"debt-ratio"}) is holds, (op, value)


def test_one_branch_makes_an_alternative_good_and_the_others_are_not_named() -> None:
    either = Group.any((leaf("patents", ">=", 2, "项"), leaf("utility-patents", ">=", 5, "项")))
    assert states(either, patents=2) == ({"patents"}, set(), set(), 0, False)
    assert states(either, patents=1) == (set(), set(), {"utility-patents"}, 0, False)
    assert states(either, patents=1, utility_patents=4)[1] == {"patents", "utility-patents"}


def test_of_an_alternative_that_is_missed_the_nearest_branches_are_named() -> None:
    large = Group.all((leaf("revenue", ">=", 1, "亿元"), leaf("rd-share", ">=", 5, "%")))
    small = Group.all((leaf("revenue", "<", 5000, "万元"), leaf("equity-financing", ">=", 8000, "万元")))
    either = Group.any((large, small))
    assert states(either, revenue="2亿元", rd_share="4%") == (set(), {"rd-share"}, set(), 0, False)
    assert states(either, revenue="4000万元", rd_share="9%", equity_financing="1万元")[1] >= {"equity-financing"}


def test_at_least_counts_branches() -> None:
    two = Group.at_least(2, tuple(leaf(code, ">=", 1, "项") for code in ("patents", "utility-patents", "standards")))
    assert states(two, patents=1, standards=1)[0] >= {"patents"}
    assert states(two, patents=1, standards=1)[1:3] == (set(), set())
    assert states(two, patents=1, standards=0)[2] == {"utility-patents"}
    assert states(two, patents=1, standards=0, utility_patents=0)[1] == {"standards", "utility-patents"}
    assert states(two, patents=0, standards=0)[1] == {"patents", "standards"}


def test_a_review_neither_meets_nor_breaks_and_makes_no_alternative_good() -> None:
    beside = Group.all((judged(), leaf("years", ">=", 2, "年")))
    assert states(beside, years="2年") == ({"years"}, set(), set(), 1, False)
    either = Group.any((judged(), leaf("years", ">=", 2, "年")))
    assert states(either, years="1年") == (set(), set(), set(), 1, True)
    flags = Group.any((Group.all((judged(), leaf("brand"))), leaf("years", ">=", 2, "年")))
    assert states(flags, years="1年", brand="是")[4], "a branch without a figure that a review must judge stays open"
    assert states(flags, years="1年", brand="否")[4]


def test_not_turns_and_a_narrow_exclusion_leaves_open_what_is_wider() -> None:
    wide = Group.negated(leaf("prior-provincial-funding", text="未获得过省财政资金的支持"))
    assert states(wide, prior_provincial_funding="是")[1] == {"prior-provincial-funding"}
    assert states(wide, prior_provincial_funding="否")[0] == {"prior-provincial-funding"}
    assert states(wide)[2] == {"prior-provincial-funding"}
    narrow = Group.negated(leaf("prior-provincial-funding", text="未获得过省重大项目投资奖励的支持"))
    assert states(narrow, prior_provincial_funding="是") == (set(), set(), set(), 1, True)
    assert states(narrow, prior_provincial_funding="否")[0] == {"prior-provincial-funding"}


def test_a_condition_of_another_region_is_not_asked() -> None:
    two = Group.all(
        (leaf("revenue", ">=", 3, "亿元", regions=("东莞",)), leaf("revenue", ">=", 1, "亿元", regions=("河源",)))
    )
    for city, met, unmet in (("东莞", 0, 1), ("河源", 1, 0), ("深圳", 0, 0)):
        found = decided(compiled(two.items_of, None, (city,), None), {"revenue": 200_000_000})
        assert (len(found.met), len(found.unmet)) == (met, unmet), city
    nowhere = decided(compiled(two.items_of, None, (), None), {"revenue": 200_000_000})
    assert (len(nowhere.met), len(nowhere.unknown)) == (1, 1), "met where it is met anyway, else the city decides"


# ---- What sentences say


def test_relief_lowers_the_figures_of_its_items_for_whom_it_is_for() -> None:
    words = "（五）研发3%以上。以上（三）（四）指标要求，对于优先遴选领域的参评企业可适当降低不超过20%"
    relief = relief_of(words)
    assert relief is not None
    assert (relief.share, relief.clauses, relief.needs) == (Decimal("0.20"), ("（三）", "（四）"), "priority-field")
    both = Group.all(
        (
            leaf("assets", ">=", 3000, "万元", clause="第四条 （三）"),
            leaf("rd-share", ">=", 3, "%", clause="第四条 （五）"),
        )
    )
    for assets, share, priority, relaxed, unmet in (
        ("2400万元", "3%", True, 1, 1),
        ("2399万元", "3%", True, 0, 1),
        ("2400万元", "3%", False, 0, 1),
        ("3000万元", "2.9%", True, 0, 1),
        ("3000万元", "3%", True, 0, 0),
    ):
        values = dict(profile({"assets": assets, "rd_share": share, "priority_field": priority}))
        found = found_for(both, values, words)
        assert (found.relaxed, len(found.unmet)) == (relaxed, unmet), (assets, share, priority)
    open_ = found_for(both, dict(profile({"assets": "2400万元", "rd_share": "3%"})), words)
    assert [one.what for one in open_.unknown] == ["priority-field"]


def test_relief_raises_a_figure_that_is_a_most() -> None:
    one = leaf("debt-ratio", "<=", 70, "%", clause="（三）")
    words = "以上（三）指标要求可适当降低不超过20%"
    for ratio, relaxed, unmet in (("70%", 0, 0), ("84%", 1, 1), ("84.1%", 0, 1)):
        found = found_for(one, dict(profile({"debt_ratio": ratio})), words)
        assert (found.relaxed, len(found.unmet)) == (relaxed, unmet), ratio


def test_what_is_asked_only_where_something_changed_is_not_met_by_having_it() -> None:
    changed = leaf("filed", text="备案证发生变更的，企业提交变更时间应在前备案证项目建设期内")
    assert states(changed, filed="是") == (set(), set(), set(), 1, False)
    assert states(changed, filed="否")[1] == set()
    plain = leaf("filed", text="项目具备在主管部门备案、核准或审批等文件")
    assert states(plain, filed="是")[0] == {"filed"}


def test_of_several_benefits_the_highest_whose_conditions_hold_is_paid() -> None:
    low, high = (replace(NOTHING, form="fixed", amount=Money(n, "万元", n * 10_000, None)) for n in (10, 30))
    barred = replace(high, amount=Money(90, "万元", 900_000, None), requires=leaf("filed"))
    for benefits in ((low, high, barred), (barred, high, low)):
        assert payment(offer(benefits=benefits), "东莞")(profile({"filed": "否"})).yuan == 300_000
        assert payment(offer(benefits=benefits), "东莞")(profile({"filed": "是"})).yuan == 900_000


def test_the_region_of_a_benefit_is_that_of_its_document() -> None:
    only = replace(NOTHING, regions=("珠三角",), form="fixed", amount=Money(10, "万元", 100_000, None))
    for number, yuan in (("粤府〔2021〕53号", 100_000), ("粤工信规字〔2021〕5号", None)):
        assert payment(replace(offer(benefits=(only,)), doc_number=number), "深圳")({}).yuan == yuan


def test_the_other_subject_of_a_sentence_may_meet_it() -> None:
    one = leaf("revenue-growth", ">=", 5, "%", text="近2年主营业务收入或净利润的平均增长率达到5%以上")
    assert states(one, revenue_growth="2%", profit_growth="8%") == ({"profit-growth"}, set(), set(), 0, False)
    assert states(one, revenue_growth="2%") == (set(), set(), {"profit-growth"}, 0, False)
    assert states(one, revenue_growth="2%", profit_growth="1%")[1] == {"revenue-growth", "profit-growth"}


def test_sentences_say_more_than_their_attribute() -> None:
    one = leaf("registered", text="项目承担单位为登记注册、诚信经营的工业企业")
    assert states(one, registered="是")[2] == {"kind", "clean-record"}
    assert states(one, registered="是", kind="商贸企业", clean_record="是")[1] == {"kind"}
    statistics = judged("投资按规定纳入技术改造投资统计")
    assert states(statistics, in_statistics="否") == (set(), {"in-statistics"}, set(), 0, False)
    assert states(judged("参与制修订国家标准、行业标准"), standards=1)[0] == {"standards"}


@pytest.mark.parametrize(
    ("given_", "asked", "answer"),
    [
        ("制造业企业", "工业企业", True),
        ("工业企业", "制造业企业", None),
        ("商贸企业", "工业企业", False),
        ("工业互联网服务商", "制造业企业", False),
        ("大型企业", "中小企业", False),
        ("小微企业", "中小企业", True),
        ("制造业企业", "中小企业", None),
        ("企业", "工业企业", None),
        ("东莞市人民政府", "企业", False),
    ],
)
def test_kinds_of_applicants(given_: str, asked: str, answer: bool | None) -> None:
    assert fits(given_, asked) is answer


def test_whom_a_rule_pays() -> None:
    assert paid("地级以上市政府") == "government"
    assert paid("平台") == paid("工业互联网服务商") == "platform"
    assert paid("获得认定的标杆示范项目") == paid(None) == paid("政府投资项目的企业") == "firm"
    assert applicant("中小型制造企业").size == "中小"


def test_membership_belongs_to_a_document() -> None:
    assert within("深圳", ("珠三角",), "粤工信规字〔2021〕5号") is False
    assert within("深圳", ("珠三角",), "粤府〔2021〕53号") is True
    assert within("深圳", ("珠三角",), None) is None, "documents differ, and this one does not say"
    assert within("东莞", ("珠三角",), None) is True
    assert within("揭阳", ("沿海经济带东西两翼",), None) is within("湛江", ("沿海经济带东西两翼",), None) is True
    assert within("韶关", ("沿海经济带东西两翼",), None) is False
    assert within("东莞", (), None) is within("东莞", ("河源", "东莞"), None) is True


def test_the_duration_follows_from_the_dates() -> None:
    def span(first: str, last: str) -> Known | None:
        return value_of({"started": first, "completed": last}, "duration")

    assert span("2018-04-01", "2020-04-01") == 2
    assert Decimal(str(span("2018-04-01", "2020-03-31"))) < 2 < Decimal(str(span("2018-04-01", "2020-04-02")))
    assert value_of({"started": "2018-04-01"}, "duration") is None
    assert value_of({"duration": Decimal(3), "started": "2018-04-01", "completed": "2018-05-01"}, "duration") == 3


def test_a_call_closes_for_applicants_on_their_day() -> None:
    own = Due("申报", None, "2021-05-06", None, "5月6日期间上传")
    office = Due("报送", "主管部门", "2021-05-28", None, "报送")
    desk = Due("申报", None, "2021-06-30", None, "请各地市工业和信息化主管部门完成配置")
    assert closing(offer(deadlines=(own, office))) == "2021-05-06"
    assert closing(offer(deadlines=(desk, office))) == "2021-06-30"
    assert closing(offer(deadlines=(own,), valid_to="2021-01-01")) == "2021-01-01"
    second = replace(own, date="2021-09-30")
    assert closing(offer(deadlines=(own, second, office))) == "2021-09-30", "the second of two batches"
    assert closing(offer()) is None


# ---- Amounts


def paying(benefit: Benefit, values: dict[str, object], **more: Any) -> tuple[int | None, str]:
    amount = payment(offer(benefits=(benefit,), **more), "东莞")(dict(profile(values)))
    return amount.yuan, amount.words


def wan(value: int | float, per: str | None = None) -> Money:
    return Money(value, "万元", int(value * 10_000), per)


SHARE = replace(NOTHING, form="ratio", base="设备购置额", ratio=0.2, cap=wan(500))


def test_shares_and_caps() -> None:
    assert paying(SHARE, {"equipment": "1000万元"}) == (2_000_000, "1000万元 × 20% = 200万元，不超过上限500万元")
    assert paying(SHARE, {"equipment": "2500万元"}) == (5_000_000, "2500万元 × 20% = 500万元，恰为上限500万元")
    assert paying(SHARE, {"equipment": "1亿元"}) == (5_000_000, "1亿元 × 20% = 2000万元，超过上限500万元，取500万元")
    assert paying(SHARE, {})[0] is None
    assert paying(replace(SHARE, ratio=0.07, cap=None), {"equipment": "333元"})[0] == 23, "a ceiling is rounded down"
    assert paying(replace(SHARE, base="某种没有的数"), {"equipment": "1亿元"})[0] is None
    assert paying(SHARE, {"equipment": "1亿元"}, shared_cap=wan(300))[0] == 3_000_000


def test_an_excess_begins_at_the_threshold() -> None:
    over = replace(SHARE, form="excess", base="营业收入超出部分", ratio=0.1, cap=None)
    asked = leaf("revenue", ">", 1000, "万元")
    assert paying(over, {"revenue": "1500万元"}, own=asked) == (500_000, "（1500万元 − 1000万元） × 10% = 50万元")
    assert paying(over, {"revenue": "900万元"}, own=asked)[0] == 0
    assert paying(over, {"revenue": "900万元"})[0] is None


def test_ladders() -> None:
    steps = (
        Step.of(low=Measure(500, "万元"), high=Measure(1000, "万元"), high_inclusive=False, ratio=0.05),
        Step.of(low=Measure(1000, "万元"), ratio=0.08, cap=wan(100)),
    )
    ladder = replace(NOTHING, form="ladder", base="设备投入", steps=steps)
    asked = leaf("equipment", ">=", 500, "万元")
    for value, amount in (("499万元", None), ("500万元", 250_000), ("999万元", 499_500), ("1000万元", 800_000)):
        assert paying(ladder, {"equipment": value}, own=asked)[0] == amount, value
    assert paying(ladder, {"equipment": "1亿元"}, own=asked)[0] == 1_000_000, "the ceiling of the step"
    sums = replace(
        NOTHING, form="ladder", steps=tuple(Step.of(when=w, sum=wan(v)) for w, v in (("国家级", 50), ("省级", 20)))
    )
    assert paying(sums, {})[0] == 500_000
    assert "国家级" in paying(sums, {})[1]


def test_shares_told_apart_by_words_give_the_highest_of_them() -> None:
    worded = (("国家级", 0.3), ("省级", 0.2))
    shares = replace(
        NOTHING, form="ladder", base="设备投入", steps=tuple(Step.of(when=w, ratio=share) for w, share in worded)
    )
    amount, words = paying(shares, {"equipment": "100万元"})
    assert amount == 300_000
    assert words.startswith("按最高一档 100万元 × 30% = 30万元（国家级 30%；省级 20%）")
    assert paying(shares, {}) == (None, "国家级 30%；省级 20%；未填设备购置额，未测算")
    mixed = replace(shares, steps=(*shares.steps, Step.of(when="市级")))
    assert paying(mixed, {"equipment": "100万元"})[0] is None, "a step without a share leaves it open"


def bands(*steps: tuple[int | None, int | None, float], cap: int | None = None) -> Benefit:
    made = tuple(
        Step.of(
            low=Measure(low, "万元") if low is not None else None,
            high=Measure(high, "万元") if high is not None else None,
            low_inclusive=False,
            ratio=ratio,
        )
        for low, high, ratio in steps
    )
    return replace(NOTHING, form="excess", base="研发投入", steps=made, cap=wan(cap) if cap is not None else None)


def test_bands_are_summed_over_the_parts_of_the_figure() -> None:
    three = bands((None, 1000, 0.08), (1000, 5000, 0.05), (5000, None, 0.03))
    assert paying(three, {"rd_spending": "1000万元"}) == (800_000, "1000万元 × 8% = 80万元")
    assert paying(three, {"rd_spending": "3000万元"}) == (
        1_800_000,
        "1000万元 × 8% + （3000万元 − 1000万元） × 5% = 180万元",
    )
    assert paying(three, {"rd_spending": "6000万元"})[0] == 800_000 + 2_000_000 + 300_000
    assert paying(three, {})[0] is None
    assert paying(replace(three, cap=wan(150)), {"rd_spending": "3000万元"})[0] == 1_500_000
    # In the other order, and without ends that the text leaves out.
    assert (
        paying(bands((5000, None, 0.03), (1000, None, 0.05), (None, 1000, 0.08)), {"rd_spending": "6000万元"})[0]
        == 3_100_000
    )
    assert paying(bands((200, 1000, 0.08), (1000, None, 0.05)), {"rd_spending": "150万元"})[0] == 0


@settings(max_examples=60)
@given(st.integers(0, 2 * 10**8), st.integers(0, 10**6))
def test_a_band_never_makes_a_higher_figure_pay_less(value: int, more: int) -> None:
    falling = bands((None, 1000, 0.08), (1000, 5000, 0.05), (5000, None, 0.03))
    less, greater = (paying(falling, {"rd_spending": f"{one}元"})[0] or 0 for one in (value, value + more))
    assert 0 <= less <= greater <= less + more * 8 // 100 + 1


def test_fixed_sums_instalments_and_what_is_not_counted() -> None:
    fixed = replace(NOTHING, form="fixed", amount=wan(20, "单个项目"))
    assert paying(fixed, {})[0] == 200_000
    parts = tuple(Instalment(f"第{n}年", None, wan(v)) for n, v in (("一", 10), ("二", 5)))
    assert paying(replace(NOTHING, form="fixed", instalments=parts), {}) == (
        150_000,
        "第一年10万元 + 第二年5万元 = 15万元",
    )
    more = replace(fixed, add_ons=(AddOn("获国家奖的", Measure(5, "个百分点"), None, None),))
    assert "未计入的加成" in paying(more, {})[1]
    assert paying(replace(NOTHING, form="fixed", cap=wan(30)), {})[0] == 300_000
    assert paying(NOTHING, {}) == (None, "条款没有写明数额")


def test_the_highest_of_several_cases_that_apply() -> None:
    low = replace(SHARE, ratio=0.1, cap=None)
    high = replace(SHARE, ratio=0.3, cap=None, requires=leaf("patents", ">=", 2, "项"))
    elsewhere = replace(SHARE, ratio=0.9, cap=None, regions=("河源",))
    pay = payment(offer(benefits=(low, high, elsewhere)), "东莞")
    assert pay(dict(profile({"equipment": "100万元", "patents": 2}))).yuan == 300_000
    assert pay(dict(profile({"equipment": "100万元", "patents": 1}))).yuan == 100_000


def test_what_only_explains_a_rule_pays_nothing() -> None:
    assert paying(SHARE, {"equipment": "1亿元"}, grade="发布会")[0] is None


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 100), st.integers(1, 10**9))
def test_amounts_grow_with_their_base_and_never_pass_the_cap(a: int, b: int, percent: int, cap: int) -> None:
    benefit = replace(SHARE, ratio=percent / 100, cap=Money(cap, "元", cap, None))
    pay = payment(offer(benefits=(benefit,)), "东莞")
    low, high = sorted((a, b))
    one, other = pay({"equipment": low}).yuan, pay({"equipment": high}).yuan
    assert one is not None
    assert other is not None
    assert 0 <= one <= other <= cap
    assert one <= low * percent / 100 + 1e-3


@settings(deadline=None)
@given(st.integers(0, 10**13))
def test_sums_in_words_are_exact(yuan: int) -> None:
    words = yuan_words(yuan)
    for unit, size in (("亿元", 10**8), ("万元", 10**4), ("元", 1)):
        if words.endswith(unit):
            assert Decimal(words.removesuffix(unit)) * size == yuan
            return
    raise AssertionError(words)


def test_shares_in_words() -> None:
    assert [share_words(one) for one in (0.2, 0.075, 1.0)] == ["20%", "7.5%", "100%"]


@settings(deadline=None)
@given(st.data())
def test_leaving_out_what_decides_never_gives_a_yes(data: st.DataObject) -> None:
    """A profile that 符合 with everything given does not with one deciding value less."""
    full = {
        "city": "东莞",
        "kind": "制造业企业",
        "registered": True,
        "clean_record": True,
        "filed": True,
        "prior_provincial_funding": False,
        "in_statistics": True,
        "equipment": "3亿元",
        "date": "2024-06-01",
    }
    name = "设备事后奖励（珠三角）"
    left_out = data.draw(st.sampled_from(sorted(set(full) - {"date"})))
    given_ = {key: value for key, value in full.items() if key != left_out}
    verdicts = {one.offer.name: one.verdict for one in matcher().match(dict(profile(full)))}
    assert verdicts[name] == "符合"
    less = {one.offer.name: one for one in matcher().match(dict(profile(given_)))}
    assert ELIGIBLE[less[name].verdict] == "unknown"
    assert less[name].findings.unknown or less[name].unknown


def test_a_clause_that_stands_alone_is_for_whom_its_words_say() -> None:
    """What no condition says about the applicant keeps a clause open, unless it is for any firm."""
    from queries.match.match import _narrow

    base = {"strength": "hard", "recognition": False, "scheme": None}
    assert _narrow(offer(**base, beneficiary="新引进的总部经济项目")) == "新引进的总部经济项目"
    assert _narrow(offer(**base, beneficiary=None, name="一类新药奖励")) == "一类新药奖励"
    for anybody in ("企业", "符合条件的项目", "全省企业", "申报单位", "符合条件的企业和项目"):
        assert _narrow(offer(**base, beneficiary=anybody)) is None, anybody
    assert _narrow(offer(**(base | {"scheme": leaf("filed")}), beneficiary="技术改造项目")) is None
