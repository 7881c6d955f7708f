"""Plan against plan: what both have, what one lacks, and where the same figure differs."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas import Atlas
from clusteratlas.plans import align as command
from graph.evidence import texts_of
from ontology.errors import NotFound, UsageError
from ontology.vocabulary import vocabulary
from queries.plans.align import align, dice
from queries.plans.find import policy_of
from queries.plans.text import Reader
from queries.table import Table
from tests.queries.plans import DONGGUAN, HUIZHOU, PROVINCE, Sketch, follow

UPPER, LOWER = "policy/upper", "policy/lower"
ROBOTS = vocabulary().cluster("智能机器人").id
CARS = vocabulary().cluster("汽车").id


def sketch(lower: str = "东莞市计划") -> Sketch:
    one = Sketch()
    one.policy(UPPER, "某省规划")
    one.policy(LOWER, lower, level="municipal")
    one.node(ROBOTS, "Cluster", name="智能机器人")
    one.node(CARS, "Cluster", name="汽车")
    return one


def compared(one: Sketch, text: str = "") -> Table:
    index = one.index()
    found = align(index, index.node(UPPER), index.node(LOWER), {"document/1": text})
    assert follow(index, found) == len(found.rows)
    return found


def lines(found: Table, kind: str) -> list[tuple[str, str]]:
    return [(str(row["item"]), str(row["result"])) for row in found.records() if row["kind"] == kind]


def layout(one: Sketch, policy: str, place: str, cluster: str, subsector: str, products: tuple[str, ...] = ()) -> None:
    said = one.stated(f"layout/{len(one.nodes)}", "LayoutStatement", subsector, role="core", open_list=False)
    one.edge("edition", said, policy)
    one.edge("aboutPlace", said, place)
    one.edge("aboutCluster", said, cluster)
    one.edge("aboutSubsector", said, one.node(f"subsector/{subsector}", "Subsector", name=subsector))
    for product in products:
        one.edge("aboutProduct", said, one.node(f"product/{product}", "Product", name=product))


def task(one: Sketch, policy: str, name: str) -> None:
    one.edge("provides", policy, one.stated(f"{policy}/task/{name}", "Task", name, name=name))


@pytest.mark.parametrize(
    ("lower", "result", "note"),
    [
        ((HUIZHOU, 900, "家", "="), "衔接", "地区不同"),
        ((PROVINCE, 500, "家", "="), "衔接", ""),
        ((PROVINCE, 500, "家", ">"), "衔接", "语气不同"),
        ((PROVINCE, 0.05, "万家", "="), "衔接", ""),
        ((PROVINCE, 501, "家", "="), "数值不一致", ""),
    ],
)
def test_a_figure_of_both_is_compared_where_the_place_is_one(
    lower: tuple[str, float, str, str], result: str, note: str
) -> None:
    one = sketch()
    place, value, unit, comparator = lower
    one.figure(UPPER, PROVINCE, "广东省", "服务商数量", 500, "家", 2025)
    subject = "惠州" if place == HUIZHOU else "广东省"
    one.figure(LOWER, place, subject, "服务商数量", value, unit, 2025, comparator=comparator)
    (row,) = compared(one).records()
    assert (row["kind"], row["result"]) == ("指标", result)
    assert note in str(row["note"] or "")
    assert len(row["evidence"]) == 2  # type: ignore[arg-type]


def test_another_year_or_unit_is_another_figure() -> None:
    one = sketch()
    one.figure(UPPER, PROVINCE, "广东省", "服务商数量", 500, "家", 2025)
    one.figure(LOWER, PROVINCE, "广东省", "服务商数量", 500, "家", 2023)
    one.figure(LOWER, PROVINCE, "广东省", "服务商数量", 500, "亿元", 2025)
    assert sorted(r for _, r in lines(compared(one), "指标")) == ["市有省无", "市有省无", "省有市无"]


def test_names_that_share_just_half_of_their_pairs_are_one_also_in_a_plan_for_a_cluster() -> None:
    assert dice("服务商", "服务员") == 0.5
    one = sketch("东莞市智能机器人产业集群行动计划")
    one.figure(UPPER, PROVINCE, "广东省", "服务商", 500, "家", 2025)
    one.figure(LOWER, PROVINCE, "广东省", "服务员", 500, "家", 2025)
    (row,) = compared(one).records()
    assert row["result"] == "衔接"
    assert "写法不同" in str(row["note"])


def test_a_rate_of_growth_is_quoted_with_the_level_that_it_is_of() -> None:
    one = sketch()
    one.figure(LOWER, PROVINCE, "广东省", "软件业务收入", 500, "亿元", 2025)
    one.figure(LOWER, PROVINCE, "广东省", "软件业务收入年均增长", 6, "%", 2025)
    found = {row["item"]: row for row in compared(one).records()}
    assert len(found["广东省 软件业务收入"]["evidence"]) == 1  # type: ignore[arg-type]
    assert len(found["广东省 软件业务收入年均增长"]["evidence"]) == 2  # type: ignore[arg-type]


def test_directions_are_those_of_the_city_and_looked_for_in_the_whole_text() -> None:
    one = sketch()
    layout(one, UPPER, DONGGUAN, ROBOTS, "无人机", ("飞控系统", "动力系统"))
    layout(one, UPPER, DONGGUAN, CARS, "整车")
    layout(one, UPPER, HUIZHOU, ROBOTS, "服务机器人")
    layout(one, LOWER, DONGGUAN, ROBOTS, "工业机器人")
    text = "".join(f"{'甲' * 9}\n" for _ in range(12)) + "\n发展无人机和飞控\n系统。"
    starts = {one.nodes[e.source].id: e.target for e in one.edges if e.type == "evidencedBy"}
    lower = one.nodes[starts[LOWER]].properties["start"]
    assert isinstance(lower, int)
    assert text.find("无人机") > lower  # the words stand in the lower plan's part of the document
    found = compared(one, text)
    assert lines(found, "方向") == [("无人机", "衔接"), ("整车", "省有市无"), ("工业机器人", "市有省无")]
    (drones,) = [row for row in found.records() if row["item"] == "无人机"]
    assert "飞控系统（第 14 行）" in str(drones["lower"])
    assert drones["note"] == "对方文中没有：动力系统"


def test_a_plan_for_one_cluster_is_compared_with_that_cluster_only() -> None:
    one = sketch("东莞市智能机器人产业集群行动计划")
    layout(one, UPPER, DONGGUAN, ROBOTS, "无人机")
    layout(one, UPPER, DONGGUAN, CARS, "整车")
    for cluster, value in ((ROBOTS, 800), (CARS, 900)):
        figure = one.figure(UPPER, PROVINCE, "产业", "营业收入", value, "亿元", 2025)
        one.edge("aboutCluster", figure, cluster)
    found = compared(one)
    assert lines(found, "方向") == [("无人机", "省有市无")]
    assert [row["upper"] for row in found.records() if row["kind"] == "指标"] == ["广东 800亿元（2025年）"]
    assert any("集群：智能机器人" in note for note in found.notes)


def test_tasks_are_paired_by_their_names_each_once() -> None:
    one = sketch()
    for name in ("提升国际化合作水平", "构建产业发展新格局", "建设平台"):
        task(one, UPPER, name)
    for name in ("提升国际化合作水平", "构建产业协同发展新格局", "培育企业"):
        task(one, LOWER, name)
    found = compared(one)
    results = dict(lines(found, "任务"))
    assert results == {
        "提升国际化合作水平": "衔接", "构建产业发展新格局": "衔接", "建设平台": "省有市无", "培育企业": "市有省无",
    }  # fmt: skip
    notes = {row["item"]: row["note"] for row in found.records()}
    assert notes["提升国际化合作水平"] is None
    assert "待核" in str(notes["构建产业发展新格局"])


def test_what_was_read_from_one_plan_only_is_said() -> None:
    one = sketch()
    task(one, LOWER, "培育企业")
    (note,) = [note for note in compared(one).notes if note.startswith("任务")]
    assert note.startswith("任务：《某省规划》没有读出")
    assert "“市有省无”只按名称检索了全文，须核对原文" in note
    task(one, UPPER, "建设平台")
    assert not [note for note in compared(one).notes if note.startswith("任务")]


def test_a_task_that_the_other_text_prints_is_not_said_to_be_missing() -> None:
    one = sketch()
    task(one, UPPER, "建设平台")
    (row,) = compared(one, "甲" * 200 + "建设\n平台").records()
    assert (row["result"], row["note"]) == ("衔接", "对方原文第 1 行提到，未读成任务")


def test_two_levels_of_the_province_have_other_words() -> None:
    one = sketch()
    one.nodes[LOWER] = one.nodes[LOWER].__class__(
        LOWER, "Policy", {**one.nodes[LOWER].properties, "level": "provincial"}
    )
    task(one, UPPER, "建设平台")
    assert lines(compared(one), "任务") == [("建设平台", "上有下无")]


@given(st.text("甲乙丙丁戊", max_size=8), st.text("甲乙丙丁戊", max_size=8))
def test_likeness_is_symmetric_and_one_only_for_the_same_pairs(one: str, other: str) -> None:
    assert dice(one, other) == dice(other, one)
    assert 0 <= dice(one, other) <= 1
    assert dice(one, one) == 1


def test_the_bundled_plans(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    texts = texts_of(bundled_atlas.build.path, index.tables)
    city = policy_of(index, "东莞市发展新一代电子信息战略性支柱产业集群行动计划")
    plan = align(index, policy_of(index, "粤府〔2021〕53号"), city, texts)
    assert follow(index, plan) > 30
    directions = {row["item"]: row for row in plan.records() if row["kind"] == "方向"}
    assert set(directions) == {"新一代通信与网络", "智能终端"}
    assert "智能可穿戴设备（第" in str(directions["智能终端"]["lower"])
    assert "智能冰箱" in str(directions["智能终端"]["note"])
    revenue = next(row for row in plan.records() if row["item"] == "新一代电子信息产业 营业收入")
    assert (revenue["code"], "规上总产值" in str(revenue["note"])) == ("upper_only", True)
    assert {"光大半导体项目", "天域半导体项目"} <= {row["item"] for row in plan.records() if row["kind"] == "项目"}
    # What the document prints but no loader reads as a task is not said to be missing.
    older = align(index, policy_of(index, "粤工信电子〔2020〕138号"), city, texts)
    tasks = {row["item"]: row for row in older.records() if row["kind"] == "任务"}
    assert tasks["提升国际化合作水平"]["code"] == "aligned"
    assert tasks["特色产业园区打造工程"]["code"] == "lower_only"
    two = align(index, policy_of(index, "粤府函〔2020〕82号"), policy_of(index, "粤府〔2021〕53号"), texts)
    assert follow(index, two) == len(two.rows)


def test_a_policy_of_a_compendium_has_its_own_text(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    reader = Reader(index, texts_of(bundled_atlas.build.path, index.tables))
    plan = reader.passage(policy_of(index, "粤府〔2021〕53号"))
    rules = reader.passage(policy_of(index, "粤工信规字〔2021〕5号"))
    assert plan.line("激光与增材制造") is not None
    assert rules.line("激光与增材制造") is None
    line = rules.line("设备购置总额")
    assert line is not None
    assert 366 <= line < 499


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (["粤府〔2021〕53号", "粤府〔2021〕53号"], UsageError, "同一份"),
        (["粤府〔2021〕53号", "粤港澳大湾区发展规划纲要"], UsageError, "正文没有载入"),
        (["粤府〔2021〕53号", "东莞市新一代电子信息行动方案"], NotFound, "东莞市发展新一代电子信息"),
    ],
)
def test_wrong_plans_are_answered(words: list[str], error: type[UsageError], said: str, bundled_graph: Path) -> None:
    done = CliRunner().invoke(command, words, obj=bundled_graph)
    assert isinstance(done.exception, error)
    assert done.exception.exit_code == 2
    assert said in str(done.exception)
