"""Table files: their records, each with its place in the source."""

import csv
import io
from collections.abc import Iterator

from loaders.document.document import Document, Record
from loaders.document.source import Source
from ontology.errors import DocumentError


def sheet(source: Source) -> Document:
    """The document of a CSV file: its records, the header first; blank ones are left out.

    Raises:
        DocumentError: it is no CSV (a quotation mark that is never closed), or nothing stands in it.
    """
    records = tuple(_records(source))
    if not records:
        raise DocumentError(source.file, "表格是空的", remedy="请检查它是否完整")
    return Document(source, (), records=records)


def _records(source: Source) -> Iterator[Record]:
    # strict: a quotation mark that is never closed would swallow the rest of the file.
    reader = csv.reader(io.StringIO(source.text, newline="\n"), strict=True)
    starts = (*source.line_starts, len(source.text))
    first = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                tidy = tuple(" ".join(cell.split()) for cell in cells)
                yield Record(first + 1, starts[first], starts[reader.line_num], tidy)
            first = reader.line_num
    except csv.Error as error:
        remedy = "请检查这一行的引号和换行，或用表格软件另存为 CSV"
        raise DocumentError(source.file, f"不是可用的 CSV（{error}）", line=first + 1, remedy=remedy) from None
