"""Comparison: cities or clusters side by side."""

import pytest

from clusteratlas import Atlas
from ontology.errors import NotFound, UsageError
from ontology.vocabulary import vocabulary
from queries.industry import compare
from tests.queries import industry_graph as small

INDEX = small.index()


def lines(*names: str) -> dict[tuple[str, str], tuple[object, ...]]:
    chosen = compare.find(INDEX, names)
    return {(line.part, line.item): line.values for line in compare.compare(INDEX, chosen)}


def test_cities_stand_side_by_side_in_the_order_asked_for() -> None:
    found = lines("东莞", "广州")
    assert found["stars", "汽车"] == ("★", "★★★")
    assert found["stars", "半导体与集成电路"] == ("未标星", "★★★")
    assert found["named", "汽车"] == ("1/2：零部件", "1/2：整车")
    assert found["count", "标星集群数"] == (1, 2)
    assert found["count", "其中 ★★★"] == (0, 2)
    assert found["count", "点名的产品数"] == (0, 1)
    assert found["firms", "企业"] == ("未点名", "1 家：小鹏")
    of_unknown_level = lines("深圳", "广州")
    assert of_unknown_level["stars", "半导体与集成电路"] == ("●", "★★★")
    assert of_unknown_level["count", "其中 ●"] == (1, 0)
    assert of_unknown_level["count", "其中 ★"] == (0, 0)


def test_clusters_stand_side_by_side_with_a_line_for_each_city() -> None:
    found = lines("汽车", "半导体与集成电路")
    assert found["stars", "汕头"] == ("未标星", "未标星")
    assert found["stars", "深圳"] == ("★★", "●")
    assert found["named", "广州"] == ("整车", "芯片制造")
    assert found["count", "标星城市数"] == (3, 2)
    assert found["firms", "企业"] == ("1 家：小鹏", "未点名")


def test_the_table_has_a_column_for_each_thing_with_english_keys() -> None:
    chosen = compare.find(INDEX, ("东莞", "Guangzhou"))
    made = compare.table(INDEX, chosen, compare.compare(INDEX, chosen))
    assert [column.name for column in made.columns] == ["part", "item", "dongguan", "guangzhou", "evidence"]
    assert [column.title for column in made.columns][2:4] == ["东莞", "广州"]
    clusters = compare.find(INDEX, ("汽车", "11"))
    made = compare.table(INDEX, clusters, compare.compare(INDEX, clusters))
    assert [column.name for column in made.columns][2:4] == ["automobiles", "semiconductors"]


def test_too_few_too_many_and_mixed_things_are_refused() -> None:
    with pytest.raises(UsageError, match="1 个"):
        compare.find(INDEX, ("东莞", "441900"))
    with pytest.raises(UsageError, match="不能放在一张"):
        compare.find(INDEX, ("东莞", "汽车"))
    with pytest.raises(NotFound, match="东莞"):
        compare.find(INDEX, ("东完", "广州"))


def test_eleven_cities_are_one_too_many(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    names = [city.name for city in vocabulary().cities]
    assert len(compare.find(index, names[:10])) == 10
    with pytest.raises(UsageError, match="11 个"):
        compare.find(index, names[:11])


def test_without_a_layout_the_table_says_what_would_supply_it() -> None:
    index = small.index(stars=False)
    chosen = compare.find(index, ("东莞", "广州"))
    made = compare.table(index, chosen, compare.compare(index, chosen))
    assert any(note.startswith("无数据") for note in made.notes)
    assert {record["part"] for record in made.records()} == {"named", "count", "firms"}
