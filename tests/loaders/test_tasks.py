"""Tasks: tables of responsibility, lists in brackets, duties in prose; in bundled and in invented texts."""

import hashlib
import re
from pathlib import Path

import pytest

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.tasks.roles import roles
from loaders.tasks.tables import deadline, due
from loaders.tasks.tasks import tasks
from ontology.facts import record
from ontology.facts_work import TaskFact
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
HEAD = "# 福建省氢能产业集群培育行动计划（2024—2026年）\n\n"


def facts(text: str) -> list[TaskFact]:
    source = Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)
    return [fact for fact in tasks(parse(source)).facts if isinstance(fact, TaskFact)]


def said(text: str) -> list[tuple[str, list[str], list[str]]]:
    return [(fact.task, list(fact.lead), list(fact.others)) for fact in facts(text)]


@pytest.mark.parametrize(
    ("printed", "lead", "others"),
    [
        ("省商务厅牵头，省科技厅、财政厅按职责分工负责", ["省商务厅"], ["省科技厅", "省财政厅"]),
        ("由省商务厅、省科技厅共同牵头", ["省商务厅", "省科技厅"], []),
        ("牵头单位：省商务厅；配合单位：省科技厅、财政厅", ["省商务厅"], ["省科技厅", "省财政厅"]),
        ("责任单位：省商务厅（牵头）、省科技厅", ["省商务厅"], ["省科技厅"]),
        ("省商务厅、科技厅", [], ["省商务厅", "省科技厅"]),
        ("省商务厅、科技厅按职责分工负责", [], ["省商务厅", "省科技厅"]),
        ("责任单位：省商务厅、省科技厅", [], ["省商务厅", "省科技厅"]),
        ("省商务厅牵头，省商务厅、科技厅参加", ["省商务厅"], ["省科技厅"]),
        ("省商务厅牵头会同省科技厅、财政厅落实", ["省商务厅"], ["省科技厅", "省财政厅"]),
    ],
)
def test_roles(printed: str, lead: list[str], others: list[str]) -> None:
    stated = roles(printed)
    assert stated is not None
    assert (list(stated.lead), list(stated.others)) == (lead, others)


@pytest.mark.parametrize("printed", ["含设备、软件", "支持龙头企业牵头建设", "下同", "市、区", "牵头单位不明"])
def test_no_roles(printed: str) -> None:
    assert roles(printed) is None


def test_lists_behind_paragraphs() -> None:
    text = (
        HEAD + "## 一、重点任务\n\n（一）夯实制氢基础。建设制氢示范工程，支持企业牵头攻关。（省发展改革委牵头，"
        "省科技厅、工业和信息化厅按职责分工负责）\n\n"
        "（二）推广应用场景。在港口、园区（含冷链）开展示范。\n\n（省交通运输厅、商务厅）\n\n"
        "## 二、保障措施\n\n（一）加强统筹。2025年6月底前建立会商机制。〔责任单位：省发展改革委、财政厅〕\n"
    )
    first, second, third = facts(text)
    assert (first.task, first.number, first.group) == ("夯实制氢基础", "一", "重点任务")
    assert (first.lead, first.others) == (("省发展改革委",), ("省科技厅", "省工业和信息化厅"))
    assert first.policy == "福建省氢能产业集群培育行动计划（2024—2026年）"
    assert (second.task, second.lead, second.others) == ("推广应用场景", (), ("省交通运输厅", "省商务厅"))
    assert (third.task, third.group, third.others) == ("加强统筹", "保障措施", ("省发展改革委", "省财政厅"))
    assert third.deadline == "2025年6月底前"
    assert first.evidence.span.quote == "（省发展改革委牵头，省科技厅、工业和信息化厅按职责分工负责）"


def test_labelled_lines() -> None:
    text = (
        "苏北市人民政府关于加快氢能产业发展的实施意见\n\n一、重点任务\n\n1.开展招商。每年组织推介活动。\n"
        "牵头单位：市商务局  责任单位：市投促局、财政局\n完成时限：2026年12月\n\n2.加强监管。完善制度。\n"
        "责任单位：市场监管局、应急管理局\n\n三、其他\n\n本意见由市商务局会同市财政局负责解释。\n"
    )
    assert said(text) == [
        ("开展招商", ["市商务局"], ["市投促局", "市财政局"]),
        ("加强监管", [], ["市市场监管局", "市应急管理局"]),
        ("解释", [], ["市商务局", "市财政局"]),
    ]
    assert facts(text)[0].deadline == "2026年12月"


