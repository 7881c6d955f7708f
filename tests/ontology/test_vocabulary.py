"""The vocabularies as a tested product: complete, unambiguous, found by every name."""

import ast
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from ontology import ids
from ontology.errors import Ambiguous, NotFound, VocabularyError
from ontology.turtle import SKOS, load, texts
from ontology.vocabulary import DIRECTORY, Place, plain, read, vocabulary

V = vocabulary()


def test_twenty_one_cities_with_codes_and_coordinates() -> None:
    assert len(V.cities) == 21
    assert len({city.code for city in V.cities}) == 21
    for city in V.cities:
        assert city.id == f"city/{city.code}"
        assert city.province == "44"
        assert (city.code or "").startswith("44")
        assert city.name_en is not None
        assert city.labels
        assert 20 < (city.latitude or 0) < 26
        assert 109 < (city.longitude or 0) < 118


def test_twenty_clusters_ten_and_ten_in_order() -> None:
    clusters = V.clusters_of("gd20")
    assert [c.number for c in clusters] == list(range(1, 21))
    assert Counter(c.category for c in clusters) == {"pillar": 10, "emerging": 10}
    assert [c.category for c in clusters] == ["pillar"] * 10 + ["emerging"] * 10
    assert [c.name for c in V.clusters_of("gdfuture")] == ["未来电子信息"]
    assert len(V.clusters) == 21
    assert all(c.name_en and c.source for c in V.clusters)


def test_the_canonical_names_of_the_contract() -> None:
    names = (
        "新一代电子信息 绿色石化 智能家电 汽车 先进材料 现代轻工纺织 软件与信息服务 超高清视频显示 生物医药与健康 "
        "现代农业与食品 半导体与集成电路 高端装备制造 智能机器人 区块链与量子信息 前沿新材料 新能源 激光与增材制造 "
        "数字创意 安全应急与环保 精密仪器设备"
    )
    assert [c.name for c in V.clusters_of("gd20")] == names.split()


def test_a_label_means_one_place_or_is_a_declared_compound() -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for place in (*V.cities, *(r for r in V.regions if r.source is None)):
        for label in (place.name, *place.labels, *place.hidden):
            meanings[plain(label)].add(place.id)
    assert {label: ids for label, ids in meanings.items() if len(ids) > 1} == {}
    assert set(V.compounds).isdisjoint(meanings)
    districts = {plain(name) for name in V.district_names()}
    assert districts.isdisjoint(meanings)
    assert sum(1 + len(d.labels) for d in V.districts) == len(districts)


@pytest.mark.parametrize("things", [V.clusters, V.agencies], ids=["clusters", "agencies"])
def test_a_label_means_one_thing(things: tuple[Place, ...]) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for thing in things:
        for label in (thing.name, *thing.labels, *thing.hidden, getattr(thing, "full_name", thing.name)):
            meanings[plain(label)].add(thing.id)
    assert {label: ids for label, ids in meanings.items() if len(ids) > 1} == {}


def test_labels_that_are_searched_in_text_have_two_characters_at_least() -> None:
    labels = {*V.place_names(), *V.cluster_names(), *V.agency_names(), *V.district_names()}
    assert min(len(label) for label in labels) >= 2


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("广深", "广州 深圳"),
        ("广佛", "广州 佛山"),
        ("广深珠", "广州 深圳 珠海"),
        ("深莞惠", "深圳 东莞 惠州"),
        ("珠中江", "珠海 中山 江门"),
    ],
)
def test_compounds_in_the_order_of_their_characters(name: str, members: str) -> None:
    assert [place.name for place in V.place_names()[name]] == members.split()


@pytest.mark.parametrize(
    "name", ["东莞", "东莞市", "Dongguan", "dongguan", "ＤＯＮＧＧＵＡＮ", "441900", "city/441900", "莞", " 东莞 "]
)
def test_a_city_by_any_name(name: str) -> None:
    assert V.city(name).id == "city/441900"


