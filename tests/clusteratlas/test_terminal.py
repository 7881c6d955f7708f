"""Tables on terminals of several widths: what cannot be read as a grid stands as records, nothing is lost."""

import unicodedata

import pytest

from clusteratlas.terminal import footnoted, legible, page, size
from queries.index import Basis
from queries.table import EVIDENCE, Table, column
from web.office import Annex

LONG = "《广东省制造业高质量发展“十四五”规划》（粤府〔2021〕53号） 第三章 第二节 专栏11 第1项"
SAID = (Basis("e/1", LONG, "原文", "a.txt", 1),)
OTHER = (Basis("e/2", "《意见》", "原文", "a.txt", 2),)


def made(columns: int, words: str, evidence: tuple[Basis, ...] = ()) -> Table:
    heads = [column(f"c{i}", f"列{i}") for i in range(columns)]
    return Table("表", (*heads, EVIDENCE), [(*[words] * columns, evidence)] * 2, ("注解",), "万元")


def widest(text: str) -> int:
    return max(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in text.splitlines() if line
    )


def test_a_small_table_is_a_grid() -> None:
    said = page(made(3, "电子信息"), 80)
    assert "┃ 序号 ┃ 列0" in said
    assert "单位：万元" in said
    assert "注：注解" in said
    assert said.endswith("共 2 行\n")


def test_long_citations_stand_below_the_grid_once() -> None:
    table = made(4, "电子信息", SAID)
    said = page(table, 80)
    assert "┃ 序号 ┃ 列0" in said
    assert said.count("[1]") == 3, "two rows and the list"
    assert "第1项" in said
    short, cites = footnoted(table)
    assert cites == [f"[1] {LONG}"]
    assert [row[4] for row in short.rows] == ["[1]", "[1]"]
    assert table.rows[0][4] == SAID, "the table itself is as it was"


def test_the_citations_of_a_row_are_told_apart_up_to_three() -> None:
    rows = [(SAID,), ((*SAID, *OTHER),), (tuple(Basis(f"e/{i}", f"引{i}", "", "", 1) for i in range(5)),)]
    short, cites = footnoted(Table("表", (EVIDENCE,), rows))
    assert [row[0] for row in short.rows] == ["[1]", "[1][2]", "[3][4][5]…"]
    assert cites == [f"[1] {LONG}", "[2] 《意见》", "[3] 引0", "[4] 引1", "[5] 引2"]


@pytest.mark.parametrize("width", [80, 110, 160])
def test_a_wide_table_is_a_list_of_records_within_the_width(width: int) -> None:
    table = made(12, "布局该集群而没有被点名的城市", SAID)
    said = page(table, width)
    assert "┃" not in said
    assert widest(said) <= width
    flat = "".join(said.split())
    assert flat.count("列11：布局该集群而没有被点名的城市") == 2
    assert flat.count("".join(LONG.split())) == 2
    assert "1 列0：" in said
    assert "2 列0：" in said


def test_a_record_leaves_empty_values_out_and_keeps_short_ones_together() -> None:
    heads = [column(f"c{i}", f"列{i}") for i in range(14)]
    said = page(Table("表", tuple(heads), [("甲", None, "", *["长" * 40] * 11)]), 80)
    assert "列1" not in said.replace("列10", "").replace("列11", "").replace("列12", "").replace("列13", "")
    assert "1 列0：甲\n" in said


def test_headings_are_english_where_english_is_asked_for() -> None:
    said = page(made(3, "电子信息"), 80, "en")
    for words in ("No.", "Unit: 万元", "Note: 注解", "2 rows in all"):
        assert words in said


def test_a_grid_is_legible_by_its_narrowest_column_and_its_tallest_rows() -> None:
    two = ("甲" * 10, "乙" * 10)
    assert legible(Annex("", ("a", "b"), [two]), 47)
    assert legible(Annex("", ("a", "b"), [two]), 31), "12 each"
    assert not legible(Annex("", ("a", "b"), [two]), 30)
    assert legible(Annex("", ("a",), [("甲" * 18,)]), 16), "three lines"
    assert not legible(Annex("", ("a",), [("甲" * 19,)]), 16)
    assert legible(Annex("", ("a",), []), 16)


def test_full_width_signs_count_twice() -> None:
    assert [size(one) for one in ("ab", "甲乙", "a，", "甲\nabc", "")] == [2, 4, 3, 3, 0]
