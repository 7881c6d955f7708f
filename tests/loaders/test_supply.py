"""Supply: what goes into what, the stages of a chain, what is applied where, which place supplies which."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.supply.inputs import inputs
from loaders.supply.link import Setting
from loaders.supply.lists import after_etc, plausible, things, without_lead
from loaders.supply.supply import supply
from ontology.facts import record
from ontology.facts_places import SupplyFact
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
RELATIONS = vocabulary().codes("supply-relation")
Pairs = set[tuple[str, str]]


def source(text: str) -> Source:
    return Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def facts(text: str) -> list[SupplyFact]:
    return [fact for fact in supply(parse(source(text))).facts if isinstance(fact, SupplyFact)]


def box(sentences: str, subsector: str = "割草机", *others: str) -> str:
    items = [f"{n}.{name}。发展整机。" for n, name in enumerate(others, start=2)]
    first = f"1.{subsector}。{sentences}"
    heading = "## 5. 智能机器人\n\n### 专栏 7 智能机器人重点细分领域发展空间布局\n\n"
    return heading + "\n\n".join([first, *items]) + "\n"


def intro(sentences: str) -> str:
    return f"## 5. 智能机器人\n\n{sentences}\n"


def pairs(text: str, relation: str) -> Pairs:
    return {(fact.from_, fact.to) for fact in facts(text) if fact.relation == relation}


def each(names: str, to: str) -> Pairs:
    return {(name, to) for name in names.split()}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("以湛江、茂名等市为依托，加强刀盘、蓄电池等关键零部件配套。", each("刀盘 蓄电池", "割草机")),
        ("湛江着力发展刀盘、轮毂电机等核心零部件研制。", each("刀盘 轮毂电机", "割草机")),
        ("发展剪枝机产品及关键零配件。", {("关键零配件", "剪枝机")}),
        ("支持湛江发展剪枝机本体及核心零部件制造。", {("核心零部件", "剪枝机")}),
        ("支持茂名发展作业整机、配套零部件及集成项目。", {("配套零部件", "作业整机")}),
        ("湛江着力发展园林、温室用合金钢材。", {("合金钢材", "园林"), ("合金钢材", "温室")}),
        ("茂名重点发展高性能钢带、刀片用硬质合金等产品。", {("硬质合金", "刀片")}),
        (
            "支持湛江加大割草机用的校准设备、磨刀设备以及平衡试验台等高端设备研发。",
            each("校准设备 磨刀设备 平衡试验台", "割草机"),
        ),
        (
            "突破割草机专用芯片、导航系统、动力系统等关键技术，做大做强产业。",
            each("割草机专用芯片 导航系统 动力系统", "割草机"),
        ),
        (
            "以新型算力设施为支撑，培育发展地图服务、调度服务等产业。",
            {("新型算力设施", "地图服务"), ("新型算力设施", "调度服务")},
        ),
        ("重点发展高性能电池用铝箔、铜箔。", {("高性能铝箔", "电池")}),
        ("发展割草机配套产业。", {("割草机配套产业", "割草机")}),
        ("提升原材料和零配件质量与供应水平。", each("原材料 零配件", "割草机")),
        ("着力发展手推式、骑乘式等产品，加强轮毂电机、雨量传感器研制。", each("轮毂电机 雨量传感器", "割草机")),
        ("发展轮毂电机、控制器等汽车配套产业。", each("轮毂电机 控制器", "汽车")),
        ("重点发展整车、蓄电池以及园林车关键零部件。", {("园林车关键零部件", "园林车")}),
        ("加快发展园林车及零部件制造项目。", {("零部件", "园林车")}),
        ("发展造粒及配套设备行业。", {("配套设备", "造粒")}),
    ],
)
def test_inputs(sentence: str, expected: Pairs) -> None:
    assert pairs(box(sentence), "input_to") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "湛江重点发展手推式割草机、骑乘式割草机等产品。",  # a list of products
        "湛江通用航空、专用车和家用电器发展较快，应用广泛。",  # 用 in words
        "围绕基础工艺、核心零部件，加大支持力度。",
        "支持湛江建设割草机产业园。",
        "承接珠三角地区产业转移。",
    ],
)
def test_no_input(sentence: str) -> None:
    assert pairs(box(sentence), "input_to") == set()


def test_parts_of_parts_go_into_what_their_class_names() -> None:
    text = box("发展校准机、平衡机等整机设备以及陶瓷轴、射频源等设备关键零部件研制。")
    assert pairs(text, "input_to") == each("陶瓷轴 射频源", "整机设备")
    text = box("支持陶瓷粉、铜浆等元器件关键材料的研发及产业化。")
    assert pairs(text, "input_to") == each("陶瓷粉 铜浆", "元器件")


def test_a_subsector_of_parts_supplies_its_cluster() -> None:
    text = box("支持湛江发展绕线机、划片机等装备制造业。加快磁钢、胶料等材料研发生产。", "特种装备及零部件配套")
    assert pairs(text, "input_to") == each("绕线机 划片机 磁钢 胶料", "智能机器人")


def test_an_introduction_is_about_the_cluster() -> None:
    assert pairs(intro("加快突破舵机、谐波齿轮等关键零部件。"), "input_to") == each("舵机 谐波齿轮", "智能机器人")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("打造涵盖设计、总装、检测等环节的割草机产业链。", each("设计 总装 检测", "割草机产业链")),
        ("围绕铸造、机加工、装配等重点环节，加强攻关。", each("铸造 机加工 装配", "割草机")),
        ("增强铸造、设备和材料环节配套能力。", each("铸造 设备 材料", "智能机器人产业链")),
        ("鼓励装配企业向产业链的设计环节延伸。", each("装配 设计", "智能机器人产业链")),
        ("形成铸件—总成—整机的完整产业链条。", each("铸件 总成 整机", "割草机产业链条")),
        ("培育一批集研发、生产、销售于一体的剪枝机骨干企业。", each("研发 生产 销售", "剪枝机")),
        ("重点围绕矿山、冶炼、终端产品开展全产业链运营。", each("矿山 冶炼 终端产品", "割草机全产业链")),
    ],
)
def test_stages(sentence: str, expected: Pairs) -> None:
    assert pairs(box(sentence), "stage_of") == expected


def test_the_order_of_a_chain_is_implied() -> None:
    found = [f for f in facts(box("形成铸件—总成—整机的产业链条。")) if f.relation == "upstream_of"]
    assert {(f.from_, f.to, f.strength) for f in found} == {("铸件", "总成", "implied"), ("总成", "整机", "implied")}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("打造一批从橡胶、钢丝到轮胎的示范产业链。", each("橡胶 钢丝", "轮胎")),
        (
            "湛江充分利用钛、锆铁矿等丰富的矿产资源优势，重点发展矿物深加工。",
            {("钛矿", "矿物深加工"), ("锆铁矿", "矿物深加工")},
        ),
        ("湛江依托上游炼钢基础，推动钢带和轴承发展。", each("炼钢", "钢带") | {("炼钢", "轴承")}),
        ("发展弹簧钢、刀具钢，引入下游产业链。", each("弹簧钢 刀具钢", "下游产业链")),
        ("支持割草机下游应用发展。", {("割草机", "割草机下游应用")}),
        ("推动轴承企业与整机厂联合攻关。", {("轴承", "整机")}),
    ],
)
def test_upstream(sentence: str, expected: Pairs) -> None:
    assert pairs(box(sentence), "upstream_of") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("推动割草机在园林、果园等重点行业的集成应用。", {("割草机", "园林"), ("割草机", "果园")}),
        ("推动在园林、果园等领域应用。", {("割草机", "园林"), ("割草机", "果园")}),
        ("支持合金刀片研发及在园林、果园等领域应用。", {("合金刀片", "园林"), ("合金刀片", "果园")}),
        ("推进割草机在园林等传统产业以及温室等新兴产业领域的融合应用。", {("割草机", "园林"), ("割草机", "温室")}),
        ("推动激光雷达、视觉等新技术与剪枝产品深度融合应用。", each("激光雷达 视觉", "剪枝产品")),
        ("推动割草机与物联网的融合应用。", {("物联网", "割草机")}),
        ("推动割草机与园林养护、城市保洁等各领域的融合渗透。", {("割草机", "园林养护"), ("割草机", "城市保洁")}),
        ("支持湛江面向园林、果园等重点领域，加快发展剪枝机。", {("剪枝机", "园林"), ("剪枝机", "果园")}),
        ("围绕园林、果园等行业加快发展剪枝机。", {("剪枝机", "园林"), ("剪枝机", "果园")}),
        ("湛江聚焦园林、果园等行业安全领域提升路径规划技术水平。", {("路径规划", "园林"), ("路径规划", "果园")}),
        ("发展园林养护、果园管理等领域的作业服务。", {("作业服务", "园林养护"), ("作业服务", "果园管理")}),
        ("支持修剪、除雪等场景应用的专业化割草机产品。", {("割草机", "修剪"), ("割草机", "除雪")}),
        ("支持坡地、湿地等特种割草机研发。", {("特种割草机", "坡地"), ("特种割草机", "湿地")}),
        ("支持修剪、除雪等割草机集成应用。", {("割草机", "修剪"), ("割草机", "除雪")}),
        ("加强路径规划、卫星定位等技术应用。", each("路径规划 卫星定位", "割草机")),
        ("湛江推动以面向园林、果园等产业为主的集成应用。", {("割草机", "园林"), ("割草机", "果园")}),
        ("研制面向果园作业的剪枝机。", {("剪枝机", "果园作业")}),
        ("发展基于卫星定位技术的新一代割草机。", {("卫星定位技术", "割草机")}),
        ("支持湛江在市政养护领域率先探索自动割草示范应用。", {("自动割草", "市政养护")}),
        ("推进激光雷达应用于果园测绘。", {("激光雷达", "果园测绘")}),
        (
            "支持开发静音刀盘及相关服务，推动园林、果园等重点行业低碳升级。",
            {("静音刀盘及相关服务", "园林"), ("静音刀盘及相关服务", "果园")},
        ),
    ],
)
def test_applied(sentence: str, expected: Pairs) -> None:
    assert pairs(box(sentence), "applied_in") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "鼓励龙头企业、高等院校突破芯片、轴承等领域的关键核心技术。",
        "聚焦芯片、轴承等领域，开展重大基础研究。",
        "打造涵盖园林、果园等领域的综合性产业基地。",
        "在湛江、茂名等地打造产业应用先行区。",
        "加大园林、果园等领域的投资力度。",
    ],
)
def test_not_applied(sentence: str) -> None:
    assert pairs(box(sentence), "applied_in") == set()


def test_a_technology_raises_the_subsector_that_the_next_clause_names() -> None:
    text = box("突破路径规划、卫星定位等共性技术，提升除雪机作业性能。", "机器人智能技术", "除雪机", "割草机")
    assert pairs(text, "applied_in") == each("路径规划 卫星定位", "除雪机")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("以湛江、茂名为核心，以揭阳、云浮等市为配套，打造产业链。", {("揭阳", "湛江、茂名"), ("云浮", "湛江、茂名")}),
        ("以湛江为核心，其他市为配套，构建产业链。", {("其他市", "湛江")}),
        (
            "逐步形成粤东产业链上游原料向珠三角供给，珠三角整机向粤西先进制造业供给的体系。",
            {("珠三角", "粤西"), ("粤东", "珠三角")},
        ),
        ("构建立足广东、面向全国的割草机生产保供体系。", {("广东", "全国")}),
        ("以湛江为依托，打造技术平台，带动揭阳、云浮等市配套发展上下游产业。", {("揭阳", "湛江"), ("云浮", "湛江")}),
    ],
)
def test_regions(sentence: str, expected: Pairs) -> None:
    assert pairs(box(sentence), "region_supplies") == expected


def test_only_what_stands_under_a_cluster_is_read() -> None:
    assert facts("## 一、总体要求\n\n加强刀盘、蓄电池等关键零部件配套。\n") == []


def test_the_cluster_and_the_subsector_come_from_the_headings() -> None:
    fact = facts(box("加强刀盘等关键零部件配套。"))[0]
    assert (fact.cluster, fact.subsector, fact.strength) == ("智能机器人", "割草机", "explicit")
    assert facts(intro("加强刀盘、舵机等关键零部件配套。"))[0].subsector is None


def test_the_same_pair_is_said_once_in_a_sentence() -> None:
    assert len(facts(box("加强刀盘等关键零部件配套，提升刀盘等关键零部件配套能力。"))) == 1
    assert len(facts(box("湛江发展刀盘等关键零部件。茂名发展刀盘等关键零部件。"))) == 2


def test_nothing_supplies_itself() -> None:
    assert pairs(box("推动割草机在割草机、园林等领域的应用。"), "applied_in") == {("割草机", "园林")}


def test_what_is_not_read_is_said() -> None:
    reading = supply(parse(source(box("完善上下游体系，改善零部件质量。"))))
    assert [rejected.kind for rejected in reading.rejected] == ["supply"]
    assert supply(parse(source(box("湛江发展割草机。")))).rejected == ()


def test_lists() -> None:
    assert things("加快研制刀盘、蓄电池与控制器") == ["刀盘", "蓄电池", "控制器"]
    assert things("传感器（MCU、总线）、刀盘", lead=False) == ["传感器（MCU、总线）", "刀盘"]
    assert things("可靠性和鲁棒性试验台", lead=False) == ["可靠性和鲁棒性试验台"]
    assert without_lead("依托湛江、茂名等市加快刀盘") == "刀盘"
    assert after_etc("等离子刀、激光刀等刀具") == ("等离子刀、激光刀", "刀具")
    assert plausible("自动驾驶")
    assert not plausible("龙头企业")
    assert not plausible("湛江市")
    assert not plausible("半截”")


@given(st.lists(st.sampled_from(["刀盘", "蓄电池", "谐波齿轮", "舵机", "雨量传感器"]), min_size=2, unique=True))
def test_every_part_of_a_list_is_one_link(parts: list[str]) -> None:
    sentence = f"加强{'、'.join(parts)}等关键零部件配套。"
    assert [link.from_ for link in inputs(sentence, Setting("智能机器人", "割草机"))] == parts


@given(st.text(alphabet="推动甲乙丙等在领域应用用与和、，。零部件材料为核心的环节产业链向供给从到—", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for fact in facts(box(text)):
        assert fact.from_ != fact.to
        assert fact.evidence.span.quote in box(text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_evidence_of_the_documents_holds(path: Path) -> None:
    text = path.read_bytes().decode()
    reading = supply(parse(read(path)))
    ids = [record(fact)["id"] for fact in reading.facts]
    assert len(ids) == len(set(ids))
    for fact in reading.facts:
        assert isinstance(fact, SupplyFact)
        span = fact.evidence.span
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) <= 200
        assert fact.relation in RELATIONS
        assert fact.strength in vocabulary().codes("strength")
