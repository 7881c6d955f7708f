"""Targets against what is reached: only where 口径 agrees, with growth checked against what documents state."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from clusteratlas import Atlas
from clusteratlas.plans import BadRows, monitor
from ontology.errors import AtlasError
from ontology.vocabulary import vocabulary
from queries.plans.actuals import actuals, headings
from queries.plans.measures import Measure, growth_of, unit_of, yearly
from queries.plans.monitor import monitor as table_of_targets
from tests.queries.plans import DONGGUAN, HUIZHOU, PROVINCE, Sketch, by, follow

PLAN = "policy/plan"


def sketch() -> Sketch:
    one = Sketch()
    one.policy(PLAN, "某省规划", issued="2021-01-01")
    return one


def value(**cells: str) -> Measure:
    (found,), bad = actuals("现状.csv", [(2, cells)])
    assert bad == []
    return found


def test_growth_is_that_of_the_formula() -> None:
    one = sketch()
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入", 500, "亿元", 2020, kind="actual")
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入", 0.08, "万亿元", 2025)
    ((row),) = table_of_targets(one.index()).records()
    # 500 to 800 over five years is 9.86% a year.
    assert (row["base"], row["target"], row["implied"]) == ("500亿元（2020年）", "0.08万亿元（2025年）", 9.86)
    assert (row["gap"], row["needed"], row["latest_year"]) == ("0.03万亿元", 9.86, 2020)
    # For programs all values are in the one unit that the row names.
    assert [row[name] for name in ("unit", "base_value", "target_value", "latest_value")] == [
        "万亿元",
        0.05,
        0.08,
        0.05,
    ]


def test_a_later_value_moves_the_latest_and_not_the_base() -> None:
    one = sketch()
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 100, "亿元", 2020, kind="actual")
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 200, "亿元", 2025, comparator=">")
    later = value(place="东莞", indicator="软件业务收入", year="2023", value="160亿元")
    (row,) = table_of_targets(one.index(), actuals=[later]).records()
    assert (row["base"], row["latest"], row["gap"]) == ("100亿元（2020年）", "160亿元（2023年）", "40亿元")
    assert (row["implied"], row["needed"]) == (14.87, 11.8)  # (200/100)^(1/5), (200/160)^(1/2)
    assert "现状.csv 第 2 行" in str(row["note"])


def test_the_base_is_what_the_targets_own_document_states() -> None:
    one = sketch()
    other = one.policy("policy/report", "某省年报")
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 100, "亿元", 2020, kind="actual")
    one.figure(other, DONGGUAN, "东莞", "软件业务收入", 150, "亿元", 2022, kind="actual")
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 200, "亿元", 2025)
    (row,) = table_of_targets(one.index()).records()
    assert (row["base_year"], row["latest_year"], row["implied"], row["needed"]) == (2020, 2022, 14.87, 10.06)
    assert len(row["evidence"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reached", "comparator", "gap"),
    [("200", "=", "已达到"), ("200", ">", "0亿元"), ("201", ">", "已达到"), ("199", ">=", "1亿元")],
)
def test_超过_excludes_the_number_itself(reached: str, comparator: str, gap: str) -> None:
    one = sketch()
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 200, "亿元", 2025, comparator=comparator)
    later = value(place="东莞", indicator="软件业务收入", year="2025", value=reached, unit="亿元")
    (row,) = table_of_targets(one.index(), actuals=[later]).records()
    assert row["gap"] == gap
    assert ("目标年已到而未达到" in str(row["note"])) == (gap != "已达到")
    assert row["needed"] is None


@pytest.mark.parametrize(
    "cells",
    [
        {"place": "惠州", "caliber": "规上"},  # another place
        {"place": "东莞"},  # another statistical scope
        {"place": "东莞", "caliber": "规上", "indicator": "工业总产值"},  # another indicator
        {"place": "东莞", "caliber": "规上", "unit": "家"},  # another unit
        {"place": "东莞", "caliber": "规上", "subject": "智能家电"},  # another subject
    ],
)
def test_nothing_is_compared_where_one_part_of_the_caliber_differs(cells: dict[str, str]) -> None:
    one = sketch()
    one.figure(PLAN, DONGGUAN, "东莞", "规上工业增加值", 200, "亿元", 2025, caliber="规上")
    good = {"indicator": "工业增加值", "year": "2023", "value": "150", "unit": "亿元"}
    same = value(**{**good, "place": "东莞", "caliber": "规上"})
    assert table_of_targets(one.index(), actuals=[same]).records()[0]["latest_value"] == 150
    found = table_of_targets(one.index(), actuals=[value(**{**good, **cells})])
    (row,) = found.records()
    assert (row["latest"], row["gap"], row["needed"]) == (None, None, None)
    assert "现状.csv 第 2 行：没有口径一致的目标，未比较" in found.notes


def test_a_floor_is_no_progress() -> None:
    one = sketch()
    floor = one.figure(
        PLAN, PROVINCE, "广东省", "制造业增加值占GDP比重", 30, "%", 2025, comparator=">=", firmness="保持"
    )
    for reached, said in (("29.5", "低于底线"), ("30", "守住")):
        later = value(place="广东", indicator="制造业增加值占GDP比重", year="2023", value=reached, unit="%")
        (row,) = table_of_targets(one.index(), actuals=[later]).records()
        assert row["figure"] == floor
        assert f"底线目标，2023 年{said}" in str(row["note"])
        assert (row["gap"], row["needed"], row["implied"]) == (None, None, None)


def test_a_share_is_compared_in_percentage_points() -> None:
    one = sketch()
    one.figure(PLAN, PROVINCE, "广东省", "研发经费占比", 1.5, "%", 2020, kind="actual")
    one.figure(PLAN, PROVINCE, "广东省", "研发经费占比", 2.5, "%", 2025)
    (row,) = table_of_targets(one.index()).records()
    assert (row["gap"], row["implied"], row["needed"]) == ("1个百分点", None, None)
    assert "年均需提高 0.2 个百分点" in str(row["note"])


def test_a_file_goes_before_a_document_of_the_same_year_and_not_of_a_later_one() -> None:
    one = sketch()
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入", 100, "亿元", 2020, kind="actual")
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入", 200, "亿元", 2025)
    for year, latest in (("2020", "110亿元（2020年）"), ("2019", "100亿元（2020年）")):
        given_ = value(place="广东", subject="机器人产业", indicator="营业收入", year=year, value="110", unit="亿元")
        (row,) = table_of_targets(one.index(), actuals=[given_]).records()
        assert row["latest"] == latest


def test_the_level_behind_a_rate_is_not_given_in_percent() -> None:
    one = sketch()
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入", 1.5, "万亿元", 2019, kind="actual")
    one.figure(PLAN, PROVINCE, "机器人产业", "营业收入年均增速", 10, "%", 2025)
    (row,) = table_of_targets(one.index()).records()
    assert (row["base"], row["base_year"], row["unit"]) == ("1.5万亿元（2019年）", 2019, "%")
    assert (row["base_value"], row["latest_value"]) == (None, None)


def test_stated_growth_that_differs_from_the_implied_is_said() -> None:
    for stated, differs in ((10.0, False), (12.0, True)):
        one = sketch()
        one.figure(PLAN, DONGGUAN, "机器人产业", "营业收入", 100, "亿元", 2020, kind="actual")
        one.figure(PLAN, DONGGUAN, "机器人产业", "营业收入", 161.051, "亿元", 2025)
        one.figure(PLAN, DONGGUAN, "机器人产业", "营业收入年均增长", stated, "%", 2025)
        (row,) = table_of_targets(one.index()).records()  # the rate is a column, not a row
        assert (row["stated"], row["implied"]) == (stated, 10.0)
        assert ("不一致" in str(row["note"])) == differs


def test_two_values_of_one_year_are_not_used() -> None:
    one = sketch()
    for reached in (100, 120):
        one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", reached, "亿元", 2020, kind="actual")
    one.figure(PLAN, DONGGUAN, "东莞", "软件业务收入", 200, "亿元", 2025)
    (row,) = table_of_targets(one.index()).records()
    assert (row["base"], row["latest"], row["needed"]) == (None, None, None)
    assert str(row["note"]).count("同一口径有不同数值") == 1


def test_a_sum_over_years_has_no_rate() -> None:
    one = sketch()
    one.figure(PLAN, DONGGUAN, "东莞", "单项冠军企业", 1, "家", 2020, kind="actual")
    one.figure(PLAN, DONGGUAN, "东莞", "单项冠军企业", 4, "家", 2025, printed="2022-2025")
    (row,) = table_of_targets(one.index()).records()
    assert (row["target"], row["implied"], row["gap"]) == ("4家（2022-2025年）", None, None)
    assert "累计数" in str(row["note"])


def test_the_bundled_targets(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    found = table_of_targets(index)
    assert follow(index, found) > 60
    (work,) = [row for row in found.records() if "全员劳动生产率" in str(row["indicator"])]
    assert (work["base"], work["target"], work["implied"]) == ("23.9万元/人（2020年）", "30万元/人（2025年）", 4.65)
    # The plan itself says 5.7% for 18.9 → 23.9 in five years, which is 4.8%.
    assert "2015—2020 年文件写明年均 5.7%，按两端数值为 4.8%，不一致" in str(work["note"])
    (software,) = [row for row in found.records() if row["indicator"] == "软件业务收入" and row["place"] == "广东"]
    assert (software["base_value"], software["target_value"], software["implied"]) == (1.36, 2.0, 8.02)
    rows = by(table_of_targets(index, city=DONGGUAN, cluster=vocabulary().cluster("新一代电子信息").id), "figure")
    added = next(row for row in rows.values() if row["indicator"] == "规上工业增加值")
    assert (added["stated"], added["base"]) == (7.0, None)
    assert "口径待核：电子信息制造业 规上工业增加值 1592亿元（2021年）" in str(added["note"])
    assert {row["place"] for row in rows.values()} == {"东莞"}


def test_every_city_and_cluster_has_an_answer(bundled_atlas: Atlas) -> None:
    index = bundled_atlas.index()
    targets = {
        cluster.name: len(table_of_targets(index, cluster=cluster.id).rows) for cluster in vocabulary().clusters_of()
    }
    assert [name for name, count in targets.items() if not count] == ["区块链与量子信息"]
    for city in vocabulary().cities:
        found = table_of_targets(index, city=city.id)
        assert bool(found.rows) != any(note.startswith("无数据") for note in found.notes)
    assert not table_of_targets(index, city=HUIZHOU).rows


def test_a_file_of_values_is_read_and_its_bad_rows_are_named(bundled_graph: Path, tmp_path: Path) -> None:
    rows = [
        ["地区", "对象", "指标", "口径", "年份", "数值", "单位"],
        ["东莞", "新一代电子信息", "规上总产值", "规上", "2023", "10500", "亿元"],
        ["东管", "", "规上总产值", "规上", "2023", "1", "亿元"],
        ["东莞", "", "软件业务收入", "", "23", "1", "亿元"],
        ["东莞", "", "软件业务收入", "", "2023", "约一百", "亿元"],
        ["东莞", "", "软件业务收入", "", "2023", "100", ""],
    ]
    text = tmp_path / "值.csv"
    text.write_bytes("\n".join(map(",".join, rows)).encode("gb18030"))
    book = Workbook()
    for row in [["现状值表"], *rows]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "值.xlsx")
    for path, first in ((text, 2), (tmp_path / "值.xlsx", 3)):
        done = CliRunner().invoke(
            monitor, ["--city", "东莞", "--actuals", str(path), "--format", "csv"], obj=bundled_graph
        )
        assert isinstance(done.exception, BadRows)
        assert done.exception.exit_code == 1
        assert [bad.line for bad in done.exception.rows] == [first + n for n in (1, 2, 3, 4)]
        for words in (str(path), "“东管”的地方；相近的有：东莞", "年份“23”", "“约一百”不是数字", "没有单位"):
            assert words in str(done.exception)
        assert "1.05万亿元" in done.output or "10500亿元（2023年）" in done.output
        assert "0.15万亿元" in done.output  # what is left to 1.2万亿元


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("指标,年份,数额\n甲,2023,1\n", "数值"),
        ("指标,年份\n甲,2023\n", "数值"),
        ("", "空"),
        ("指标,年份,数值\n", "只有列名"),
    ],
)
def test_a_wrong_table_is_refused(content: str, words: str, bundled_graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "值.csv"
    path.write_text(content, encoding="utf-8")
    done = CliRunner().invoke(monitor, ["--actuals", str(path)], obj=bundled_graph)
    assert isinstance(done.exception, AtlasError)
    assert done.exception.exit_code == 2
    assert words in str(done.exception)
    assert str(path) in str(done.exception)


def test_headings_in_both_languages() -> None:
    assert headings(["城市", "indicator", "年份", "value"]) == {
        "城市": "place", "indicator": "indicator", "年份": "year", "value": "value",
    }  # fmt: skip


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(1, 30))
def test_the_rate_leads_from_the_old_value_to_the_new(old: float, new: float, years: int) -> None:
    assert old * (1 + yearly(old, new, years) / 100) ** years == pytest.approx(new)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("万亿元", (1e12, "元")), ("亿台", (1e8, "个")), ("家", (1, "个")), ("座", (1, "个")), ("%", (1, "%")),
     ("万元/人", (1e4, "元/人")), ("个百分点", (1, "个百分点"))],
)  # fmt: skip
def test_units(unit: str, expected: tuple[float, str]) -> None:
    assert unit_of(unit) == expected


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("营业收入年均增速", ("average", "营业收入")), ("产值同比下降", ("yearly", "产值")), ("研发投入增长", ("", "研发投入增长")),
     ("规上工业增加值年均增长", ("average", "规上工业增加值"))],
)  # fmt: skip
def test_rates_of_growth(indicator: str, expected: tuple[str, str]) -> None:
    assert growth_of(indicator) == expected
