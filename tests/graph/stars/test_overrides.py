"""Overrides win and are shown; what is wrong with them, or with the tables, is named with its line."""

from dataclasses import replace
from math import log
from pathlib import Path

import pytest

from graph.stars.editions import editions
from graph.stars.layout import Layout
from graph.stars.overrides import read_overrides
from graph.stars.reconcile import reconcile
from graph.stars.reliability import Reliability, ReliabilityError, reliability
from graph.stars.table import sign, why
from ontology.errors import OverrideError
from ontology.facts import LayoutFact
from tests.graph.stars import samples
from tests.graph.stars.measure import TRUST, trust
from tests.graph.stars.samples import page, read, solved

HEADER = "edition,cluster,city,level,source,date,name\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "stars.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def test_an_override_wins_and_keeps_the_inferred_value(tmp_path: Path) -> None:
    lines = "p,数字创意,深圳,1,省厅复函,2022-01-05,张三\npolicy/p,新能源,广州,0,省厅复函,2022-01-05,张三\n"
    found, problems = read_overrides(written(tmp_path, lines + "other,新能源,广州,2,x,2022,李四\n"))
    assert problems == ()
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    given, taken = layout.cell("数字创意", "深圳"), layout.cell("新能源", "广州")
    assert given is not None
    assert taken is not None
    assert (given.present, given.level, given.confidence) == (True, 1, 1.0)
    assert given.inferred == (False, None)
    assert given.override is not None
    assert given.override.line == 2
    assert (taken.present, taken.level, taken.inferred) == (False, None, (True, 3))
    assert (sign(given), sign(taken)) == ("★#", "0#")
    (corrected,) = (reason for reason in why(given) if reason.side == "override")
    assert corrected.words == "省厅复函（张三，2022-01-05）；不修正则为未标星"
    assert (corrected.file, corrected.line) == ("stars.csv", 2)
    assert sum(cell.override is not None for cell in layout.cells) == 2


def test_an_override_that_contradicts_the_totals_is_reported(tmp_path: Path) -> None:
    found, _ = read_overrides(written(tmp_path, "p,数字创意,深圳,1,复函,2022,张三\n"))
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    entries = [c for c in layout.ledger if c.kind == "override"]
    assert any("人工修正（数字创意·深圳）后数字创意为 4，行合计印 3" in c.message for c in entries)
    assert any("后深圳为 4，地图印 3" in c.message for c in entries)
    two, _ = read_overrides(written(tmp_path, "p,数字创意,深圳,1,复函,2022,张三\np,数字创意,珠海,0,复函,2022,张三\n"))
    both = reconcile(read(page()), trust(), two, edition="policy/p").ledger
    # One city for another leaves the cluster's total as it is.
    assert {c.city for c in both if c.kind == "override"} == {"深圳", "珠海"}
    same, _ = read_overrides(written(tmp_path, "p,数字创意,广州,3,复函,2022,张三\n"))
    assert not [c for c in reconcile(read(page()), trust(), same, edition="policy/p").ledger if c.kind == "override"]


