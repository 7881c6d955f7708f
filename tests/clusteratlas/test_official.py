"""Tables as office files: what is written is read back by the libraries that people's programs rest on."""

import json
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from clusteratlas.output import write, write_objects
from ontology.errors import UsageError
from queries.index import Basis
from queries.table import EVIDENCE, Table, column

SAID = Basis("evidence/a/1-3", "《规划》（甲〔2021〕1号） 第一章", "原文", "a.txt", 3)
TABLE = Table(
    "测算表",
    (
        column("city", "城市", kind="id"),
        column("a", "甲"),
        column("b", "乙", kind="number"),
        EVIDENCE,
    ),
    [("city/1", "=1+1", 2.5, (SAID, SAID)), ("city/2", None, 3, ())],
    ("第一条", "第二条"),
    "万元",
)
GROUPED = Table(
    "布局",
    (column("k", "集群"), column("x", "广州"), column("y", "深圳"), column("n", "合计", kind="integer")),
    [("汽车", "★★★", "", 1)],
    ("未标星不等于没有",),
    groups=(("", 1), ("珠三角", 2), ("", 1)),
)


def test_a_workbook_has_title_unit_headings_rows_and_notes(tmp_path: Path) -> None:
    write(TABLE, "xlsx", tmp_path / "t.xlsx")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert page is not None
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows()]
    assert rows[0][0] == "测算表"
    assert rows[1][0] == "单位：万元"
    assert rows[2] == ("序号", "甲", "乙", "依据")
    assert rows[3] == (1, "=1+1", 2.5, SAID.cite)
    assert page["B4"].data_type == "s"
    assert rows[4][0] == 2
    assert [row[0] for row in rows[5:]] == ["注：1. 第一条", "2. 第二条"]


def test_a_document_has_title_unit_headings_rows_and_notes(tmp_path: Path) -> None:
    write(TABLE, "docx", tmp_path / "t.docx")
    read = docx.Document(str(tmp_path / "t.docx"))
    assert [p.text for p in read.paragraphs] == ["测算表", "单位：万元", "注：1. 第一条", "2. 第二条"]
    (grid,) = read.tables
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["序号", "甲", "乙", "依据"],
        ["1", "=1+1", "2.5", SAID.cite],
        ["2", "", "3", ""],
    ]


def test_headings_over_several_columns_stand_over_their_columns(tmp_path: Path) -> None:
    for form in ("xlsx", "docx"):
        write(GROUPED, form, tmp_path / f"t.{form}")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert page is not None
    assert {str(one) for one in page.merged_cells.ranges} >= {"A2:A3", "B2:B3", "C2:D2", "E2:E3"}
    assert (page["C2"].value, page["C3"].value, page["D3"].value) == ("珠三角", "广州", "深圳")
    (grid,) = docx.Document(str(tmp_path / "t.docx")).tables
    heads = [[cell.text for cell in row.cells] for row in grid.rows[:2]]
    assert heads == [["序号", "集群", "珠三角", "珠三角", "合计"], ["序号", "集群", "广州", "深圳", "合计"]]


def test_more_than_three_citations_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = tuple(Basis(f"e{i}", f"引{i}", "", "", 1) for i in range(5))
    write(Table("t", (EVIDENCE,), [(many,)]), "csv")
    assert "引0；引1；引2；等 5 处" in capsys.readouterr().out


def test_an_office_file_without_a_name_is_refused() -> None:
    with pytest.raises(UsageError, match="xlsx"):
        write(TABLE, "xlsx")


def test_objects_are_a_list_with_one_on_each_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, object]] = [{"名": "甲\n乙", "n": 1}, {"名": None, "n": 2}]
    for count, lines in ((0, 1), (1, 3), (2, 4)):
        write_objects(rows[:count], "json")
        said = capsys.readouterr().out
        assert json.loads(said) == rows[:count]
        assert len(said.splitlines()) == lines
        write_objects(rows[:count], "jsonl", tmp_path / "t.jsonl")
        said = (tmp_path / "t.jsonl").read_text(encoding="utf-8")
        assert [json.loads(line) for line in said.splitlines()] == rows[:count]


def test_objects_are_printed_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    """A batch of ten thousand profiles is a gigabyte of JSON: it is never held as a whole."""
    seen = []

    def rows() -> Iterator[dict[str, object]]:
        for number in range(3):
            seen.append(capsys.readouterr().out)
            yield {"n": number}

    write_objects(rows(), "json")
    assert ['"n": 0' in one or '"n": 1' in one for one in seen] == [False, True, True]
