"""The receipt of a build: four ledgers that add up, as data and as text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from graph.correcting import Review
from graph.mapping import Merge
from loaders.document.document import Document
from loaders.reading import Rejected
from ontology.facts import Fact


@dataclass(frozen=True, slots=True)
class FactLedger:
    """Facts of one kind in one document: read = kept + merged + rejected."""

    file: str
    kind: str
    read: int
    kept: int
    merged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that no loader claimed although they contain a name that the vocabularies know."""

    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Characters of a document (blanks not counted): claimed by a loader, furniture, unread; they add up to all."""

    file: str
    characters: int
    claimed: int
    furniture: int
    unread: int
    longest: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that was not loaded, with the message that names the remedy."""

    file: str
    message: str


@dataclass(frozen=True)
class Receipt:
    """What a build read, kept, merged and rejected, and what people said about facts; `times` (seconds) vary.

    A merge whose `property` is `id` made one node of two: `kept` is the id that stands, `given_up` the other one.
    """

    digest: str
    facts: tuple[FactLedger, ...]
    rows: Mapping[str, int]
    coverage: tuple[Coverage, ...]
    merges: tuple[Merge, ...]
    rejected: tuple[tuple[str, Rejected], ...]
    failures: tuple[Failure, ...]
    reviews: tuple[Review, ...] = ()
    times: Mapping[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def text(self) -> str:
        """The receipt for people, in Chinese."""
        lines = [f"图谱 {self.digest[:12]}", "", "事实（读到 = 保留 + 合并 + 未采用）"]
        lines += [
            f"  {row.file}  {row.kind}: {row.read} = {row.kept} + {row.merged} + {row.rejected}" for row in self.facts
        ]
        lines += ["", "行"] + [f"  {name}: {count}" for name, count in self.rows.items()]
        lines += ["", "覆盖（字数：共计 = 已读 + 版式 + 未读）"]
        for row in self.coverage:
            share = row.claimed / row.characters if row.characters else 0.0
            lines.append(
                f"  {row.file}: {row.characters} = {row.claimed} + {row.furniture} + {row.unread}（已读 {share:.0%}）"
            )
            lines += [f"    未读 第{s.line}行：{s.quote}" for s in row.longest]
        one = [m for m in self.merges if m.property == "id"]
        if one:
            lines += ["", f"同一对象（{len(one)} 处）"]
            lines += [f"  {m.kept} 即 {m.given_up}（{m.reason}）" for m in one]
        if differing := [m for m in self.merges if m.property != "id"]:
            lines += ["", f"合并（{len(differing)} 处说法不一）"]
            lines += [f"  {m.id} {m.property}: 保留“{m.kept}”，另有“{m.given_up}”（{m.reason}）" for m in differing]
        if self.reviews:
            lines += ["", f"人工核对（{len(self.reviews)} 处）"]
            lines += [f"  {_reviewed(review)}" for review in self.reviews]
        if self.rejected:
            lines += ["", f"未能读出（{len(self.rejected)} 处）"]
            lines += [f"  {file} 第{r.line}行 {r.kind}：{r.quote}（{r.reason}）" for file, r in self.rejected]
        if self.failures:
            lines += ["", "未载入的文档"] + [f"  {failure.message}" for failure in self.failures]
        return "\n".join(lines)


def _reviewed(review: Review) -> str:
    said = {
        "confirm": "已核对",
        "reject": "不采用",
        "correct": f"{review.field} 由“{review.before}”改为“{review.after}”",
    }
    return f"{review.fact} {said[review.action]}（{review.source}，{review.name} {review.date}".rstrip() + "）"


def coverage(document: Document, facts: Sequence[Fact], names: Sequence[str], longest: int = 5) -> Coverage:
    """The coverage of one document.

    Args:
        document: the document.
        facts: the facts read from it; their spans are what loaders claimed.
        names: names that make an unread stretch worth showing.
        longest: how many unread stretches to show.
    """
    text = document.source.text
    mark = bytearray(len(text))  # 0 unread, 1 furniture, 2 claimed
    for start, end in document.furniture:
        mark[start:end] = b"\x01" * (end - start)
    for fact in facts:
        for span in fact.evidence.spans:
            mark[span.start : span.end] = b"\x02" * (span.end - span.start)
    counts = Counter(mark[i] for i, sign in enumerate(text) if not sign.isspace())
    stretches = sorted(_unread(text, mark, names, document), key=lambda s: (-len(s.quote), s.line))[:longest]
    return Coverage(
        document.source.file,
        sum(counts.values()),
        counts[2],
        counts[1],
        counts[0],
        tuple(Stretch(s.line, s.quote[:60]) for s in stretches),
    )


def _unread(text: str, mark: bytearray, names: Sequence[str], document: Document) -> list[Stretch]:
    found = []
    for start, end in zip(document.source.line_starts, (*document.source.line_starts[1:], len(text) + 1), strict=True):
        at = start
        while at < end - 1:
            if mark[at]:
                at += 1
                continue
            stop = next((i for i in range(at, end - 1) if mark[i]), end - 1)
            quote = text[at:stop].strip()
            if len(quote) >= 8 and any(name in quote for name in names):
                found.append(Stretch(document.source.line(at), quote))
            at = stop
    return found
