"""Constructions of plans that no bundled document has, each in a sentence made for it."""

import pytest

from loaders.policy.home import home_city, home_province
from loaders.registry import LOADERS
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


def figures(sentence: str, title: str = TITLE) -> list[tuple[object, ...]]:
    found = rows("targets", sentence, title)
    return [(row["indicator"], row["value"], row["year"], row["kind"], row["firmness"]) for row in found]


def test_a_goal_says_what_it_starts_from() -> None:
    assert figures("轻工装备产业营业收入由2022年的80亿元增加到2027年的200亿元，年均增长20%。") == [
        ("营业收入", 80, 2022, "actual", None),
        ("营业收入", 200, 2027, "target", "达到"),
        ("营业收入年均增长", 20, 2027, "target", "达到"),
    ]
    assert figures("到2027年，轻工装备产业产值达到90亿元，年均增长15%，比2023年的45亿元翻一番。") == [
        ("产值", 90, 2027, "target", "达到"),
        ("产值年均增长", 15, 2027, "target", "达到"),
        ("产值", 45, 2023, "actual", None),
    ]


def test_what_is_to_be_kept_is_no_endeavour() -> None:
    found = figures("到2027年，骨干企业力争超过30家，研发投入强度保持在3%以上。")
    assert [row[4] for row in found] == ["力争", "保持"]
    assert figures("到2027年，研发投入强度力争保持在3%以上。")[0][4] == "力争"


def test_the_province_in_the_name_of_what_a_city_builds() -> None:
    title = "# 绍兴市轻工装备产业行动计划（2025—2027年）\n\n## 一、总体目标\n\n"
    (built,) = rows("targets", "到2027年，建设浙江省制造业创新中心4个。", title)
    assert (built["subject"], built["indicator"]) == ("绍兴", "浙江省制造业创新中心")
    (whole,) = rows("targets", "到2027年，全省绿色工厂数量超过40家。")
    assert (whole["subject"], whole["indicator"]) == ("浙江省", "绿色工厂数量")


def test_a_heading_names_the_task_that_its_sentence_gives_to_somebody() -> None:
    head = "# 浙江省培育轻工装备产业集群行动计划（2025—2027年）\n\n## 三、重点任务\n\n"
    (task,) = rows(
        "tasks", "（四）完善计量服务。由省市场监管局牵头，省经信厅配合，2026年9月底前建成2个计量中心。", head
    )
    assert (task["number"], task["task"], task["lead"]) == ("四", "完善计量服务", ["省市场监管局"])
    assert (task["deadline"], task["measure"]) == ("2026年9月底前", "2026年9月底前建成2个计量中心")
    (other,) = rows("tasks", "（四）完善计量服务。省市场监管局负责检定计量器具。", head)
    assert (other["number"], other["task"]) == (None, "检定计量器具")


def test_parts_go_into_the_field_that_the_heading_of_a_cluster_plan_names() -> None:
    head = "# 安徽省智能机器人产业集群发展规划\n\n## 一、空间布局\n\n"
    found = rows("supply", "**3. 特种机器人。**以合肥为核心，加强防爆电机、耐高温传感器等关键零部件配套。", head)
    assert {(row["from"], row["to"], row["subsector"]) for row in found} == {
        ("防爆电机", "特种机器人", "特种机器人"),
        ("耐高温传感器", "特种机器人", "特种机器人"),
    }


def test_the_layout_of_an_unknown_industry_is_on_the_receipt() -> None:
    text = "# 江苏省新型储能产业集群行动计划\n\n## 二、空间布局\n\n以南通、扬州为核心，重点发展液流电池。\n"
    read = LOADERS["layout"](mutations.document(text))
    assert not read.facts
    assert [(one.line, "新型储能" in one.reason) for one in read.rejected] == [(5, True)]


def test_a_city_takes_industry_on_in_the_park_that_it_leans_on() -> None:
    head = "# 江苏省新型储能产业集群行动计划\n\n## 二、空间布局\n\n"
    sentence = "连云港依托徐圩绿色产业园承接苏南产业转移。"
    (move,) = rows("transfers", sentence, head)
    assert (move["from"], move["to"], move["platform"]) == ("苏南", "连云港", "徐圩绿色产业园")
    (place,) = rows("places", sentence, head)
    assert (place["name"], place["city"]) == ("徐圩绿色产业园", "连云港")
    assert not rows("places", "连云港依托各类产业园承接苏南产业转移。", head)


