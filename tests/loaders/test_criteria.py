"""Criteria of eligibility, and the conditions that they form."""

import hashlib
from typing import Any

import pytest

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.money.criteria import criteria
from loaders.policy.parts import parts, with_heads
from ontology.facts import record

TITLE = "# 江苏省工业和信息化厅关于开展隐形冠军企业培育工作的通知\n\n苏工信〔2023〕7号\n\n"


def read(text: str) -> list[dict[str, Any]]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    document = parse(source)
    rows: list[dict[str, Any]] = [record(fact) for fact in criteria(with_heads(document, parts(document))).facts]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["quote"]
    return rows


def under(*items: str, lead: str = "申报隐形冠军企业应同时符合下列条件：") -> list[dict[str, Any]]:
    listed = "\n\n".join(f"（{n}）{item}" for n, item in zip("一二三四五六七", items, strict=False))
    return read(f"{TITLE}第一条 {lead}\n\n{listed}\n\n第二条 评审时限不超过30个工作日，入选企业不超过200家。\n")


def short(row: dict[str, Any]) -> tuple[str, str, object, str | None]:
    return row["what"], row["op"], row["value"], row["unit"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("上年度营业收入5000万元以上。", [("revenue", ">=", 5000, "万元")]),
        ("企业资产负债率不高于70%。", [("debt-ratio", "<=", 70, "%")]),
        ("从事特定细分市场时间达到3年及以上。", [("years", ">=", 3, "年")]),
        ("近两年研发投入占销售收入的比重达到3%以上。", [("rd-share", ">=", 3, "%")]),
        ("拥有2项与主导产品相关的发明专利。", [("patents", ">=", 2, "项")]),
        ("上年度主营业务收入超2亿（含）。", [("revenue", ">=", 2, "亿元")]),
        ("利润总额为正数。", [("net-profit", ">", 0, "元")]),
        ("主营业务收入为正增长。", [("revenue-growth", ">", 0, "%")]),
        ("上年度营业收入不足5000万元。", [("revenue", "<", 5000, "万元")]),
        (
            "上年度营业收入5000万元（含）—1亿元（不含）。",
            [("revenue", ">=", 5000, "万元"), ("revenue", "<", 1, "亿元")],
        ),
        ("亩均税收达到10万元。", [("output-per-mu", ">=", 10, "万元/亩")]),
        ("信息化投入（含软件）不低于项目总投入的60%。", [("it-share", ">=", 60, "%")]),
        ("项目启动时间不早于2022年3月1日。", [("started", ">=", "2022-03-01", None)]),
        ("项目建设周期不超过两年。", [("duration", "<=", 2, "年")]),
    ],
)
def test_one_criterion(item: str, expected: list[tuple[str, str, object, str | None]]) -> None:
    assert [short(row) for row in under(item)] == expected


def test_only_eligibility_counts() -> None:
    rows = under("近五年未发生重大事故。", "资格有效期三年。", "上年末总资产3000万元以上。")
    assert [short(row) for row in rows] == [("assets", ">=", 3000, "万元")]


