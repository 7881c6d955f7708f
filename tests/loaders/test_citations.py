"""Citations: what a policy cites, by which name, in which relation."""

import hashlib
import re
from pathlib import Path

import pytest

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.policy.citations import citations
from loaders.policy.cited_names import bare, is_policy, number_in, same, shorts
from loaders.policy.titles import fold
from ontology.facts_work import CitationFact

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
TITLE = "安徽省新材料产业促进办法"


def facts(text: str) -> list[CitationFact]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return [fact for fact in citations(parse(source)).facts if isinstance(fact, CitationFact)]


def plain(words: str) -> str:
    return re.sub(r"[\d年]", "", fold(words)).replace("支柱", "新兴")


def cited(text: str) -> list[tuple[str, str, str | None]]:
    return [(fact.relation, fact.to_title, fact.to_doc_number) for fact in facts(text)]


def article(sentence: str) -> str:
    return f"# {TITLE}\n\n第一条 {sentence}\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "根据《安徽省促进科技成果转化条例》（皖发〔2020〕3号）、《安徽省创新纲要》等规定，制定本办法。",
            [("依据", "安徽省促进科技成果转化条例", "皖发〔2020〕3号"), ("依据", "安徽省创新纲要", None)],
        ),
        ("为深入贯彻落实《中部地区崛起规划》，制定本办法。", [("贯彻落实", "中部地区崛起规划", None)]),
        ("标准按照工业部门联合印发的《企业划型标准规定》执行。", [("依据", "企业划型标准规定", None)]),
        ("参照《浙江省新材料奖励办法》执行。", [("参考", "浙江省新材料奖励办法", None)]),
        (
            "《安徽省材料产业办法》（皖经信〔2018〕9 号）、《安徽省材料目录》同时废止。",
            [("废止", "安徽省材料产业办法", "皖经信〔2018〕9号"), ("废止", "安徽省材料目录", None)],
        ),
        ("省政府出台了《安徽省制造强省意见》，成效明显。", [("提及", "安徽省制造强省意见", None)]),
        ("以长三角一体化发展规划纲要为指引，优化布局。", [("参考", "长三角一体化发展规划纲要", None)]),
        ("依照招标投标法、政府采购法等法律处理。", [("依据", "招标投标法", None), ("依据", "政府采购法", None)]),
        ("按照《违法行为处罚条例》（国务院令 427 号）处理。", [("依据", "违法行为处罚条例", "国务院令第427号")]),
        (
            "根据《省委办公厅印发〈关于支持企业发展的意见〉的通知》（皖办发〔2019〕2号）要求执行。",
            [("依据", "关于支持企业发展的意见", "皖办发〔2019〕2号")],
        ),
    ],
)
def test_relations(sentence: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert cited(article(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "研究遗传算法、加密算法等方法，推动企业知法守法。",
        "依照有关法律、法规和本条例处理。",
        "填写《项目申报书》和《资金申请表》。",
        f"《{TITLE}》自2024年起施行，根据本办法执行。",
        "按照办法规定的做法办理。",
    ],
)
def test_no_citation(sentence: str) -> None:
    assert cited(article(sentence)) == []


def test_a_report_is_refused_with_a_reason() -> None:
    text = article("引自《中国材料产业发展报告》。")
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    reading = citations(parse(source))
    assert not reading.facts
    assert [one.quote for one in reading.rejected] == ["《中国材料产业发展报告》"]


def test_short_forms() -> None:
    text = (
        f"# {TITLE}\n\n第一条 根据《企业投资管理条例》（国务院令2016年第673号，以下简称投资条例）和"
        "《安徽省材料产业规划》（以下简称《材料规划》）制定本办法。\n\n第二条 有关机关依照投资条例处理。\n\n"
        "第三条 落实《材料规划》要求。\n"
    )
    assert cited(text) == [
        ("依据", "企业投资管理条例", "国务院令2016年第673号"),
        ("依据", "安徽省材料产业规划", None),
        ("依据", "企业投资管理条例", "国务院令2016年第673号"),
        ("贯彻落实", "安徽省材料产业规划", None),
    ]


def test_what_is_said_again_is_further_evidence() -> None:
    text = f"# {TITLE}\n\n第一条 落实《甲市材料规划》。\n\n第二条 为贯彻《甲市材料规划》，加大投入。\n"
    (fact,) = facts(text)
    assert fact.evidence.span.line == 3
    assert [(span.line, span.quote) for span in fact.evidence.more] == [(5, "第二条 为贯彻《甲市材料规划》")]


def test_several_short_forms_of_one_bracket() -> None:
    found = [
        (s.name, s.title)
        for s in shorts("出台《甲市数字方案》和《甲市数字措施》（甲府〔2021〕4号，以下简称《方案》、《措施》）")
    ]
    assert found == [("方案", "甲市数字方案"), ("措施", "甲市数字措施")]


NOTICE = (
    "# 安徽省经济和信息化厅关于印发《安徽省新材料奖励办法（试行）》的通知\n\n皖经信规〔2022〕5号\n\n"
    "《安徽省新材料奖励办法（试行）》（皖经信规〔2019〕2号）即将到期，现将《安徽省新材料奖励办法（试行）》"
    "重新印发给你们。\n\n安徽省经济和信息化厅\n\n2022年5月9日\n\n# 安徽省新材料奖励办法（试行）\n\n"
    "第一条 根据《安徽省材料规划》（皖政〔2021〕7号）制定本办法。\n\n第二条 按照《安徽省材料规划》执行。\n\n"
    "附件：1. 材料目录\n2. 申报指南\n"
)


def test_a_notice_does_not_cite_what_it_issues_but_what_it_replaces() -> None:
    assert cited(NOTICE) == [
        ("重新印发", "安徽省新材料奖励办法（试行）", "皖经信规〔2019〕2号"),
        ("依据", "安徽省材料规划", "皖政〔2021〕7号"),
        ("依据", "安徽省材料规划", "皖政〔2021〕7号"),
        ("附件", "材料目录", None),
        ("附件", "申报指南", None),
    ]
    assert {fact.from_title for fact in facts(NOTICE)} == {"安徽省新材料奖励办法（试行）"}


def test_a_notice_may_write_the_title_of_what_it_issues_otherwise() -> None:
    text = NOTICE.replace("《安徽省新材料奖励办法（试行）》重新印发", "《安徽省有关部门材料产业扶持奖励的通知》印发")
    assert [fact.to_title for fact in facts(text)][:2] == ["安徽省新材料奖励办法（试行）", "安徽省材料规划"]


def test_an_interpretation_speaks_for_its_policy() -> None:
    text = NOTICE + (
        "\n# 《安徽省新材料奖励办法（试行）》解读\n\n## 一、背景\n\n2021年，省政府印发《安徽省材料规划》（皖政〔2021〕7号，"
        "以下简称《规划纲领》）。为落实奖励政策，在《规划纲领》研究阶段，我厅起草了《安徽省新材料奖励办法》。\n\n"
        "## 二、主要依据\n\n（一）《中华人民共和国预算法》第三条。\n\n省政府发布《关于清理文件的决定》（皖政〔2018〕1号），"
        "废止了《安徽省老材料办法》。\n"
    )
    found = [(f.from_title, f.relation, f.to_title, f.to_doc_number) for f in facts(text)][5:]
    policy = "安徽省新材料奖励办法（试行）"
    assert found == [
        (policy, "贯彻落实", "安徽省材料规划", "皖政〔2021〕7号"),
        (f"《{policy}》解读", "解读", policy, "皖经信规〔2022〕5号"),
        (policy, "依据", "中华人民共和国预算法", None),
        (f"《{policy}》解读", "提及", "关于清理文件的决定", "皖政〔2018〕1号"),
        ("关于清理文件的决定", "废止", "安徽省老材料办法", None),
    ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("粤府〔2021〕21号", "粤府〔2021〕21号"),
        ("工信部联企业[2011]300 号，以下简称", "工信部联企业〔2011〕300号"),
        ("国务院令第 427 号", "国务院令第427号"),
        ("国家发展改革委令 2017 年第 2 号", "国家发展改革委令2017年第2号"),
        ("试行", None),
        ("以下简称《办法》", None),
    ],
)
def test_numbers(words: str, number: str | None) -> None:
    assert number_in(words) == number


