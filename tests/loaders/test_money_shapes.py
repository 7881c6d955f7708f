"""Money in the shapes of measures, rules, calls and guides elsewhere, in invented sentences."""

from typing import Any

import pytest

from tests.loaders import test_criteria as criteria
from tests.loaders import test_deadlines as deadlines
from tests.loaders.test_instruments import END, HEAD, clauses, flat, only, read, thresholds


def steps(row: dict[str, Any]) -> list[tuple[str | None, float | None, float | None]]:
    """What each step of a ladder is for, its share and its sum."""
    return [(s.get("when"), s.get("ratio"), s.get("sum", {}).get("value")) for s in row["benefits"][0]["steps"]]


def parts(row: dict[str, Any]) -> list[tuple[str | None, float | None]]:
    return [(part["when"], part["ratio"]) for part in row["benefits"][0]["instalments"]]


# ---- Shares


def test_all_and_half_of_a_rent_are_shares_by_year() -> None:
    row = only("对新引进企业租用标准厂房的，前三年租金全免，后两年租金减半。")
    assert (row["ratio_max"], steps(row)) == (1.0, [("前三年", 1.0, None), ("后两年", 0.5, None)])


def test_half_of_the_share_before() -> None:
    row = only("对整车企业，按采购额的10%给予补助，第二年减半支持。")
    assert [share for _, share, _ in steps(row)] == [0.1, 0.05]


def test_points_of_interest_are_a_share_of_the_loan() -> None:
    row = only("对新增流动资金贷款，按照2个百分点给予贴息，单户企业每年最高40万元。")
    assert (row["ratio_max"], flat(row["cap"])) == (0.02, (40, "万元", "单户企业每年"))


def test_a_share_that_only_limits_is_no_award() -> None:
    row = only("对知识产权质押贷款，按利率的30%且不高于实际支付利息的50%给予贴息，每年最高60万元。")
    assert (row["ratio_max"], flat(row["cap"])) == (0.3, (60, "万元", "每年"))


def test_what_a_share_was_before_is_not_given() -> None:
    row = only("使用创新券购买检测服务的，抵用比例由40%提高至60%，全年抵用额度不超过30万元。")
    assert (row["ratio_max"], row["cap"]["value"]) == (0.6, 30)


def test_a_list_whose_members_say_their_case_is_a_ladder() -> None:
    row = only("对首台套产品，属国际首台套的补助25%、国内首台套的补助15%，最高分别为900万元、400万元。")
    assert (row["ratio_max"], row["cap"]["value"]) == (0.25, 900)
    assert steps(row) == [("国际首台套", 0.25, None), ("国内首台套", 0.15, None)]


def test_a_list_behind_a_colon_is_a_ladder_of_sums() -> None:
    row = only("对公共服务平台，依据评价结果给予补助：优秀的90万元，良好的60万元，不合格的不予补助。")
    assert steps(row) == [("优秀", None, 90), ("良好", None, 60)]


@pytest.mark.parametrize(
    ("sentence", "amount"),
    [
        ("对首次认定的企业一次性奖励20万元，重新认定的奖9万元。", [(20, "万元", None), (9, "万元", None)]),
        ("新建博士后工作站资助40万元/个。", [(40, "万元", "每个")]),
        ("对平台运营单位，按30万元/年给予补助。", [(30, "万元", "每年")]),
        ("对新入库企业给予8万元奖励，其中月度入库的再增加3万元。", [(8, "万元", None), (3, "万元", None)]),
    ],
)
def test_sums_in_short_words(sentence: str, amount: list[tuple[float, str, str | None]]) -> None:
    assert [flat(row["amount"]) for row in clauses(sentence)] == amount


def test_a_sum_for_a_part_of_a_yuan_has_no_yuan() -> None:
    row = only("对储能项目，按放电量给予0.3元/千瓦时的补贴，最高90万元。")
    assert (row["amount"]["value"], row["amount"]["yuan"]) == (0.3, None)


def test_every_member_of_a_list_before_its_verb_counts() -> None:
    row = only("对棉纱、棉布产品，分别按每吨300元、400元给予运费补贴，单户企业每年最高70万元。")
    assert ([total for *_, total in steps(row)], row["cap"]["value"]) == ([300, 400], 70)


