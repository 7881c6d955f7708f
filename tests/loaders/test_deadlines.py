"""Deadlines: dates, what comes back every year, and what expires."""

import hashlib
from typing import Any

import pytest

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.money.deadlines import deadlines
from loaders.policy.parts import parts, with_heads
from ontology.facts import record

HEAD = (
    "# 云川省工业和信息化厅关于印发云川省数字化示范办法的通知\n\n云工信规〔2022〕9号\n\n各市工业和信息化局：\n\n"
    "现将《云川省数字化示范办法》印发给你们。\n\n云川省工业和信息化厅\n\n2022年4月5日\n\n# 云川省数字化示范办法\n\n"
)


def read(sentence: str, end: str = "") -> list[dict[str, Any]]:
    text = f"{HEAD}第一条 {sentence}\n\n{end}"
    document = parse(Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text))
    rows: list[dict[str, Any]] = [record(fact) for fact in deadlines(with_heads(document, parts(document))).facts]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["quote"]
    return rows


@pytest.mark.parametrize(
    ("sentence", "what", "date", "recurs"),
    [
        ("各市工业和信息化局应于每年6月底前将上一年度情况报省工业和信息化厅。", "报送", None, "每年6月底前"),
        ("各区应于每年3月31日前，将项目名单报市主管部门。", "报送", None, "每年3月31日前"),
        ("请于8月15日前将入库情况正式报送我厅。", "报送", "2022-08-15", None),
        ("企业须于2022年9月30日前提交申请。", "申报", "2022-09-30", None),
        ("项目单位应于2023年12月31日前申请验收。", "验收", "2023-12-31", None),
        ("申报材料自2022年4月28日至5月6日期间上传。", "申报", "2022-05-06", None),
    ],
)
def test_one_date(sentence: str, what: str, date: str | None, recurs: str | None) -> None:
    rows = read(sentence)
    assert [(row["date"], row["recurs"]) for row in rows] == [(date, recurs)]
    if "验收" not in sentence:
        assert rows[0]["what"] == what


def test_who_and_to_whom() -> None:
    (row,) = read("各市工业和信息化局应于每年6月底前将上一年度情况报省工业和信息化厅。")
    assert (row["who"], row["to"]) == ("各市工业和信息化局", "省工业和信息化厅")
    (row,) = read("请于8月15日前将入库情况正式报送我厅。")
    assert row["to"] == "云川省工业和信息化厅"


def test_two_days_a_year_are_two_deadlines() -> None:
    rows = read("各市财政局于每年1月15日和7月15日前，将资金台账报送至省财政厅。")
    assert [row["recurs"] for row in rows] == ["每年1月15日前", "每年7月15日前"]


def test_a_policy_and_a_title_expire() -> None:
    rows = read("数字化示范企业有效期为3年，期满前须重新申报。", "第二条 本办法自2022年5月1日起施行，有效期2年。\n")
    found = {(row["what"], row["scope"]): row["date"] or row["recurs"] for row in rows}
    assert found[("到期", "云川省数字化示范办法")] == "2024-04-30"
    assert any(what == "到期" and "示范企业" in scope for what, scope in found)
    assert any(what == "申报" for what, _ in found)


def test_terms_of_working_days_are_none() -> None:
    assert read("备案机关应当在收到材料后的3个工作日内核查。") == []


@pytest.mark.parametrize(
    ("sentence", "what", "who", "to", "when"),
    [
        ("项目申报截止时间为2022年5月10日。", "申报", None, None, "2022-05-10"),
        (
            "申报单位于2022年5月1日9:00至2022年6月15日17:00登录省工业和信息化厅管理系统填报材料。",
            "申报",
            "申报单位",
            "省工业和信息化厅",
            "2022-06-15",
        ),
        (
            "企业应当于每年4月1日至4月30日向所在镇人民政府提出申请。",
            "申报",
            "企业",
            "所在镇人民政府",
            "每年4月1日至4月30日",
        ),
        ("企业应当在每年第一季度内通过平台提交申请。", "申报", "企业", None, "每年第一季度内"),
        (
            "镇人民政府（街道办事处）应当于每年5月20日前完成初审，并将初审意见报送县科工信局。",
            "报送",
            "镇人民政府（街道办事处）",
            "县科工信局",
            "每年5月20日前",
        ),
        ("省工业和信息化厅对入库平台每两年复核一次。", "复核", "省工业和信息化厅", None, "每两年"),
        ("市财政局会同市科技局每年6月30日前组织资金清算。", "清算", "市财政局", None, "每年6月30日前"),
        (
            "项目单位应于2022年9月30日前向所在市工业和信息化局提出验收申请。",
            "验收",
            "项目单位",
            "所在市工业和信息化局",
            "2022-09-30",
        ),
    ],
)
def test_more_ways_to_say_when(sentence: str, what: str, who: str | None, to: str | None, when: str) -> None:
    (row,) = read(sentence)
    assert (row["what"], row["who"], row["to"], row["date"] or row["recurs"]) == (what, who, to, when)


@pytest.mark.parametrize(
    "sentence", ["2022年5月1日至6月1日开展宣传。", "每年召开一次会议。", "2021年3月1日前已建成的项目。"]
)
def test_a_date_by_which_nothing_is_due(sentence: str) -> None:
    assert read(sentence) == []
