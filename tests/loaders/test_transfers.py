"""Transfers: from where to where, by which mechanism, on which platform."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.document.document import parse
from loaders.document.source import Source, read
from loaders.places.transfers import transfers
from ontology.facts import record
from ontology.facts_places import TransferFact
from ontology.vocabulary import vocabulary

DOCUMENTS = sorted((Path(__file__).parents[2] / "data" / "documents").glob("*.txt"))
CITIES = [city.name for city in vocabulary().cities]
MECHANISMS = vocabulary().codes("transfer-mechanism")
Move = tuple[str | None, str | None, str, str | None]


def source(text: str) -> Source:
    return Source("test.txt", hashlib.sha256(text.encode()).hexdigest(), text)


def facts(text: str) -> list[TransferFact]:
    return [fact for fact in transfers(parse(source(text))).facts if isinstance(fact, TransferFact)]


def moves(sentences: str, heading: str = "（一）优化布局。", title: str = "某省工业发展实施方案") -> set[Move]:
    text = f"# {title}\n\n## 一、重点任务\n\n**{heading}**{sentences}\n"
    return {(f.from_, f.to, f.mechanism, f.platform) for f in facts(text)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("推动粤西地区主动承接珠三角地区产业转移，发展配件。", {("珠三角", "粤西", "承接转移", None)}),
        ("支持湛江、茂名承接佛山产业转移。", {("佛山", "湛江", "承接转移", None), ("佛山", "茂名", "承接转移", None)}),
        ("揭阳加快园区建设，全方位承接优质装备项目。", {(None, "揭阳", "承接转移", None)}),
        ("研究制定珠三角地区产业疏解清单。", {("珠三角", None, "产业疏解", None)}),
        (
            "引导佛山外溢产业优先向云浮和肇庆转移，建设“飞地园区”。",
            {("佛山", "云浮", "飞地", "飞地园区"), ("佛山", "肇庆", "飞地", "飞地园区")},
        ),
        ("推动东莞制造业企业向韶关有序转移。", {("东莞", "韶关", "承接转移", None)}),
        ("落实珠三角地区与粤北地区对口帮扶机制。", {("珠三角", "粤北", "对口帮扶", None)}),
        ("深化广州与清远产业共建。", {("广州", "清远", "产业共建", None)}),
        ("中山对口帮扶潮州。", {("中山", "潮州", "对口帮扶", None)}),
        (
            "强化广东与国内合作，通过产业共建、对口合作将部分生产力转移至东北地区。",
            {("广东", "东北", "产业共建", None), ("广东", "东北", "对口合作", None)},
        ),
        ("推进肇庆（云浮）产业转移工业园建设。", {("肇庆", "云浮", "承接转移", "肇庆（云浮）产业转移工业园")}),
        ("加快深汕特别合作区建设。", {("深圳", "汕尾", "合作区", "深汕特别合作区")}),
        ("推进梅州深梅产业共建示范区建设。", {("深圳", "梅州", "产业共建", "梅州深梅产业共建示范区")}),
        ("清远依托广清智造产业园发展装备。", {("广州", "清远", "产业共建", "广清智造产业园")}),
    ],
)
def test_moves(sentence: str, expected: set[Move]) -> None:
    assert moves(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "珠三角承接举办国际论坛。",
        "支持湛江与茂名联动发展。",
        "加大对粤北的财政转移支付力度。",
        "推动佛山产业园提质增效。",
        "推进科技成果转移转化示范区建设。",
        "广州加强产业协作。",
    ],
)
def test_no_move(sentence: str) -> None:
    assert moves(sentence) == set()


def test_without_a_place_the_heading_says_who_takes_on() -> None:
    heading = "打造沿海经济带。"
    assert moves("积极承接珠三角先进生产力转移。", heading) == {("珠三角", "沿海经济带", "承接转移", None)}


def test_the_plan_of_a_city_takes_on_for_the_city() -> None:
    title = "汕头市发展智能机器人产业集群行动计划"
    assert moves("积极承接国际产业转移。", title=title) == {(None, "汕头", "承接转移", None)}
    assert moves("积极承接国际产业转移。") == set()


def test_the_cluster_comes_from_the_heading() -> None:
    (fact,) = facts("## 5. 智能机器人\n\n支持湛江承接佛山产业转移。\n")
    assert fact.cluster == "智能机器人"


def test_what_is_not_read_is_said() -> None:
    reading = transfers(parse(source("## 一、任务\n\n主动承接国际产业转移。支持佛山发展整机。\n")))
    assert [rejected.quote for rejected in reading.rejected] == ["主动承接国际产业转移。"]


@given(st.sampled_from(CITIES), st.sampled_from(CITIES))
def test_swapped_cities_move_the_facts(one: str, other: str) -> None:
    if one != other:
        assert moves(f"支持{one}承接{other}产业转移。") == {(other, one, "承接转移", None)}


@given(st.text(alphabet="承接转移向至产业疏解飞地园区对口帮扶广州清远佛山（）与和，。、", max_size=60))
def test_any_text_is_read(text: str) -> None:
    whole = f"## 一、任务\n\n{text}\n"
    for fact in facts(whole):
        assert fact.mechanism in MECHANISMS
        assert fact.from_ or fact.to
        assert fact.evidence.span.quote in whole


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_evidence_of_the_documents_holds(path: Path) -> None:
    text = path.read_bytes().decode()
    reading = transfers(parse(read(path)))
    ids = [record(fact)["id"] for fact in reading.facts]
    assert len(ids) == len(set(ids))
    for fact in reading.facts:
        assert isinstance(fact, TransferFact)
        span = fact.evidence.span
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) <= 200