def test_an_override_is_counted_in_its_own_table_only(tmp_path: Path) -> None:
    """Two tables name the same cities; a city's counts belong to one of them."""
    text = page()
    other = text
    for name, pillar in zip(samples.CLUSTERS, ("绿色石化", "智能家电", "汽车", "先进材料"), strict=True):
        other = other.replace(name, pillar)
    found, _ = read_overrides(written(tmp_path, "p,数字创意,深圳,1,复函,2022,张三\n"))
    layout = reconcile(read(f"{other}\n{text}"), trust(), found, edition="policy/p")
    assert len(set(layout.tables.values())) == 2
    lines = [c.line for c in layout.ledger if c.kind == "override"]
    assert len(lines) == 3  # the row total, the map's count, the bottom row's figure
    assert min(lines) > other.count("\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("p,新能源,广州,4,x,2022,张三", "level 应为 3、2、1、0 或空，实为“4”"),
        ("p,新能源,广州,3,,2022,张三", "source 和 name 不能为空"),
        ("p,新能源,广州,3", "应有 7 栏，实有 4 栏"),
        ("p,新能源,广州,3,x,2026-13-40,张三", "date 应为日期（如 2026-11-20、2026-11 或 2026），实为“2026-13-40”"),
        ("p,新能源,广州,3,x,2025-02-29,张三", "date 应为日期"),
        ("p,新能源,广州,3,x,2026-1-5,张三", "date 应为日期"),
        ("p,新能源,广州,3,x,去年,张三", "date 应为日期"),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_is_used(tmp_path: Path, line: str, words: str) -> None:
    found, problems = read_overrides(written(tmp_path, f"{line}\np,新能源,珠海,2,x,2022,张三\n"))
    assert [one.city for one in found] == ["珠海"]
    assert [(one.file, one.line) for one in problems] == [("stars.csv", 2)]
    assert words in str(problems[0])


def test_contradictory_overrides_are_both_left_out(tmp_path: Path) -> None:
    lines = "p,新能源,珠海,2,x,2022,张三\np,新能源,东莞,1,x,2022,张三\np,新能源,珠海,3,y,2022,李四\n"
    found, problems = read_overrides(written(tmp_path, lines))
    assert problems == ()
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    assert [cell.city for cell in layout.cells if cell.override is not None] == ["东莞"]
    assert [one.line for one in layout.problems] == [2, 4]
    assert all("“新能源·珠海”有互相矛盾的核对（第 2、4 行）" in str(one) for one in layout.problems)


def test_the_same_override_twice_is_no_contradiction(tmp_path: Path) -> None:
    found, _ = read_overrides(written(tmp_path, "p,新能源,珠海,2,x,2022,张三\n\np,新能源,珠海,2,y,2022,李四\n"))
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    assert layout.problems == ()
    assert [one.line for one in found] == [2, 4]
    cell = layout.cell("新能源", "珠海")
    assert cell is not None
    assert cell.level == 2


def test_overrides_that_name_one_edition_in_two_ways_still_contradict_each_other(tmp_path: Path) -> None:
    lines = "p,新能源,珠海,2,x,2022,张三\npolicy/p,新能源,珠海,0,y,2022,李四\np,新能源,东莞,1,x,2022,张三\n"
    found, problems = read_overrides(written(tmp_path, lines))
    assert problems == ()
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    assert [(one.file, one.line) for one in layout.problems] == [("stars.csv", 2), ("stars.csv", 3)]
    assert "“新能源·珠海”有互相矛盾的核对（第 2、3 行）" in str(layout.problems[0])
    assert [cell.city for cell in layout.cells if cell.override is not None] == ["东莞"]


TITLE = "某省制造业高质量发展“十四五”规划"
NUMBER = "policy/某府-2021-53"
OLDER = "policy/某府函-2020-82"


def edition_with(folder: Path, *lines: str) -> Layout:
    """The newest of two editions, with overrides: an opinion that names cities by role, and a plan with a star table."""
    found, problems = read_overrides(written(folder, "".join(f"{line}\n" for line in lines)))
    assert problems == ()
    plan = read(page())
    opinion = [
        LayoutFact(
            cluster=one, city="广州", subsector=None, region=None, role="core", products=(), open_list=True,
            evidence=replace(plan[0].evidence, file="older.txt"),
        )
        for one in samples.CLUSTERS
    ]  # fmt: skip
    layouts = editions(
        [*plan, *opinion],
        lambda evidence: OLDER if evidence.file == "older.txt" else NUMBER,
        {NUMBER: "2021-08-09", OLDER: "2020-05-20"},
        trust(),
        found,
        {NUMBER: TITLE, OLDER: "某省培育集群的意见"},
    )
    assert [one.edition for one in layouts] == [OLDER, NUMBER]
    return layouts[-1]


@pytest.mark.parametrize("name", ["2021", "某府〔2021〕53号", "某府-2021-53", NUMBER, TITLE, "十四五"])
def test_an_override_names_its_edition_as_the_commands_do(tmp_path: Path, name: str) -> None:
    layout = edition_with(tmp_path, f"{name},数字创意,深圳,1,复函,2022-01-05,张三")
    assert layout.problems == ()
    cell = layout.cell("数字创意", "深圳")
    assert cell is not None
    assert (cell.present, cell.level, cell.override is not None) == (True, 1, True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2019", "“2019”不是布局版本，请写：某府-2021-53"),
        ("某", "“某”可以指多个布局版本，请写："),
        ("", "“”不是布局版本"),
    ],
)
def test_an_override_of_no_edition_or_of_several_is_named_with_its_line(tmp_path: Path, name: str, words: str) -> None:
    line = "数字创意,深圳,1,复函,2022-01-05,张三"
    layout = edition_with(tmp_path, f"2020,新能源,广州,0,x,2022,张三\n{name},{line}", f"2021,{line}")
    (problem,) = layout.problems
    assert (problem.file, problem.line) == ("stars.csv", 3)
    assert words in problem.message
    assert TITLE in problem.message
    assert [cell.city for cell in layout.cells if cell.override is not None] == ["深圳"]


