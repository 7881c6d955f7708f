"""Instruments: every shape in which subsidy rules give money, in invented sentences."""

import hashlib
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.money.instruments import instruments
from loaders.policy.parts import parts, with_heads
from ontology.facts import record

HEAD = (
    "# 青江市人民政府关于印发青江市产业若干措施的通知\n\n青府规〔2023〕8号\n\n现将《青江市产业若干措施》印发给你们。\n\n"
    "青江市人民政府\n\n2023年5月6日\n\n# 青江市产业若干措施\n\n"
)
END = "\n\n第九十条 本措施自2023年6月1日起施行，有效期3年。\n"


def read(text: str) -> list[dict[str, Any]]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    document = parse(source)
    document = with_heads(document, parts(document))
    found = instruments(document).facts
    assert pickle.loads(pickle.dumps(found)) == found
    rows: list[dict[str, Any]] = [record(fact) for fact in found]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["quote"]
    return rows


def clauses(*sentences: str) -> list[dict[str, Any]]:
    return read(HEAD + "\n\n".join(f"第{n}条 {s}" for n, s in zip("一二三四五六七八九", sentences, strict=False)) + END)


def only(*sentences: str) -> dict[str, Any]:
    rows = clauses(*sentences)
    assert len(rows) == 1, [row["name"] for row in rows]
    return rows[0]


def flat(money: dict[str, Any] | None) -> tuple[float, str, str | None] | None:
    return (money["value"], money["unit"], money["per"]) if money else None


def thresholds(row: dict[str, Any]) -> list[tuple[str, str, float, str]]:
    return [(t["what"], t["op"], t["value"], t["unit"]) for t in row["thresholds"]]


def test_a_fixed_sum() -> None:
    row = only("对首次升规的工业企业，一次性给予20万元奖励。")
    assert (row["strength"], flat(row["amount"]), row["cap"]) == ("hard", (20, "万元", None), None)
    assert row["amount"]["yuan"] == 200_000
    assert row["beneficiary"] == "首次升规的工业企业"
    assert (row["valid_from"], row["valid_to"]) == ("2023-06-01", "2026-05-31")
    assert row["benefits"][0]["form"] == "fixed"


def test_a_share_with_a_ceiling_for_each_project() -> None:
    row = only("对总投资5亿元以上的项目，按实际投资额的3%给予补助，单个项目最高不超过3000万元。")
    assert (row["ratio_max"], flat(row["cap"])) == (0.03, (3000, "万元", "单个项目"))
    assert row["benefits"][0]["base"] == "实际投资额"
    assert thresholds(row) == [("total-investment", ">=", 5, "亿元")]
    assert row["requires"]["op"] == ">="


def test_a_ceiling_in_the_next_sentence_and_after_a_semicolon() -> None:
    row = only("对新建平台，按设备购置额的百分之三十给予资助。每个平台最高不超过一千五百万元。")
    assert (row["ratio_max"], row["cap"]["value"], row["cap"]["unit"]) == (0.3, 1500, "万元")
    first, second = clauses("对甲类平台给予50万元奖励；对乙类平台按投资额的5%给予补助，最高80万元。")
    assert (first["cap"], flat(second["cap"])) == (None, (80, "万元", None))


def test_a_range_of_shares() -> None:
    row = only("对重大项目，按固定资产投资的5%—20%给予扶持。")
    assert (row["ratio_max"], row["benefits"][0]["ratio_min"]) == (0.2, 0.05)


def test_a_share_of_an_excess_and_of_an_increase() -> None:
    row = only("对年产值同比增长超过1000万元的企业，给予企业超出额0.5%的奖励，最高20万元。")
    assert (row["ratio_max"], row["benefits"][0]["form"], row["benefits"][0]["base"]) == (0.005, "excess", "超出额")
    row = only("对企业按研发投入增量部分的10%给予奖励。")
    assert (row["benefits"][0]["form"], row["ratio_max"]) == ("excess", 0.1)
    row = only("按申报期内新增实际固定资产投资额的2%给予企业奖励。")
    assert row["benefits"][0]["form"] == "ratio"