@pytest.mark.parametrize(
    "name",
    [
        "半导体与集成电路",
        "半导体及集成电路",
        "半导体集成电路",
        "半导体与集成电路产业集群",
        "11",
        "semiconductors",
        "Semiconductors and integrated circuits",
        "cluster/gd20/semiconductors",
    ],
)
def test_a_cluster_by_any_name(name: str) -> None:
    assert V.cluster(name).id == "cluster/gd20/semiconductors"


@pytest.mark.parametrize("name", ["省工业和信息化厅", "广东省工业和信息化厅", "工业和信息化厅", "省工信厅"])
def test_an_agency_by_any_name(name: str) -> None:
    assert V.agency(name).name == "省工业和信息化厅"


def test_every_name_leads_home() -> None:
    for city in V.cities:
        for name in (city.id, city.name, city.name_en or "", city.code or "", *city.labels, *city.abbreviations):
            assert V.city(name) == city
    for cluster in V.clusters:
        for name in (cluster.id, cluster.name, cluster.name_en, *cluster.labels, *cluster.hidden):
            assert V.cluster(name) == cluster
    for agency in V.agencies:
        for name in (agency.id, agency.name, agency.full_name, *agency.labels, *agency.hidden):
            assert V.agency(name) == agency
    for region in V.regions:
        assert V.region(region.id) == region
        assert V.region(region.name, region.source) == region


def test_near_names() -> None:
    with pytest.raises(NotFound) as caught:
        V.city("东管")
    assert caught.value.near[0] == "东莞"
    with pytest.raises(NotFound) as caught:
        V.city("Donguan")
    assert caught.value.near[0] == "Dongguan"
    with pytest.raises(NotFound) as caught:
        V.cluster("集成电路")
    assert caught.value.near == ("半导体与集成电路",)
    with pytest.raises(NotFound):
        V.city("珠三角")
    with pytest.raises(NotFound):
        V.city("")
    with pytest.raises(Ambiguous) as ambiguous:
        V.city("广深")
    assert ambiguous.value.choices == ("广州", "深圳")


def test_membership_belongs_to_a_document() -> None:
    nine = V.region("珠三角", "粤府〔2021〕53号").members
    eight = V.region("珠三角地区", "粤工信规字〔2021〕5号").members
    assert len(nine) == 9
    assert set(nine) - set(eight) == {V.city("深圳").id}
    twelve = V.region("粤东粤西粤北", "粤工信规字〔2021〕5号").members
    assert {V.city("深圳").id, *eight, *twelve} == {city.id for city in V.cities}
    assert V.region("珠三角").members == ()
    assert V.region("珠三角", "粤工信电子〔2024〕2号") == V.region("珠三角")
    plan = [r.members for r in V.regions if r.source == "粤府〔2021〕53号" and r.name != "珠三角核心区"]
    assert sorted(city for members in plan for city in members) == sorted(city.id for city in V.cities)


def test_members_are_cities_and_only_documents_state_them() -> None:
    cities = {city.id for city in V.cities}
    for region in V.regions:
        assert set(region.members) <= cities
        assert bool(region.members) == (region.source is not None)
        assert region.source is None or region.note


def test_the_cooperation_zone_is_administered_by_one_city_and_stands_in_another() -> None:
    zone = V.region("深汕特别合作区")
    assert (zone.administered_by, zone.stands_in) == (V.city("深圳").id, V.city("汕尾").id)
    assert V.place_names()["深汕特别合作区"] == (zone,)


def test_districts_belong_to_the_city_of_their_code() -> None:
    assert len(V.districts) == 122
    for district in V.districts:
        assert district.city == f"city/{district.code[:4]}00"
        assert V.city(district.city)
    assert V.district_names()["英德"].city == V.city("清远").id
    assert "新兴" not in V.district_names()


def test_agencies_have_levels_and_names() -> None:
    for agency in V.agencies:
        assert agency.level in V.codes("level")
        assert agency.full_name
    office = V.agency("市科技局").of(V.city("东莞"))
    assert (office.name, office.full_name, office.city) == ("市科技局", "东莞市科学技术局", "city/441900")
    assert office.id == "agency/441900/市科技局"
    assert "东莞市科技局" in office.labels
    assert V.agency("省科技厅").of(V.city("东莞")) == V.agency("省科技厅")


