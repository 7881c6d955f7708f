"""Tables as files for people, in the form of an official annex (附件): title, unit line, headings, rows, notes."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from queries.index import Basis
from queries.library import Column
from queries.table import Table, plain
from web.picture import visible
from web.speech import Speech

if TYPE_CHECKING:
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph
    from openpyxl.cell.cell import Cell, MergedCell

Value = str | int | float | None

TITLE_FONT, TEXT_FONT = "黑体", "宋体"
WIDEST = 48
"""A column is at most so many half-width characters wide; longer text is wrapped."""
NARROW = 12
"""From so many columns on, the letters are small, as in the annexes that print a province's cities side by side."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What every table says in a language: the heading of the rows' numbers, the unit line, one note and several, how
    many rows there are, what stands after a heading, lists, the name of a sheet."""

    number: str
    unit: str
    note: str
    notes: str
    count: str
    colon: str
    between: str
    cites: str
    more: str
    sheet: str


WORDING: Final = {
    "zh": Wording("序号", "单位：{}", "注：{}", "注：{}", "共 {} 行", "：", "、", "；", "；等 {} 处", "表"),
    "en": Wording(
        "No.",
        "Unit: {}",
        "Note: {}",
        "Notes: {}",
        "{} rows in all",
        ": ",
        ", ",
        "; ",
        "; {} places in all",
        "Table",
    ),
}


@dataclass(frozen=True, slots=True)
class Annex:
    """A table in words: what stands on the page, without 序号.

    `groups` are headings over several columns: (heading, number of columns) from the left, "" over a single column;
    `sums` how many of the last rows sum up the others; `lang` of everything that is not a document's.
    """

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    notes: tuple[str, ...] = ()
    unit: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    sums: int = 0
    lang: str = "zh"

    @property
    def wording(self) -> Wording:
        return WORDING[self.lang]

    def numbered(self) -> Iterator[tuple[int | None, Sequence[Value]]]:
        """The rows with their 序号, which a row of sums does not have."""
        body = len(self.rows) - self.sums
        return ((number if number <= body else None, row) for number, row in enumerate(self.rows, 1))


def annex(table: Table, lang: str = "zh", *, ids: bool = False) -> Annex:
    """A table in words: codes in the words of their lists, evidence as its citations.

    Args:
        table: the table.
        lang: of title, headings and codes, zh or en.
        ids: whether ids stay where names stand beside them; a table of nothing but ids keeps them.
    """
    shown = [i for i, one in enumerate(table.columns) if ids or one.type != "id"]
    shown = shown if shown and not table.groups else list(range(len(table.columns)))
    english = lang == "en"
    return Annex(
        (table.title_en or table.title) if english else table.title,
        tuple((table.columns[i].title_en if english else table.columns[i].title) for i in shown),
        [[said(table.columns[i], row[i], lang) for i in shown] for row in table.rows],
        table.notes,
        table.unit,
        table.groups,
        table.sums,
        lang,
    )


def said(column: Column, value: object, lang: str = "zh") -> Value:
    """A value of a column as people read it; figures stay figures."""
    if isinstance(value, bool):
        return words(value, lang)
    if isinstance(value, dict):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, list | tuple):
        return words([column.shown(one, lang) for one in value], lang)
    shown = column.shown(value, lang)
    return shown if isinstance(shown, int | float) else words(shown, lang)


def words(value: object, lang: str = "zh") -> str:
    """A value as people read it: nothing for null, 是 and 否, lists joined, evidence as its citations."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        if value and all(isinstance(one, Basis) for one in value):
            return _cites([one.cite for one in value], WORDING[lang])
        return WORDING[lang].between.join(words(one, lang) for one in value)
    return Speech("en" if lang == "en" else "zh").value(value)


def _cites(cites: Sequence[str], wording: Wording) -> str:
    """Different citations, the first three in full."""
    different = list(dict.fromkeys(cites))
    more = wording.more.format(len(different)) if len(different) > 3 else ""
    return wording.cites.join(different[:3]) + more


def _heads(sheet: Annex) -> Iterator[tuple[int, int, int, int, str]]:
    """The cells of the heading rows: row, column, last row, last column (from 0), text."""
    last = 1 if sheet.groups else 0
    yield 0, 0, last, 0, sheet.wording.number
    column = 1
    for group, width in sheet.groups or (("", 1),) * len(sheet.headings):
        if group:
            yield 0, column, 0, column + width - 1, group
        for place in range(column, column + width):
            yield (last if group else 0), place, last, place, sheet.headings[place - 1]
        column += width


def _widths(sheet: Annex) -> list[int]:
    """The width of each column in half-width characters, 序号 first."""
    columns = [[heading, *(row[i] for row in sheet.rows)] for i, heading in enumerate(sheet.headings)]
    return [6, *(min(WIDEST, max(8, 2 + max(_width(str(value or "")) for value in one))) for one in columns)]


def _width(text: str) -> int:
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))


