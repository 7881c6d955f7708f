"""The facts that loaders read: small frozen records, each with the evidence that states it.

`record(fact)` gives the flat form that `clusteratlas facts KIND` prints and that the gold set scores.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar

QUOTE_LIMIT = 200


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: offsets in code points, the 1-based line it starts on, the words as printed.

    `text` is how it reads after repair, with the repairs marked.
    """

    start: int
    end: int
    line: int
    quote: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact is stated.

    `span` is the quote (200 characters at most), `more` further spans that the fact needs, `section` the path of
    headings above it, `cite` a citation ready to paste, `grade` the kind of source (法规, 规范性文件, 规划 …).
    """

    file: str
    sha256: str
    span: Span
    more: tuple[Span, ...]
    section: tuple[str, ...]
    cite: str
    grade: str | None

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.span, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a document states. Sub-classes name their kind and add its fields.

    `review` is what a person made of it: `confirmed`, `corrected` or, where nobody has looked, None. A corrected fact
    keeps in `read_as` the id of what was read, so that its id stays the one that the correction names.
    """

    kind: ClassVar[str]
    evidence: Evidence
    review: str | None = None
    read_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFact(Fact):
    """A document names a city or a region for a cluster or one of its subsectors."""

    kind: ClassVar[str] = "layout"
    cluster: str
    subsector: str | None
    city: str | None
    region: str | None
    role: str
    products: tuple[str, ...]
    open_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessFact(Fact):
    """What a star table, a map list, a count or a total prints about the layout; believed only after reconciliation.

    `source` is `cell`, `map_list`, `map_count`, `row_total` or `column_total`; `value` is the printed figure or the
    number of stars, null where the print is blank.
    """

    kind: ClassVar[str] = "witnesses"
    source: str
    table: str
    row: str | None
    column: str | None
    cluster: str | None
    city: str | None
    printed: str
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFact(Fact):
    """A policy with its title, number, issuers and term, read from its own text. Dates are ISO 8601."""

    kind: ClassVar[str] = "policies"
    title: str
    title_as_printed: str
    doc_number: str | None
    issuers: tuple[str, ...]
    issued: str | None
    effective: str | None
    expires: str | None
    policy_kind: str
    level: str | None
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFact(Fact):
    """A document names a company; `city` is the city whose development the sentence is about."""

    kind: ClassVar[str] = "companies"
    name: str
    as_written: str
    city: str | None
    seat: str | None
    cluster: str | None
    relation: str


_NOT_SAID = ("evidence", "review", "read_as")


def field_names(kind: type[Fact]) -> dict[str, str]:
    """The fields that a kind of fact has of its own: name as printed -> name in Python."""
    return {key(f.name): f.name for f in fields(kind) if f.name not in _NOT_SAID}


def key(field: str) -> str:
    """A field as the contract names it: `policy_kind` is `kind`, which in Python names the class; `from_` is `from`."""
    return "kind" if field.endswith("_kind") else field.removesuffix("_")


def _plain(value: object) -> object:
    """A value as JSON has it: nested records as objects, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key(field.name): _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def record(fact: Fact) -> dict[str, object]:
    """The flat form of a fact: its own fields, then the evidence, with a stable `id`.

    The id is of what was read and where; what a person says about it does not change it.
    """
    own = {printed: _plain(getattr(fact, name)) for printed, name in field_names(type(fact)).items()}
    evidence = fact.evidence
    body = {
        **own,
        "file": evidence.file,
        "line": evidence.span.line,
        "quote": evidence.span.quote,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "more": [{"line": s.line, "quote": s.quote, "start": s.start, "end": s.end} for s in evidence.more],
        "section": " · ".join(evidence.section),
        "cite": evidence.cite,
        "text": evidence.span.text,
        "grade": evidence.grade,
        "review": fact.review,
    }
    if fact.read_as is not None:
        return {"id": fact.read_as, **body}
    said = json.dumps([fact.kind, own, evidence.sha256, evidence.span.start, evidence.span.end], ensure_ascii=False)
    return {"id": f"{fact.kind}/{hashlib.sha256(said.encode()).hexdigest()[:16]}", **body}