def test_ladders_of_thresholds_shares_and_ceilings_are_zipped() -> None:
    row = only(
        "对技改项目，设备投入达到500万元、1000万元、2000万元以上的，分别按设备投入的5%、6%、8%给予补助，"
        "最高分别不超过100万元、200万元、500万元。"
    )
    steps = row["benefits"][0]["steps"]
    assert [step["ratio"] for step in steps] == [0.05, 0.06, 0.08]
    assert [step["from"]["value"] for step in steps] == [500, 1000, 2000]
    assert [step.get("to", {}).get("value") for step in steps] == [1000, 2000, None]
    assert [step["cap"]["value"] for step in steps] == [100, 200, 500]
    assert [step.get("to_inclusive") for step in steps] == [False, False, None]
    assert row["ratio_max"] == 0.08
    assert thresholds(row) == [("equipment", ">=", 500, "万元")]


def test_the_next_step_begins_behind_what_the_step_before_includes() -> None:
    row = only(
        "对农业项目，总投资1000万元及以上至5000万元、5000万元以上至1亿元、1亿元以上的，按税收的70%、80%和90%给予奖励。"
    )
    steps = row["benefits"][0]["steps"]
    assert [step["from_inclusive"] for step in steps] == [True, False, False]
    assert [step.get("to_inclusive") for step in steps] == [True, True, None]
    assert steps[1]["to"] == {"value": 1, "unit": "亿元"}


def test_a_ladder_of_sums_in_the_target() -> None:
    row = only("对年度产值首次突破10亿元、50亿元、100亿元的企业，分别给予50万元、200万元、500万元奖励。")
    steps = row["benefits"][0]["steps"]
    assert [(s["from"]["value"], s["from_inclusive"], s["sum"]["value"]) for s in steps] == [
        (10, False, 50),
        (50, False, 200),
        (100, False, 500),
    ]


def test_kinds_zipped_with_sums() -> None:
    row = only("对首次认定的国家级、省级、市级技术中心，分别给予300万元、100万元、20万元奖励。")
    steps = row["benefits"][0]["steps"]
    assert [s["sum"]["value"] for s in steps] == [300, 100, 20]
    assert ["国家级" in steps[0]["when"], "省级" in steps[1]["when"], "市级" in steps[2]["when"]] == [True] * 3


def test_steps_in_clauses_of_their_own_keep_what_is_measured() -> None:
    rows = clauses(
        "固定资产投资在3000万元（含）至1亿元（不含）的，按投资额的4%补助；1亿元（含）以上的，按5%补助。单个项目不超过3000万元。"
    )
    assert [(row["ratio_max"], flat(row["cap"])) for row in rows] == [
        (0.04, (3000, "万元", "单个项目")),
        (0.05, (3000, "万元", "单个项目")),
    ]
    assert thresholds(rows[0]) == [("total-investment", ">=", 3000, "万元"), ("total-investment", "<", 1, "亿元")]
    assert thresholds(rows[1]) == [("total-investment", ">=", 1, "亿元")]


def test_shares_for_years() -> None:
    row = only("对总部企业，前两年按贡献的80%给予奖励，后三年按贡献的50%给予奖励，每年最高500万元。")
    assert [(s["when"], s["ratio"]) for s in row["benefits"][0]["steps"]] == [("前两年", 0.8), ("后三年", 0.5)]
    assert flat(row["cap"]) == (500, "万元", "每年")
    row = only(
        "租用厂房的企业，前三年按租金的100%、80%、50%给予补贴，每年每平方米不超过120元，每家企业每年不超过60万元。"
    )
    assert [s["when"] for s in row["benefits"][0]["steps"]] == ["第一年", "第二年", "第三年"]
    assert (flat(row["cap"]), flat(row["benefits"][0]["caps"][0])) == (
        (120, "元", "每年每平方米"),
        (60, "万元", "每家企业每年"),
    )


