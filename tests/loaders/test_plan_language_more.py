"""The language of plans that nobody has read before: labels, nested places, deliveries, families of firms, tables."""

import hashlib
from typing import Any

import pytest

from loaders.document.document import parse
from loaders.document.source import Source
from loaders.policy.parts import parts, with_heads
from loaders.registry import LOADERS
from ontology.facts import record

HEAD = "# 湖北省光电子产业行动方案（2025—2027年）\n\n## 一、空间布局\n\n"
CITY = "# 盐城市海上风电装备产业链行动方案（2025—2027年）\n\n## 一、空间布局\n\n"


def read(kind: str, text: str) -> list[dict[str, Any]]:
    document = parse(Source("t.txt", hashlib.sha256(text.encode()).hexdigest(), text))
    return [record(fact) for fact in LOADERS[kind](with_heads(document, parts(document))).facts]


def places(text: str) -> dict[str, str | None]:
    return {row["name"]: row["city"] for row in read("places", text)}


def links(text: str, relation: str) -> set[tuple[str, str]]:
    return {(row["from"], row["to"]) for row in read("supply", text) if row["relation"] == relation}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("随州市曾都区、十堰市张湾区分别打造专用车基地。", {"曾都区": "随州", "张湾区": "十堰"}),
        ("宜都市、枝江市布局磷酸铁锂前驱体。", {"宜都市": "宜昌", "枝江市": "宜昌"}),
        ("孝感市汉川市某某产业园、荆州市公安县青吉工业园各自承接转移。", {"荆州市公安县青吉工业园": "荆州"}),
        ("宜昌市依托枝江市姚家港化工园发展电子化学品。", {"枝江市": "宜昌", "枝江市姚家港化工园": "宜昌"}),
        ("依托武汉东湖高新区左岭组团发展存储器。", {"左岭组团": "武汉"}),
        ("推动江汉新材潜江隔膜生产基地尽快达产。", {"江汉新材潜江隔膜生产基地": "潜江"}),
    ],
)
def test_places_of_a_province(sentence: str, expected: dict[str, str]) -> None:
    found = places(HEAD + sentence)
    assert {name: found.get(name) for name in expected} == expected


def test_a_line_with_a_label_lists_parks() -> None:
    found = places(HEAD + "主要载体：黄石市大冶湖工业园、鄂州市葛店工业园区\n重点企业：某某科技\n")
    assert found == {"黄石市大冶湖工业园": "黄石", "鄂州市葛店工业园区": "鄂州"}


def test_a_bare_district_in_passing_is_no_place() -> None:
    assert places("# 赣州市某某行动方案\n\n推动龙南、全南与深圳对接。\n") == {}


def test_divisions_of_a_city_that_no_list_has_stand_beside_districts() -> None:
    found = places("# 洛阳市某某行动方案\n\n以涧西区、伊滨区为载体发展轴承。\n")
    assert found == {"涧西区": "洛阳", "伊滨区": "洛阳"}


@pytest.mark.parametrize(
    ("sentence", "regions", "inputs"),
    [
        (
            "潜江光刻胶、宜昌磷酸主要供应武汉存储器企业。",
            {("潜江", "武汉"), ("宜昌", "武汉")},
            {("光刻胶", "存储器"), ("磷酸", "存储器")},
        ),
        (
            "支持黄冈市为武汉市光模块企业配套金属壳体、陶瓷插芯。",
            {("黄冈", "武汉")},
            {("金属壳体", "光模块"), ("陶瓷插芯", "光模块")},
        ),
        (
            "阜宁县的碳梁就近供应射阳县、大丰区叶片企业。",
            {("阜宁县", "射阳县"), ("阜宁县", "大丰区")},
            {("碳梁", "叶片")},
        ),
        ("鼓励减速器企业为南京、苏州整机企业配套。", {("盐城", "南京"), ("盐城", "苏州")}, {("减速器", "整机")}),
        ("提高产业链供应能力，优化供给结构。", set(), set()),
    ],
)
def test_deliveries(sentence: str, regions: set[tuple[str, str]], inputs: set[tuple[str, str]]) -> None:
    head = CITY if "县" in sentence or "南京" in sentence else HEAD
    assert links(head + sentence, "region_supplies") == regions
    assert links(head + sentence, "input_to") == inputs


def test_tiers_and_what_stands_above_a_thing() -> None:
    tiers = "上游发展飞控、动力电池，中游发展无人机整机，下游发展培训。"
    assert links(CITY + tiers, "upstream_of") == {
        ("飞控", "无人机整机"),
        ("动力电池", "无人机整机"),
        ("无人机整机", "培训"),
    }
    above = "显示面板上游重点引进玻璃基板、偏光片企业，下游对接武汉的终端整机企业。"
    assert links(CITY + above, "upstream_of") == {
        ("玻璃基板", "显示面板"),
        ("偏光片", "显示面板"),
        ("显示面板", "终端整机"),
    }


def test_a_node_says_where_its_things_go() -> None:
    text = CITY + "节点01　碳酸锂、氢氧化锂\n重点企业：某某锂业\n供给去向：正极材料\n"
    assert links(text, "input_to") == {("碳酸锂", "正极材料"), ("氢氧化锂", "正极材料")}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("重点企业：楚钧新能（宜昌猇亭）、榕瑞鄂箔材（荆州）\n", {"楚钧新能": "宜昌", "榕瑞鄂箔材": "荆州"}),
        (
            "推动海瀚集团将其子公司海瀚重工、海瀚海缆的订单投放本地。",
            {"海瀚集团": None, "海瀚重工": None, "海瀚海缆": None},
        ),
        ("抓好轴研科技精密轴承扩能改造、江汉新材隔膜改造等12个重点项目。", {"轴研科技": None, "江汉新材": None}),
        ("支持武汉光迅达科技股份有限公司（以下简称光迅达）扩产，推进光迅达硅光芯片中试线建设。", {"光迅达": "武汉"}),
        ("企业通过投资项目在线审批监管平台（以下简称在线平台）办理，在线平台建设由省负责。", {}),
        ("发挥大丰港控股集团、黄海国投等国有平台作用。", {"大丰港控股集团": None, "黄海国投": None}),
        ("建成智能终端产业基地、固态电池项目和储能装备产业园。", {}),
    ],
)
def test_firms(sentence: str, names: dict[str, str | None]) -> None:
    found = {row["name"]: row["city"] for row in read("companies", HEAD + sentence)}
    assert {name: found.get(name, "–") for name in names} == names
    assert names or not found


def test_a_table_with_a_column_for_each_year() -> None:
    rows = "指标\t单位\t2024年\t2027年\n到位资金\t亿元\t4286\t6000以上\n其中：外资占比\t%\t38.7\t—\n"
    found = read("targets", f"# 湖北省某某行动方案（2025—2027年）\n\n2025年3月6日\n\n{rows}")
    assert [(r["indicator"], r["value"], r["unit"], r["year"], r["comparator"], r["kind"]) for r in found] == [
        ("到位资金", 4286, "亿元", 2024, "=", "actual"),
        ("到位资金", 6000, "亿元", 2027, ">=", "target"),
        ("到位资金外资占比", 38.7, "%", 2024, "=", "actual"),
    ]