# ---- Parts of payment


def test_parts_in_a_sentence_of_their_own_belong_to_the_award_before() -> None:
    row = only("对竣工项目按投资额的6%给予补助。补助资金分两次拨付，投产后拨付60%，达产后拨付其余40%。")
    assert (row["ratio_max"], parts(row)) == (0.06, [("投产", 0.6), ("达产", 0.4)])


def test_years_served_are_times_of_payment_and_no_condition() -> None:
    row = only("对领军人才，分别给予每人80万元、40万元安家补助，服务满一年兑付60%，满三年兑付40%。")
    assert (parts(row), row["requires"]) == ([("服务满一年", 0.6), ("满三年", 0.4)], None)


def test_a_share_of_the_award_itself_is_a_part_of_it() -> None:
    row = only("对重大项目按投资额的9%给予补助。按开工、竣工两个阶段，分别给予补助总额30%、70%的补助。")
    assert (row["ratio_max"], [share for _, share in parts(row)]) == (0.09, [0.3, 0.7])


# ---- Ceilings


def test_a_bound_behind_the_figure_of_somebody_is_no_ceiling() -> None:
    row = only("对担保机构，单户担保金额800万元及以下、担保费率不超过1%的，按担保额的2%给予补贴，最高90万元。")
    assert (row["ratio_max"], flat(row["cap"])) == (0.02, (90, "万元", None))
    row = only("对科技企业信用贷款，按年化2%给予贴息，贴息对应的贷款本金不超过700万元，每户企业每年不超过8万元。")
    assert (row["ratio_max"], row["cap"]["value"]) == (0.02, 8)


def test_the_ceiling_of_the_last_step_is_for_all() -> None:
    rows = clauses("对技改项目，设备投资300万元至900万元（不含）的，补助7%；900万元及以上的，补助9%，最高400万元。")
    assert [(row["ratio_max"], row["cap"]["value"]) for row in rows] == [(0.07, 400), (0.09, 400)]


def test_each_of_several_kinds_has_its_own_ceiling_and_name() -> None:
    rows = clauses("对认定的首台套，给予成套装备最高90万元、单台设备最高40万元奖励。")
    assert [(row["name"], row["cap"]["value"]) for row in rows] == [("成套装备奖励", 90), ("单台设备奖励", 40)]


def test_a_case_of_its_own_with_a_ceiling_is_another_award() -> None:
    rows = clauses("主导制定国际标准的，每项奖励不超过90万元；主导制定国家标准的，每项奖励不超过40万元。")
    assert [row["cap"]["value"] for row in rows] == [90, 40]


def test_a_ceiling_over_a_range_of_articles_with_a_share() -> None:
    rows = clauses(
        "对甲类企业给予60万元奖励。",
        "对乙类企业给予30万元奖励。",
        "单个企业当年享受第一条至第二条奖励的总额，不得超过其上年度实缴税收的90%，且最高不超过70万元。",
    )
    assert [(row["amount"]["value"], row["shared_cap"]["value"]) for row in rows] == [(60, 70), (30, 70)]


def test_an_item_that_is_only_a_ceiling_is_over_the_items_beside_it() -> None:
    text = (
        f"{HEAD}第五条 设备购置补贴：\n\n（1）购置国产设备的，补贴9%；\n\n（2）购置进口设备的，补贴4%；\n\n"
        f"（3）单户企业年度补贴总额不超过700万元。{END}"
    )
    assert [(row["ratio_max"], row["shared_cap"]["value"]) for row in read(text)] == [(0.09, 700), (0.04, 700)]


def test_a_ladder_of_ceilings_and_one_over_all() -> None:
    row = only("对学院，分别按投入的20%给予最高90万元、60万元补助，单个企业每年最高不超过400万元。")
    assert [step["cap"]["value"] for step in row["benefits"][0]["steps"]] == [90, 60]
    assert [cap["value"] for cap in row["benefits"][0]["caps"]] == [400]


def test_the_budget_of_a_programme_is_no_award() -> None:
    row = only("2026年产业专项补助资金预算规模3亿元，用于支持装备企业。")
    assert (row["instrument_type"], row["amount"], thresholds(row)) == ("fund", None, [("scale", "=", 3, "亿元")])


# ---- Names, and whom it is for