def test_instalments() -> None:
    row = only("对入统企业给予10万元奖励（第一年奖励5万元，第二年奖励3万元，第三年奖励2万元）。")
    assert flat(row["amount"]) == (10, "万元", None)
    assert [(i["when"], i["amount"]["value"]) for i in row["benefits"][0]["instalments"]] == [
        ("第一年", 5),
        ("第二年", 3),
        ("第三年", 2),
    ]
    row = only("对落户项目，按投资额的3%给予补助，分三年按40%、30%、30%的比例拨付。")
    assert (row["ratio_max"], [i["ratio"] for i in row["benefits"][0]["instalments"]]) == (0.03, [0.4, 0.3, 0.3])
    row = only("对落户企业给予500万元奖励，分三年按4:3:3比例兑现。")
    assert [i["ratio"] for i in row["benefits"][0]["instalments"]] == [0.4, 0.3, 0.3]
    row = only("企业成功上市的，奖励1000万元，其中：完成股改奖励100万元，申报受理奖励300万元，成功上市奖励600万元。")
    assert [i["amount"]["value"] for i in row["benefits"][0]["instalments"]] == [100, 300, 600]


def test_percentage_points_on_top() -> None:
    _, row = clauses("对技改项目按投资额的5%给予补助。", "对列入省级重点的企业，上述补助比例提高2个百分点。")
    assert row["benefits"][0]["add_ons"][0]["points"] == {"value": 2, "unit": "个百分点"}
    row = only("对技改项目按投资额的5%给予补助，属于首台套的，补助比例提高3个百分点。")
    assert (row["ratio_max"], row["benefits"][0]["add_ons"][0]["points"]["value"]) == (0.05, 3)


def test_an_award_on_top_of_another() -> None:
    first, second = clauses("对省级平台给予100万元奖励；在此基础上，对设在县域的平台再给予20万元奖励。")
    assert (flat(first["amount"]), flat(second["amount"]), second["instrument_type"]) == (
        (100, "万元", None),
        (20, "万元", None),
        "matching",
    )


def test_matching_by_proportion_and_in_full() -> None:
    row = only("对获得国家立项的企业，按国家拨付资金1:0.5比例给予配套，最高500万元。")
    assert (row["ratio_max"], row["instrument_type"], flat(row["cap"])) == (0.5, "matching", (500, "万元", None))
    row = only("对参加认证的企业，检测费用给予全额补贴。")
    assert row["ratio_max"] == 1.0


def test_a_ceiling_over_several_awards() -> None:
    first, second = clauses("对甲类项目给予100万元奖励；对乙类项目给予200万元奖励。同一企业各项奖励合计不超过250万元。")
    assert flat(first["shared_cap"]) == flat(second["shared_cap"]) == (250, "万元", "同一企业")
    assert first["cap"] is None


def test_ceilings_for_kinds_in_one_sentence() -> None:
    rows = clauses(
        "对示范项目按不超过投入的30%给予奖补，云平台样板和智能车间样板支持上限每个项目不超过500万元，协同制造样板支持上限每个项目不超过200万元。"
    )
    assert [(row["name"], row["cap"]["value"], row["ratio_max"]) for row in rows] == [
        ("云平台样板支持", 500, 0.3),
        ("智能车间样板支持", 500, 0.3),
        ("协同制造样板支持", 200, 0.3),
    ]


def test_alternatives() -> None:
    row = only(
        "符合下列条件之一的企业，给予100万元奖励：上年度营业收入1亿元以上；或上年度纳税额500万元以上；或从业人员300人以上。"
    )
    assert [leaf["what"] for leaf in row["requires"]["any"]] == ["revenue", "tax-paid", "employees"]


def test_case_by_case_and_the_standard_of_another_article() -> None:
    first, soft, standard = clauses(
        "对新建项目按投资额的4%给予补助。", "对特别重大项目，实行“一事一议”。", "对总部企业，按照第一条标准执行。"
    )
    assert first["ratio_max"] == 0.04
    assert (soft["strength"], soft["instrument_type"]) == ("soft", "case-by-case")
    assert (standard["benefits"][0]["standard"], standard["ratio_max"], standard["strength"]) == (
        "第一条",
        0.04,
        "hard",
    )


