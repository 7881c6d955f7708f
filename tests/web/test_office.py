"""Office files: their words in the language asked for, and how their cells are set."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from queries.index import Basis
from queries.table import EVIDENCE, Table, column
from web.office import annex, xlsx
from web.office import docx as word

TABLE = Table(
    "表题",
    (column("a", "甲", "A"), column("b", "乙", "B"), EVIDENCE),
    [(("x", "y"), True, tuple(Basis(f"e{n}", f"cite {n}", "", "", 1) for n in range(4)))],
    ("first", "second"),
    "yuan",
    "Title",
)


def test_office_files_speak_english(tmp_path: Path) -> None:
    sheet, path, out = annex(TABLE, "en"), tmp_path / "t.docx", io.BytesIO()
    xlsx(sheet, out)
    word(sheet, path)
    page = openpyxl.load_workbook(out).active
    assert page is not None
    written = docx.Document(str(path))
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    paragraphs = [one.text for one in written.paragraphs]
    assert paragraphs == ["Title", "Unit: yuan", "Notes: 1. first", "2. second"]
    assert [[cell.text for cell in row.cells] for row in written.tables[0].rows] == [
        ["No.", "A", "B", "Evidence"],
        ["1", "x, y", "yes", "cite 0; cite 1; cite 2; 4 places in all"],
    ]
    assert set(paragraphs) <= set(cells)
    assert not [one for one in (page.title, *cells) if any("\u4e00" <= sign <= "\u9fff" for sign in one)]


@pytest.mark.parametrize(("text", "middle"), [("四字刚好", True), ("四字刚好多", False), ("★★★", True)])
def test_single_words_stand_in_the_middle(text: str, middle: bool) -> None:
    out = io.BytesIO()
    xlsx(annex(Table("表题", (column("a", "甲"),), [(text,)])), out)
    page = openpyxl.load_workbook(out).active
    assert page is not None
    assert (page["B3"].value, page["B3"].alignment.horizontal == "center") == (text, middle)
