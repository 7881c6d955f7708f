"""Chains: layers, stages and the five measures on a graph worked out on paper."""

import pytest

from clusteratlas import Atlas
from ontology.errors import Ambiguous, NotFound
from queries.industry import chain_table, things
from queries.industry.chain import Chain, chain
from queries.industry.measures import KINDS, RULES, Measure, measures
from queries.industry.supply import Supply
from tests.queries import industry_graph as small

INDEX = small.index()


def of(name: str, steps: int = 2) -> Chain:
    return chain(INDEX, things.find(INDEX, name), steps)


def named(*ids: str) -> list[str]:
    return [INDEX.name(one) for one in ids]


def of_kind(kind: str, found: list[Measure]) -> dict[str, list[str]]:
    return {INDEX.name(one.thing): named(*one.cities) for one in found if one.kind == kind}


def test_the_layers_of_a_cluster_stop_at_the_steps_asked_for() -> None:
    layers = [(INDEX.name(one.thing), one.steps) for one in of("汽车").upstream]
    assert layers == [("机器人", 1), ("电机", 1), ("电池", 1), ("芯片", 1), ("轮毂", 1), ("硅片", 2)]
    assert [(INDEX.name(one.thing), one.steps) for one in of("汽车", 1).upstream if one.steps > 1] == []
    assert [(INDEX.name(one.thing), one.relations) for one in of("汽车").downstream] == [("物流", ("applied_in",))]


def test_what_goes_into_a_cluster_does_not_go_into_what_leaves_it() -> None:
    assert [INDEX.name(one.thing) for one in of("电池", 5).downstream] == ["汽车"]


def test_a_stage_of_one_chain_is_not_followed_into_another() -> None:
    assert [INDEX.name(one.thing) for one in of("图纸", 5).downstream] == ["设计"]
    supply = Supply.of(INDEX)
    assert not supply.passes("product/设计")
    assert supply.passes("product/芯片")


def test_an_outage_says_whether_the_documents_name_another_source() -> None:
    (reached,) = [one for one in of("零部件").downstream if INDEX.name(one.thing) == "整车"]
    assert not reached.only  # 轮毂 and 电机 go in as well
    (only,) = of("汽车").downstream
    assert only.only
    by_name = {INDEX.name(one.thing): one for one in of("硅片", 3).downstream}
    assert {name: one.steps for name, one in by_name.items()} == {"芯片": 1, "零部件": 2, "整车": 3}
    assert named(*by_name["整车"].before) == ["零部件"]


def test_the_stages_are_the_subsectors_and_what_goes_in_with_the_cities_named() -> None:
    stages = {INDEX.name(one.thing): one for one in of("汽车").stages}
    assert {name: one.input for name, one in stages.items()} == {
        "整车": False,
        "零部件": False,
        "电机": True,
        "电池": True,
        "芯片": True,
        "轮毂": True,
    }
    assert set(stages["整车"].named.cities) == {small.city("广州"), small.city("深圳")}
    assert named(*stages["零部件"].named.regions) == ["珠三角"]
    # Applied in something is no stage of it.
    assert [INDEX.name(one.thing) for one in of("物流").stages] == ["物流"]


def test_the_five_measures_follow_their_rules() -> None:
    found = measures(of("汽车"))
    assert of_kind("fill", found) == {"整车": ["东莞"], "零部件": ["广州", "深圳"], "芯片": ["深圳", "东莞"]}
    assert of_kind("strengthen", found) == {"整车": ["深圳"]}
    assert of_kind("extend", found) == {}  # nobody is named for 物流, a field of application
    assert of_kind("steady", found) == {"轮毂": ["汕头"], "芯片": ["广州"], "汽车": []}
    assert of_kind("control", found) == {"电机": []}
    assert of_kind("extend", measures(of("零部件"))) == {"整车": ["汕头", "东莞"]}
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=list(RULES).index)


def test_a_measure_that_the_citys_own_plan_wants_says_so() -> None:
    (fill,) = [one for one in measures(of("汽车")) if one.kind == "fill" and INDEX.name(one.thing) == "整车"]
    assert "市级已谋划：东莞" in fill.detail


