"""Tables that people keep, read for an analysis: CSV in UTF-8 or GB18030, or the first sheet of a workbook."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from loaders.document.source import decode
from ontology.errors import FileProblem

SUFFIXES = (".csv", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands (B2) and its text, as people read it: shares with %, days as ISO 8601."""

    at: str
    text: str


def rows(path: Path, problem: type[FileProblem]) -> list[tuple[int, list[Cell]]]:
    """The rows of a table with their lines; blank ones are left out.

    Args:
        path: a CSV file or a workbook.
        problem: the error for what cannot be read.

    Raises:
        FileProblem: the file is missing or no such table; it names the file and the line.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise problem(path, f"应为 {'、'.join(SUFFIXES[:2])} 文件", remedy="请另存为其中一种")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise problem(path, "找不到这个文件", remedy="请检查路径") from None
    except OSError as error:
        raise problem(path, f"无法读取（{error.strerror}）", remedy="请检查文件权限") from None
    read = _text if path.suffix.lower() == ".csv" else _workbook
    found = ((line, [Cell(f"{_letters(i)}{line}", text) for i, text in enumerate(texts)])
             for line, texts in read(data, path, problem))  # fmt: skip
    return [(line, cells) for line, cells in found if any(cell.text for cell in cells)]


def _letters(column: int) -> str:
    """The name of a column: A, B, …, AA."""
    more, last = divmod(column, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _text(data: bytes, path: Path, problem: type[FileProblem]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(decode(data, str(path)), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise problem(path, f"不是可用的 CSV（{error}）", line=reader.line_num) from error


def _workbook(data: bytes, path: Path, problem: type[FileProblem]) -> Iterator[tuple[int, list[str]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise problem(path, "不是可用的 Excel 工作簿", remedy="请另存为 .xlsx 或 .csv") from error
    for line, row in enumerate(book.worksheets[0].iter_rows(), 1):
        yield line, [_words(cell.value, str(getattr(cell, "number_format", ""))) for cell in row]


def _words(value: object, form: str) -> str:
    """What a cell says: a number in a percent format is a share."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{round(value * 100, 6):.15g}%" if "%" in form else f"{value:.15g}"
    return value.isoformat()[:10] if isinstance(value, datetime | date) else str(value).strip()