def test_overrides_of_one_edition_by_year_and_by_number_contradict_each_other(tmp_path: Path) -> None:
    lines = "数字创意,深圳,1,复函,2022,张三", "数字创意,深圳,0,复函,2022,李四"
    layout = edition_with(tmp_path, f"2021,{lines[0]}", f"某府〔2021〕53号,{lines[1]}")
    assert [one.line for one in layout.problems] == [2, 3]
    assert not [cell for cell in layout.cells if cell.override is not None]


def test_an_override_without_a_level_is_present_at_an_unknown_one(tmp_path: Path) -> None:
    found, _ = read_overrides(written(tmp_path, "p,数字创意,深圳,,x,2022,张三\n"))
    cell = reconcile(read(page()), trust(), found, edition="policy/p").cell("数字创意", "深圳")
    assert cell is not None
    assert (cell.present, cell.level, cell.level_confidence, sign(cell)) == (True, None, None, "●#")


def test_an_override_of_an_unknown_city_names_near_ones(tmp_path: Path) -> None:
    lines = "p,新能源,佛山市,2,x,2022,张三\np,新能,佛山,2,x,2022,张三\np,新能源,珠海,2,x,2022,张三\n"
    found, _ = read_overrides(written(tmp_path, lines))
    layout = reconcile(read(page()), trust(), found, edition="policy/p")
    messages = [str(one) for one in layout.problems]
    assert messages == [
        "stars.csv 第 2 行：policy/p 没有名为“佛山市”的城市；相近的有：佛山",
        "stars.csv 第 3 行：policy/p 没有名为“新能”的集群；相近的有：新能源",
    ]
    cell = layout.cell("新能源", "珠海")
    assert cell is not None
    assert cell.level == 2


def test_a_file_that_is_no_table_of_overrides(tmp_path: Path) -> None:
    path = tmp_path / "stars.csv"
    assert read_overrides(path) == ((), ())
    path.write_text("city,level\n", encoding="utf-8")
    with pytest.raises(OverrideError, match="第 1 行：表头应为 edition,cluster"):
        read_overrides(path)
    path.write_text(HEADER + 'p,新能源,珠海,2,"复函，2022,张三\n', encoding="utf-8")
    with pytest.raises(OverrideError, match="第 2 行：不是可用的 CSV"):
        read_overrides(path)
    assert read_overrides(samples.DATA / "overrides" / "stars.csv") == ((), ())


# Tables that are not as they should be


def test_rows_of_unequal_length() -> None:
    text = page(rows={"数字创意": (2, 0, 1, 0, 3)})
    layout = solved(text)
    line = next(i for i, one in enumerate(text.split("\n"), 1) if one.startswith("数字创意\t"))
    assert [one.line for one in layout.problems] == [line]
    assert "“数字创意”一行有 5 格，表头有 6 列" in str(layout.problems[0])
    assert [c.city for c in layout.cells if c.cluster == "数字创意" and c.present] == ["广州", "珠海", "东莞"]
    assert len(layout.cells) == 24


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((2, 0, 1, 0, 3, 0, 1), "“数字创意”一行有 7 格，表头有 6 列，多出的格未采用"),
        ((2, 0, 1, 0, 3, 0, 0), "“数字创意”一行有 7 格，表头有 6 列，多出的格未采用"),
        ((2, 0, 1), "“数字创意”一行有 3 格，表头有 6 列"),
    ],
)
def test_a_row_that_is_too_long_or_too_short_is_named_with_its_line(row: tuple[int, ...], words: str) -> None:
    text = page(rows={"数字创意": row}, totals={"数字创意": 3})
    line = next(i for i, one in enumerate(text.split("\n"), 1) if one.startswith("数字创意\t"))
    (one,) = solved(text).problems
    assert (one.file, one.line) == ("page.txt", line)
    assert words in one.message