TABLE = (
    "序号\t工作内容\t\t责任单位\n"
    "1\t健全机制\t编制年度清单。\t省工业和信息化厅、财政厅，各设区市人民政府，以下内容责任单位均含各设区市人民政府，不再列出\n"
    "2\t\t开展跟踪评估。\t省统计局\n\n"
    "序号\t工作内容\t\t责任单位\n"
    "3\t强化支撑\t建设公共平台，为园区企\t省科技厅\n\n"
    "序号\t工作内容\t\t责任单位\n"
    "\t\t业提供检测服务。\t\n"
    "4\t\t培育专业人才。\t省教育厅、人力资源社会保障厅\n"
)


def test_a_table_with_a_clause_for_every_row_and_a_row_over_two_pages() -> None:
    found = facts(HEAD + TABLE)
    everywhere = "各设区市人民政府"
    assert [(f.number, f.group, f.task) for f in found] == [
        ("1", "健全机制", "编制年度清单"),
        ("2", "健全机制", "开展跟踪评估"),
        ("3", "强化支撑", "建设公共平台，为园区企业提供检测服务"),
        ("4", "强化支撑", "培育专业人才"),
    ]
    assert found[0].others == ("省工业和信息化厅", "省财政厅", everywhere)
    assert found[0].inherited == ()
    assert [f.others for f in found[1:]] == [
        ("省统计局", everywhere),
        ("省科技厅", everywhere),
        ("省教育厅", "省人力资源社会保障厅", everywhere),
    ]
    assert all([i.agency for i in f.inherited] == [everywhere] for f in found[1:])
    assert {i.line for f in found for i in f.inherited} == {4}
    assert record(found[1])["inherited"] == [{"agency": everywhere, "line": 4}]
    assert found[2].evidence.more[0].quote == "业提供检测服务。"


def test_a_row_that_names_an_inherited_body_itself_does_not_inherit_it() -> None:
    found = facts(HEAD + TABLE + "5\t\t开展宣传。\t省商务厅，各设区市人民政府\n")
    assert found[-1].others == ("省商务厅", "各设区市人民政府")
    assert found[-1].inherited == ()


def test_without_its_column_a_group_is_not_carried_to_the_next_page() -> None:
    found = facts(HEAD + TABLE + "\n序号\t工作内容\t责任单位\n5\t开展宣传。\t省商务厅\n")
    assert (found[-1].task, found[-1].group) == ("开展宣传", None)


def test_several_lists_in_one_section() -> None:
    text = HEAD + (
        "## 一、任务\n\n（一）夯实基础。建设平台。（省科技厅）\n\n完善标准体系，开展测试。（省市场监管局）\n\n"
        "（二）拓展市场。举办展会。（省商务厅）组织对接活动，服务企业。（省工业和信息化厅）\n"
    )
    assert said(text) == [
        ("夯实基础", [], ["省科技厅"]),
        ("完善标准体系，开展测试", [], ["省市场监管局"]),
        ("拓展市场", [], ["省商务厅"]),
        ("组织对接活动，服务企业", [], ["省工业和信息化厅"]),
    ]


def test_columns_are_read_by_their_heads() -> None:
    text = HEAD + (
        "| 序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限 | 主要指标 |\n|---|---|---|---|---|---|\n"
        "| 1 | 编制产业链图谱 | 省工业和信息化厅 | 省科技厅、商务厅 | 2024年12月底前 | 图谱1份 |\n"
        "| 2 | 建设中试平台 | 科技厅 | | 2026年 | |\n"
    )
    first, second = facts(text)
    assert (first.lead, first.others) == (("省工业和信息化厅",), ("省科技厅", "省商务厅"))
    assert (first.deadline, first.measure) == ("2024年12月底前", "图谱1份")
    assert (second.task, second.lead, second.others) == ("建设中试平台", ("省科技厅",), ())


def test_what_text_and_table_both_say_is_one_task() -> None:
    body = "## 一、机制\n\n（一）编制年度清单。动态更新。（省工业和信息化厅、财政厅，各设区市人民政府）\n\n"
    both = facts(HEAD + body + TABLE)
    assert [f.task for f in both].count("编制年度清单") == 1
    merged = next(f for f in both if f.task == "编制年度清单")
    assert any("省工业和信息化厅、财政厅" in span.quote and span.line == 5 for span in merged.evidence.more)


