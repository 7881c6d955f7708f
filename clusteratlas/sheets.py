"""Tables that people keep, read for an analysis: CSV in UTF-8 or GB18030, or the first sheet of a workbook."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from loaders.document.source import decode
from ontology.errors import RegistryError

SUFFIXES = (".csv", ".xlsx")


def table(path: Path) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
    """The line of the headings, the headings, and the rows below with their lines; blank rows are left out.

    A title above the headings (one cell alone) is passed over, so that a table printed here can be filled in and
    read again.

    Raises:
        RegistryError: the file is missing, empty, or no such table; it names the file and the line.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise RegistryError(path, f"应为 {' 或 '.join(SUFFIXES)} 文件", remedy="请另存为其中一种")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RegistryError(path, "找不到这个文件", remedy="请检查路径") from None
    except OSError as error:
        raise RegistryError(path, f"无法读取（{error.strerror}）", remedy="请检查文件权限") from None
    read = _workbook if path.suffix.lower() == ".xlsx" else _text
    lines = [(line, cells) for line, cells in read(data, path) if any(cells)]
    while lines and sum(map(bool, lines[0][1])) == 1 and len(lines) > 1:
        del lines[0]
    if not lines:
        raise RegistryError(path, "是空的", remedy="第一行应为列名")
    (head, names), *rows = lines
    return head, names, rows


def _text(data: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(decode(data, str(path)), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise RegistryError(path, f"不是可用的 CSV（{error}）", line=reader.line_num) from error


def _workbook(data: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise RegistryError(path, "不是可用的 Excel 工作簿", remedy="请另存为 .xlsx 或 .csv") from error
    for line, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
        yield line, [_cell(value) for value in row]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value).strip()
