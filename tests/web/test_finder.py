"""Things are found by Chinese, English, code, pinyin and initials, the best first."""

import pytest

from graph.tables import Node, Tables
from web.finder import Finder
from web.index import Index

NODES = (
    Node("city/441900", "City", {"name": "东莞", "name_en": "Dongguan", "code": "441900", "aliases": ("东莞市",)}),
    Node("city/440100", "City", {"name": "广州", "name_en": "Guangzhou", "code": "440100"}),
    Node("company/1", "Company", {"name": "东莞长安机械", "aliases": ("长安",)}),
    Node("product/1", "Product", {"name": "碳化硅衬底"}),
    Node("product/2", "Product", {"name": "碳化硅"}),
    Node("policy/1", "Policy", {"name": "某规划", "doc_number": "粤府〔2021〕53号"}),
    Node("agency/1", "Agency", {"name": "东方"}),
    Node("evidence/1", "Evidence", {"quote": "东莞"}),
    Node("layout/1", "LayoutStatement", {"name": "东莞"}),
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(Index(Tables.of(NODES, ())))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("东莞", ["city/441900", "company/1"]),
        ("东莞市", ["city/441900"]),
        ("Dongguan", ["city/441900", "company/1"]),
        ("dongguan", ["city/441900", "company/1"]),
        ("DG", ["city/441900", "company/1"]),
        ("gz", ["city/440100"]),
        ("guangzhou", ["city/440100"]),
        ("441900", ["city/441900"]),
        ("4419", ["city/441900"]),
        ("碳化硅", ["product/2", "product/1"]),
        ("tanhuagui", ["product/2", "product/1"]),
        ("衬底", ["product/1"]),
        ("changan", []),  # heard inside a name is not found, only from its beginning
        ("碳化 衬底", ["product/1"]),
        ("53号", ["policy/1"]),
        ("粤府[2021]53号", ["policy/1"]),
        ("粤府（2021）53号", ["policy/1"]),
        ("４４１９００", ["city/441900"]),
        ("", []),
        ("  ", []),
        ("不存在", []),
    ],
)
def test_finds(finder: Finder, text: str, ids: list[str]) -> None:
    assert [one.node.id for one in finder.find(text)] == ids


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("东菀", "city/441900"),
        ("donguan", "city/441900"),
        ("Guangzou", "city/440100"),
        ("碳化圭", "product/2"),
        ("changan", "company/1"),
    ],
)
def test_a_name_that_is_mistyped_has_near_names(finder: Finder, text: str, nearest: str) -> None:
    assert finder.find(text) == []
    assert finder.near(text)[0].id == nearest


def test_what_is_like_nothing_has_none(finder: Finder) -> None:
    assert finder.near("xyz") == finder.near("") == []


def test_a_class_narrows(finder: Finder) -> None:
    assert [one.node.id for one in finder.find("东莞", "Company")] == ["company/1"]


def test_it_says_by_which_name(finder: Finder) -> None:
    assert finder.find("长安")[0].by == "长安"
    assert finder.find("东莞")[0].by == ""