def test_interest_rent_insurance_and_terms() -> None:
    row = only("对企业贷款按不超过同期利率的50%给予贴息，每户企业每年最高200万元，贴息期限最长不超过2年。")
    assert (row["instrument_type"], row["ratio_max"]) == ("interest-subsidy", 0.5)
    assert row["benefits"][0]["term"] == {"value": 2, "unit": "年"}
    assert "不超过" in row["reservation"]
    row = only("对首批次产品，按保费的80%给予不超过3年的补贴。")
    assert (row["instrument_type"], row["benefits"][0]["term"]["value"]) == ("insurance-subsidy", 3)


def test_a_fund_is_no_award() -> None:
    row = only("设立首期规模10亿元的产业投资基金，支持重点项目建设。")
    assert (row["instrument_type"], row["amount"], row["cap"]) == ("fund", None, None)
    assert thresholds(row) == [("scale", "=", 10, "亿元")]
    assert "产业投资基金" in row["name"]


def test_for_a_city_government_and_for_a_platform() -> None:
    row = only("省财政按新增投资额不超过2%的比例核算奖励资金，对地级以上市政府予以事后奖励。")
    assert (row["beneficiary"], row["ratio_max"], row["instrument_type"]) == ("地级以上市政府", 0.02, "post-award")
    row = only("省根据服务企业数量，对平台予以事后奖补。")
    assert (row["beneficiary"], row["strength"], row["ratio_max"]) == ("平台", "soft", None)


def test_boundary_words_are_the_documents_own() -> None:
    rows = clauses("对投资1亿元以上的项目给予100万元奖励。", "本措施所称“以上”不含本数。")
    assert thresholds(rows[0]) == [("other", ">", 1, "亿元")]


REGIONS = (
    "对珠三角地区（{a}市，下同）设备购置额700万元以上的项目按设备购置额的20%给予奖励，"
    "对粤东粤西粤北地区（{b}市，下同）设备购置额400万元以上的项目按设备购置额的30%给予奖励，单个项目最高5000万元。"
)
EIGHT = "广州、珠海、佛山、惠州、东莞、中山、江门和肇庆"
TWELVE = "汕头、韶关、河源、梅州、汕尾、阳江、湛江、茂名、清远、潮州、揭阳和云浮"


def test_scope_by_enumeration_leaves_a_city_out() -> None:
    one, other = clauses(REGIONS.format(a=EIGHT, b=TWELVE))
    assert (len(one["regions"]), len(other["regions"])) == (8, 12)
    assert one["excludes"] == other["excludes"] == ["深圳"]
    assert (one["cap"]["value"], other["cap"]["value"]) == (5000, 5000)
    assert (one["thresholds"][0]["value"], other["thresholds"][0]["value"]) == (700, 400)


def test_scope_follows_the_cities_of_the_text() -> None:
    one, _ = clauses(REGIONS.format(a=EIGHT.replace("东莞", "深圳"), b=TWELVE))
    assert "深圳" in one["regions"]
    assert one["excludes"] == ["东莞"]


def test_regions_of_another_province_are_those_that_the_text_lists() -> None:
    one, other = clauses(
        "对苏南地区（苏州、无锡、常州，下同）设备购置额2000万元以上的项目、苏北地区（徐州、淮安、盐城，下同）设备购置额1000万元以上的项目，"
        "分别按设备购置额的8%、12%给予奖励，最高分别为300万元和500万元。"
    )
    assert (one["regions"], one["ratio_max"], one["cap"]["value"]) == (["苏州", "无锡", "常州"], 0.08, 300)
    assert (other["regions"], other["ratio_max"], other["cap"]["value"]) == (["徐州", "淮安", "盐城"], 0.12, 500)


def test_the_period_whose_spending_counts() -> None:
    row = only("对2023年1月1日至2024年12月31日期间购置设备的企业，按设备款的10%予以补助。")
    assert (row["spending_from"], row["spending_to"]) == ("2023-01-01", "2024-12-31")


