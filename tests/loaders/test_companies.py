"""Companies: names found by construction, their city, cluster and relation."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.companies.companies import companies
from loaders.companies.names import names
from loaders.document.document import parse
from loaders.document.source import Source, read
from ontology.facts import CompanyFact, record
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
RELATIONS = vocabulary().codes("company-relation")


def source(text: str) -> Source:
    return Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def facts(text: str) -> list[CompanyFact]:
    return [fact for fact in companies(parse(source(text))).facts if isinstance(fact, CompanyFact)]


def named(sentence: str, *known: str) -> list[str]:
    return [found.name for found in names(sentence, frozenset(known))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("充分发挥远山、Lumina、华川电子等龙头企业作用，建设集聚区。", ["远山", "Lumina", "华川电子"]),
        ("做大做强青禾科技、北辰测试、三棱特等一批封测重点企业。", ["青禾科技", "北辰测试", "三棱特"]),
        (
            "推动新能源、新源安、新源德、易光特等一批重点电池制造、充电设备制造企业做大做强。",
            ["新能源", "新源安", "新源德", "易光特"],
        ),
        ("利用东莞天川、佛山国宇等半导体企业的优势，开展攻关。", ["东莞天川", "佛山国宇"]),
        ("远山、富川、腾云 3 家企业入选国家级平台。", ["远山", "富川", "腾云"]),
        ("加快建设星火半导体、天川半导体等一批化合物半导体项目。", ["星火半导体", "天川半导体"]),
        ("韶关以韶山钢为龙头发展特殊钢。", ["韶山钢"]),
        ("湛江以中华广东炼化一体化项目、巴思夫新型一体化项目为龙头，加快建设。", ["中华广东炼化", "巴思夫"]),
        ("湛江依托宝山湛江钢铁项目，形成生产能力。", ["宝山湛江钢铁"]),
        ("深化 lumo“面向手机产业链的数字化升级项目”和 OPAL“数字化协同项目”经验总结。", ["lumo", "OPAL"]),
        ("依托湾区产业园、大川全球激光制造产业基地等，发展装备。", ["大川"]),
        (
            "（省通信管理局，中国某信广东分公司、某网广东公司、省某某网络公司）",
            ["中国某信广东分公司", "某网广东公司", "省某某网络公司"],
        ),
        ("依托中车远江机车车辆股份有限公司，打造装备基地。", ["中车远江机车车辆股份有限公司"]),
        ("发挥广远集团、小鸣汽车等整车企业带动作用。", ["广远集团", "小鸣汽车"]),
        ("跟踪服务广州“粤星”等集成电路重大项目建设。", ["粤星"]),
        ("推进高新区（步步升系区域）建设。", ["步步升系"]),
        ("充分发挥远山机器人、华川技术、拓星等龙头企业带动作用。", ["远山机器人", "华川技术", "拓星"]),
        ("重点推进中国某某技术研究中心华南基地等项目建设。", ["中国某某技术研究中心"]),
        ("加快推进远川汕尾试车场、大华珠海生产基地建设。", ["远川", "大华"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "发挥龙头企业作用，培育专精特新企业、高新技术企业等企业。",
        "鼓励水泥、陶瓷、玻璃等重点企业开展节能改造。",
        "推动纺织服装、家具等行业龙头企业数字化转型。",
        "积极引进卫星通信、量子信息、虚拟现实等重点企业和重大项目落户。",
        "支持研发设计、文化创意、电子商务等服务企业延伸服务。",
        "县级以上人民政府及科技、商务等有关部门应当支持龙头企业。",
        "引导电镀、印染等产业链配套企业进入园区。",
        "事业单位、社会团体等非企业组织参照执行。",
        "提高上市公司质量，培育跨国公司和大企业集团。",
        "以广州、深圳为核心，以高新区为龙头，以数据为核心。",
        "拥有 21 家全国电子信息百强企业。",
        "支持深圳建设海上风电项目，推进清远水泥项目。",
        "推进高新区（核心区域）、新城（南部片区）建设。",
        "实施“百企争先”项目，打造“智造云”平台。",
        "加强集团管控，完善公司治理。",
        "由上海证券交易所、某某股份转让系统有限责任公司负责。",
    ],
)
def test_what_names_no_company(sentence: str) -> None:
    assert named(sentence) == []


def test_a_name_once_introduced_is_known_again() -> None:
    assert named("推进高新区（远山区域）建设。") == []
    assert named("推进高新区（远山区域）建设。", "远山") == ["远山"]
    assert named("建设远山“鲲龙”生态创新中心。", "远山") == ["远山"]
    (found,) = names("推进广东星火第三代半导体科研制造中心项目建设。", frozenset({"星火半导体"}))
    assert (found.name, found.end - found.start) == ("星火半导体", len("广东星火"))


def test_the_city_is_the_names_the_subjects_or_the_plans() -> None:
    text = (
        "# 肇庆市发展先进材料产业集群行动计划\n\n## 一、重点任务\n\n"
        "（一）壮大主体。发挥远山、青禾等龙头企业作用，引进佛山国宇、中山智达等一批骨干企业。\n"
    )
    assert [(f.name, f.city, f.relation) for f in facts(text)] == [
        ("远山", "肇庆", "龙头"),
        ("青禾", "肇庆", "龙头"),
        ("佛山国宇", "佛山", "骨干"),
        ("中山智达", "中山", "骨干"),
    ]
    (fact,) = facts("（一）布局。河源以远山钢为龙头，发展特钢。\n")
    assert fact.city == "河源"
    (fact,) = facts("（一）网络。由中国某信广东分公司负责。\n")
    assert fact.city == "广东省"
    (fact,) = facts("（一）网络。由某信远山股份有限公司负责。\n")
    assert fact.city is None


def test_the_cluster_is_the_boxs_the_sentences_or_the_titles() -> None:
    listed = "发挥远山、青禾等集成电路龙头企业作用。"
    box = f"### 专栏 3 智能机器人重点细分领域发展空间布局\n\n**1. 某某。**{listed}\n"
    assert {fact.cluster for fact in facts(box)} == {"智能机器人"}
    assert {fact.cluster for fact in facts(f"（一）某某。{listed}\n")} == {"半导体与集成电路"}
    title = "# 广东省发展数字创意产业集群行动计划\n\n## 一、任务\n\n（一）某某。发挥远山、青禾等龙头企业作用。\n"
    assert {fact.cluster for fact in facts(title)} == {"数字创意"}
    assert {fact.cluster for fact in facts("（一）某某。发挥远山、青禾等龙头企业作用。\n")} == {None}


def test_a_table_that_repeats_the_prose_adds_nothing() -> None:
    prose = "# 某某省数字化方案\n\n（一）任务。加强网络建设。（省某某网络公司）\n\n"
    table = "序号\t任务\t单位\n1\t加强网络建设。\t省某某网络公司\n"
    assert len(facts(prose + table)) == 1
    assert len(facts("# 某某省数字化方案\n\n" + table)) == 1
    assert len(facts(prose + "# 某某省数字化若干措施\n\n" + table)) == 2  # another policy says it anew


def test_lists_that_may_be_trades_are_reported() -> None:
    reading = companies(parse(source("（一）某某。加强与陶瓷、世川等国内外龙头企业对接。\n")))
    assert reading.facts == ()
    assert [r.line for r in reading.rejected] == [1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_facts_of_the_bundled_documents_hold(path: Path) -> None:
    text = read(path)
    for fact in companies(parse(text)).facts:
        assert isinstance(fact, CompanyFact)
        row = record(fact)
        quote = str(row["quote"])
        assert text.text[int(str(row["start"])) : int(str(row["end"]))] == quote
        assert 0 < len(quote) <= 200
        assert fact.as_written in quote.replace(" ", "").replace("\n", "")
        assert fact.relation in RELATIONS


@given(st.text(alphabet="支持发挥甲乙丙、，。等龙头企业一批重点公司集团项目“”（）以为AB 3家广州", max_size=60))
def test_any_sentence_can_be_read(sentence: str) -> None:
    for found in names(sentence, frozenset({"甲乙"})):
        assert 0 <= found.start < found.end <= len(sentence)
        assert found.name
