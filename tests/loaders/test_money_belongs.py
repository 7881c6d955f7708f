"""What belongs to an award: whose conditions it has, for which places it is, which figures are its own."""

from typing import Any

import pytest

from loaders.money.titles import granted
from ontology.facts_money import Condition
from tests.loaders import test_criteria as criteria
from tests.loaders import test_deadlines as deadlines
from tests.loaders.test_instruments import END, HEAD, clauses, flat, only, read

# ---- Conditions of one article are not those of another


def asked(row: dict[str, Any]) -> list[str]:
    """The attributes that an instrument's own condition asks for."""
    return [leaf["what"] for leaf in _leaves(row["requires"])]


def _leaves(condition: Any) -> list[dict[str, Any]]:
    if condition is None:
        return []
    inner = [one for key in ("all", "any", "of") for one in condition.get(key, [])]
    return [leaf for one in inner for leaf in _leaves(one)] if inner else [condition]


LISTED = "（一）上年度营业收入4000万元以上；\n\n（二）资产负债率不超过55%。\n\n"


def test_conditions_of_an_article_stay_in_it() -> None:
    one, two, three = read(
        HEAD + "第一条 对设备投资额300万元以上的项目，按设备投资额的7%给予补助。\n\n"
        f"第二条 申报市级“领航星”企业应符合下列条件：\n\n{LISTED}经认定的市级“领航星”企业，给予40万元奖励。\n\n"
        "第三条 对新建研发机构给予60万元补助。" + END
    )
    assert (asked(one), one["scheme"]) == (["equipment"], None)
    assert (asked(two), two["amount"]["value"]) == (["revenue", "debt-ratio"], 40)
    assert (asked(three), three["scheme"]) == ([], None)


def test_conditions_that_an_award_leads_in_are_its_own_beside_those_of_all() -> None:
    one, two = read(
        HEAD
        + "第一条 对符合下列条件之一的企业，给予90万元奖励：\n\n（一）年营业收入3亿元以上；\n\n（二）发明专利8项以上。\n\n"
        "第二条 对设备购置额500万元以上的项目，按设备购置额的6%给予补助。\n\n"
        "第三条 申报企业应当具备以下条件：（一）在青江市内注册；（二）资产负债率低于60%；（三）成立满2年。" + END
    )
    assert "any" in one["requires"]
    assert asked(one) == ["revenue", "patents"]
    assert asked(two) == ["equipment"]
    assert one["scheme"] == two["scheme"] is not None


def test_conditions_named_for_one_award_elsewhere_are_not_for_the_others() -> None:
    one, two = read(
        HEAD + f"第一条 市级“领航星”企业应同时符合以下条件：\n\n{LISTED}"
        "第二条 对认定的“领航星”企业，给予30万元奖励。\n\n第三条 对新建研发机构给予60万元补助。" + END
    )
    assert (asked(one), one["scheme"]) == (["revenue", "debt-ratio"], "市级“领航星”")
    assert (asked(two), two["scheme"]) == ([], None)


def test_a_list_of_conditions_in_one_line_is_read_without_what_leads_in() -> None:
    rows = criteria.read(
        criteria.TITLE
        + "第一条 申报企业应当具备以下条件：（一）在江苏省内注册；（二）资产负债率低于60%；（三）成立满2年。\n"
    )
    assert [criteria.short(row) for row in rows] == [("debt-ratio", "<", 60, "%"), ("years", ">=", 2, "年")]
    whole: Condition = rows[0]["requires"]
    assert [(leaf["what"], leaf["op"]) for leaf in _leaves(whole)] == [
        ("registered", "="),
        ("debt-ratio", "<"),
        ("years", ">="),
    ]


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("近三年营业收入年均增长率不低于12%。", "revenue-growth"),
        ("主营业务收入同比增长9%以上。", "revenue-growth"),
        ("净利润年均增长率不低于8%。", "profit-growth"),
        ("在本市登记注册三年以上。", "years"),
        ("研发人员数同比增长9%以上。", "other"),
    ],
)
def test_what_grows_and_how_old_a_firm_is(item: str, what: str) -> None:
    assert [row["what"] for row in criteria.under(item)] == [what]


# ---- Places


def test_a_share_for_some_places_has_the_conditions_of_the_award() -> None:
    one, two = clauses(
        "对设备购置额800万元以上的项目，按设备购置额的9%给予补助，其中粤东粤西粤北地区按14%，最高不超过700万元。"
    )
    assert (one["ratio_max"], one["regions"], one["excludes"]) == (0.09, [], ["粤东粤西粤北"])
    assert (two["ratio_max"], two["regions"], two["excludes"]) == (0.14, ["粤东粤西粤北"], [])
    assert one["thresholds"] == two["thresholds"] != []
    assert one["cap"] == two["cap"] != None  # noqa: E711
    assert [row["benefits"][0]["base"] for row in (one, two)] == ["设备购置额", "设备购置额"]
    assert one["name"] != two["name"]


