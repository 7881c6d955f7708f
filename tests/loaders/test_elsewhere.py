"""The language of other provinces' plans: invented texts, every kind that these loaders read."""

import hashlib
from collections.abc import Mapping
from typing import Any

import pytest

from loaders.document.document import Document, parse
from loaders.document.source import Source
from loaders.registry import LOADERS
from ontology.facts import record

HEAD = "# 浙江省培育光学镜头产业集群行动计划（2025—2027年）\n\n"


def document(text: str) -> Document:
    return parse(Source("t.txt", hashlib.sha256(text.encode()).hexdigest(), text))


def rows(kind: str, sentences: str, heading: str = "二、空间布局", head: str = HEAD) -> list[Mapping[str, Any]]:
    return [record(fact) for fact in LOADERS[kind](document(f"{head}## {heading}\n\n{sentences}\n")).facts]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("以杭州市、宁波市为核心，依托宁波高新东区，发展模组。", {"宁波高新东区": "宁波"}),
        ("支持杭州市、绍兴市共建杭绍光学创新园。", {"杭绍光学创新园": ("杭州", "绍兴")}),
        ("支持台州市与丽水市以“飞地”模式建设台丽产业园。", {"台丽产业园": ("台州", "丽水")}),
        ("推动与安徽省共建浙皖光学产业合作区。", {"浙皖光学产业合作区": None}),
        ("嘉兴市加快建设越芯微电子驱动芯片封测项目。", {"越芯微电子驱动芯片封测项目": "嘉兴"}),
        ("落户嘉兴科技城、湖州高新区的项目，优先供地。", {"嘉兴科技城": "嘉兴", "湖州高新区": "湖州"}),
        ("发展台州市民喜爱的镜头，依托开发区招商。", {}),
    ],
)
def test_places(sentence: str, expected: dict[str, object]) -> None:
    found = {row["name"]: row["city"] or tuple(row["cities"]) or None for row in rows("places", sentence)}
    assert found == expected


@pytest.mark.parametrize("heading", ["三、空间布局", "三、保障措施"])
def test_a_park_that_is_leant_on_counts_with_its_city(heading: str) -> None:
    assert [row["name"] for row in rows("places", "依托宁波高新东区，发展模组。", heading)] == ["宁波高新东区"]
    assert rows("places", "依托高新东区，发展模组。", "三、保障措施") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支持杭州市、绍兴市共建杭绍光学创新园。", {("杭州", "绍兴", "产业共建", "杭绍光学创新园")}),
        ("支持台州市与丽水市以“飞地”模式建设台丽产业园。", {("台州", "丽水", "飞地", "台丽产业园")}),
        ("推动与安徽省共建浙皖光学产业合作区。", {("浙江", "安徽", "合作区", "浙皖光学产业合作区")}),
        ("落实浙江省与吉林省对口合作机制。", {("浙江", "吉林", "对口合作", None)}),
        (
            "支持衢州市承接粤港澳大湾区产业转移，建设衢州镜片产业园。",
            {("粤港澳大湾区", "衢州", "承接转移", "衢州镜片产业园")},
        ),
        (
            "衢州市建设衢州镜片产业园，承接上海市产业转移。",
            {("上海", "衢州", "承接转移", None)},
        ),
        (
            "支持衢州市承接上海市产业转移，建设宁波镜片产业园。",
            {("上海", "衢州", "承接转移", None)},
        ),
    ],
)
def test_transfers(sentence: str, expected: set[tuple[str | None, ...]]) -> None:
    found = {(row["from"], row["to"], row["mechanism"], row["platform"]) for row in rows("transfers", sentence)}
    assert found == expected


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (
            "发挥杭州远镜光电有限公司、宁波明瞳等“链主”企业带动作用。支持远镜光电牵头建设中心。",
            {("杭州远镜光电有限公司", "杭州", "链主"), ("宁波明瞳", "宁波", "链主"), ("远镜光电", "杭州", "其他")},
        ),
        ("嘉兴市推进越芯微电子驱动芯片封测项目。", {("越芯微电子", "嘉兴", "项目主体")}),
        ("嘉兴市推进新型显示模组封测项目和车载光电镜头项目。", set()),
        ("杭州依托海目产业城建设基地。", {("海目", "杭州", "依托")}),
        ("杭州依托西溪湖产业城建设基地。", set()),
    ],
)
def test_companies(sentences: str, expected: set[tuple[str | None, ...]]) -> None:
    assert {(row["name"], row["city"], row["relation"]) for row in rows("companies", sentences)} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("重点发展镜片、镜筒等镜头配套材料。", {("镜片", "镜头", "input_to"), ("镜筒", "镜头", "input_to")}),
        (
            "突破镀膜机、注塑机等镜片加工设备。",
            {("镀膜机", "镜片加工", "input_to"), ("注塑机", "镜片加工", "input_to")},
        ),
        ("推动车载镜头设计、加工等环节协同发展。", {(s, "车载镜头", "stage_of") for s in ("设计", "加工")}),
        (
            "构建玻璃—镜片—镜头的产业链条。",
            {(s, "光学镜头产业链条", "stage_of") for s in ("玻璃", "镜片", "镜头")}
            | {("玻璃", "镜片", "upstream_of"), ("镜片", "镜头", "upstream_of")},
        ),
        ("支持台州市为宁波市供应镜片。", {("台州", "宁波", "region_supplies")}),
        ("鼓励企业针对研发、设计、检测等环节上云。", set()),
        ("打造从玻璃到玻璃的产业链。", set()),
    ],
)
def test_supply_of_an_industry_that_is_none_of_the_clusters(sentence: str, expected: set[tuple[str, ...]]) -> None:
    found = rows("supply", sentence, "四、重点任务")
    assert {(row["from"], row["to"], row["relation"]) for row in found} == expected
    assert {row["cluster"] for row in found} <= {None}