@pytest.mark.parametrize(
    ("scheme", "notations"),
    [
        ("role", "core key base support mention"),
        ("star-level", "3 2 1"),
        ("cluster-category", "pillar emerging future"),
        ("grade", "法规 规范性文件 规划 行动计划 申报通知 解读 发布会 征求意见稿"),
        ("company-relation", "链主 龙头 骨干 重点企业 项目主体 依托 支撑机构 其他"),
        ("supply-relation", "input_to stage_of upstream_of applied_in region_supplies"),
        ("witness-source", "cell map_list map_count row_total column_total"),
        (
            "policy-kind",
            "plan action_plan opinion implementation_rules measures notice regulation interpretation scheme",
        ),
        ("silence", "未标星 未点名 无记录 无数据"),
    ],
)
def test_the_codes_of_the_contract(scheme: str, notations: str) -> None:
    assert list(V.codes(scheme)) == notations.split()


def test_codes_are_complete() -> None:
    for scheme, codes in V.schemes.items():
        assert V.scheme_names[scheme]
        ranks = [code.rank for code in codes.values() if code.rank is not None]
        assert len(ranks) == len(set(ranks))
        for notation, code in codes.items():
            assert (code.scheme, code.notation) == (scheme, notation)
            assert code.name
            assert code.name_en
    with pytest.raises(NotFound):
        V.codes("roles")


def test_units_have_factors() -> None:
    units = V.codes("unit")
    assert (units["万元"].factor, units["亿元"].factor, units["万元"].base_unit) == (10**4, 10**8, "元")
    assert units["%"].factor == Decimal("0.01")
    for unit in units.values():
        assert unit.factor
        assert unit.quantity
        base = units.get(unit.base_unit or "")
        assert base is None or (base.factor == 1 and base.quantity == unit.quantity)
    labels = [label for unit in units.values() for label in (unit.notation, *unit.labels)]
    assert [label for label, count in Counter(labels).items() if count > 1] == []


def test_conditions_have_kinds_of_values() -> None:
    kinds = {"money", "ratio", "integer", "years", "boolean", "date", "string", "city", "cluster", "area"}
    for code in V.codes("condition").values():
        assert code.value_type in kinds | {"money-density", "judged"}


def test_the_world_is_in_files_and_not_in_code() -> None:
    names = {thing.name for thing in (*V.cities, *V.regions, *V.clusters, *V.agencies)}
    for path in DIRECTORY.parent.glob("*.py"):
        constants = {n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)}
        assert constants.isdisjoint(names), path.name


def test_labels_are_tidy_and_in_one_of_two_languages() -> None:
    labels = {SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel", "scopeNote")}
    for subject, properties in load(*sorted(DIRECTORY.glob("*.ttl"))).items():
        assert subject.startswith(ids.BASE)
        for term in labels & set(properties):
            for value in properties[term]:
                assert value.language in ("zh", "en")
                assert value.text == value.text.strip() != ""
        for language in ("zh", "en"):
            assert len(texts(properties, SKOS + "prefLabel", language)) <= 1


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "places.ttl").write_text("@prefix ca: <https://clusteratlas.example/ontology/> .\n<a> b\n", "utf-8")
    with pytest.raises(VocabularyError) as caught:
        read(tmp_path)
    assert caught.value.path == tmp_path / "places.ttl"
    assert caught.value.line == 2


def test_another_directory_is_another_world(tmp_path: Path) -> None:
    (tmp_path / "world.ttl").write_text(
        """@base <https://clusteratlas.example/> .
        @prefix ca: <https://clusteratlas.example/ontology/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <city/330100> a ca:City ; skos:prefLabel "杭州"@zh , "Hangzhou"@en ; ca:code "330100" ; ca:province "33" .
        """,
        "utf-8",
    )
    world = read(tmp_path)
    assert [city.name for city in world.cities] == ["杭州"]
    assert world.city("hangzhou").code == "330100"
    with pytest.raises(NotFound):
        world.city("东莞")
