"""Instruments: bands, add-ons, limits over several articles, exclusions, names, what forfeits an award."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.test_instruments import END, HEAD, clauses, flat, only, read, thresholds


def add_ons(row: dict[str, Any]) -> list[tuple[str, Any]]:
    found = []
    for one in row["benefits"][0]["add_ons"]:
        size = one["points"] or one["amount"]
        found.append((one["when"], one["ratio"] if one["ratio"] is not None else size["value"]))
    return found


def test_bands_are_one_award_and_no_ladder() -> None:
    row = only(
        "对智能装备企业，采取超额累进方式给予补助：研发费用不超过300万元的部分，按9%给予补助；"
        "超过300万元至700万元的部分，按6%给予补助；超过700万元的部分，按2%给予补助。每家企业每年最高90万元。"
    )
    benefit = row["benefits"][0]
    assert (benefit["form"], benefit["base"], row["ratio_max"], flat(row["cap"])) == (
        "excess",
        "研发费用",
        0.09,
        (90, "万元", "每家企业每年"),
    )
    assert [(s.get("from", {}).get("value"), s.get("to", {}).get("value"), s["ratio"]) for s in benefit["steps"]] == [
        (None, 300, 0.09),
        (300, 700, 0.06),
        (700, None, 0.02),
    ]
    assert thresholds(row) == []


def test_bands_in_clauses_of_one_sentence_and_their_entry() -> None:
    row = only("对年度研发费用在200万元以上的企业，1000万元以下的部分按8%给予补助，超过1000万元的部分按5%给予补助。")
    assert [s["ratio"] for s in row["benefits"][0]["steps"]] == [0.08, 0.05]
    assert thresholds(row) == [("rd-spending", ">=", 200, "万元")]


def test_parts_of_different_figures_are_two_awards() -> None:
    one, two = clauses("研发费用不超过300万元的部分，按9%给予补助；设备购置额超过700万元的部分，按2%给予补助。")
    assert (one["ratio_max"], two["ratio_max"]) == (0.09, 0.02)


def test_the_excess_over_one_figure_is_no_band() -> None:
    first, second = clauses("对机器人按每台2万元给予补助；购置超过50台的，超出部分按每台3万元给予补助。")
    assert (flat(first["amount"]), flat(second["amount"])) == ((2, "万元", "每台"), (3, "万元", "每台"))
    assert first["benefits"][0]["form"] == "fixed"


@given(st.lists(st.integers(1, 99), min_size=2, max_size=4, unique=True), st.integers(100, 900))
def test_bands_of_any_number(shares: list[int], first: int) -> None:
    ends = [first * (i + 1) for i in range(len(shares) - 1)]
    said = [f"营业收入不超过{ends[0]}万元的部分，按{shares[0]}%给予奖励"]
    said += [
        f"超过{low}万元至{high}万元的部分，按{share}%给予奖励"
        for low, high, share in zip(ends, ends[1:], shares[1:], strict=False)
    ]
    said.append(f"超过{ends[-1]}万元的部分，按{shares[-1]}%给予奖励")
    row = only(f"对企业分段给予奖励：{'；'.join(said)}。")
    assert [round(s["ratio"] * 100) for s in row["benefits"][0]["steps"]] == shares
    assert row["ratio_max"] == max(shares) / 100


def test_what_raises_an_award_is_no_award() -> None:
    row = only("对检测平台按投资额的20%给予补助，最高60万元。项目位于山区县的，补助标准上浮30%。")
    assert row["ratio_max"] == 0.2
    assert add_ons(row) == [("项目位于山区县的，补助标准上浮30%", 0.3)]
    assert any("上浮" in span["quote"] for span in row["more"])


def test_an_add_on_says_in_which_case() -> None:
    row = only("企业购置设备的，按设备款的8%给予补助；产品属于重点领域的，补助比例提高2个百分点。")
    assert add_ons(row) == [("产品属于重点领域的，补助比例提高2个百分点", 2)]


def test_what_each_further_unit_adds() -> None:
    row = only("检测服务收入达到300万元的，奖励12万元；每增加150万元，增加奖励6万元，最多不超过40万元。")
    assert (flat(row["amount"]), flat(row["cap"])) == ((12, "万元", None), (40, "万元", None))
    assert add_ons(row) == [("每增加150万元，增加奖励6万元", 6)]
    assert thresholds(row) == [("other", ">=", 300, "万元")]


def test_a_rate_of_supply_gives_nothing() -> None:
    assert clauses("关键材料本地配套率为42%，带动配套企业30家。") == []


def test_who_supplies_is_not_given_a_matching_award() -> None:
    row = only("对控制器首次配套本市整机企业的，按年度配套金额的5%给予奖励。")
    assert (row["instrument_type"], row["ratio_max"]) == ("post-award", 0.05)


def test_a_limit_over_two_articles() -> None:
    one, two, three = clauses(
        "对技改项目按投资额的8%给予补助，最高150万元。",
        "对贷款按利息的50%给予贴息。",
        "对新建平台给予30万元奖励。",
        "同一企业年度内根据本措施第一条、第二条获得的资金合计不超过180万元。",
    )
    assert flat(one["shared_cap"]) == flat(two["shared_cap"]) == (180, "万元", "同一企业年度")
    assert three["shared_cap"] is None
    assert any("合计不超过180万元" in span["quote"] for span in two["more"])


def test_a_limit_over_all_of_a_policy() -> None:
    rows = clauses(
        "对技改项目按投资额的8%给予补助。",
        "对新建平台给予30万元奖励。",
        "单个企业享受本措施各项资金累计不超过500万元。",
    )
    assert [flat(row["shared_cap"]) for row in rows] == [(500, "万元", "单个企业")] * 2


def test_what_all_of_a_policy_may_cost_is_no_award() -> None:
    _, row = clauses("对新建平台给予30万元奖励。", "本措施每年资金总额不超过2亿元。")
    assert (row["instrument_type"], row["amount"], row["cap"]) == ("fund", None, None)
    assert thresholds(row) == [("scale", "<=", 2, "亿元")]


@pytest.mark.parametrize(
    ("sentence", "excludes"),
    [
        ("企业在县内（云山镇、白水街道除外）租用厂房的，按每月每平方米5元给予补贴。", ["云山镇", "白水街道"]),
        ("对新建平台给予30万元奖励，高新区除外。", ["高新区"]),
        ("宁州市、平川市以外地区的项目，按投资额的40%给予补助。", ["宁州", "平川"]),
        ("对新建平台（不含续建项目）给予30万元奖励。", []),
        ("除国家另有规定外，对新建平台给予30万元奖励。", []),
    ],
)
def test_what_territory_is_left_out(sentence: str, excludes: list[str]) -> None:
    assert only(sentence)["excludes"] == excludes


def test_a_rent_for_each_month_and_square_metre() -> None:
    row = only("企业租用厂房的，按每月每平方米6元给予租金补贴，补贴面积最多2000平方米，补贴期限最长24个月。")
    assert flat(row["amount"]) == (6, "元", "每月每平方米")
    assert row["benefits"][0]["term"] == {"value": 24, "unit": "个月"}
    assert ("area", "<=", 2000, "平方米") in thresholds(row)


def test_the_ceiling_of_a_ladder_of_ceilings_is_the_highest() -> None:
    row = only("对国家级、省级创新中心，分别给予最高900万元、400万元补助。")
    assert flat(row["cap"]) == (900, "万元", None)
    assert [s["when"] for s in row["benefits"][0]["steps"]] == ["国家级", "省级创新中心"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("分三年按5:3:2的比例拨付", [("第一年", 0.5), ("第二年", 0.3), ("第三年", 0.2)]),
        ("分两年等额兑现", [("第一年", 0.5), ("第二年", 0.5)]),
        ("自投产次年起分4年平均兑付", [("第一年", 0.25), ("第二年", 0.25), ("第三年", 0.25), ("第四年", 0.25)]),
        ("认定当年支付六成，次年评价合格后支付四成", [("当年", 0.6), ("次年", 0.4)]),
    ],
)
def test_parts_of_a_sum(words: str, parts: list[tuple[str, float]]) -> None:
    row = only(f"对单项冠军给予200万元奖励，{words}。")
    assert flat(row["amount"]) == (200, "万元", None)
    assert [(one["when"], one["ratio"]) for one in row["benefits"][0]["instalments"]] == parts


def test_two_budgets_share_a_cost_and_nobody_is_paid() -> None:
    assert clauses("所需资金由市、区两级财政按6:4的比例分担。") == []


@pytest.mark.parametrize(
    ("words", "cap"),
    [
        ("补助额度以700万元为限", (700, "万元", None)),
        ("单户企业封顶60万元", (60, "万元", "单户企业")),
        ("每家企业年度累计不得高于150万元", (150, "万元", "每家企业年度")),
        ("每家企业每年补助总额控制在120万元以内", (120, "万元", "每家企业每年")),
        ("每市最高300万元", (300, "万元", "每市")),
    ],
)
def test_ways_to_say_a_ceiling(words: str, cap: tuple[float, str, str | None]) -> None:
    assert flat(only(f"企业自建中试线的，按设备投入的15%予以一次性补助，{words}。")["cap"]) == cap


def test_a_share_that_is_paid_out_is_no_instalment() -> None:
    one, two = clauses(
        "研发费用在300万元（含）至1000万元之间的企业，按研发费用实际发生额的6%兑付；1000万元以上的，按4%兑付。"
    )
    assert (one["ratio_max"], two["ratio_max"]) == (0.06, 0.04)
    assert thresholds(two) == [("rd-spending", ">=", 1000, "万元")]


def test_sums_for_kinds_of_people_over_years() -> None:
    row = only("企业引进博士、硕士工作的，前三年每人每月分别补贴4000元、1500元，每家企业每年享受补贴不多于20人。")
    assert [(s["when"][-2:], flat(s["sum"])) for s in row["benefits"][0]["steps"]] == [
        ("博士", (4000, "元", "每人每月")),
        ("工作", (1500, "元", "每人每月")),
    ]
    assert row["benefits"][0]["term"] == {"value": 3, "unit": "年"}


def test_stages_that_are_paid_one_after_another() -> None:
    row = only("完成股份改造、获得辅导备案、成功上市的，依次奖励50万元、100万元、350万元。")
    assert [s["when"] for s in row["benefits"][0]["steps"]] == ["完成股份改造", "辅导备案", "成功上市"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("中试线建设。企业自建的，按设备投入的15%予以一次性补助。", "中试线建设补助"),
        ("鼓励招商引资。新引进项目按实缴资本的2%给予落户奖励。", "落户奖励"),
        ("首次纳统奖励。对企业给予20万元奖励；第二年营业收入增长超过20%的，再奖励5万元。", "首次纳统奖励"),
        ("支持做大规模。对年产值首次突破1亿元的整机企业，给予50万元奖励。", "整机企业年产值奖励"),
        ("地市激励。对排名前5位的地市，每市给予500万元激励资金。", "地市激励"),
    ],
)
def test_what_an_award_is_called(sentence: str, name: str) -> None:
    assert clauses(sentence)[0]["name"] == name


def test_two_awards_of_a_heading_have_two_names() -> None:
    rows = clauses("首次纳统奖励。对企业给予20万元奖励；第二年营业收入增长超过20%的，再奖励5万元。")
    assert len({row["name"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("企业参加境外展会的，对展位费给予全额补助。", "企业参加境外展会"),
        ("对链上中小企业的流动资金贷款，按实际支付利息的50%给予贴息。", "链上中小企业"),
        ("对工业互联网平台，给予20万元奖补。", "工业互联网平台"),
    ],
)
def test_a_cost_is_nobody(sentence: str, who: str) -> None:
    assert only(sentence)["beneficiary"] == who


def test_what_forfeits_an_award_and_what_goes_with_no_other() -> None:
    first, second = clauses(
        "对单项冠军给予200万元奖励；第二年复核不合格的，不再兑现剩余奖励。",
        "对新建平台给予30万元奖励。",
        "同一项目从高不重复，不重复享受。",
    )
    assert first["fails_with"] == "第二年复核不合格的，不再兑现剩余奖励；同一项目从高不重复，不重复享受"
    assert second["fails_with"] == "同一项目从高不重复，不重复享受"


def test_what_is_said_of_all_the_money() -> None:
    row = only(
        "对数字化项目，按投入的20%给予奖补。",
        "本项资金总量控制，用完即止，实行总额控制，每年安排不超过3000万元，由专家组织竞争性评审。",
        "申报单位于2024年3月1日9:00至2024年4月15日17:00在线填报申报材料。",
        "项目费用支出发生在2023年1月1日至2024年2月29日期间。",
    )
    assert {"竞争性评审", "先到先得", "总额控制"} <= set(row["reservation"])
    assert row["window"] == "2024年3月1日9:00至2024年4月15日17:00"
    assert (row["spending_from"], row["spending_to"]) == ("2023-01-01", "2024-02-29")


def test_a_period_of_something_else_is_not_when_money_was_spent() -> None:
    row = only("对数字化项目，按投入的20%给予奖补。", "宣讲活动于2023年1月1日至2024年2月29日期间举办。")
    assert (row["spending_from"], row["spending_to"]) == (None, None)


def test_a_further_condition_behind_the_award() -> None:
    row = only("对数字化项目，按投入的25%给予奖补，最高200万元。其中，项目的信息化投入不低于项目总投入的60%。")
    assert thresholds(row) == [("it-share", ">=", 60, "%")]


def test_a_level_that_must_be_reached() -> None:
    row = only("企业通过数字化能力成熟度三级以上评估的，给予一次性奖励50万元。")
    assert thresholds(row) == [("other", ">=", 3, "级")]


def test_regions_of_the_target_are_the_territory() -> None:
    text = "对苏南地区（苏州、无锡、常州市，下同）的项目，按不超过投入的20%给予奖补；对苏北地区（徐州、淮安、盐城市，下同）的项目，按不超过投入的30%给予奖补。"
    one, two = clauses(text)
    assert (one["regions"], two["regions"]) == (["苏州", "无锡", "常州"], ["徐州", "淮安", "盐城"])
    assert "（苏州" not in one["name"]


TABLE = (
    "第一条 按下表给予补贴。\n\n## 附件1 厂房租金补贴标准表\n\n单位：万元\n\n"
    "序号\t档次\t年营业收入\t补贴标准\t每年上限\t期限\n1\t一档\t1亿元以上\t50\t100\t3年\n2\t二档\t5000万元以上1亿元以下\t30\t60\t2年\n"
)


def test_a_row_of_a_table_is_an_award_and_its_own_quote() -> None:
    one, two = read(HEAD + TABLE + END)
    assert (one["name"], two["name"]) == ("厂房租金补贴（一档）", "厂房租金补贴（二档）")
    assert (flat(one["amount"]), flat(one["cap"])) == ((50, "万元", None), (100, "万元", "每年"))
    assert (flat(two["amount"]), flat(two["cap"])) == ((30, "万元", None), (60, "万元", "每年"))
    assert thresholds(two) == [("revenue", ">=", 5000, "万元"), ("revenue", "<=", 1, "亿元")]
    assert one["benefits"][0]["term"] == {"value": 3, "unit": "年"}
    assert one["quote"] == "1\t一档\t1亿元以上\t50\t100\t3年"
    assert one["amount"]["yuan"] == 500_000


def test_shares_and_units_in_the_head_of_a_table() -> None:
    text = "平台级别\t补助比例\t最高限额（万元）\n国家级平台\t设备投资额的30%\t500\n省级平台\t20%\t200\n"
    one, two = read(HEAD + "## 附件 平台补助标准\n\n" + text + END)
    assert (one["ratio_max"], one["benefits"][0]["base"], flat(one["cap"])) == (0.3, "设备投资额", (500, "万元", None))
    assert (two["ratio_max"], two["cap"]["value"], two["beneficiary"]) == (0.2, 200, "省级平台")


def test_an_empty_cell_repeats_the_case_above_and_no_sum() -> None:
    text = "平台级别\t年服务收入\t补助金额（万元）\n国家级平台\t1亿元以上\t100\n\t5000万元以上\t60\n省级平台\t1亿元以上\t\n"
    rows = read(HEAD + "## 附件 平台补助标准\n\n" + text + END)
    assert [(row["beneficiary"], row["amount"]["value"]) for row in rows] == [("国家级平台", 100), ("国家级平台", 60)]


@pytest.mark.parametrize(
    "text",
    [
        "序号\t任务\t牵头单位\t奖励对象\n1\t建设平台\t市财政局\t企业\n",
        "城市\t集群\t企业数\n东莞\t汽车\t50\n",
        "项目\t2023年补助金额\n甲项目\t已拨付\n",
    ],
)
def test_other_tables_give_nothing(text: str) -> None:
    assert read(HEAD + "## 附件 明细表\n\n" + text + END) == []


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 99)), min_size=1, max_size=5))
def test_every_row_of_a_table_is_read(rows: list[tuple[int, int]]) -> None:
    lines = "".join(f"第{i}类平台\t{share}%\t{cap}\n" for i, (cap, share) in enumerate(rows))
    found = read(HEAD + "## 附件 平台补助标准\n\n平台类型\t补助比例\t上限（万元）\n" + lines + END)
    assert [(round(row["ratio_max"] * 100), row["cap"]["value"]) for row in found] == [(s, c) for c, s in rows]