RULES = (
    "# 福建省工业和信息化厅氢能专项资金管理办法\n\n## 第二章 职责分工\n\n"
    "第四条 省工业和信息化厅是主管部门，负责预算申请，组织评审。\n\n第五条 省财政厅负责资金拨付。\n\n"
    "## 第三章 管理\n\n第六条 省财政厅负责审核绩效目标。项目单位对材料的真实性负责。\n\n"
    "第七条 地级市人民政府负责项目管理的有关部门要加强监督。支持龙头企业牵头组建联盟。\n\n"
    "第八条 省科技厅牵头建立专家库。经省工业和信息化厅认定的项目可以申报。\n\n"
    "第九条 本办法由省工业和信息化厅、省财政厅负责解释。\n"
)


def test_duties_in_prose() -> None:
    assert said(RULES) == [
        ("预算申请，组织评审", [], ["省工业和信息化厅"]),
        ("资金拨付", [], ["省财政厅"]),
        ("建立专家库", ["省科技厅"], []),
        ("解释", [], ["省工业和信息化厅", "省财政厅"]),
    ]


def test_later_articles_add_to_a_duty_of_the_chapter_about_duties() -> None:
    first, second, *_ = facts(RULES)
    assert [span.quote for span in first.evidence.more] == ["经省工业和信息化厅认定的项目可以申报"]
    assert [span.quote for span in second.evidence.more] == ["省财政厅负责审核绩效目标"]


def test_two_duties_of_one_body_in_the_chapter_are_two() -> None:
    text = RULES.replace("第五条 省财政厅负责资金拨付。", "第五条 省财政厅负责资金拨付。省财政厅负责绩效评价。")
    assert [f.task for f in facts(text) if f.others == ("省财政厅",)] == ["资金拨付", "绩效评价"]


def test_division_of_work_with_colons() -> None:
    text = (
        HEAD
        + "## 三、明确工作分工\n\n省商务厅：负责境外推介；建立项目库。\n\n各设区市商务局：组织企业参展。\n\n注意：尽快落实各项工作安排。\n"
    )
    assert said(text) == [("境外推介；建立项目库", [], ["省商务厅"]), ("组织企业参展", [], ["各设区市商务局"])]


def test_groups_and_posts() -> None:
    text = (
        "# 云山县氢能产业扶持办法\n\n## 一、组织保障\n\n第一条 成立云山县氢能产业领导小组，统筹推进产业发展。"
        "办公室主任由县商务局局长兼任。县商务局负责项目服务，县财政局负责资金兑现。\n"
    )
    assert said(text) == [
        ("统筹推进产业发展", [], ["云山县氢能产业领导小组"]),
        ("办公室主任", [], ["县商务局"]),
        ("项目服务", [], ["县商务局"]),
        ("资金兑现", [], ["县财政局"]),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("于2025年底前完成", "2025年底前"),
        ("每年6月底前报送", "每年6月底前"),
        ("2026年3月15日前建成", "2026年3月15日前"),
        ("到2025年达到5%", None),
    ],
)
def test_deadline(words: str, expected: str | None) -> None:
    found = deadline(words)
    assert (found is None) == (expected is None)
    assert expected is None or expected in (found or "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2025年底前", "2025-12-31"),
        ("2024年6月底前", "2024-06-30"),
        ("2024年2月", "2024-02-29"),
        ("2026年3月15日前", "2026-03-15"),
        ("每年6月底前", None),
        ("2026年13月", None),
    ],
)
def test_due(words: str, expected: str | None) -> None:
    assert due(words) == expected


def test_an_interpretation_repeats_and_is_not_read() -> None:
    text = RULES + "\n# 《福建省工业和信息化厅氢能专项资金管理办法》解读\n\n一、主要内容\n\n省商务厅负责宣传。\n"
    assert "宣传" not in [fact.task for fact in facts(text)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:20])
def test_in_the_bundled_documents_every_body_of_a_task_stands_in_its_evidence(path: Path) -> None:
    source = read(path)
    reading = tasks(parse(source))
    assert not reading.rejected
    for fact in reading.facts:
        assert isinstance(fact, TaskFact)
        printed = re.sub(r"\s", "", "".join(span.quote for span in fact.evidence.spans))
        inherited = {one.agency for one in fact.inherited}
        for name in {*fact.lead, *fact.others} - inherited:
            known = vocabulary().agency_names().get(name)
            spelled = (name, name[1:], name.removesuffix("人民政府"), *(known.labels if known else ()))
            assert any(spelling in printed for spelling in (*spelled, *(known.hidden if known else ()))), name
        for one in fact.inherited:
            assert "均" in source.text.split("\n")[one.line - 1]
