"""Places: names of facilities taken from the objects of verbs, their kind, their city, and what is no place."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.places.names import bare_places, is_proper, kind_of, named, says_something
from loaders.places.objects import objects
from loaders.places.places import places
from ontology.facts import record
from ontology.facts_places import PlaceFact
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
CITIES = [city.name for city in vocabulary().cities]


def source(text: str) -> Source:
    return Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def facts(text: str) -> list[PlaceFact]:
    return [fact for fact in places(parse(source(text))).facts if isinstance(fact, PlaceFact)]


def box(sentences: str) -> str:
    return f"## 5. 智能机器人\n\n### 专栏 7 智能机器人重点细分领域发展空间布局\n\n1.水下机器人。{sentences}\n"


def plan(sentences: str, city: str = "梅州") -> str:
    return f"# {city}市发展智能机器人产业集群行动计划\n\n## 一、重点任务\n\n（一）构建格局。{sentences}\n"


def policy(sentences: str) -> str:
    return f"# 某省工业高质量发展实施方案\n\n## 一、重点任务\n\n（一）夯实基础。{sentences}\n"


def found(text: str) -> dict[str, str | tuple[str, ...] | None]:
    """Name → city, or the cities where there are several."""
    return {fact.name: fact.city or fact.cities or None for fact in facts(text)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("湛江建设深海机器人产业园，发展整机。", {"深海机器人产业园": "湛江"}),
        ("支持茂名开展“星火”双创基地建设。", {"“星火”双创基地": "茂名"}),
        (
            "揭阳依托揭阳滨江机器人产业园、月亮湾试验基地等载体，重点发展控制器。",
            {"揭阳滨江机器人产业园": "揭阳", "月亮湾试验基地": "揭阳"},
        ),
        ("清远以北江智造园为抓手，促进集聚。", {"北江智造园": "清远"}),
        ("支持河源以灯塔高新区为依托，发展减速器。", {"灯塔高新区": "河源"}),
        ("阳江依托海韵实验室推动建设水下机器人试验生产线。", {"海韵实验室": "阳江", "水下机器人试验生产线": "阳江"}),
        ("韶关以浈江区、曲江区为核心，建设基地。", {"浈江区": "韶关", "曲江区": "韶关"}),
        ("依托云浮重点建设石材机器人生产基地。", {"石材机器人生产基地": "云浮"}),
        ("潮州建设“中国陶艺谷”，发展装备。", {"中国陶艺谷": "潮州"}),
        ("汕尾建设智能渔业基地和水下机器人创新中心。", {"智能渔业基地": "汕尾", "水下机器人创新中心": "汕尾"}),
        (
            "推进汕头水下机器人组装基地、潮州运维及配套基地建设。",
            {"汕头水下机器人组装基地": "汕头", "潮州运维及配套基地": "潮州"},
        ),
        (
            "建设湛江、茂名机器人装备产业集聚区和揭阳、云浮水下作业产业集聚区。",
            {"机器人装备产业集聚区": ("湛江", "茂名"), "水下作业产业集聚区": ("揭阳", "云浮")},
        ),
        ("肇庆依托河台、莲塘，打造中国机器人配件名镇。", {"河台": "肇庆", "莲塘": "肇庆"}),
        ("梅州依托丰良镇，发展零件。", {"丰良镇": "梅州"}),
        ("支持梅州水下机器人产业园建设。", {"梅州水下机器人产业园": "梅州"}),
        ("广州加快建设甲基地；深圳加快建设水池测试场。", {"水池测试场": "深圳"}),
        ("中山加快“精密传动技术产业化中心”建设。", {"精密传动技术产业化中心": "中山"}),
        ("珠海以远山珠海机器人项目为龙头，发展整机。", {"远山珠海机器人项目": "珠海"}),
        ("惠州以远山整机、Lumina减速器和富川惠州关节项目为龙头，加快发展。", None),
        (
            "支持佛山国创试验区创建国家机器人标准验证基地。",
            {"佛山国创试验区": "佛山", "国家机器人标准验证基地": "佛山"},
        ),
    ],
)
def test_names_and_cities(sentence: str, expected: dict[str, str] | None) -> None:
    got = found(box(sentence))
    if expected is None:
        assert set(got) >= {"远山整机项目", "富川惠州关节项目"}
        assert set(got.values()) == {"惠州"}
    else:
        assert got.items() >= expected.items()
        assert set(got) - set(expected) <= {"甲基地"}


@pytest.mark.parametrize(
    "sentence",
    [
        "以湛江、茂名、揭阳等市为依托，建设水下机器人产业集聚区。",  # an opening statement speaks for many
        "依托珠三角地区，建设水下机器人制造基地。",  # a region
        "将湛江打造成为水下机器人创新高地和产业集聚区。",  # what it is to become
        "将湛江打造成深海机器人产业园。",
        "将湛江打造成“中国智造谷”。",
        "湛江打造国内领先的水下机器人产业基地。",  # a claim
        "湛江建设产业园区。",  # a class
        "支持企业加快“上云上平台”。",
        "湛江重点发展水下机器人、控制系统等产品。",
        "湛江支持企业发展机器人集成应用项目。",
        "揭阳、云浮培育水池设计平台。",
    ],
)
def test_no_place(sentence: str) -> None:
    assert facts(box(sentence)) == []


def test_a_park_of_two_cities_names_both() -> None:
    (fact,) = facts(box("推进肇庆（云浮）产业转移园建设，发展装备。"))
    assert (fact.name, fact.city, fact.cities) == ("肇庆（云浮）产业转移园", "肇庆", ("肇庆", "云浮"))


def test_a_park_named_after_a_partner_stands_where_the_sentence_says() -> None:
    assert found(box("清远依托广清智造产业园发展装备。")) == {"广清智造产业园": "清远"}


@pytest.mark.parametrize(("name", "city"), [("西江创新园", "肇庆"), ("佛山西江创新园", "佛山")])
def test_the_city_of_the_name_goes_before_that_of_the_sentence(name: str, city: str) -> None:
    assert found(box(f"肇庆依托{name}发展控制器。")) == {name: city}


def test_a_district_in_the_name_finds_the_city() -> None:
    assert found(policy("建设英德装备产业园。")) == {"英德装备产业园": "清远"}


def test_a_plan_of_a_city_places_everything_there() -> None:
    text = plan(
        "重点打造水下机器人产业集聚区、深潜装备产业基地 2 个。加快推进梅江微电子学院、客都光学研究院等研发平台建设。"
        "推进梅江高新区（远山区域）、长潭功能区和东山新区等示范区建设。充分发挥“企通达”作用做好服务。"
        "深化 lumo“面向整机的数字化协同项目”经验总结。力争打造省级特色园区。"  # a class of parks names none
    )
    assert found(text) == dict.fromkeys(
        (
            "水下机器人产业集聚区",
            "深潜装备产业基地",
            "梅江微电子学院",
            "客都光学研究院",
            "梅江高新区（远山区域）",
            "长潭功能区",
            "东山新区",
            "企通达",
            "面向整机的数字化协同项目",
        ),
        "梅州",
    )


def test_the_company_of_a_project() -> None:
    (fact,) = facts(plan("深化 lumo“面向整机的数字化协同项目”经验总结。"))
    assert (fact.companies, fact.place_kind, fact.named) == (("lumo",), "project", True)


def test_elsewhere_only_what_has_a_name() -> None:
    text = policy(
        "支持企业建设联合实验室和公共服务平台。推进建设国家工业大数据中心某省分中心。推动广东省智造安全保障平台建设。"
        "提升标识解析国家顶级节点（广州）服务能力。组建数字工业联盟，成立软件攻关委员会。"
    )
    assert found(text) == {
        "广东省智造安全保障平台": None,
        "标识解析国家顶级节点（广州）": "广州",
        "国家工业大数据中心某省分中心": None,
        "数字工业联盟": None,
        "软件攻关委员会": None,
    }


def test_an_interpretation_says_again_what_its_policy_says() -> None:
    told = "# 广东省工业发展实施方案解读\n\n一、主要内容\n\n建设广东省智造安全保障平台。\n"
    policy = "# 广东省工业发展实施方案\n\n一、主要任务\n\n建设广东省智造安全保障平台。\n\n"
    assert len(facts(policy + told)) == 1
    assert len(facts(told)) == 1  # nothing beside it says so


def test_the_same_name_in_a_policy_is_one_fact_and_in_a_box_one_a_city() -> None:
    assert len(facts(policy("建设广东省智造安全保障平台。完善广东省智造安全保障平台。"))) == 1
    assert len(facts(box("湛江建设北部湾试验场。茂名建设北部湾试验场。"))) == 2


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("英德市", "district"),
        ("浈江区", "district"),
        ("丰良镇", "town"),
        ("陶艺小镇", "park"),
        ("北江智造园", "park"),
        ("中山公园", None),
        ("灯塔高新区", "park"),
        ("月亮湾试验基地", "base"),
        ("深潜产业集聚区", "base"),
        ("海韵实验室", "lab"),
        ("光学研究院", "centre"),
        ("物流集散中心", None),
        ("标准验证平台", "platform"),
        ("国家改革试验区", "new-area"),
        ("水池测试场", "centre"),
        ("整机项目", "project"),
        ("控制系统", None),
    ],
)
def test_kinds(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "proper"),
    [
        ("国家机器人创新中心", True),
        ("国家级园区", False),
        ("省机器人创新中心", True),
        ("省级特色园区", False),
        ("湛江机器人园", True),
        ("人工智能广东省实验室", True),
        ("标识节点（广州）", True),
        ("水下机器人产业园", False),
    ],
)
def test_proper_names(name: str, proper: bool) -> None:
    assert is_proper(name) is proper


def test_generic_names_say_nothing() -> None:
    assert not says_something("产业创新中心")
    assert not says_something("国家级制造业创新中心")
    assert not says_something("南方基地")
    assert says_something("渔业创新中心")


def test_one_verb_ends_where_the_next_begins() -> None:
    sentence = "广州依托黄埔区、南方软件园建设应急科技产业园，发展装备"
    assert [(o.verb, sentence[o.start : o.end]) for o in objects(sentence)] == [
        ("依托", "黄埔区、南方软件园"),
        ("建设", "应急科技产业园"),
        ("发展", "装备"),
    ]


def test_names_hold_conjunctions() -> None:
    text = "运维及配套基地、甲园区和乙实验室"
    assert [one.name for one in named(text, 0, len(text))] == ["运维及配套基地", "甲园区", "乙实验室"]


def test_bare_places_are_all_names_or_none() -> None:
    assert [kind for *_, kind in bare_places("河台、莲塘")] == ["town", "town"]
    assert bare_places("河台、上游产业基础") == []


def test_a_name_wider_than_its_sentence_is_in_none_of_its_cities() -> None:
    text = box("支持湛江、茂名建设水下机器人基地，推进粤港澳大湾区水下机器人研究中心建设。")
    assert found(text) == {"水下机器人基地": ("湛江", "茂名"), "粤港澳大湾区水下机器人研究中心": None}


def test_what_is_not_read_is_said() -> None:
    reading = places(parse(source(box("依托珠三角地区，建设水下机器人制造基地。"))))
    assert [rejected.quote for rejected in reading.rejected] == ["水下机器人制造基地"]
    assert places(parse(source(box("湛江建设水下机器人制造基地。")))).rejected == ()


def test_a_place_in_other_words_of_place() -> None:
    assert found(box("湛江依托自身产业优势和港口条件，发展装备。")) == {}


@given(st.sampled_from(CITIES), st.sampled_from(CITIES))
def test_swapped_cities_move_the_places(one: str, other: str) -> None:
    sentence = "{}依托海韵实验室建设深海机器人产业园，发展整机。{}建设水池测试场。"
    moved = found(box(sentence.format(one, other)))
    assert moved == {"海韵实验室": one, "深海机器人产业园": one, "水池测试场": other}


@given(st.text(alphabet="建设打造依托广州深圳等市园区基地中心（）“”、，。和及的以为", max_size=60))
def test_any_text_is_read_and_every_name_stands_in_it(text: str) -> None:
    for make in (box, plan, policy):
        for fact in facts(make(text)):
            assert fact.name.removesuffix("项目") in re.sub(r"\s", "", make(text))
            assert fact.evidence.span.quote in make(text)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_evidence_of_the_documents_holds(path: Path) -> None:
    text = path.read_bytes().decode()
    kinds = vocabulary().codes("place-kind")
    reading = places(parse(read(path)))
    ids = [record(fact)["id"] for fact in reading.facts]
    assert len(ids) == len(set(ids))
    for fact in reading.facts:
        assert isinstance(fact, PlaceFact)
        span = fact.evidence.span
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) <= 200
        assert fact.place_kind in kinds
        assert fact.city is None or fact.city in CITIES
        # The name stands in its evidence, a page break inside it or a class word behind the list left aside.
        said = re.sub(r"\s", "", "".join(s.text or s.quote for s in fact.evidence.spans))
        assert re.sub(r"\s", "", fact.name).removesuffix("项目") in said or "\n" in span.quote
