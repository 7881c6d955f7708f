"""The layout: which places a document names for a cluster, in which role and with which products."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.layout.clusters import cluster_named, mentioned
from loaders.layout.layout import layout
from loaders.layout.roles import namings
from ontology.facts import LayoutFact, record
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
CITIES = [city.name for city in vocabulary().cities]


def source(text: str) -> Source:
    return Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def facts(text: str) -> list[LayoutFact]:
    return [fact for fact in layout(parse(source(text))).facts if isinstance(fact, LayoutFact)]


def box(items: str, heading: str = "专栏 7 智能机器人重点细分领域发展空间布局") -> str:
    return f"## 5. 智能机器人\n\n加快发展机器人产业，带动肇庆发展。\n\n### {heading}\n\n{items}\n"


def roles(sentence: str, *, whole: bool = False) -> dict[str, str]:
    return {place.name: naming.role for naming in namings(sentence, whole=whole)[0] for place in naming.places}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("以汕头、潮州为核心，打造水下机器人集聚区。", {"汕头": "core", "潮州": "core"}),
        ("优化以江门、中山为重点的区域布局。", {"江门": "key", "中山": "key"}),
        ("在茂名、湛江等地打造特色集聚区。", {"茂名": "key", "湛江": "key"}),
        ("将阳江、云浮等地建设成为重要基地。", {"阳江": "key", "云浮": "key"}),
        ("以河源、清远等市为主要依托，发展材料。", {"河源": "base", "清远": "base"}),
        ("依托梅州、韶关，发展铜箔。", {"梅州": "base", "韶关": "base"}),
        ("发挥肇庆、揭阳等市资源优势，发展陶瓷。", {"肇庆": "base", "揭阳": "base"}),
        ("支持汕尾、惠州建设测试基地。", {"汕尾": "support", "惠州": "support"}),
        ("在东莞、佛山等市布局建设产业园区。", {"东莞": "support", "佛山": "support"}),
        ("鼓励企业在粤东粤西粤北地区布局建设加工基地。", {"粤东粤西粤北": "support"}),
        ("珠海着力发展打印耗材。", {"珠海": "mention"}),
        ("形成与广深珠联动发展格局。", {"广州": "mention", "深圳": "mention", "珠海": "mention"}),
        # clauses in a row
        ("支持清远发展甲材料，河源发展乙材料。", {"清远": "support", "河源": "support"}),
        ("以深圳为核心，其他市为配套，构建产业链。", {"深圳": "core", "其他市": "support"}),
        (
            "以深圳为龙头、广州和东莞为支撑、珠海为补充。",
            {"深圳": "core", "广州": "base", "东莞": "base", "珠海": "support"},
        ),
        ("以广州为核心，粤东粤西粤北地区协同配套。", {"广州": "core", "粤东粤西粤北": "support"}),
        # an origin, a district, a park, a firm
        ("推动粤西地区承接珠三角地区产业转移。", {"粤西": "support"}),
        ("广州以某某区为核心，佛山以某某区为核心，发展整车。", {"广州": "mention", "佛山": "mention"}),
        ("江门以珠江西岸某某集聚区为重点，发展涂料。", {"江门": "mention"}),
        ("利用佛山某星、中山某达等重点企业的优势，开展攻关。", {}),
        ("重点发展甲茶、潮州乙茶、韶关丙茶等茶叶品种。", {}),
    ],
)
def test_roles(sentence: str, expected: dict[str, str]) -> None:
    assert roles(sentence) == expected


def test_what_the_province_builds_is_a_focus_of_the_whole_cluster() -> None:
    sentence = "打造汕头、揭阳等特色集聚区。"
    assert roles(sentence, whole=True) == {"汕头": "key", "揭阳": "key"}
    assert roles(sentence, whole=False) == {"汕头": "support", "揭阳": "support"}


@given(st.permutations(CITIES))
def test_roles_follow_the_words_and_not_the_cities(cities: list[str]) -> None:
    a, b, c, d = cities[:4]
    found = roles(f"以{a}、{b}为核心，支持{c}建设基地，{d}发展甲材料。")
    assert found == {a: "core", b: "core", c: "support", d: "support"}


@given(st.text(alphabet="以依托支持广州深圳珠海、，。；（）“”和及等市区为核心发展在推动将打造", max_size=60))
def test_any_sentence_can_be_read(text: str) -> None:
    for whole in (True, False):
        for naming in namings(text, whole=whole)[0]:
            assert 0 <= naming.start < naming.end <= len(text)


def test_a_box() -> None:
    found = facts(
        box(
            "**1. 水下机器人。**以珠海、湛江、阳江等市为依托，培育壮大水下机器人产业。珠海重点发展推进器、"
            "声呐等产品。支持湛江发展养殖机器人。\n\n"
            "**2. 农业机器人。**支持沿海经济带发展采摘机器人，北部生态发展区发展植保机器人。\n"
        )
    )
    assert [(f.subsector, f.city or f.region, f.role, f.products, f.open_list) for f in found] == [
        ("水下机器人", "珠海", "base", ("推进器", "声呐"), True),
        ("水下机器人", "湛江", "base", ("养殖机器人",), True),
        ("水下机器人", "阳江", "base", (), True),
        ("农业机器人", "沿海经济带", "support", ("采摘机器人",), False),
        ("农业机器人", "北部生态发展区", "support", ("植保机器人",), False),
    ]
    assert {f.cluster for f in found} == {"智能机器人"}
    assert found[2].city is not None
    assert found[3].city is None


def test_the_cluster_is_read_from_the_heading_and_not_from_the_number() -> None:
    text = "**1. 某某。**依托汕尾发展装备。\n"
    for number in (1, 7, 20):
        (fact,) = facts(box(text, f"专栏 {number} 半导体及集成电路重点细分领域发展空间布局"))
        assert fact.cluster == "半导体与集成电路"
    assert facts(f"### 专栏 7 重点项目\n\n{text}") == []  # a box that names no cluster says nothing
    (fact,) = facts(box(text, "专栏 3 数字创意产业集群重点领域及空间布局"))
    assert fact.cluster == "数字创意"


def test_the_prose_beside_a_box_is_no_layout() -> None:
    found = facts(box("**1. 某某。**依托汕尾发展装备。\n"))
    assert [fact.city for fact in found] == ["汕尾"]


def test_a_box_set_as_a_table() -> None:
    rows = "序号\t细分领域\t布局\n1\t水下机器人\t以珠海、阳江为依托，发展推进器、声呐等产品。\n2\t农业机器人\t支持云浮发展采摘机器人。"
    assert [(f.subsector, f.city, f.role, f.products) for f in facts(box(rows))] == [
        ("水下机器人", "珠海", "base", ("推进器", "声呐")),
        ("水下机器人", "阳江", "base", ("推进器", "声呐")),
        ("农业机器人", "云浮", "support", ("采摘机器人",)),
    ]


def test_a_section_about_a_cluster() -> None:
    text = (
        "（一）战略性支柱产业集群。\n\n"
        "1.智能家电产业集群。打造以珠海、中山为核心的制造网络，带动北部生态发展区配套发展。\n\n"
        "2.未听说过产业集群。支持韶关发展。\n\n"
        "3.做大做强汽车产业集群。优化以肇庆、河源为重点的区域布局。\n"
    )
    assert [(f.cluster, f.subsector, f.city or f.region, f.role) for f in facts(text)] == [
        ("智能家电", None, "珠海", "core"),
        ("智能家电", None, "中山", "core"),
        ("智能家电", None, "北部生态发展区", "support"),
        ("汽车", None, "肇庆", "key"),
        ("汽车", None, "河源", "key"),
    ]


def test_a_policy_whose_title_names_the_cluster() -> None:
    text = (
        "# 广东省培育前沿新材料战略性新兴产业集群行动计划\n\n## 一、总体情况\n\n"
        "（一）发展现状。已形成以广州、深圳为核心的格局。\n\n## 二、重点任务\n\n"
        "（一）优化区域布局。支持韶关、清远建设新材料基地。佛山企业较多。\n\n"
        "（二）石墨烯材料。以东莞为核心，发展石墨烯薄膜。\n"
    )
    assert [(f.cluster, f.subsector, f.city, f.role) for f in facts(text)] == [
        ("前沿新材料", None, "韶关", "support"),
        ("前沿新材料", None, "清远", "support"),
        ("前沿新材料", "石墨烯材料", "东莞", "core"),
    ]


def test_the_strongest_role_gives_the_quote_and_all_sentences_give_products() -> None:
    (fact,) = facts(box("**1. 焊接机器人。**江门重点发展焊枪。以江门为核心，发展焊接工作站。支持江门发展送丝机。\n"))
    assert fact.role == "core"
    assert fact.products == ("焊枪", "焊接工作站", "送丝机")
    assert fact.evidence.span.quote.startswith("以江门为核心")
    assert len(fact.evidence.more) == 2


def test_regions_keep_their_printed_name() -> None:
    text = box("**1. 某某。**依托珠三角地区，建设研发基地。辐射带动粤东和粤西两地发展。支持其他城市做好配套。\n")
    assert [(f.region, f.role) for f in facts(text)] == [
        ("珠三角", "base"),
        ("粤东", "support"),
        ("粤西", "support"),
        ("其他城市", "support"),
    ]


def test_a_sentence_broken_by_a_page_is_read_whole() -> None:
    text = box("**1. 某某。**以揭阳、云浮为依托，重点发展甲材料、乙材料以及\n\n丙材料等产品。\n")
    assert {fact.products for fact in facts(text)} == {("甲材料", "乙材料", "丙材料")}


def test_places_whose_role_is_unclear_are_reported() -> None:
    reading = layout(parse(source(box("**1. 某某。**目前主要产品销往汕头。\n"))))
    assert reading.facts == ()
    assert [(r.quote, r.line) for r in reading.rejected] == [("汕头", 7)]


@pytest.mark.parametrize(
    ("heading", "cluster"),
    [
        ("汽车产业集群", "汽车"),
        ("培育壮大安全应急与环保产业集群", "安全应急与环保"),
        ("软件和信息服务业", "软件与信息服务"),
        ("战略性支柱产业集群", None),
        ("汽车零部件", None),
    ],
)
def test_headings_that_name_a_cluster(heading: str, cluster: str | None) -> None:
    assert cluster_named(heading) == cluster


@pytest.mark.parametrize(
    ("words", "cluster"),
    [
        ("一批集成电路重点企业", "半导体与集成电路"),
        ("布局新能源及智能网联汽车产业", "汽车"),
        ("数字化转型标杆", None),
    ],
)
def test_clusters_mentioned_in_passing(words: str, cluster: str | None) -> None:
    assert mentioned(words) == cluster


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_quote_of_the_bundled_documents_names_its_place(path: Path) -> None:
    text = read(path)
    compounds = {name: {p.name for p in places} for name, places in vocabulary().compounds.items()}
    for fact in layout(parse(text)).facts:
        row = record(fact)
        quote, place = str(row["quote"]), str(row["city"] or row["region"])
        assert text.text[int(str(row["start"])) : int(str(row["end"]))] == quote
        assert 0 < len(quote) <= 200
        printed = re.sub(r"\s", "", quote)
        assert place in printed or any(name in printed and place in members for name, members in compounds.items())


def test_the_plan_has_a_layout_for_each_of_the_twenty_clusters() -> None:
    (plan,) = [path for path in DOCUMENTS if "compendium" in path.stem]
    found = [f for f in layout(parse(read(plan))).facts if isinstance(f, LayoutFact) and f.subsector]
    assert {fact.cluster for fact in found} == {cluster.name for cluster in vocabulary().clusters_of("gd20")}
    assert {fact.city for fact in found if fact.city} == set(CITIES)


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if "clusters" in p.stem], ids=lambda path: path.stem)
def test_other_cities_in_the_text_move_the_facts(path: Path) -> None:
    moved = {name: CITIES[(i + 7) % len(CITIES)] for i, name in enumerate(CITIES)}
    text = read(path).text
    swapped = re.sub("|".join(CITIES), lambda match: moved[match[0]], text)

    def said(text: str) -> list[tuple[str, str | None, str | None, str]]:
        return [(f.cluster, f.city, f.region, f.role) for f in facts(text)]

    assert [(c, moved.get(city or ""), region, role) for c, city, region, role in said(text)] == said(swapped)
    assert len(said(text)) > 80


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the guideline of the opinion: 打造/建设…基地 is a base, 打造…集聚区 a focus
        ("将阳江、云浮等地打造成为全国重要的装备制造基地。", {"阳江": "base", "云浮": "base"}),
        ("培育汕尾、河源等地市储能产业基地。", {"汕尾": "base", "河源": "base"}),
        (
            "支持广州开展研发，珠海、中山建设生产基地，其他各地市做好产业配套。",
            {"广州": "support", "珠海": "base", "中山": "base", "其他各地市": "support"},
        ),
        (
            "形成以广州为核心、佛山为重要支撑、其余各市错位发展的格局。",
            {"广州": "core", "佛山": "base", "其余各市": "support"},
        ),
        ("以广佛为双核，以肇庆、清远为两翼。", {"广州": "core", "佛山": "core", "肇庆": "base", "清远": "base"}),
        # the region that the cities belong to says nothing new
        ("在韶关、梅州等北部生态发展区布局抽水蓄能电站。", {"韶关": "support", "梅州": "support"}),
    ],
)
def test_roles_in_a_whole_cluster(sentence: str, expected: dict[str, str]) -> None:
    assert roles(sentence, whole=True) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2019年，佛山建成全国首条示范线。",
        "经过多年发展，广州、佛山产业链较为完整。",
        "云浮已形成较完整的产业链。",
        "广州产业规模突破200亿元，深圳突破100亿元。",
        "广州、深圳入选国家示范城市群。",
        "由佛山牵头，中山参与，组建联合体。",
        "会同广州、佛山市政府制定方案。",
        "依托广州大学、佛山科学技术学院开展研究。",
        "引导企业向清远、韶关等北部生态发展区城市转移。",
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_history_goals_and_organisations_are_no_layout(sentence: str, whole: bool) -> None:
    assert roles(sentence, whole=whole) == {}


def test_a_place_with_its_districts_in_brackets() -> None:
    assert roles("广州（黄埔、南沙）重点发展燃料电池汽车。") == {"广州": "mention"}
    assert roles("佛山（云浮）产业转移工业园加快建设。") == {}


def test_two_roles_in_one_opening_share_its_products() -> None:
    read = facts(box("**1. 水下机器人。**以佛山、广州为引领，以云浮、茂名为支撑，重点发展推进器、声呐。"))
    assert {f.city: f.role for f in read} == {"佛山": "core", "广州": "core", "云浮": "base", "茂名": "base"}
    assert {f.products for f in read} == {("推进器", "声呐")}


def test_regions_joined_by_a_noun_share_what_is_said() -> None:
    read = facts(box("**1. 水稻。**推动粤西、粤北产区及珠三角地区发展优质稻、糙米。"))
    assert {f.region: f.products for f in read} == dict.fromkeys(("粤西", "粤北", "珠三角"), ("优质稻", "糙米"))


def test_places_and_products_of_an_item_with_a_colon_and_of_a_row() -> None:
    read = facts(box("**1. 水下机器人。**佛山、云浮等市：推进器、声呐。"))
    assert [(f.city, f.products) for f in read] == [("佛山", ("推进器", "声呐")), ("云浮", ("推进器", "声呐"))]
    rows = "| 领域 | 区域 | 方向 |\n| --- | --- | --- |\n| 水下机器人 | 阳江、汕尾 | 推进器、声呐 |"
    assert [(f.subsector, f.city, f.products) for f in facts(box(rows))] == [
        ("水下机器人", "阳江", ("推进器", "声呐")),
        ("水下机器人", "汕尾", ("推进器", "声呐")),
    ]


def test_a_plan_of_one_cluster_gives_tasks_to_cities_and_tells_no_history() -> None:
    text = (
        "广东省培育智能机器人产业集群行动计划\n\n二、重点任务\n\n（一）水下机器人。"
        "佛山是重要的产业基地。深圳重点发展推进器、声呐。\n\n"
        "三、保障措施\n\n（一）加大投入。支持珠海设立基金。\n"
    )
    assert [(f.subsector, f.city, f.role) for f in facts(text)] == [("水下机器人", "深圳", "mention")]
