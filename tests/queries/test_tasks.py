"""The table of duties: who leads, what falls to a city, where the words come from."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from clusteratlas import Atlas
from clusteratlas.plans import tasks as command
from graph.tables import Value
from ontology.errors import Ambiguous, NotFound
from ontology.vocabulary import vocabulary
from queries.index import Index
from queries.plans.tasks import NO_LEAD, tasks
from queries.table import Table
from tests.queries.plans import DONGGUAN, HUIZHOU, Sketch, by, follow

EVERY = "agency/各地级以上市人民政府"
PLAN = "policy/plan"


def sketch() -> Sketch:
    one = Sketch()
    one.policy(PLAN, "某省方案")
    one.node(EVERY, "Agency", name="各地级以上市人民政府", full_name="各地级以上市人民政府")
    one.node("agency/省科技厅", "Agency", name="省科技厅")
    one.node("agency/省商务厅", "Agency", name="省商务厅")
    one.node("agency/441900/市科技局", "Agency", name="市科技局", aliases=("东莞市科技局",))
    return one


def task(
    one: Sketch,
    name: str,
    quote: str,
    led: Iterable[str] = (),
    shared: Iterable[str] = (),
    section: str = "方案",
    **known: Value,
) -> str:
    found = one.stated(f"{PLAN}/task/{name}", "Task", quote, section, name=name, **known)
    one.edge("provides", PLAN, found)
    for relation, agencies in (("ledBy", led), ("sharedBy", shared)):
        for agency in agencies:
            one.edge(relation, found, agency)
    return found


def names(table: Table) -> list[object]:
    return [row["name"] for row in table.records()]


def test_without_a_printed_lead_the_table_says_so() -> None:
    one = sketch()
    task(one, "甲", "甲（省科技厅牵头，省商务厅）", ["agency/省科技厅"], ["agency/省商务厅"])
    task(one, "乙", "乙（省商务厅、科技厅）", (), ["agency/省科技厅", "agency/省商务厅"])
    rows = by(tasks(one.index()), "name")
    assert (rows["甲"]["lead"], rows["甲"]["shared"]) == (["省科技厅"], ["省商务厅"])
    # The order is that of the print, where 科技厅 stands without its 省.
    assert (rows["乙"]["lead"], rows["乙"]["shared"]) == (NO_LEAD, ["省商务厅", "省科技厅"])
    assert (rows["甲"]["progress"], rows["甲"]["problems"]) == (None, None)


def test_a_city_has_what_addresses_every_city_and_what_names_its_own() -> None:
    one = sketch()
    task(one, "甲", "甲 各地级以上市人民政府，以下均含各地级以上市人民政府", (), [EVERY])
    task(one, "乙", "乙（省科技厅）", (), ["agency/省科技厅", EVERY], inherited=("各地级以上市人民政府",))
    task(one, "丙", "丙（省科技厅）", (), ["agency/省科技厅"])
    task(one, "丁", "丁（市科技局）", (), ["agency/441900/市科技局"])
    index = one.index()
    dongguan, huizhou = (tasks(index, city=index.node(city)) for city in (DONGGUAN, HUIZHOU))
    assert names(dongguan) == ["甲", "乙", "丁"]
    assert names(huizhou) == ["甲", "乙"]
    rows = by(dongguan, "name")
    assert rows["甲"]["shared"] == ["东莞市人民政府（原文：各地级以上市人民政府）"]
    assert rows["乙"]["shared"] == ["省科技厅", "东莞市人民政府（原文：各地级以上市人民政府）（通则增列）"]
    # The clause that adds the city stands in another row, which is cited too.
    evidence = rows["乙"]["evidence"]
    assert isinstance(evidence, list)
    assert ["以下均含" in str(one["quote"]) for one in evidence] == [False, True]
    assert follow(index, dongguan) == 3


def test_the_clause_is_the_nearest_one_above() -> None:
    one = sketch()
    for number, quote in enumerate(("甲，以下均含各市", "乙，以下均含各县", "丙", "丁，以下均含各镇")):
        task(one, f"{number}", quote, (), [EVERY], inherited=("各地级以上市人民政府",) if quote == "丙" else ())
    rows = by(tasks(one.index()), "name")
    evidence = rows["2"]["evidence"]
    assert isinstance(evidence, list)
    assert [basis["quote"] for basis in evidence] == ["丙", "乙，以下均含各县"]


def test_an_agency_is_found_by_its_names_and_by_those_of_its_city() -> None:
    one = sketch()
    task(one, "甲", "甲（市科技局）", (), ["agency/441900/市科技局"])
    task(one, "乙", "乙（各地级以上市人民政府）", (), [EVERY])
    index = one.index()
    city = index.node(DONGGUAN)
    assert names(tasks(index, agency="东莞市科技局")) == ["甲"]
    assert names(tasks(index, agency="东莞市人民政府", city=city)) == ["乙"]
    assert names(tasks(index, agency="省商务厅")) == []
    with pytest.raises(NotFound) as caught:
        tasks(index, agency="市科持局")
    assert caught.value.near == ("市科技局",)


def test_the_targets_of_a_tasks_own_section_are_its_measures() -> None:
    one = sketch()
    own, other = "方案 · 重点任务 · （一）平台", "方案 · 重点任务 · （二）企业"
    task(one, "平台", "平台（市科技局）", (), ["agency/441900/市科技局"], section=own)
    for section, quote in ((own, "建成平台 3 个"), (other, "培育企业 9 家")):
        figure = one.stated(f"targets/{section}", "Figure", quote, section, kind="target", indicator="x")
        one.edge("provides", PLAN, figure)
    ((row),) = tasks(one.index()).records()
    assert row["measure"] == "建成平台3个"
    assert len(row["evidence"]) == 2  # type: ignore[arg-type]


def test_the_bundled_tasks(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    everything = tasks(index)
    assert follow(index, everything) > 90
    leads = [row for row in everything.records() if row["lead"] != NO_LEAD]
    assert len(leads) == 14
    city = index.node(DONGGUAN)
    numbered = tasks(index, policy="粤府[2021]45号", city=city)
    assert len(numbered.rows) == 22  # fifteen of the plan, all but the first by its clause, and seven of the measures
    added = [row for row in numbered.records() if "（通则增列）" in str(row["shared"])]
    assert len(added) == 14
    for row in added:
        assert any("均含" in str(one["quote"]) for one in row["evidence"])  # type: ignore[attr-defined]
    first = next(row for row in everything.records() if row["name"] == "推动行业龙头骨干企业集成应用创新")
    assert first["shared"] == [
        "省工业和信息化厅", "省科技厅", "省商务厅", "省国资委", "省通信管理局", "各地级以上市人民政府",
    ]  # fmt: skip
    led = tasks(index, policy="粤工信电子〔2024〕2号", agency="省工业和信息化厅")
    assert sum("省工业和信息化厅" in str(row["lead"]) for row in led.records()) == 7
    assert len(led.rows) == 13


def test_every_city_has_its_duties_and_shenzhen_its_doubt(bundled_atlas: Atlas) -> None:
    index: Index = bundled_atlas.index()
    for place in vocabulary().cities:
        city = index.node(place.id)
        found = tasks(index, city=city)
        assert len(found.rows) >= 29
        others = [one.name for one in vocabulary().cities if one.id != place.id]
        shown = "".join(str(row["shared"]) for row in found.records())
        assert not any(f"{name}市人民政府" in shown for name in others)
        assert any("未列深圳" in note for note in found.notes) == (place.name == "深圳")
    own = tasks(index, city=index.node(DONGGUAN), agency="市投促局")
    assert {row["policy"] for row in own.records()} == {"policy/东莞市发展新一代电子信息战略性支柱产业集群行动计划"}
    assert any("征求意见稿" in note for note in own.notes)


@pytest.mark.parametrize(
    ("words", "error", "said"),
    [
        (["--policy", "粤府〔2021〕54号"], NotFound, "粤府〔2021〕53号"),
        (["--policy", "行动计划"], Ambiguous, "粤工信电子〔2020〕138号"),
        (["--city", "东完"], NotFound, "东莞"),
        (["--city", "长沙"], NotFound, "载入的文件没有提到"),
        (["--agency", "省工业和信息化庁"], NotFound, "省工业和信息化厅"),
    ],
)
def test_wrong_names_are_answered_with_near_ones(
    words: list[str], error: type[NotFound], said: str, bundled_graph: Path
) -> None:
    done = CliRunner().invoke(command, words, obj=bundled_graph)
    assert isinstance(done.exception, error)
    assert done.exception.exit_code == 2
    assert said in str(done.exception)