def test_each_measure_says_in_words_what_its_rule_found() -> None:
    said = {(one.kind, str(INDEX.name(one.thing))): one.detail for one in measures(of("汽车"))}
    assert said["fill", "整车"] == "已点名 广州、深圳；市级已谋划：东莞"
    assert said["fill", "零部件"] == "已点名 汕头、东莞，区域 珠三角；名单以“等”结尾，并不完整"
    assert said["strengthen", "整车"] == "最高 ★★★：广州；较低：深圳 ★★"
    assert said["steady", "轮毂"] == "只点名 汕头；名单以“等”结尾，并不完整"
    assert said["steady", "汽车"] == "该集群只点名一家企业：小鹏"
    assert said["control", "电机"] == "原文称“自主可控”"
    (extend,) = [one for one in measures(of("零部件")) if one.kind == "extend"]
    assert extend.detail == "上一环节 零部件；下游已点名 广州、深圳"


def test_for_one_city_only_what_concerns_it_remains() -> None:
    found = measures(of("汽车"), small.city("深圳"))
    assert of_kind("fill", found) == {"零部件": ["深圳"], "芯片": ["深圳"]}
    assert of_kind("strengthen", found) == {"整车": ["深圳"]}
    assert of_kind("steady", found) == {"汽车": []}
    assert of_kind("control", found) == {"电机": []}


def test_the_table_prints_the_rule_with_each_measure_and_the_coverage_with_each_stage() -> None:
    found = of("汽车")
    made = chain_table.table(found, measures(found), small.city("东莞"))
    records = made.records()
    for code, name, _ in KINDS:
        for record in records:
            if record["part"] == code:
                assert record["rule"] == RULES[code]
        if any(record["part"] == code for record in records):
            assert f"{name}：{RULES[code]}" in made.notes
    stages = {record["thing"]: record for record in records if record["part"] == "stage"}
    assert stages["整车"]["detail"] == "东莞未点名；点名 2 市"
    assert stages["整车"]["cities"] == ["广州（核心）", "深圳（重点）"]
    assert stages["零部件"]["detail"] == "东莞已点名；点名 2 市，名单以“等”结尾"
    assert stages["零部件"]["cities"] == ["东莞（重点）", "汕头（点名）", "区域：珠三角"]
    parts = [record["part"] for record in records]
    assert parts.count("input") == 4
    assert [record["thing"] for record in records if record["part"] == "upstream"] == ["机器人", "硅片"]


def test_a_thing_without_links_says_that_there_is_no_data() -> None:
    index = small.index()
    found = chain(index, small.subsector("半导体与集成电路", "芯片制造"), 1)
    assert [index.name(one.thing) for one in found.upstream] == ["设计"]
    lonely = chain(index, "product/图纸", 1)
    assert not any("上下游无数据" in note for note in chain_table.table(lonely, []).notes)
    assert any("上下游无数据" in note for note in chain_table.table(chain(INDEX, "product/轮毂", 1), []).notes) is False


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("汽车", "cluster/gd20/automobiles"),
        ("汽车产业集群", "cluster/gd20/automobiles"),
        ("Automobiles", "cluster/gd20/automobiles"),
        ("整车", "subsector/gd20/automobiles/整车"),
        ("汽车/整车", "subsector/gd20/automobiles/整车"),
        (" 电机 ", "product/电机"),
        ("product/电机", "product/电机"),
    ],
)
def test_things_are_found_by_the_names_that_people_type(name: str, expected: str) -> None:
    assert things.find(INDEX, name) == expected


def test_a_mistyped_thing_is_answered_with_near_names() -> None:
    with pytest.raises(NotFound) as error:
        things.find(INDEX, "电几")
    assert error.value.exit_code == 2
    with pytest.raises(NotFound, match="零部件"):
        things.find(INDEX, "零部")
    with pytest.raises(NotFound):
        things.find(INDEX, "汽车/电机")
    with pytest.raises(NotFound, match="载入的文件没有提到"):
        things.cluster(INDEX, "新能源")
    with pytest.raises(NotFound, match="载入的文件没有提到"):
        things.city(INDEX, "揭阳")


def test_a_name_of_two_clusters_has_to_be_told_apart(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    with pytest.raises(Ambiguous, match="区块链与量子信息/量子信息"):
        things.find(index, "量子信息")
    assert things.find(index, "未来电子信息/量子信息").startswith("subsector/gdfuture/")


def test_a_subsector_and_its_product_are_one_thing(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    drone = things.find(index, "无人机")
    assert things.same(index, drone) == (drone, "product/无人机")
    assert things.same(index, "product/无人机") == ("product/无人机", drone)
    assert things.same(index, "product/量子信息") == ("product/量子信息",) if index.has("product/量子信息") else True
