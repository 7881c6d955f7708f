"""The answer to a query as a document of one of the standard formats, written to a file as the engine finds it.

Nobody reads the file before it is whole: what passes the limits, or what fails in the middle, is an error and never
the beginning of an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from graph.sparql.guard import Checked
from ontology import ids
from ontology.errors import QueryError

TABLES: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""Formats for the rows of a SELECT; json and xml also for the answer of an ASK."""

GRAPHS: Final[Mapping[str, ox.RdfFormat]] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""Formats for the triples of a CONSTRUCT or DESCRIBE."""

_XML: Final = ("xml", "rdfxml")
_PREFIXES: Final = {"ca": ids.ONTOLOGY, "xsd": "http://www.w3.org/2001/XMLSchema#"}


class ResultTooLarge(QueryError):
    """An answer has more rows or bytes than allowed.

    Args:
        statement: the query.
        limit: the limit in words.
    """

    def __init__(self, statement: str, limit: str) -> None:
        super().__init__(
            statement, f"结果超过 {limit}", remedy="请缩小范围或加 LIMIT；整个图谱可用 clusteratlas export 取得"
        )
        self.limit = limit


class NotAcceptable(QueryError):
    """None of the formats that are asked for fits the kind of answer.

    Args:
        statement: the query.
        form: its form.
    """

    def __init__(self, statement: str, form: str) -> None:
        super().__init__(
            statement,
            f"{form} 的结果没有所要的格式",
            remedy="SELECT 有 JSON、XML、CSV、TSV，ASK 有前两种，"
            "CONSTRUCT、DESCRIBE 有 Turtle、N-Triples、JSON-LD、RDF/XML",
        )
        self.form = form


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for beside the text.

    Args:
        table, graph: names of TABLES and GRAPHS for either kind of answer; None where none is acceptable.
        rows, size: most rows (or triples) and bytes.
        default, named: IRIs of the graphs that make the dataset; None for the store's own.
    """

    table: str | None
    graph: str | None
    rows: int
    size: int
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


class _Full(Exception):
    pass


class Sink:
    """A file that counts rows and bytes, and stops the engine at its limits: the engine's own serializers do not count.

    What it counts stands at each row of a document and nowhere in its text: `},{` and line ends outside quotes (JSON,
    CSV), `<result>` and line ends that text has only escaped (XML, TSV).

    Args:
        file: where the document goes.
        form: json, xml, csv or tsv; None where rows are not counted.
        rows, size: most rows and bytes.
    """

    def __init__(self, file: BinaryIO, form: str | None, rows: int, size: int) -> None:
        self.file, self.form, self.most, self.room = file, form, rows + _HEADS.get(form or "", 0), size
        self.marks = 0
        self.full = ""
        self._tail = self._held = b""
        self._quoted = False

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            self.full = "bytes"
        if self.form is not None:
            self._count(data)
            if self.marks > self.most:
                self.full = "rows"
        if self.full:
            raise _Full
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()

    def _count(self, data: bytes) -> None:
        mark = _MARKS[self.form or ""]
        joined = self._tail + (self._outside(data) if self.form in ("json", "csv") else data)
        self.marks += joined.count(mark)
        self._tail = joined[-(len(mark) - 1) :] if len(mark) > 1 else b""

    def _outside(self, data: bytes) -> bytes:
        """What stands outside quotes; a quote may be escaped (JSON) or doubled (CSV, where two cancel out)."""
        if self.form == "json":
            data = self._held + data
            odd = (len(data) - len(data.rstrip(b"\\"))) % 2
            self._held = b"\\" * odd
            data = data[: len(data) - odd].replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = data.split(b'"')
        outside = parts[self._quoted :: 2]
        self._quoted ^= len(parts) % 2 == 0
        return b"".join(outside)


_MARKS: Final = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_HEADS: Final = {"json": -1, "xml": 0, "csv": 1, "tsv": 1}
"""How many of these marks a document has beside one for each row."""


def write(result: Any, query: Checked, wanted: Wanted, out: Path) -> str:
    """Write the engine's result to a file: the name of the format chosen.

    Args:
        result: what `store.query` gave.
        query: the query.
        wanted: formats and limits.
        out: the file; what stands in it after an error is worth nothing.

    Raises:
        NotAcceptable: no format fits, or the answer cannot be written in the one that does.
        ResultTooLarge: there is more than allowed.
    """
    graph = query.form in ("CONSTRUCT", "DESCRIBE")
    form = wanted.graph if graph else wanted.table
    if form is None or (query.form == "ASK" and form not in ("json", "xml")):
        raise NotAcceptable(query.text, query.form)
    with out.open("wb") as file:
        sink = Sink(file, None if graph or query.form == "ASK" else form, wanted.rows, wanted.size)
        try:
            if graph:
                ox.serialize(
                    _triples(result, query, wanted.rows), cast(IO[bytes], sink), GRAPHS[form], prefixes=_PREFIXES
                )
            else:
                result.serialize(sink, TABLES[form])
        except Exception as error:
            if sink.full:
                limit = f"{wanted.rows} 行" if sink.full == "rows" else f"{wanted.size >> 20} MB"
                raise ResultTooLarge(query.text, limit) from error
            raise
    if form in _XML and not _well_formed(out):
        raise NotAcceptable(query.text, f"{query.form}（有字符或名称写不成 XML）")
    return form


def _well_formed(path: Path) -> bool:
    """Whether an XML reader takes a document: the engine writes control characters, and properties without a name."""
    reader = expat.ParserCreate(namespace_separator=" ")
    with path.open("rb") as file:
        try:
            reader.ParseFile(file)
        except expat.ExpatError:
            return False
    return True


def _triples(result: Any, query: Checked, most: int) -> Sequence[ox.Triple]:
    """Each triple once, sorted, so that one graph is one document."""
    found: dict[str, ox.Triple] = {}
    for triple in result:
        found[str(triple)] = triple
        if len(found) > most:
            raise ResultTooLarge(query.text, f"{most} 条三元组")
    return [found[text] for text in sorted(found)]