def test_awards_under_one_heading_have_names_of_their_own() -> None:
    text = f"{HEAD}## 总部企业奖励\n\n新认定的总部企业，给予90万元奖励；租赁自用办公用房的，给予30万元补助。{END}"
    names = [row["name"] for row in read(text)]
    assert len(set(names)) == 2
    assert all(name.startswith("总部企业奖励") for name in names)


def test_a_numbered_item_is_called_by_the_heading_above() -> None:
    text = f"{HEAD}一、厂房租金补贴\n\n（一）租用园区厂房的企业，按租金的40%给予补助。\n\n（二）购置设备的，补助9万元。{END}"
    assert all("厂房租金补贴" in row["name"] for row in read(text))


def test_who_receives_is_named_behind_the_verb() -> None:
    row = only("对首台套产品，给予研制单位50万元奖励。")
    assert row["beneficiary"] == "研制单位"
    row = only("对上台阶的企业，由受益财政给予企业经营管理团队70万元奖励。")
    assert row["beneficiary"] == "企业经营管理团队"


# ---- Conditions


def test_a_kind_of_project_has_its_own_conditions() -> None:
    text = (
        f"{HEAD}一、支持方向\n\n（一）产业链项目\n\n1.申报条件：项目总投资不低于600万元。\n\n"
        "2.支持标准：按设备投资的9%予以补助。\n\n（二）改造项目\n\n1.申报条件：设备投资不低于200万元。\n\n"
        f"2.支持标准：按设备投资的7%予以补助。{END}"
    )
    found = {row["ratio_max"]: thresholds(row) for row in read(text)}
    assert found == {
        0.09: [("total-investment", ">=", 600, "万元")],
        0.07: [("equipment", ">=", 200, "万元")],
    }


def test_a_time_for_the_project_is_a_condition_and_no_term() -> None:
    row = only("对新建项目，自开工之日起20个月内竣工投产的，按设备投资额的6%给予补助。")
    assert (thresholds(row), row["benefits"][0]["term"]) == ([("duration", "<=", 20, "个月")], None)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("上年度营业收入2000万元以上，其中服务业企业可放宽至600万元。", [(">=", 2000), (">=", 600)]),
        ("资产负债率不超过70%（上市公司不超过75%）。", [("<=", 70), ("<=", 75)]),
        ("产值增速高于平均增速10个百分点以上。", [(">=", 10)]),
        ("贷款期限1年以上，合同金额不少于900万元。", [(">=", 1), (">=", 900)]),
    ],
)
def test_criteria_that_lean_on_the_one_before(item: str, expected: list[tuple[str, float]]) -> None:
    rows = criteria.under(f"（一）{item}")
    assert [(row["op"], row["value"]) for row in rows] == expected
    assert len({row["criterion"] for row in rows}) == len(rows)


# ---- Deadlines


@pytest.mark.parametrize(
    ("sentence", "what", "date", "recurs"),
    [
        ("各市工业和信息化局每季度首月10日前向省工业和信息化厅报送进展。", "报送", None, "每季度首月10日前"),
        ("获得支持的单位须于次年3月底前报送绩效报告。", "报送", None, "次年3月底前"),
        ("企业应于2022年8月底前提交申请。", "申报", "2022-08-31", None),
        ("请于2022年7月29日（周五）前将汇总表报送我厅。", "报送", "2022-07-29", None),
        ("项目单位最迟不得晚于2022年9月30日完成清算。", "清算", "2022-09-30", None),
        ("申报受理时间：2022年5月20日—2022年6月20日。", "申报", "2022-06-20", None),
        ("申报时间为每年4月10日前，由企业在线填报。", "申报", None, "每年4月10日前"),
    ],
)
def test_when_something_is_due(sentence: str, what: str, date: str | None, recurs: str | None) -> None:
    rows = deadlines.read(sentence)
    assert [(row["what"], row["date"], row["recurs"]) for row in rows] == [(what, date, recurs)]


def test_a_day_behind_one_of_every_year_comes_back_too() -> None:
    rows = deadlines.read("申报时间为每年4月1日至4月30日。区县主管部门在5月15日前完成初审，汇总后报市主管部门。")
    assert [row["recurs"] for row in rows] == ["每年4月1日至4月30日", "每年5月15日前"]