def test_titles_that_name_one_policy() -> None:
    assert same("甲省人民政府关于印发甲省材料产业若干措施的通知", "甲省材料产业若干措施")
    assert same("甲省材料产业奖励办法（试行）", "甲省财政厅关于材料产业奖励办法")
    assert not same("江苏省材料产业行动计划", "浙江省材料产业行动计划")
    assert not same("甲省材料产业奖励办法", "《甲省材料产业奖励办法》解读")
    assert not same("甲省材料产业行动方案", "甲省材料产业奖励措施")
    assert bare("国务院关于振兴装备制造业的意见") == bare("关于印发《振兴装备制造业的意见》的通知")
    assert is_policy("甲省材料产业目录")
    assert not is_policy("甲省材料产业报告 2020")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:20])
def test_in_the_bundled_documents_the_name_stands_in_the_evidence(path: Path) -> None:
    known = {short.name: short.title for short in shorts(read(path).text.replace("\n", ""))}
    for fact in citations(parse(read(path))).facts:
        assert isinstance(fact, CitationFact)
        # A corrected word of a title is printed otherwise.
        printed = plain("".join(span.text for span in fact.evidence.spans))
        names = (
            fact.to_title,
            bare(fact.to_title),
            *(name for name, title in known.items() if same(title, fact.to_title)),
        )
        assert any(plain(bare(name)) in printed for name in names), fact
        assert fact.from_title != fact.to_title or fact.relation == "重新印发"
