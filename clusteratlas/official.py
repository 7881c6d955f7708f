"""Tables as files for people, in the form of an official annex (附件): title, unit line, headings, rows, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in words: what stands on the page, without 序号.

    `groups` are headings over several columns: (heading, number of columns) from the left, "" over a single column.
    """

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    notes: tuple[str, ...] = ()
    unit: str = ""
    groups: tuple[tuple[str, int], ...] = ()


def xlsx(sheet: Sheet, out: Path) -> None:
    """Write a sheet as an Excel workbook; text stays text, so that a label that starts with = is no formula."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "表"
    page.append([sheet.title])
    page["A1"].font = Font(bold=True, size=14)
    page.append(["序号", *sheet.headings])
    for cell in page[2]:
        cell.font = Font(bold=True)
    for number, row in enumerate(sheet.rows, 1):
        page.append([number])
        for column, value in enumerate(row, 2):
            cell = page.cell(row=number + 2, column=column)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, int | float):
                cell.value = value
            else:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value or "")
                cell.data_type = "s"
    for note in sheet.notes:
        page.append([f"注：{note}"])
    page.freeze_panes = "A3"
    book.save(out)


def docx(sheet: Sheet, out: Path) -> None:
    """Write a sheet as a Word document."""
    import docx as word

    document = word.Document()
    document.add_heading(sheet.title, level=1)
    grid = document.add_table(rows=1, cols=len(sheet.headings) + 1)
    grid.style = "Table Grid"
    for cell, heading in zip(grid.rows[0].cells, ("序号", *sheet.headings), strict=True):
        cell.text = heading
    for number, row in enumerate(sheet.rows, 1):
        cells = grid.add_row().cells
        for cell, value in zip(cells, (number, *row), strict=True):
            cell.text = "".join(c for c in str("" if value is None else value) if c >= " " or c in "\n\t")
    for note in sheet.notes:
        document.add_paragraph(f"注：{note}")
    document.save(str(out))