def test_the_whole_condition_stands_with_the_first_criterion() -> None:
    rows = under(
        "在本省登记注册、具有独立法人资格。",
        "上年末总资产3000万元以上，资产负债率不超过60%。",
        "拥有发明专利3件以上；或研发人员占比15%以上。",
    )
    assert [row["requires"] is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    members = rows[0]["requires"]["all"]
    assert (members[0]["what"], members[0]["op"], members[0]["value"]) == ("registered", "=", None)
    assert [m["what"] for m in members[1:3]] == ["assets", "debt-ratio"]
    assert len(members[3]["any"]) == 2


def test_at_least_one_of_several() -> None:
    rows = under(
        "专业化指标。主营业务收入占营业收入的75%以上。",
        "创新指标。拥有发明专利2项以上。",
        lead="企业还应满足以下至少一类指标：",
    )
    assert rows[0]["requires"]["at_least"] == 1
    assert len(rows[0]["requires"]["of"]) == 2
    assert ("other", ">=", 1, "类") in [short(row) for row in rows]


def test_regions_and_their_cities() -> None:
    rows = under(
        "珠三角地区（广州、佛山、东莞市，下同）的企业上年末总资产3000万元以上，粤北地区的企业上年末总资产2000万元以上。"
    )
    assert [(row["region"], row["value"]) for row in rows] == [("珠三角", 3000), ("粤北", 2000)]
    assert rows[0]["regions"] == ["广州", "佛山", "东莞"]


def test_relief() -> None:
    rows = under("上年末总资产3000万元以上。\n\n以上（一）指标要求，对优先领域的企业可适当降低不超过20%。")
    assert ("other", "<=", 20, "%") in [short(row) for row in rows]
    assert "20%" in rows[0]["relief"]


def test_thresholds_of_awards_are_criteria_of_the_award() -> None:
    rows = read(f"{TITLE}第一条 对总投资5亿元以上的项目，按投资额的3%给予补助，最高100万元。\n")
    assert [short(row) for row in rows] == [("total-investment", ">=", 5, "亿元")]


def test_a_list_of_bad_cases_is_no_eligibility() -> None:
    assert (
        read(f"{TITLE}一、申报条件\n\n有下列情形之一的，应当申请变更：\n\n（一）建设规模变化幅度在20%及以上的；\n")
        == []
    )


def test_a_page_break_does_not_turn_a_threshold_round() -> None:
    text = f"{TITLE}一、申报条件\n\n珠三角地区项目投入费用（不含税，下同）\n\n\n\n不低于500万元，粤北地区项目投入费用不低于300万元。\n"
    assert [(row["region"], *short(row)[1:]) for row in read(text)] == [
        ("珠三角", ">=", 500, "万元"),
        ("粤北", ">=", 300, "万元"),
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("纳米产品销售收入占比不少于六成。", [("other", ">=", 60, "%")]),
        ("通过数字化能力成熟度三级及以上评估。", [("other", ">=", 3, "级")]),
        ("成立时间满18个月。", [("years", ">=", 18, "个月")]),
        ("资产负债率控制在80%以内。", [("debt-ratio", "<=", 80, "%")]),
    ],
)
def test_more_ways_to_demand(item: str, expected: list[tuple[str, str, object, str | None]]) -> None:
    assert [short(row) for row in under(item)] == expected


def test_two_of_several_with_the_number_at_the_end() -> None:
    rows = under("研发投入占比3%以上。", "拥有发明专利5项以上。", lead="申报单位还应至少满足以下条件中的两项：")
    assert ("other", ">=", 2, "项") in [short(row) for row in rows]
    assert rows[0]["requires"]["at_least"] == 2


def test_relief_in_a_clause_of_its_own_names_what_and_where() -> None:
    rows = under(
        "上年末总资产3000万元以上。", "位于北部生态发展区的企业，第（一）项的总资产指标可适当降低，降幅不超过20%。"
    )
    relief = [row for row in rows if short(row) == ("other", "<=", 20, "%")]
    assert [(row["criterion"], row["region"]) for row in relief] == [("（一）总资产指标可降低幅度", "北部生态发展区")]


def test_what_lets_in_outside_of_a_list() -> None:
    rows = read(f"{TITLE}一、评审\n\n专家组织评审，评审得分不低于75分的项目列入拟支持名单。\n")
    assert [short(row)[1:] for row in rows] == [(">=", 75, "分")]


def test_two_terms_of_one_length_are_two_criteria() -> None:
    rows = under("在境内连续经营3年以上。", "从事特定细分市场时间达到3年以上。", "从事特定细分市场满3年。")
    assert [row["criterion"] for row in rows] == ["在境内连续经营", "从事特定细分市场时间"]


def test_a_line_that_was_cut_behind_not_goes_on() -> None:
    rows = under("上年度亩均税收不\n\n低于15万元；")
    assert [short(row) for row in rows] == [("output-per-mu", ">=", 15, "万元/亩")]
