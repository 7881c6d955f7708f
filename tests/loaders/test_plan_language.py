"""Constructions of plans that no bundled document has, each in a sentence made for it."""

import pytest

from loaders.policy.home import home_city, home_province
from ontology.facts import record
from tests.loaders import mutations

TITLE = "# 浙江省培育轻工装备产业集群行动计划（2025—2027年）\n\n## 三、重点任务\n\n"


def rows(kind: str, sentence: str, head: str = TITLE) -> list[dict[str, object]]:
    return [record(fact) for fact in mutations.facts(f"{head}{sentence}\n")[kind]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2024年，泵类、阀类产值分别为50亿元、30亿元。", [("泵类", "产值", 50), ("阀类", "产值", 30)]),
        ("2024年，产值6亿元，利润1亿元，同比分别增长5%和下降3%。", [("浙江省", "利润同比下降", -3)]),
        ("2025年底前，培育2家产值超5亿元的整机企业。", [("浙江省", "产值超5亿元的整机企业", 2)]),
        ("目前已集聚零部件企业120余家。", [("浙江省", "零部件企业", 120)]),
        ("到2027年，海塘航线里程达到80公里，飞行6万架次。", [("浙江省", "飞行", 6)]),
    ],
)
def test_figures(sentence: str, expected: list[tuple[str, str, int]]) -> None:
    found = [(row["subject"], row["indicator"], row["value"]) for row in rows("targets", sentence)]
    assert set(expected) <= set(found), found


def test_what_stands_already_is_no_target() -> None:
    assert {row["kind"] for row in rows("targets", "目前已集聚零部件企业120余家。")} == {"actual"}
    assert {row["kind"] for row in rows("targets", "培育零部件企业20家。")} == {"target"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("代表企业有越岭精工、海岚智能、甬川重工等。", ["越岭精工", "海岚智能", "甬川重工"]),
        ("培育越岭精工、海岚智能等具有国际竞争力的链主企业。", ["越岭精工", "海岚智能"]),
        ("支持海岚智能在嘉兴建设整机基地。", ["海岚智能"]),
        ("鼓励海岚智能、越岭化工牵头组建创新联合体。", ["海岚智能", "越岭化工"]),
        ("培育人工智能、工业机器人等具有国际竞争力的产业企业。", []),
        ("支持大型食品产业集团发展。", []),
    ],
)
def test_firms(sentence: str, expected: list[str]) -> None:
    assert [row["name"] for row in rows("companies", sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("发展喷头、胶辊等整机配套部件。", {("喷头", "整机", "input_to"), ("胶辊", "整机", "input_to")}),
        (
            "推动嘉兴、湖州为杭州整机企业供应铸件。",
            {("嘉兴", "杭州", "region_supplies"), ("湖州", "杭州", "region_supplies")},
        ),
        ("胶辊用于涂布机和覆膜机制造。", {("胶辊", "涂布机", "input_to"), ("胶辊", "覆膜机", "input_to")}),
        ("打通机头设计、整机装配、售后维护产业链条。", {("机头设计", "轻工装备产业链", "stage_of")}),
        ("支持越岭精工、海岚智能等零部件企业做强。", set()),
    ],
)
def test_supply(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    found = {(row["from"], row["to"], row["relation"]) for row in rows("supply", sentence)}
    assert expected <= found, found
    assert expected or not found


def test_a_county_behind_its_city_and_a_place_list_that_is_named() -> None:
    assert [(row["name"], row["city"]) for row in rows("places", "支持丽水市青田县建设阀门基地。")] == [
        ("青田县", "丽水")
    ]
    found = {row["name"]: row["city"] for row in rows("places", "依托杭州高新区、云栖新区发展整机。")}
    assert found == {"杭州高新区": "杭州", "云栖新区": "杭州"}


def test_two_cities_that_build_together() -> None:
    (row,) = rows("transfers", "推动嘉兴与丽水合作建设山海轻工产业园。")
    assert (row["from"], row["to"], row["mechanism"], row["platform"]) == ("嘉兴", "丽水", "产业共建", "山海轻工产业园")


def test_a_task_has_its_limit_and_its_measure() -> None:
    (row,) = rows(
        "tasks", "（一）壮大企业。到2026年，培育整机企业5家。（牵头单位：省经信厅；责任单位：省商务厅，杭州海关）"
    )
    assert (row["deadline"], row["measure"]) == ("到2026年", "培育整机企业5家")
    assert (row["lead"], row["others"]) == (["省经信厅"], ["省商务厅", "杭州海关"])


def test_cities_that_share_the_end_of_the_last() -> None:
    (row,) = rows("tasks", "（一）壮大企业。（责任单位：省经信厅，杭州、嘉兴市政府）")
    assert row["others"] == ["省经信厅", "杭州市政府", "嘉兴市政府"]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("# 关于加快发展的实施意见\n\n湘制造办〔2025〕6号\n\n支持益阳发展。\n", "43"),
        ("# 关于加快发展的实施意见\n\n推动湖南省和湖北省合作，支持湖南省益阳发展。\n", "43"),
        ("# 关于加快发展的实施意见\n\n支持企业发展。\n", None),
    ],
)
def test_the_province_where_no_title_tells(text: str, province: str | None) -> None:
    assert home_province(mutations.document(text)) == province


def test_a_municipality_is_the_city_of_its_plans() -> None:
    home = home_city(mutations.document("# 重庆市推动低空经济发展方案\n\n支持企业发展。\n"))
    assert home is not None
    assert home.name == "重庆"


def test_the_numbers_of_slides_open_parts() -> None:
    read = mutations.document(
        "某省行动计划解读\n\n01\n\n出台背景\n\n"
        + "产业基础较好。" * 4
        + "\n\n02\n\n主要目标\n\n到2025年，建成平台3个。\n"
    )
    assert [s.name for b in read.blocks if b.section and (s := b.section).kind == "part" and b.kind == "heading"] == [
        "出台背景",
        "主要目标",
    ]