def test_a_paragraph_adds_a_body_to_the_lists_of_its_section_behind_it() -> None:
    text = (
        "# 浙江省光学镜头产业行动计划\n\n## 一、重点任务\n\n（一）提升供给。发展镜片。（省科技厅、省财政厅）\n\n"
        "## 二、保障措施\n\n以下任务责任单位均含各设区市人民政府，不再列出。\n\n"
        "（一）加强组织。建立专班。（责任单位：省科技厅）\n\n## 三、附则\n\n（一）加强宣传。做好宣传。（省商务厅、省科技厅）\n"
    )
    found = [record(fact) for fact in LOADERS["tasks"](document(text)).facts]
    assert [row["others"] for row in found] == [
        ["省科技厅", "省财政厅"],
        ["省科技厅", "各设区市人民政府"],
        ["省商务厅", "省科技厅"],
    ]
    assert [[one["agency"] for one in row["inherited"]] for row in found] == [[], ["各设区市人民政府"], []]


def test_where_a_figure_starts_from_is_reported_and_no_goal() -> None:
    (was, goal) = rows("targets", "到2027年，本地配套率由2024年的42%提高到60%。", "一、主要目标")
    assert (was["value"], was["year"], was["kind"], was["firmness"]) == (42, 2024, "actual", None)
    assert (goal["value"], goal["year"], goal["kind"], goal["firmness"]) == (60, 2027, "target", "达到")


def test_a_list_in_brackets_adds_a_body_to_the_lists_behind_it() -> None:
    text = (
        "# 浙江省光学镜头产业行动计划\n\n## 一、重点任务\n\n（一）提升供给。发展镜片。（省科技厅、省财政厅，"
        "以下内容负责单位均含各设区市人民政府，不再列出）\n\n（二）扩大需求。发展镜头。（省商务厅）\n"
    )
    found = [record(fact) for fact in LOADERS["tasks"](document(text)).facts]
    assert [row["others"] for row in found] == [["省科技厅", "省财政厅"], ["省商务厅", "各设区市人民政府"]]


def test_each_body_of_a_sentence_has_its_own_duty() -> None:
    text = "# 杭州市光学镜头专项资金管理办法\n\n第九条 专项资金由市科技局牵头组织实施，市财政局负责资金拨付，市审计局负责审计监督。\n"
    found = [record(fact) for fact in LOADERS["tasks"](document(text)).facts]
    assert [(row["task"], row["lead"], row["others"]) for row in found] == [
        ("组织实施", ["市科技局"], []),
        ("资金拨付", [], ["市财政局"]),
        ("审计监督", [], ["市审计局"]),
    ]


def test_who_acts_jointly_is_no_leader() -> None:
    text = "# 浙江省申报指南\n\n（三）评审。省科技厅牵头，会同省财政厅组织专家开展评审。\n"
    (row,) = [record(fact) for fact in LOADERS["tasks"](document(text)).facts]
    assert (row["lead"], row["others"]) == (["省科技厅"], ["省财政厅"])


BROKEN = (
    "杭州市人民政府公报        2025年第3期\n\n杭州市光学镜头产业扶持办法\n\n"
    "第一条 工作目标是：到２０２７年，全市光学镜头产业营业\n收入达到 1\n200 亿元，本地配套率超过 4\n5%，年均增长 6.\n5%以上。\n"
    "\n— 1 —\n\n杭州市人民政府公报        2025年第3期\n\n"
    "第二条 对购置设备的企业给予补助，单个项目最高不超过 1\n\n— 2 —\n\n杭州市人民政府公报        2025年第3期\n\n500 万元。\n"
)


def test_numbers_cut_by_lines_and_pages_are_whole_and_running_heads_are_furniture() -> None:
    found = document(BROKEN)
    words = "".join(block.text.string for block in found.blocks if block.kind != "furniture")
    for number in ("2027年", "1200亿元", "45%", "6.5%", "1500万元"):
        assert number in words
    assert "公报" not in words
    heads = [block for block in found.blocks if block.kind == "furniture" and "公报" in block.text.string]
    assert len(heads) == 3


@pytest.mark.parametrize("column", ["12\n34\n56", "合计 12\n34", "第 3\n\n4. 其他", "见表 3\n\n第5条 其他"])
def test_figures_in_a_column_stay_apart(column: str) -> None:
    words = [block.text.string for block in document(f"# 某市发展规划\n\n{column}\n").blocks]
    assert not any(joined in block for joined in ("1234", "3456", "34.", "35") for block in words)