def test_a_short_row_is_named_although_the_last_city_of_the_header_is_unknown() -> None:
    rows = {name: (*row[:5], 1) for name, row in samples.TRUTH.items()}
    text = page(rows={**rows, "数字创意": (2, 0, 1, 0, 3)}, cities=(*samples.CITIES[:5], "某城"))
    first, second = (
        next(i for i, one in enumerate(text.split("\n"), 1) if one.startswith(head))
        for head in ("\t广州", "数字创意\t")
    )
    layout = solved(text)
    assert [(one.line, one.message.split("，")[0]) for one in layout.problems] == [
        (first, "表头第 6 列不是已知的城市"),
        (second, "“数字创意”一行有 5 格"),
    ]
    assert len(layout.cells) == 24


def test_blanks_behind_a_row_without_a_total_are_no_cells() -> None:
    text = page().replace("★★★\t★★\t\t★\t\t★\t4\t", "★★★\t★★\t\t★\t\t★\t\t")
    assert text != page()
    assert solved(text).problems == ()


def test_an_unknown_city_in_the_header() -> None:
    text = page(cities=("广州", "深圳", "某城", "佛山", "东莞", "惠州"))
    layout = solved(text)
    line = next(i for i, one in enumerate(text.split("\n"), 1) if "某城" in one)
    assert [(one.line, "第 3 列不是已知的城市" in one.message) for one in layout.problems] == [(line, True)]
    # The city is still known from the map, and the other columns are not moved.
    assert [c.city for c in layout.cells if c.cluster == "智能机器人" and c.present] == ["深圳", "佛山", "珠海"]
    cell = layout.cell("新能源", "佛山")
    assert cell is not None
    assert cell.level == 1


def test_an_unknown_city_at_the_end_of_the_header() -> None:
    layout = solved(page(cities=("广州", "深圳", "珠海", "佛山", "东莞", "某城")))
    assert ["第 6 列不是已知的城市" in one.message for one in layout.problems] == [True]


def test_a_star_scale_that_is_not_defined() -> None:
    layout = solved(page(rows={"新能源": (5, 2, 0, 1, 0, 1)}))
    assert len(layout.problems) == 1
    assert "星级“★★★★★”没有定义" in str(layout.problems[0])
    cell, other = layout.cell("新能源", "广州"), layout.cell("新能源", "深圳")
    assert cell is not None
    assert other is not None
    assert (cell.present, cell.level, other.level) == (True, None, 2)


def test_no_facts_give_an_empty_layout() -> None:
    assert reconcile((), trust()).cells == ()


# The reliabilities


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kept = 0.96", "kept = 1.2", "map_list_kept 应为 0 与 1 之间的数，实为 1.2"),
        ("kept = 0.96", "held = 0.96", "缺少 map_list_kept"),
        ("added = 0.04", "added = true", "map_list_added 应为"),
        ("[map_list]", "[map_list", "不是可读的 TOML"),
    ],
)
def test_a_wrong_reliability_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "reliability.toml"
    text = TRUST.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReliabilityError, match=words):
        reliability(path)
    with pytest.raises(ReliabilityError, match="找不到"):
        reliability(tmp_path / "none.toml")


def test_scaling_a_witness_scales_its_costs_only() -> None:
    one = trust()
    half = one.scaled("map_list", 0.5)
    odds = {name: log(p / (1 - p)) for name, p in (("one", one.map_list_kept), ("half", half.map_list_kept))}
    assert odds["half"] == pytest.approx(odds["one"] / 2)
    assert half.map_list_added > one.map_list_added
    assert half.box_kept == one.box_kept
    assert one.scaled("box", 2).box_weight == one.box_weight
    assert isinstance(one.scaled("cell", 2), Reliability)
