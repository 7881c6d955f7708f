"""Full-text search over the documents of a build, with section and citation."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from loaders.document.document import Document

_COLUMNS = {
    "file": pa.string(),
    "line": pa.int64(),
    "start": pa.int64(),
    "end": pa.int64(),
    "section": pa.string(),
    "cite": pa.string(),
    "text": pa.string(),
}
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A block of text that holds every word asked for; `snippet` is what stands around the first."""

    file: str
    line: int
    section: str
    cite: str
    snippet: str
    count: int


def write_blocks(documents: Iterable[Document], folder: Path) -> None:
    """Write `blocks.parquet`: every block of text as it reads after repair, every record of a table, with citation."""
    rows = [row for document in documents for row in _rows(document)]
    columns = {name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)}
    pq.write_table(pa.table(columns, schema=pa.schema(list(_COLUMNS.items()))), folder / "blocks.parquet")


def _rows(document: Document) -> Iterator[tuple[str, int, int, int, str, str, str]]:
    for block in document.blocks:
        if block.kind != "furniture" and block.text.string:
            start, end = block.text.source()
            section = " · ".join(block.path)
            cite = document.cite(block.path, block.line)
            yield document.source.file, block.line, start, end, section, cite, block.text.string
    for one in document.records:
        text = document.source.text[one.start : one.end].rstrip()
        yield document.source.file, one.line, one.start, one.start + len(text), "", document.cite((), one.line), text


def search(build: Path, text: str, limit: int = 20) -> list[Hit]:
    """The blocks that hold every word of `text`, those that hold them most often first.

    Args:
        build: the folder of a build.
        text: words, separated by blanks; width and case do not count.
        limit: how many hits at most.
    """
    words = [_plain(word) for word in text.split()]
    if not words:
        return []
    hits = []
    for row in pq.read_table(build / "blocks.parquet").to_pylist():
        plain = _plain(row["text"])
        counts = [plain.count(word) for word in words]
        if all(counts):
            at = plain.index(words[0])
            snippet = row["text"][max(0, at - _AROUND) : at + _AROUND]
            hits.append(Hit(row["file"], row["line"], row["section"], row["cite"], snippet, sum(counts)))
    return sorted(hits, key=lambda hit: (-hit.count, hit.file, hit.line))[:limit]


def _plain(text: str) -> str:
    # One sign stays one sign, so that places in the plain text are places in the text.
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", c).casefold()) == 1 else c for c in text)
