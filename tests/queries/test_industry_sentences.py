"""What a sentence says and what it does not: cities that it prints, stages that are everyday words, calls that are over."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.tables import Edge, Node, Tables
from ontology.errors import NotFound
from queries.index import Index
from queries.industry import chain_table, compare, gap_table, things
from queries.industry.chain import chain
from queries.industry.fill import Plans
from queries.industry.gaps import Gap, gaps
from queries.industry.measures import measures
from tests.queries import industry_graph as small

INDEX = small.index()


def with_supply(monkeypatch: pytest.MonkeyPatch, *links: tuple[str, str, str, str, str | None, str]) -> Index:
    monkeypatch.setattr(small, "SUPPLY", (*small.SUPPLY, *links))
    found = small.index()
    new = {end for link in links for end in link[1:3] if end.startswith("product/")} - set(found.tables.by_id)
    products = [Node(one, "Product", {"name": one.removeprefix("product/")}) for one in sorted(new)]
    return Index(Tables.of([*found.tables.nodes, *products], found.tables.edges))


def quoting(index: Index, old: str, new: str) -> Index:
    """The graph with another sentence in place of one of its own."""
    nodes = [
        replace(node, properties={**node.properties, "quote": new}) if node.properties.get("quote") == old else node
        for node in index.tables.nodes
    ]
    assert nodes != list(index.tables.nodes)
    return Index(Tables.of(nodes, index.tables.edges))


def supply_of(index: Index, city: str | None) -> dict[str, Gap]:
    found = gaps(index, None if city is None else small.city(city), small.cluster("汽车"), ("supply",))
    return {index.name(gap.thing): gap for gap in found}


def test_a_city_that_the_supply_sentence_prints_is_not_passed_over_in_silence() -> None:
    assert "全省未点名" in supply_of(INDEX, "广州")["电机"].detail
    said = quoting(INDEX, "攻克自主可控的电机", "汕头攻克自主可控的电机")
    gap = supply_of(said, "广州")["电机"]
    assert "全省未点名" not in gap.detail
    assert "供给原句写到 汕头" in gap.detail
    assert [one.name for one in gap.candidates] == ["汕头"]
    assert gap.score.value == pytest.approx(1 / 3)  # 2/3 × 1/2: another city of the province
    assert "电机" in supply_of(INDEX, None)
    assert "电机" not in supply_of(said, None), "some city has it"
    near = quoting(INDEX, "攻克自主可控的电机", "深圳攻克自主可控的电机")
    assert supply_of(near, "广州")["电机"].score.value == pytest.approx(1 / 6)
    assert "电机" not in supply_of(near, "深圳"), "the sentence gives it to the city"


def test_only_peers_that_stand_higher_are_called_higher() -> None:
    said = {str(INDEX.name(gap.thing)): gap for gap in gaps(INDEX, small.city("深圳")) if gap.kind == "level"}
    assert said["汽车"].detail.split("；")[0] == "同区域更高的：广州 ★★★"  # 东莞 has ★
    assert small.city("广州") not in {
        gap.city for gap in gaps(INDEX, None, small.cluster("汽车")) if gap.kind == "level"
    }
    even = [
        replace(node, properties={**node.properties, "level": 3}) if node.id == "assignment/1" else node
        for node in INDEX.tables.nodes
    ]
    index = Index(Tables.of(even, INDEX.tables.edges))
    assert [gap for gap in gaps(index, small.city("深圳"), small.cluster("汽车")) if gap.kind == "level"] == []


def test_a_region_that_is_named_for_an_input_is_near_for_its_cities_only(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ("汽车", "整车", "珠三角", "base", False, ("电机",), "依托珠三角发展电机")
    monkeypatch.setattr(small, "SAID", (*small.SAID, said))
    named = small.index()
    assert supply_of(INDEX, "广州")["电机"].score.value == pytest.approx(1 / 2)
    gap = supply_of(named, "广州")["电机"]
    assert gap.score.value == pytest.approx(1 / 6)
    assert "所在区域被点名：珠三角" in gap.detail


def test_what_many_clusters_use_carries_an_outage_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    index = with_supply(
        monkeypatch,
        ("applied_in", "product/人工智能", "整车", "汽车", None, "人工智能与整车融合"),
        ("applied_in", "product/人工智能", "芯片制造", "半导体与集成电路", None, "人工智能用于芯片制造"),
        ("applied_in", "product/人工智能", "product/新药筛选", "半导体与集成电路", None, "人工智能用于新药筛选"),
    )
    reached = [index.name(one.thing) for one in chain(index, small.cluster("汽车")).downstream]
    assert reached == ["物流"]
    assert "新药筛选" in [index.name(one.thing) for one in chain(index, "product/人工智能").downstream]


def test_a_stage_downstream_for_which_nobody_is_named_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    index = with_supply(monkeypatch, ("input_to", "整车", "product/出租车", "汽车", None, "整车供给出租车"))
    found = measures(chain(index, small.subsector("汽车", "整车")))
    (extend,) = [one for one in found if index.name(one.thing) == "出租车"]
    assert extend.detail == "上一环节 整车；下游已点名 无"
    assert set(extend.cities) == {small.city("广州"), small.city("深圳")}


def test_a_stage_that_is_an_everyday_word_needs_its_chain_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    part = small.subsector("半导体与集成电路", "芯片制造")

    def called(index: Index) -> list[str]:
        return [index.name(one.thing) for one in measures(chain(index, part)) if one.kind == "control"]

    elsewhere = with_supply(
        monkeypatch, ("input_to", "product/电池", "整车", "汽车", "整车", "推广自主可控的工业设计平台")
    )
    assert called(elsewhere) == []
    here = quoting(elsewhere, "推广自主可控的工业设计平台", "芯片制造的设计要自主可控")
    assert "设计" in called(here)


def test_the_citys_own_plan_wants_a_stage_only_of_that_chain() -> None:
    """谋划设计周 says nothing of the stage 设计 of 芯片制造."""

    def planned(index: Index) -> list[Sequence[str]]:
        found = measures(chain(index, small.subsector("半导体与集成电路", "芯片制造")))
        return [one.cities for one in found if index.name(one.thing) == "设计" and one.kind == "fill"]

    named = _naming(INDEX, "product/设计", small.city("广州"))
    assert small.city("东莞") not in sum(map(tuple, planned(quoting(named, "谋划整车项目", "谋划设计周"))), ())
    wanted = planned(quoting(named, "谋划整车项目", "谋划芯片制造、设计项目"))
    assert small.city("东莞") in sum(map(tuple, wanted), ())


def _naming(index: Index, product: str, city: str) -> Index:
    one = Node("layout/more", "LayoutStatement", {"role": "core", "open_list": False})
    said = Node("evidence/more", "Evidence", {"quote": "广州做设计", "cite": "《规划》", "line": 1, "section": ""})
    edges = [
        Edge(kind, source, target, {"origin": "document"})
        for kind, source, target in (
            ("aboutProduct", one.id, product),
            ("aboutPlace", one.id, city),
            ("evidencedBy", one.id, said.id),
            ("inDocument", said.id, "document/plan"),
        )
    ]
    return Index(Tables.of([*index.tables.nodes, one, said], [*index.tables.edges, *edges]))


def test_a_name_that_joins_two_things_is_looked_for_by_its_parts() -> None:
    def status(sentence: str) -> str:
        nodes = [
            replace(node, properties={**node.properties, "name": "芯片设计及底层工具软件"})
            if node.properties.get("name") == "零部件"
            else node
            for node in quoting(INDEX, "谋划整车项目", sentence).tables.nodes
        ]
        index = Index(Tables.of(nodes, INDEX.tables.edges))
        return Plans.of(index).plan(small.city("东莞"), (small.subsector("汽车", "零部件"),)).status

    assert status("聚焦芯片设计及底层工具软件") == "yes"
    assert status("聚焦模拟芯片设计") == "part"
    assert status("聚焦芯片") == "not_said"


def test_a_call_that_has_a_last_day_says_it_beside_the_policy() -> None:
    due = Node("deadlines/1", "Deadline", {"what": "申报", "date": "2021-06-30", "scope": "规划"})
    index = Index(
        Tables.of(
            [*INDEX.tables.nodes, due],
            [*INDEX.tables.edges, Edge("provides", small.PLAN, due.id, {"origin": "document"})],
        )
    )
    (before, *_), (after, *_) = (
        next(g for g in gaps(one, small.city("东莞"), small.cluster("汽车"))).payers for one in (INDEX, index)
    )
    assert (before.closes, after.closes) == (None, "2021-06-30")
    assert before.words() == "汽车奖励（粤府〔2021〕53号）"
    assert after.words() == "汽车奖励（粤府〔2021〕53号，该次申报截至 2021-06-30）"
    assert "2021-06-30" in after.note()


def test_what_another_city_pays_is_not_offered() -> None:
    nodes = [
        replace(node, properties={**node.properties, "jurisdiction": "441900"}) if node.id == small.PLAN else node
        for node in INDEX.tables.nodes
    ]
    index = Index(Tables.of(nodes, INDEX.tables.edges))

    def payers(city: str) -> list[str]:
        found = [gap for gap in gaps(index, small.city(city)) if gap.payers]
        return [one.name for gap in found for one in gap.payers]

    assert payers("东莞")
    assert payers("深圳") == []


def test_the_notes_say_that_no_registry_is_loaded_only_where_that_is_so() -> None:
    loaded = small.index(registry=(("91440000000000000X", "广州", "汽车"),))
    chosen = [small.city("广州"), small.city("深圳")]
    for index, silent in ((INDEX, True), (loaded, False)):
        of_chain = chain_table.table(chain(index, small.cluster("汽车")), [])
        side = compare.table(index, chosen, compare.compare(index, chosen))
        for table in (of_chain, side):
            assert any("登记库未载入" in note for note in table.notes) is silent


def test_a_column_that_the_title_says_is_left_to_programs() -> None:
    def columns(city: str | None, cluster: str | None) -> dict[str, str]:
        ids = (None if city is None else small.city(city), None if cluster is None else small.cluster(cluster))
        title = "、".join(INDEX.name(one) for one in ids if one is not None)
        return {one.name: one.type for one in gap_table.table(INDEX, gaps(INDEX, *ids), title).columns}

    assert columns("东莞", None)["city"] == "id"
    assert columns("东莞", None)["cluster"] == "string"
    assert columns(None, "汽车")["cluster"] == "id"
    assert columns(None, "汽车")["city"] == "string"


def test_a_city_that_the_graph_does_not_hold_has_no_near_names() -> None:
    with pytest.raises(NotFound, match="词表里有它，载入的文件没有提到") as caught:
        things.city(INDEX, "揭阳")
    assert caught.value.near == ()
    assert "广州" in str(caught.value), "what there is"
    with pytest.raises(NotFound, match="词表里有它，载入的文件没有提到"):
        compare.find(INDEX, ["广州", "揭阳"])
