"""Policies: titles, numbers, dates, terms, issuers, kinds and levels, of the bundled and of invented documents."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.grammar import dates
from loaders.policy.manifest import manifest
from loaders.policy.parts import parts, with_heads
from loaders.policy.policies import policies
from ontology.facts import PolicyFact, record

DATA = Path(__file__).parents[2] / "data"
DOCUMENTS = sorted((DATA / "documents").glob("*.txt"))


def facts(text: str, file: str = "test.txt") -> list[PolicyFact]:
    source = Source(file, hashlib.sha256(text.encode()).hexdigest(), text)
    return [fact for fact in policies(parse(source)).facts if isinstance(fact, PolicyFact)]


def rules(clause: str, signed: str = "2023年5月20日") -> str:
    return (
        "# 江苏省工业和信息化厅关于印发江苏省新材料首批次奖励办法的通知\n\n苏工信规〔2023〕4号\n\n"
        "现将《江苏省新材料首批次奖励办法》印发给你们，请遵照执行。\n\n"
        f"江苏省工业和信息化厅\n\n{signed}\n\n# 江苏省新材料首批次奖励办法\n\n"
        "第一条 为规范奖励，制定本办法。\n\n"
        "第二条 入选产品的证书有效期为2年，期满可以申请延期。\n\n"
        f"第三条 {clause}\n"
    )


@pytest.mark.parametrize(
    ("clause", "effective", "expires"),
    [
        ("本办法自2023年7月1日起施行，有效期5年。", "2023-07-01", "2028-06-30"),
        ("本办法自二〇二三年七月一日起施行，有效期三年。", "2023-07-01", "2026-06-30"),
        ("本办法自发布之日起施行，有效期至2025年12月31日。", "2023-05-20", "2025-12-31"),
        ("本办法自印发之日起三年内有效。", "2023-05-20", "2026-05-19"),
        ("本奖励办法自公布之日起30日后施行，有效期18个月。", "2023-06-19", "2024-12-18"),
        ("本办法自印发之日起施行，暂定两年。", "2023-05-20", "2025-05-19"),
        ("本办法自2023年6月1日起实施，执行期限至2025年底。", "2023-06-01", "2025-12-31"),
        ("本办法实施期限为1年。", None, "2024-05-19"),
        ("本办法实行年限为2023至2026年，由省工业和信息化厅负责解释。", "2023-01-01", "2026-12-31"),
        ("自2023年8月1日起施行。", "2023-08-01", None),
        ("本办法由省工业和信息化厅负责解释。", None, None),
        (
            "本办法自2023年7月1日起施行。《江苏省新材料奖励暂行办法》（苏工信规〔2018〕1号）同时废止。",
            "2023-07-01",
            None,
        ),
    ],
)
def test_terms(clause: str, effective: str | None, expires: str | None) -> None:
    (fact,) = facts(rules(clause))
    assert (fact.effective, fact.expires) == (effective, expires)


@pytest.mark.parametrize(
    "clause",
    [
        "入库企业名单有效期三年，自公布之日起计算。",
        "原《江苏省新材料奖励暂行办法》自2018年1月1日起施行，有效期3年。",
        "项目应自2021年1月1日起开工建设，建设期限不超过2年。",
    ],
)
def test_terms_of_other_things_are_not_the_policys(clause: str) -> None:
    (fact,) = facts(rules(clause))
    assert (fact.effective, fact.expires) == (None, None)


def test_numbers_dates_and_issuers_come_from_the_notice() -> None:
    (fact,) = facts(rules("本办法自发布之日起施行。", signed="二〇二三年十二月五日"))
    assert fact.title == "江苏省新材料首批次奖励办法"
    assert fact.doc_number == "苏工信规〔2023〕4号"
    assert fact.issuers == ("江苏省工业和信息化厅",)
    assert (fact.issued, fact.effective) == ("2023-12-05", "2023-12-05")
    assert (fact.policy_kind, fact.level, fact.draft) == ("measures", "provincial", False)


@pytest.mark.parametrize(
    "printed", ["苏工信规[2023]4号", "苏工信规（2023）4 号", "苏工信规【2023】第4号", "苏工信规(2023) 4号"]
)
def test_brackets_of_numbers_are_normalised(printed: str) -> None:
    (fact,) = facts(rules("本办法自发布之日起施行。").replace("苏工信规〔2023〕4号", printed))
    assert fact.doc_number == "苏工信规〔2023〕4号"


def test_a_text_without_blank_lines_and_marks() -> None:
    (fact,) = facts(
        "合肥市人民政府办公室关于印发合肥市支持智能网联汽车发展若干政策的通知\n合政办〔2022〕9号\n"
        "各县（市）、区人民政府，市政府各部门：\n"
        "《合肥市支持智能网联汽车发展若干政策》已经市政府同意，现印发给你们，请认真贯彻执行。\n"
        "合肥市人民政府办公室\n2022年4月8日\n合肥市支持智能网联汽车发展若干政策\n"
        "为加快智能网联汽车产业发展，根据国家和省有关规定，结合我市实际，制定本政策。\n"
        "一、支持整车企业做大做强。对年产值首次突破10亿元的企业，按规定给予奖励，由市财政和区财政共同承担。\n"
        "二、本政策自印发之日起施行，有效期2年。\n"
    )
    assert fact.title == "合肥市支持智能网联汽车发展若干政策"
    assert (fact.doc_number, fact.level) == ("合政办〔2022〕9号", "municipal")
    assert (fact.issued, fact.effective, fact.expires) == ("2022-04-08", "2022-04-08", "2024-04-07")


def test_a_draft_keeps_its_title_without_the_remark() -> None:
    (fact,) = facts("附件\n\n# 佛山市发展智能家电产业集群行动计划\n\n（征求意见稿）\n\n为发展产业，制定本行动计划。\n")
    assert fact.title == "佛山市发展智能家电产业集群行动计划"
    assert "征求意见稿" in fact.title_as_printed
    assert (fact.draft, fact.level, fact.doc_number, fact.issued) == (True, "municipal", None, None)


def test_a_county_and_a_district_degrade_gracefully() -> None:
    (county,) = facts(
        "中共清河县委清河县人民政府\n\n关于支持羊绒产业发展的实施意见\n\n(2023年2月8日)\n\n为支持产业，提出以下意见。\n"
    )
    assert (county.issuers, county.level) == (("中共清河县委", "清河县人民政府"), "county")
    assert county.issued == "2023-02-08"


def test_an_explanation_has_no_number_and_no_term_and_is_by_who_drafted_the_rules() -> None:
    text = rules("本办法自2023年7月1日起施行，有效期5年，由省工业和信息化厅、省财政厅负责解释。")
    text += "\n# 《江苏省新材料首批次奖励办法》解读\n\n本办法自2023年7月1日起施行，有效期5年。\n"
    _, explanation = facts(text)
    assert explanation.policy_kind == "interpretation"
    assert (explanation.doc_number, explanation.effective, explanation.expires) == (None, None, None)
    assert explanation.issuers == ("江苏省工业和信息化厅",)


def test_a_text_without_a_title_is_rejected_with_a_reason() -> None:
    source = read(DATA / "documents" / "gd-2020-82-twenty-clusters.txt")
    reading = policies(parse(source))
    assert reading.facts == ()
    assert [rejected.reason for rejected in reading.rejected] == ["文中没有印出题名"]


# number, issued, effective, expires, kind, level, draft: as the five documents print them
BUNDLED = {
    ("粤工信规字〔2021〕2号", "2021-08-25", "2021-09-01", "2022-08-31", "implementation_rules", "provincial", False),
    ("粤工信规字〔2021〕5号", "2021-10-09", "2022-01-01", "2026-12-31", "implementation_rules", "provincial", False),
    ("粤工信技改函〔2021〕45号", "2021-09-03", "2021-09-03", "2026-09-02", "implementation_rules", "provincial", False),
    ("粤府〔2021〕53号", "2021-07-30", None, None, "plan", "provincial", False),
    ("工信厅企业函〔2021〕79号", "2021-04-19", None, None, "notice", "national", False),
    ("粤工信规字〔2020〕3号", "2020-01-20", "2020-02-15", "2025-02-14", "measures", "provincial", False),
    (None, "2021-02-26", None, None, "scheme", "provincial", False),
    ("粤府〔2021〕45号", "2021-06-30", None, None, "scheme", "provincial", False),
    ("粤府〔2021〕45号", "2021-06-30", "2021-06-30", "2024-06-29", "measures", "provincial", False),
    ("粤工信工业互联网函〔2021〕32号", "2021-06-22", None, None, "notice", "provincial", False),
    (
        "广东省第十三届人民代表大会常务委员会公告第85号",
        "2021-07-30",
        "2021-09-01",
        None,
        "regulation",
        "provincial",
        False,
    ),
    ("粤工信电子〔2024〕2号", "2024-02-09", None, None, "action_plan", "provincial", False),
    ("粤工信电子〔2020〕138号", None, None, None, "action_plan", "provincial", False),
    (None, None, None, None, "action_plan", "municipal", True),
}


def bundled(path: Path) -> list[PolicyFact]:
    return [fact for fact in policies(parse(read(path))).facts if isinstance(fact, PolicyFact)]


def test_the_policies_of_the_bundled_documents() -> None:
    found = [
        (f.doc_number, f.issued, f.effective, f.expires, f.policy_kind, f.level, f.draft)
        for path in DOCUMENTS
        for f in bundled(path)
        if f.policy_kind != "interpretation"
    ]
    assert set(found) == BUNDLED
    assert len(found) == len(BUNDLED)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_renaming_a_file_or_leaving_out_the_manifest_changes_no_fact(path: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "文件一.txt"
    renamed.write_bytes(path.read_bytes())
    source = read(path)
    doc = parse(source)
    named = policies(with_heads(doc, parts(doc), manifest(DATA / "manifest.toml").get(source.sha256))).facts

    def said(fact: object) -> dict[str, object]:
        assert isinstance(fact, PolicyFact)
        row = record(fact)
        return {key: row[key] for key in row if key not in ("file", "grade")}

    assert [said(fact) for fact in bundled(renamed)] == [said(fact) for fact in named]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_evidence_quotes_the_source(path: Path) -> None:
    text = read(path).text
    for fact in bundled(path):
        for span in fact.evidence.spans:
            assert text[span.start : span.end] == span.quote
            assert text.count("\n", 0, span.start) + 1 == span.line
            assert 0 < len(span.quote) <= 200


# Dates


def test_chinese_numerals() -> None:
    assert [dates.number(n) for n in ("五", "十", "十二", "三十", "二十一", "两", "08", "二〇二一")] == [
        5,
        10,
        12,
        30,
        21,
        2,
        8,
        2021,
    ]
    with pytest.raises(ValueError, match="numeral"):
        dates.number("若干")


def test_a_day_that_the_calendar_has_not_is_no_date() -> None:
    match = dates.DATE.search("2021年2月30日")
    assert match is not None
    assert dates.date_of(match) is None


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(1, 20))
def test_a_term_of_n_years_ends_the_day_before_its_anniversary(start: date, years: int) -> None:
    end = date.fromisoformat(dates.last_day(start.isoformat(), years=years))
    after = end + timedelta(days=1)
    if (start.month, start.day) == (2, 29):
        assert (end.month, end.day) in ((2, 28), (2, 29))
        assert end.year == start.year + years
    else:
        assert (after.year, after.month, after.day) == (start.year + years, start.month, start.day)


def test_an_order_publishes_a_rule_and_a_nameless_heading_is_no_policy() -> None:
    (fact,) = facts(
        "河南省人民政府令\n\n第215号\n\n《河南省促进首台套管理办法》已经省政府第8次常务会议通过，现予公布，自2023年8月1日起施行。\n\n"
        "2023年6月2日\n\n# 河南省促进首台套管理办法\n\n第一条 为了促进工作，制定本办法。\n\n# 保障措施\n\n加强组织领导。\n"
    )
    assert (fact.title, fact.doc_number) == ("河南省促进首台套管理办法", "河南省人民政府令第215号")
    assert (fact.issued, fact.effective) == ("2023-06-02", "2023-08-01")


def test_rules_sent_out_as_an_annex_behind_the_signature() -> None:
    (fact,) = facts(
        "关于印发《重庆市制造业专项资金管理办法》的通知\n\n渝财规〔2021〕4号\n\n各区县财政局：\n\n"
        "现将《重庆市制造业专项资金管理办法》印发你们，请遵照执行。\n\n附件：重庆市制造业专项资金管理办法\n\n"
        "重庆市财政局 重庆市经济和信息化委员会\n\n2021年3月15日\n\n附件\n\n重庆市制造业专项资金管理办法\n\n"
        "第一条 为加强管理，制定本办法。\n\n第二条 本办法自2021年4月15日起施行，实施期限至2025年12月31日。\n"
    )
    assert fact.title_as_printed == "重庆市制造业专项资金管理办法"
    assert fact.issuers == ("重庆市财政局", "重庆市经济和信息化委员会")
    assert (fact.issued, fact.effective, fact.expires) == ("2021-03-15", "2021-04-15", "2025-12-31")
    assert fact.level == "provincial"
