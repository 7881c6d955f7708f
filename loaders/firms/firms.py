"""Firms: the rows of a registry, each with what it says of a firm, or why it cannot be used."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from loaders.document.document import Document, Record
from loaders.firms.columns import MANY, Column, column, proposals, title, value
from loaders.reading import Reading, Rejected
from ontology.errors import AtlasError, RegistryError
from ontology.facts import QUOTE_LIMIT
from ontology.facts_firms import FirmFact

REQUIRED = ("name", "credit_code")
_REMEDY = "请改正这一行后重新载入"


def firms(document: Document) -> Reading:
    """The firms of a registry; a row that cannot be used is rejected, with the reason and what helps.

    Raises:
        RegistryError: the table has not the columns of a registry, or no row can be used.
    """
    if not document.records:
        return Reading(())
    header, *rows = document.records
    columns = _columns(document.source.file, header)
    known = {one.place for one in columns}
    rejected = [
        _rejected(document, header, f"列“{heading or f'第{place + 1}列'}”不认识，没有读入{_near(heading)}")
        for place, heading in enumerate(header.cells)
        if place not in known
    ]
    facts: list[FirmFact] = []
    for row in rows:
        try:
            facts.append(_fact(document, columns, header, row))
        except AtlasError as error:
            rejected.append(_rejected(document, row, str(error) if error.remedy else f"{error}。{_REMEDY}"))
    if not facts:
        first = next((f"；第 {one.line} 行：{one.reason}" for one in rejected if one.line != header.line), "")
        raise RegistryError(document.source.file, f"没有一行可用{first}", remedy=_columns_wanted())
    return Reading(tuple(facts), tuple(rejected))


def _columns(file: str, header: Record) -> list[Column]:
    """The columns of a registry that a header names."""
    found = [one for place, name in enumerate(header.cells) if (one := column(name, place)) is not None]
    counts = Counter(one.field for one in found if one.field not in MANY)
    said = f"表头是：{'，'.join(header.cells)}"
    if missing := [title(field) for field in REQUIRED if field not in counts]:
        raise RegistryError(file, f"缺少列：{'、'.join(missing)}；{said}", line=header.line, remedy=_columns_wanted())
    if twice := [title(field) for field, count in counts.items() if count > 1]:
        raise RegistryError(
            file, f"有两列都是{'、'.join(twice)}；{said}", line=header.line, remedy="请只留其中一列，或给另一列改名"
        )
    return found


def _columns_wanted() -> str:
    return f"企业登记库是逗号分隔的表，第一行是列名，必有 {'、'.join(map(title, REQUIRED))}"


def _near(heading: str) -> str:
    found = proposals(heading) if heading else ()
    return f"；相近的有：{'、'.join(found)}" if found else ""


def _fact(document: Document, columns: Sequence[Column], header: Record, row: Record) -> FirmFact:
    wanted, given = len(header.cells), len(row.cells)
    if wanted != given:
        raise AtlasError(f"表头有 {wanted} 格，这一行有 {given} 格", remedy="单元格里有逗号的，请加引号")
    values: dict[str, Any] = {"city": None} | dict.fromkeys(MANY, ())
    for one in columns:
        said = value(one, row.cells[one.place])
        values[one.field] = tuple(dict.fromkeys((*values[one.field], *said))) if isinstance(said, tuple) else said
    if empty := [title(field) for field in REQUIRED if not values[field]]:
        raise AtlasError(f"缺少{'、'.join(empty)}")
    return FirmFact(evidence=document.record_evidence(row), **values)


def _rejected(document: Document, row: Record, reason: str) -> Rejected:
    quote = document.source.text[row.start : row.end].strip()
    return Rejected(FirmFact.kind, row.line, quote[:QUOTE_LIMIT], reason)