def test_a_title_that_is_granted() -> None:
    row = only("对评审合格的企业，确认其为“青江市隐形冠军企业”并发布名单，有效期三年。")
    assert (row["instrument_type"], row["strength"], row["benefits"][0]["term"]) == (
        "recognition",
        "hard",
        {"value": 3, "unit": "年"},
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "对负有责任的人员依法给予处分。",
        "无绩效指标的项目不予以扶持。",
        "2023年全市扶持资金超过4500万元，惠及企业300家。",
        "到2025年，产业规模达到500亿元，年均增长10%以上。",
        "总投资超过300亿元的项目加快建设。",
        "评估时限不得超过30个工作日。",
        "对成效明显的地市给予通报表扬。",
    ],
)
def test_what_is_no_instrument(sentence: str) -> None:
    assert clauses(sentence) == []


def test_an_explanation_repeats_the_same_instrument() -> None:
    body = HEAD + "第一条 对首次升规的工业企业，给予20万元奖励。" + END
    again = "\n\n# 《青江市产业若干措施》解读\n\n一、主要内容\n\n对首次升规的工业企业，给予20万元奖励。\n"
    assert [row["amount"]["value"] for row in read(body + again)] == [20]


def test_a_page_break_does_not_turn_a_threshold_round() -> None:
    text = HEAD + "第一条 申报条件。项目投入费用（不含税，下同）\n\n\n\n不低于500万元，且研发人员占比不低于10%。" + END
    text = text.replace("申报条件。", "申报项目应符合下列条件：\n\n1.")
    assert read(text) == []


@given(
    st.integers(1, 99),
    st.integers(1, 9999),
    st.sampled_from(["万元", "亿元"]),
    st.integers(1, 9999),
)
def test_figures_follow_the_text(share: int, cap: int, unit: str, least: int) -> None:
    row = only(f"对总投资{least}万元以上的项目，按投资额的{share}%给予补助，单个项目最高不超过{cap}{unit}。")
    assert row["ratio_max"] == share / 100
    assert flat(row["cap"]) == (cap, unit, "单个项目")
    assert thresholds(row) == [("total-investment", ">=", least, "万元")]


def test_a_short_list_of_cities_leaves_nobody_out() -> None:
    row = only(f"对粤东粤西粤北地区（{TWELVE}市，下同）的项目按投资额的5%给予奖励。")
    assert (len(row["regions"]), row["excludes"]) == (12, [])


def test_each_region_has_its_own_threshold() -> None:
    text = (
        HEAD + "第一条 申报云平台奖励的项目应满足以下条件：\n\n"
        "（一）珠三角地区（广州、佛山、东莞市，下同）项目设备购置额不低于700万元，粤北地区（韶关、河源、梅州、清远市，下同）"
        "项目设备购置额不低于400万元。\n\n第二条 云平台奖励标准。对珠三角地区项目按设备购置额的20%给予奖励，"
        "粤北地区项目按设备购置额的30%给予奖励。" + END
    )
    one, other = read(text)
    assert [t["value"] for t in one["thresholds"]] == [700]
    assert [t["value"] for t in other["thresholds"]] == [400]
    assert (one["ratio_max"], other["ratio_max"]) == (0.2, 0.3)


def test_a_share_in_thousandths() -> None:
    assert only("对承运企业按营业额的3‰给予奖励。")["ratio_max"] == 0.003


def test_what_is_refused_below_is_required_above() -> None:
    row = only("对购置设备的企业，按设备款的10%予以补助，设备购置额低于100万元的不予补助。")
    assert thresholds(row) == [("equipment", ">=", 100, "万元")]


def test_general_conditions_stay_with_their_scheme() -> None:
    text = (
        HEAD + "第一条 申报企业应同时符合下列条件：\n\n（一）上年度营业收入2000万元以上。\n\n"
        "第二条 对新建平台给予50万元奖励。\n\n第三条 对改建平台按投资额的5%给予补助。" + END
    )
    rows = read(text)
    assert [row["requires"] for row in rows] == [None, None]
    assert len({row["scheme"] for row in rows}) == 1
    assert rows[0]["scheme"]