REST, WEST = "珠三角", "粤东粤西粤北"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("对新建项目，按设备投资额的9%给予补助，粤东粤西粤北地区提高至14%。", [([], [WEST]), ([WEST], [])]),
        (
            "对新建项目，按设备投资额的9%给予补助。粤东粤西粤北地区的项目补助比例提高到14%。",
            [([], [WEST]), ([WEST], [])],
        ),
        ("对新建项目，珠三角地区按设备投资额的9%、粤东粤西粤北地区按14%给予补助。", [([REST], []), ([WEST], [])]),
        ("对新建项目，广州市按设备投资额的9%、其他地市按14%给予补助。", [(["广州"], []), ([], ["广州"])]),
    ],
)
def test_shares_by_places(sentence: str, expected: list[tuple[list[str], list[str]]]) -> None:
    rows = clauses(sentence)
    assert [(row["regions"], row["excludes"]) for row in rows] == expected
    assert [row["ratio_max"] for row in rows] == [0.09, 0.14]
    assert [row["benefits"][0]["base"] for row in rows] == ["设备投资额", "设备投资额"]


def test_sums_and_ceilings_by_places() -> None:
    one, two = clauses("对新认定的省级平台奖励50万元，其中深圳市、东莞市的按30万元奖励。")
    assert [(row["amount"]["value"], row["regions"]) for row in (one, two)] == [(50, []), (30, ["深圳", "东莞"])]
    one, two = clauses("对新建项目，按投入的9%给予补助，其中珠三角最高100万元，粤东粤西粤北地区最高150万元。")
    assert [(row["cap"]["value"], row["regions"]) for row in (one, two)] == [(100, [REST]), (150, [WEST])]


def test_an_award_for_somebody_else_in_other_places_asks_nothing_of_the_one_before() -> None:
    one, two = clauses(
        "对设备投资额500万元以上的项目，按设备投资额的9%给予补助。对粤东粤西粤北地区新建的研发机构，给予70万元奖励。"
    )
    assert (one["excludes"], two["requires"], two["regions"]) == ([], None, [WEST])


@pytest.mark.parametrize("sentence", ["深圳市除外。", "但深圳市、珠海市除外。", "深圳市不享受上述补助。"])
def test_who_is_left_out_in_a_sentence_of_its_own(sentence: str) -> None:
    row = only(f"对设备购置额800万元以上的项目，按设备购置额的9%给予补助。{sentence}")
    assert row["excludes"][0] == "深圳"
    assert only("对设备购置额800万元以上的项目，按设备购置额的9%给予补助。另有规定的除外。")["excludes"] == []


# ---- Figures


def test_shares_by_year_are_parts_of_the_total() -> None:
    row = only("对获评国家级制造业单项冠军的企业，奖励分两年拨付，第一年70%，第二年30%，总额80万元。")
    (benefit,) = row["benefits"]
    assert (row["ratio_max"], flat(row["amount"]), benefit["form"]) == (None, (80, "万元", None), "fixed")
    assert [(part["when"], part["ratio"]) for part in benefit["instalments"]] == [("第一年", 0.7), ("第二年", 0.3)]


def test_parts_of_a_sum_over_years_are_named_by_their_year() -> None:
    (benefit,) = only("对新设总部的企业，奖励资金90万元，分三年按照50%、30%、20%的比例拨付。")["benefits"]
    assert [part["when"] for part in benefit["instalments"]] == ["第一年", "第二年", "第三年"]


def test_a_ceiling_of_its_own_article_is_over_all_awards() -> None:
    rows = clauses(
        "对新建研发机构给予60万元补助。",
        "对改建平台按投资额的5%给予补助。",
        "所需资金由市、区分担，同一企业年度累计获得的各项奖补资金不超过700万元。",
    )
    assert [flat(row["shared_cap"]) for row in rows] == [(700, "万元", "同一企业年度")] * 2


def test_shares_of_a_cost_by_year_are_a_ladder_and_no_parts() -> None:
    row = only("对新引进企业，第一年按租金的90%、第二年按租金的40%给予补贴。")
    assert [step["ratio"] for step in row["benefits"][0]["steps"]] == [0.9, 0.4]


def test_a_ladder_is_a_share_of_what_its_steps_measure() -> None:
    row = only("设备投资额900万元以上、2000万元以上的，分别按6%、8%给予奖励。")
    assert (row["name"], row["benefits"][0]["base"]) == ("设备投资额奖励", "设备投资额")
    assert only("年营业收入5000万元以上的企业，按6%给予奖励。")["benefits"][0]["base"] is None


def test_each_band_has_its_own_ceiling() -> None:
    row = only(
        "对年度研发投入600万元以上的企业，按其研发投入超过600万元部分的8%给予补助，最高不超过90万元；"
        "超过3000万元部分的12%给予补助，最高不超过200万元。"
    )
    (benefit,) = row["benefits"]
    assert (benefit["form"], benefit["base"]) == ("excess", "研发投入")
    assert [(step["ratio"], step["cap"]["value"]) for step in benefit["steps"]] == [(0.08, 90), (0.12, 200)]


def test_one_ceiling_behind_all_bands_is_over_them() -> None:
    row = only("按研发投入超过600万元部分的8%给予补助；超过3000万元部分的12%给予补助，最高不超过200万元。")
    assert (flat(row["cap"]), [step.get("cap") for step in row["benefits"][0]["steps"]]) == (
        (200, "万元", None),
        [None, None],
    )


