"""Lists, clauses and names of places in policy prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.grammar.grammar import clauses, members, place_lists, place_names
from ontology.vocabulary import vocabulary

CITIES = [city.name for city in vocabulary().cities]


def named(sentence: str) -> list[tuple[str, ...]]:
    return [tuple(place.name for place in group.places) for group in place_lists(sentence)]


def parts(string: str) -> list[str]:
    return [string[a:b] for a, b in members(string)]


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("电机、电控和电池", ["电机", "电控", "电池"]),
        ("轴承、齿轮以及液压件", ["轴承", "齿轮", "液压件"]),
        ("量产线（甲、乙）、检测线", ["量产线（甲、乙）", "检测线"]),
        ("“甲、乙”联合体、丙中心", ["“甲、乙”联合体", "丙中心"]),
        ("封装、半导体与集成电路", ["封装", "半导体与集成电路"]),  # a cluster's name stays whole
        ("设计、28纳米及以下工艺", ["设计", "28纳米及以下工艺"]),
        ("和谐号动车组", ["和谐号动车组"]),
    ],
)
def test_members(string: str, expected: list[str]) -> None:
    assert parts(string) == expected


def test_clauses_leave_brackets_and_quotation_marks_whole() -> None:
    sentence = "推进甲项目（一期，二期），打造“南方，北方”双基地；完善配套。"
    assert [sentence[a:b] for a, b in clauses(sentence)] == [
        "推进甲项目（一期，二期）",
        "打造“南方，北方”双基地",
        "完善配套",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支持汕头、韶关、梅州等市发展风电", [("汕头", "韶关", "梅州")]),
        ("推动广州市、佛山市和肇庆市等地协同", [("广州", "佛山", "肇庆")]),
        ("辐射带动粤东和粤西两地", [("粤东", "粤西")]),
        ("推动粤东粤西粤北地区承接产业", [("粤东粤西粤北",)]),
        ("支持广深共建平台", [("广州", "深圳")]),
        ("依托深汕特别合作区发展新材料", [("深汕特别合作区",)]),
        ("支持全省各市发展", [("全省",)]),
        ("其他地市做好配套", [("其他地市",)]),
    ],
)
def test_places_in_a_row(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "依托广州开发区建设产业园",
        "推进佛山（云浮）产业转移工业园建设",
        "加快珠海航空产业园建设",
        "支持中山大学牵头攻关",
        "广州市南沙区重点发展船舶",
        "建设东莞松山湖科技产业园区",
        "数字电视（深圳）国家工程实验室",
        "深化粤港澳大湾区合作",
        "对接上海、北京创新资源",
        "加快打造“深圳创造”品牌",
    ],
)
def test_a_place_inside_another_name_is_no_place(sentence: str) -> None:
    assert named(sentence) == []


def test_the_subject_of_a_clause_is_no_part_of_a_park() -> None:
    assert named("湛江加快建设麻章产业园，茂名重点打造滨海新区") == [("湛江",), ("茂名",)]


def test_an_open_list_ends_in_deng() -> None:
    (group,) = place_lists("支持清远、河源等市发展玻璃")
    assert group.open
    (group,) = place_lists("支持清远、河源两市发展玻璃")
    assert not group.open


@given(st.lists(st.sampled_from(CITIES), min_size=1, max_size=8, unique=True), st.sampled_from(["", "等市", "等地"]))
def test_every_city_of_a_list_is_found_in_order(cities: list[str], tail: str) -> None:
    assert named(f"以{'、'.join(cities)}{tail}为依托，发展新型建材。") == [tuple(cities)]


@given(st.text(alphabet="以依托支持广州深圳珠海、，。；（）“”和及等市区为核心发展在", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for group in place_lists(text):
        assert text[group.start : group.end]
        assert group.places
    for a, b in members(text):
        assert text[a:b].strip()
    for a, b in place_names(text):
        assert text[a:b] in vocabulary().place_names()