def _centred(sheet: Annex) -> list[bool]:
    """Which columns stand in the middle, 序号 first: figures, stars, single words."""
    columns = [[row[i] for row in sheet.rows] for i in range(len(sheet.headings))]
    return [True, *(all(_width(str(value or "")) <= 8 for value in one) for one in columns)]


def xlsx(sheet: Annex, out: Path | IO[bytes]) -> None:
    """Write a sheet as an Excel workbook; text stays text, so that a label that starts with = is no formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet.wording.sheet
    width = len(sheet.headings) + 1

    def line(row: int, text: str, horizontal: str, font: Font | None = None) -> None:
        first = _fill(page.cell(row, 1), text)
        first.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        if font:
            first.font = font
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)

    line(1, sheet.title, "center", Font(name=TITLE_FONT, bold=True, size=16))
    top = 2
    if sheet.unit:
        line(2, sheet.wording.unit.format(sheet.unit), "right")
        top = 3
    border = Border(*(Side(style="thin"),) * 4)
    middle = _centred(sheet)
    centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
    body = top + (2 if sheet.groups else 1)
    for row, column, last_row, last_column, text in _heads(sheet):
        head = _fill(page.cell(top + row, column + 1), text)
        head.font = Font(name=TITLE_FONT, bold=True)
        head.alignment = centre
        if (last_row, last_column) != (row, column):
            page.merge_cells(
                start_row=top + row, end_row=top + last_row, start_column=column + 1, end_column=last_column + 1
            )
    for place, (number, values) in enumerate(sheet.numbered(), body):
        for column, value in enumerate((number, *values), 1):
            filled = _fill(page.cell(place, column), value)
            if middle[column - 1]:
                filled.alignment = centre
    end = body + len(sheet.rows) - 1
    for bordered in page.iter_rows(min_row=top, max_row=end, max_col=width):
        for each in bordered:
            each.border = border
    for number, note in enumerate(_notes(sheet), 1):
        line(end + number, note, "left")
        page.row_dimensions[end + number].height = 15 * (1 + _width(note) // max(1, sum(_widths(sheet))))
    for place, wide in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(place)].width = wide
    page.freeze_panes = f"A{body}"
    page.print_title_rows = f"{top}:{body - 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(out)


def _fill(cell: "Cell | MergedCell", value: Value) -> "Cell | MergedCell":
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if isinstance(value, int | float):
        cell.value = value
    else:
        cell.value = visible(ILLEGAL_CHARACTERS_RE.sub("", value or ""))
        cell.data_type = "s"
    return cell


def _notes(sheet: Annex) -> list[str]:
    if len(sheet.notes) == 1:
        return [sheet.wording.note.format(sheet.notes[0])]
    notes = [f"{number}. {one}" for number, one in enumerate(sheet.notes, 1)]
    return [sheet.wording.notes.format(notes[0]), *notes[1:]] if notes else []


def docx(sheet: Annex, out: Path | IO[bytes]) -> None:
    """Write a sheet as a Word document, landscape, with the headings repeated on each page."""
    import docx as word
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    document = word.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    small = 7.5 if len(sheet.headings) >= NARROW else 10.5

    def say(at: "Paragraph", text: str, font: str = TEXT_FONT, points: float = small, bold: bool = False) -> None:
        run = at.add_run(visible(text))
        run.font.name, run.font.size, run.bold = font, Pt(points), bold
        run._element.get_or_add_rPr().get_or_add_rFonts().set(f"{{{_WORD}}}eastAsia", font)
        at.paragraph_format.space_after = Pt(0)

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    say(title, sheet.title, TITLE_FONT, 16)
    if sheet.unit:
        unit = document.add_paragraph()
        unit.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        say(unit, sheet.wording.unit.format(sheet.unit))
    heads = 2 if sheet.groups else 1
    grid = document.add_table(rows=heads + len(sheet.rows), cols=len(sheet.headings) + 1)
    grid.style = "Table Grid"
    for row, column, last_row, last_column, text in _heads(sheet):
        cell = grid.cell(row, column)
        if (last_row, last_column) != (row, column):
            cell = cell.merge(grid.cell(last_row, last_column))
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        say(cell.paragraphs[0], text, TITLE_FONT, bold=True)
    for line in grid.rows[:heads]:
        line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for line, (number, values) in zip(grid.rows[heads:], sheet.numbered(), strict=True):
        for cell, value, centred in zip(line.cells, (number, *values), _centred(sheet), strict=True):
            if centred:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            say(cell.paragraphs[0], "" if value is None else str(value))
    _set_widths(grid, _widths(sheet), Cm(26.7))
    for note in _notes(sheet):
        say(document.add_paragraph(), note)
    document.save(str(out) if isinstance(out, Path) else out)


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _set_widths(grid: "WordTable", widths: Sequence[int], whole: int) -> None:
    """Give the columns their share of the page and narrow margins; without it Word makes all of them equal."""
    from docx.oxml import OxmlElement

    grid.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(f"{{{_WORD}}}w", "30")
        margin.set(f"{{{_WORD}}}type", "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = whole * width // sum(widths)
        for cell in column.cells:
            cell.width = column.width