# ---- Names


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("对企业发展中遇到的困难，要“一企一策”给予帮助。", "企业“一企一策”帮助"),
        ("对专精特新中小企业在融资服务、技术服务、专题培训等方面给予重点扶持。", "专精特新中小企业扶持"),
    ],
)
def test_names_without_what_surrounds_them(sentence: str, name: str) -> None:
    assert only(sentence)["name"] == name


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("企业年度研发投入较上年增长20%以上的，按新增研发投入的9%给予补助。", "企业"),
        ("企业购买首台套保险的，按保费的70%给予补助。", None),  # whether it has bought one no figure says
    ],
)
def test_whom_a_clause_without_a_name_is_for(sentence: str, whom: str | None) -> None:
    assert only(sentence)["beneficiary"] == whom


def test_where_help_is_given_is_nobody() -> None:
    row = only("鼓励各地引进优秀服务商，并在场地、资金等方面予以重点支持。")
    assert (row["beneficiary"], row["name"].startswith("并在")) == (None, False)


# ---- Deadlines


def test_what_the_office_does_is_no_application() -> None:
    rows = deadlines.read("申报时间为每年4月1日至5月31日。由市经信局会同市财政局于每年6月底前完成审核。")
    assert [(row["what"], row["recurs"]) for row in rows] == [("申报", "每年4月1日至5月31日")]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("公示无异议的确认其为“青江市领航星企业”并发布名单，有效期三年。", "青江市领航星企业"),
        ("经评审认定为省级示范平台，有效期3年。", "省级示范平台"),
        ("“领航星”企业有效期为两年。", "“领航星”企业"),
    ],
)
def test_the_title_that_is_granted(sentence: str, title: str) -> None:
    found = granted(sentence)
    assert found is not None
    assert (found.title, found.said) == (title, True)
    assert granted("本办法自印发之日起施行，有效期三年。") is None


def test_parts_say_when_they_are_paid() -> None:
    row = only("对新建项目，按实际投资额的3%给予补助，分两次兑现：竣工投产后兑现60%，达产后兑现40%。")
    assert (row["ratio_max"], len(row["benefits"])) == (0.03, 1)
    assert [(part["when"], part["ratio"]) for part in row["benefits"][0]["instalments"]] == [
        ("竣工投产", 0.6),
        ("达产", 0.4),
    ]


def test_as_much_again_is_added() -> None:
    (benefit,) = only("对绿色工厂给予30万元奖励，国家级奖励标准加倍。")["benefits"]
    assert [(one["when"], one["ratio"]) for one in benefit["add_ons"]] == [("国家级奖励标准加倍", 1.0)]


def test_more_for_some_places_leaves_the_others_theirs() -> None:
    one, two = clauses("对首次入选的企业给予一次性奖励50万元，在粤东粤西粤北地区的再奖励20万元。")
    assert (one["excludes"], two["regions"]) == ([], [WEST])


def test_a_bound_behind_an_award_is_its_condition() -> None:
    one, two = clauses(
        "风险补偿资金对合作银行贷款本金损失按40%予以补偿；单户贷款余额不得超过3000万元。",
        "对新建平台给予60万元补助；项目单位不得截留3000万元以上的资金。",
    )
    assert [leaf["value"] for leaf in _leaves(one["requires"])] == [3000]
    assert two["requires"] is None


def test_a_name_says_what_is_measured() -> None:
    rows = clauses("年营业收入首次超过2亿元的，奖励50万元；首次超过7亿元的，奖励90万元。")
    assert [row["name"] for row in rows] == ["年营业收入首次超过2亿元奖励", "年营业收入首次超过7亿元奖励"]


def test_ceilings_in_a_row_are_one_for_each_award() -> None:
    rows = clauses(
        "设备投资不足2000万元的，按6%给予补助；2000万元以上的，按8%给予补助，单个项目分别不超过100万元、300万元。"
    )
    assert [(row["ratio_max"], row["cap"]["value"]) for row in rows] == [(0.06, 100), (0.08, 300)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "珠三角核心区企业奖励50万元，沿海经济带企业奖励80万元。",
            [("珠三角核心区企业奖励", ["珠三角核心区"], []), ("沿海经济带企业奖励", ["沿海经济带"], [])],
        ),
        (
            "对粤东粤西粤北地区的企业，按10%给予补助。珠三角地区的企业按5%给予补助。",
            [("粤东粤西粤北地区的企业补助", [WEST], []), ("珠三角地区的企业补助", [REST], [])],
        ),
        (
            "对在东莞市、惠州市新设研发中心的企业给予90万元补助。",
            [("在东莞市、惠州市新设研发中心的企业补助", ["东莞", "惠州"], [])],
        ),
    ],
)
def test_awards_that_name_their_places_are_for_these(
    sentence: str, expected: list[tuple[str, list[str], list[str]]]
) -> None:
    assert [(row["name"], row["regions"], row["excludes"]) for row in clauses(sentence)] == expected
