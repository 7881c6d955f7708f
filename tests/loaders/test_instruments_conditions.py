"""What instruments and titles demand beside their figures: lists of what bars, lead-ins, classes, settlements."""

from typing import Any

import pytest

from tests.loaders.test_criteria import TITLE, read, under
from tests.loaders.test_instruments import clauses, only


def whole(rows: list[dict[str, Any]]) -> list[Any]:
    """The members of the condition that the first row of a scheme carries."""
    condition = next(row["requires"] for row in rows if row["requires"] is not None)
    members: list[Any] = condition.get("all", [condition])
    return members


def flags(members: list[Any]) -> list[tuple[str, str, object]]:
    """Leaves without a figure: (not or nothing, attribute, value)."""
    found = []
    for one in members:
        leaf = one.get("not", one)
        if "what" in leaf and not isinstance(leaf.get("value"), int | float) and leaf["op"] != "judged":
            found.append(("not" if "not" in one else "", leaf["what"], leaf.get("value")))
    return found


DEMAND = "第一条 申报隐形冠军企业应同时符合下列条件：\n\n（一）上年度营业收入5000万元以上。\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第二条 有下列情形之一的企业，不予受理：\n\n（一）发生重大安全事故的；\n\n（二）同一项目已获得省财政资金支持的；\n",
            [("", "clean-record", None), ("not", "prior-provincial-funding", None)],
        ),
        (
            "第二条 存在以下行为之一的，不得申报：近三年被列为失信被执行人的；提供虚假材料的。\n",
            [("", "clean-record", None)],
        ),
        ("第二条 已认定为省级领航企业的单位，不再受理。\n", [("not", "prior-recognition", "省级领航企业")]),
        # What happens to those who are in already is no condition of getting in.
        ("第二条 有下列情形之一的企业，撤销其称号：\n\n（一）发生重大安全事故的；\n", []),
        # With a figure it is left to the text.
        ("第二条 有下列情形之一的企业，不予受理：\n\n（一）近3年发生重大安全事故2起以上的；\n", []),
    ],
)
def test_what_bars_is_a_condition(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert flags(whole(read(TITLE + DEMAND + text))) == expected


def test_a_lead_in_demands_what_it_says_before_it_leads_in() -> None:
    rows = read(
        f"{TITLE}## 二、申报要求\n\n（一）申报主体。由在江苏省注册、具有独立法人资格的软件企业申报。具体要求如下：\n\n"
        "1.上年度营业收入5000万元以上。\n"
    )
    assert flags(whole(rows)) == [("", "registered", None)]


def test_classes_under_a_heading_are_alternatives() -> None:
    rows = read(
        f"{TITLE}## 二、培育条件\n\n### （一）基本条件。\n\n1.企业资产负债率不高于60%。\n\n### （二）分类条件。\n\n"
        "1.上年度营业收入2亿元以上，且研发费用占营业收入比重不低于4%。\n\n2.上年度营业收入不足2亿元，且研发费用占营业收入比重不低于7%。\n"
    )
    debt, classes = whole(rows)
    assert debt["what"] == "debt-ratio"
    assert [{leaf["what"] for leaf in one["all"]} for one in classes["any"]] == [{"revenue", "rd-share"}] * 2


def test_what_must_be_before_the_notice_is_before_its_day() -> None:
    dated = (
        f"{TITLE}{DEMAND}（二）项目在本通知印发前竣工，建设周期不超过3年。\n\n江苏省工业和信息化厅\n\n2023年5月6日\n"
    )
    assert ("", "completed", "2023-05-06") in flags(whole(read(dated)))
    undated = dated.replace("2023年5月6日\n", "")
    assert not any(what == "completed" for _, what, _ in flags(whole(read(undated))))


def test_clauses_beside_a_figure_are_kept() -> None:
    rows = under(
        "在江苏省内登记注册满3年、具有独立法人资格的企业，且属于省级部门认定的创新型企业或其他成长性突出的企业。"
    )
    assert flags(whole(rows)) == [("", "registered", None)]
    assert {one.get("value") for one in whole(rows)} >= {3}
    either = next(one for one in whole(rows) if "any" in one)
    assert {(leaf["what"], leaf["op"], leaf.get("value")) for leaf in either["any"]} == {
        ("prior-recognition", "=", "创新型企业"),
        ("other", "judged", None),
    }


def test_a_body_of_the_whole_country_need_not_be_of_the_province() -> None:
    rows = under("在中国境内登记注册、成立满3年的中小企业。")
    assert [one for one in flags(whole(rows)) if one[1] in ("registered", "kind")] == [("", "kind", "中小企业")]


SETTLED = "第五条 2020年度已获支持的智能工厂项目按期建成并通过验收后，按实际软件投入核算补助金额。"


def test_what_is_settled_for_earlier_projects_is_an_instrument_without_a_figure() -> None:
    row = only(SETTLED)
    assert (row["strength"], row["ratio_max"], row["cap"], row["amount"]) == ("hard", None, None, None)
    assert row["benefits"][0]["base"] == "实际软件投入"
    assert row["beneficiary"] == "2020年度已获支持的智能工厂项目"
    assert ("", "accepted", None) in flags(row["requires"]["all"])


@pytest.mark.parametrize(
    "sentence",
    [
        "第五条 项目单位通过验收后，按程序报批，省财政厅核算奖励资金额度。",
        "第五条 申报项目完工后，按审计结果核定投资额。",
    ],
)
def test_steps_of_an_office_are_no_settlement(sentence: str) -> None:
    assert clauses(sentence) == []