PLACES = "# 湖北省光电子信息产业集群三年行动方案（2024—2026年）\n\n## 三、重点任务\n\n"
OWN = "# 青岛市新型显示产业链高质量发展实施方案\n\n## 一、重点任务\n\n"


@pytest.mark.parametrize(
    ("head", "sentence", "expected"),
    [
        # names in a row of one kind, as against classes in a row of several
        (PLACES, "高标准建设光谷实验室、江城实验室。", {("光谷实验室", None), ("江城实验室", None)}),
        (PLACES, "支持建设技术创新中心、质量标准实验室、产业创新中心。", set()),
        (PLACES, "以武汉“中国光谷”为核心，壮大产业。", {("中国光谷", "武汉")}),
        (PLACES, "在武汉经开区设立芯片检测认证中心。", {("武汉经开区", "武汉"), ("芯片检测认证中心", "武汉")}),
        (PLACES, "支持东湖高新区建设创新高地。", {("东湖高新区", None)}),
        (PLACES, "支持省级高新区、经济技术开发区建设创新高地。", set()),
        # a district whose name begins as a verb does, or as a word
        (OWN, "以胶州市、即墨区为两翼，发展整机。", {("胶州市", "青岛"), ("即墨区", "青岛")}),
        (OWN, "城阳区依托轨道交通示范区，发展车载显示。", {("城阳区", "青岛"), ("轨道交通示范区", "青岛")}),
        (OWN, "青岛蓝谷高新区聚焦激光显示。", {("青岛蓝谷高新区", "青岛")}),
        (OWN, "支持青岛大学共建激光显示实验室。", {("激光显示实验室", "青岛")}),
        (
            OWN,
            "推进青岛面板产业基地、天仁微纳总部项目建设。",
            {("青岛面板产业基地", "青岛"), ("天仁微纳总部项目", "青岛")},
        ),
    ],
)
def test_names_of_places(head: str, sentence: str, expected: set[tuple[str, str | None]]) -> None:
    assert {(row["name"], row.get("city")) for row in rows("places", sentence, head)} == expected


SHIPS = "# 浙江省高端船舶与海洋工程装备产业集群提升行动方案（2025—2027年）\n\n## 一、主要任务\n\n"


def test_a_rise_and_what_it_reaches() -> None:
    found = rows("targets", "到2027年，设备国产化率较2024年提高15个百分点，达到60%。", SHIPS)
    assert [(row["indicator"], row["value"], row["unit"]) for row in found] == [
        ("设备国产化率较2024年提高", 15, "个百分点"),
        ("设备国产化率", 60, "%"),
    ]
    assert not rows("supply", "到2027年，船舶用设备国产化率较2024年提高15个百分点，达到60%。", SHIPS)


@pytest.mark.parametrize(
    "sentence",
    ["突破低速机、吊舱推进器等核心配套设备。", "宁波发展低速机、吊舱推进器等关键配套。"],
)
def test_key_equipment_goes_into_the_industry_of_the_title(sentence: str) -> None:
    into = {(row["from"], row["to"]) for row in rows("supply", f"（一）补强配套体系。{sentence}", SHIPS)}
    assert into == {("低速机", "高端船舶与海洋工程装备"), ("吊舱推进器", "高端船舶与海洋工程装备")}


def test_a_body_that_acts_together_with_another() -> None:
    (task,) = rows("tasks", "由省交通运输厅会同浙江海事局制定内河船舶方案，2025年12月底前印发。", SHIPS)
    assert (task["lead"], task["others"]) == (["省交通运输厅"], ["浙江海事局"])
    assert str(task["task"]).startswith("制定内河船舶方案")


def test_a_firm_with_a_place_in_its_name_and_a_slogan_that_is_no_place() -> None:
    found = rows("companies", "支持常石集团（舟山）造船有限公司、扬帆集团建设智能工厂。", SHIPS)
    own = [(row["name"], row.get("city")) for row in found]
    assert own == [("常石集团（舟山）造船有限公司", "舟山"), ("扬帆集团", None)]
    assert not rows("places", "以舟山、宁波为重点，构建“一带三基地”格局。", SHIPS)
