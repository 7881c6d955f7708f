"""The parts of a document: notices, the rules that they issue, annexes, interpretations.

A notice and the rules that it issues are one policy, with the notice's number, issuers and date; one number may issue
several. Everything here is read from the text; the manifest only helps a document out that prints no title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Block, Document
from loaders.document.text import Text
from loaders.grammar import dates
from loaders.policy import issuers
from loaders.policy.manifest import Entry
from loaders.policy.titles import (
    CALL,
    DOC_NUMBER,
    DRAFT,
    GRADES,
    ORDER_NUMBER,
    corrected,
    fold,
    head,
    heading_bodies,
    kind_of,
    role_of,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say something about a part, and the block that holds them."""

    block: Block
    text: Text


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document under one title.

    `role` is notice, body, interpretation, annex, announcement, record (of a press conference) or other. `start` and
    `end` bound its blocks; `parent` is the part that issues a body, that an annex belongs to, or that an
    interpretation explains; `issues` are the parts that a notice issues, `named` the titles it says it issues.
    `continues` is the part that goes on here, behind a page of another one. `title` is corrected, without (征求意见稿)
    and dates in brackets; `draft` keeps the former. Untitled parts have an empty title.
    """

    title: str
    title_as_printed: str
    role: str
    start: int
    end: int
    line: int
    number: str | None = None
    issuers: tuple[str, ...] = ()
    date: str | None = None
    draft: bool = False
    kind: str | None = None
    parent: int | None = None
    issues: tuple[int, ...] = ()
    named: tuple[str, ...] = ()
    continues: int | None = None
    number_mark: Mark | None = None
    issuers_marks: tuple[Mark, ...] = ()
    date_mark: Mark | None = None


_ORDER_LINE = re.compile(r"^（?(第[\d一二三四五六七八九十百]+号)）?$")
_ISSUING = re.compile(r"印发|公布|发布|转发|现将|现予")
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_DATE_ONLY = re.compile(rf"^(?P<by>.{{0,80}}?)(?:{dates.DATE.pattern})$")


def parts(document: Document) -> tuple[Part, ...]:
    """The parts of a document in the order of the text; one untitled part where it prints no title."""
    drawn = [_part(document, start, end) for start, end in _bounds(document)]
    return tuple(_linked(document, _reproductions(document, drawn)))


def _bounds(document: Document) -> list[tuple[int, int]]:
    """First block and end of every part; letterheads above a title belong to it."""
    blocks = document.blocks
    starts: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind == "title":
            starts.append(_letterhead(blocks, i, starts[-1] + 1 if starts else 0))
        elif block.section and block.section.kind == "annex" and block.section.line == block.line:
            starts.append(i)
    # “附件” above the first title says that its notice is somewhere else.
    if len(starts) > 1 and blocks[starts[0]].kind != "title" and starts[1] == starts[0] + 1:
        del starts[0]
    if not starts:
        return [(0, len(blocks))] if blocks else []
    if any(_is_prose(block) for block in blocks[: starts[0]]):
        starts = [0, *starts]
    starts[0] = 0
    return list(zip(starts, [*starts[1:], len(blocks)], strict=True))


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text) >= 80 and block.text.string.endswith("。")


def _letterhead(blocks: Sequence[Block], title: int, least: int) -> int:
    """Where a title's letterhead begins: bodies, 文件 and the number above it, if the number is there."""
    start = title
    if title > least and DOC_NUMBER.fullmatch(blocks[title - 1].text.string):
        start = title - 1
        while start > least and re.search(r"文件$", blocks[start - 1].text.string):
            start -= 1
        while least < start < title - 1 and issuers.names(blocks[start - 1].text.string):
            start -= 1
    return start


def _part(document: Document, start: int, end: int) -> Part:
    blocks, source = document.blocks, document.source.text
    at = next((i for i in range(start, end) if blocks[i].kind == "title"), None)
    if at is None:
        return _untitled(document, start, end)
    block = blocks[at]
    printed = re.sub(r"\s*(?:\*\*|\n#+)\s*|\s+", " ", source[slice(*block.text.source())]).strip(" #*")
    title = corrected(block.text.string, printed)
    part = Part(
        title=title,
        title_as_printed=printed,
        role=role_of(title),
        start=start,
        end=end,
        line=block.line,
        draft=bool(DRAFT.search(block.text.string)),
        kind=None if role_of(title) == "other" else kind_of(title),
    )
    return _signed(document, part, at)


def _untitled(document: Document, start: int, end: int) -> Part:
    block = document.blocks[start]
    section = block.section
    if section is not None and section.kind == "annex" and section.line == block.line:
        return Part(section.label, block.text.string, "annex", start, end, block.line)
    return _signed(document, Part("", "", "body", start, end, block.line), start - 1)


def _signed(document: Document, part: Part, at: int) -> Part:
    """The part with its number, issuers and date: from its letterhead, the lines below the title, its signature."""
    blocks = document.blocks
    part = _numbered(document, part, at)
    part = _dated(document, part, at)
    if not part.issuers:
        found = () if part.role in ("interpretation", "record") else heading_bodies(part.title_as_printed)
        marks: tuple[Mark, ...] = ()
        for block in [*blocks[part.start : max(at, 0)], *blocks[at + 1 : at + 3]]:
            if not found and (found := _bodies(document, block)):
                marks = (Mark(block, block.text),)
        part = replace(part, issuers=found, issuers_marks=marks)
    return part


def _bodies(document: Document, block: Block) -> tuple[str, ...]:
    """The bodies that a block consists of."""
    if block.kind != "paragraph" or len(block.text) > 160 or not block.text.string:
        return ()
    printed = document.source.text[slice(*block.text.source())]
    return issuers.names(re.sub(r"[*#]|文件$", "", printed.strip()))


def _numbered(document: Document, part: Part, at: int) -> Part:
    """The number printed above or under the title, alone on its line or at the line's end, or in the title."""
    if match := ORDER_NUMBER.search(part.title):
        title = document.blocks[at]
        return replace(
            part, number=part.title.replace(match[0], f"第{match[1]}号"), number_mark=Mark(title, title.text)
        )
    near = [*document.blocks[part.start : max(at, 0)], *document.blocks[at + 1 : min(at + 5, part.end)]]
    for block in near:
        if part.role == "announcement" and (match := _ORDER_LINE.match(block.text.string)):
            return replace(part, number=part.title + match[1], number_mark=Mark(block, block.text))
        if len(block.text) <= 60 and (match := DOC_NUMBER.search(block.text.string)) and "《" not in str(block.text):
            mark = Mark(block, block.text[match.start() : match.end()])
            return replace(part, number=f"{match['word']}〔{match['year']}〕{match['n']}号", number_mark=mark)
    return part


def _dated(document: Document, part: Part, at: int) -> Part:
    """The date of signature, with the bodies above it; else the date in brackets under the title."""
    blocks = document.blocks
    for i in range(part.end - 1, at, -1):
        block = blocks[i]
        if len(block.text) > 120 or block.kind != "paragraph" or not (match := _DATE_ONLY.match(block.text.string)):
            continue
        found = list(dates.dates(block.text))
        own = block.text[: match.end("by")]
        names, first = _signature(document, i, own, at)
        if not found or (len(own) and not names):
            continue
        lines = [Mark(b, b.text) for b in blocks[first:i]] + ([Mark(block, own)] if len(own) else [])
        part = replace(part, date=found[-1][1], date_mark=Mark(block, found[-1][0]))
        return replace(part, issuers=names, issuers_marks=tuple(lines)) if names else part
    for block in blocks[max(at, 0) : at + 3]:
        if (match := re.search(r"（[^（）]*）$", block.text.string)) and len(block.text) < 150:
            for words, day in dates.dates(block.text[match.start() :]):
                return replace(part, date=day, date_mark=Mark(block, words))
    return part


def _signature(document: Document, at: int, own: Text, least: int) -> tuple[tuple[str, ...], int]:
    """The bodies that sign above a date, each on its line or several on one, and the first block of the signature."""
    blocks = document.blocks
    printed = document.source.text[slice(*own.source())] if len(own) else ""
    names, first = issuers.names(printed), at
    if len(own) and not names:
        return (), at
    while first - 1 > least and (more := _bodies(document, blocks[first - 1])):
        names, first = (*more, *names), first - 1
    return tuple(dict.fromkeys(names)), first


def _reproductions(document: Document, found: list[Part]) -> list[Part]:
    """An interpretation that shows the first page of its notice goes on behind that page."""
    result: list[Part] = []
    for part in found:
        before = result[-1] if result else None
        if before and before.role == "interpretation" and part.role == "notice" and _same(before.title, part.title):
            page, here = _page_end(document, part), len(result)
            result[-1] = replace(before, parent=here)
            result.append(replace(part, end=page))
            if page < part.end:
                line = document.blocks[page].line
                result.append(replace(result[here - 1], start=page, end=part.end, line=line, continues=here - 1))
        else:
            result.append(part)
    return result


def _same(interpretation: str, notice: str) -> bool:
    """Whether an interpretation explains what a notice issues; a sign or a figure may be misread in one of them."""
    subject, whole = fold(re.sub(r"(?:政策)?解读(?:材料)?$", "", interpretation)), fold(notice)
    shared = sum(subject[i : i + 2] in whole for i in range(len(subject) - 1))
    return len(subject) >= 8 and shared >= _ALIKE * (len(subject) - 1)


_ALIKE = 0.8


def _page_end(document: Document, part: Part) -> int:
    """Behind the paragraph in which a notice says what it issues, and its signature."""
    for i in range(part.start, part.end):
        if re.search(r"现(?:将.*)?印发|现予", document.blocks[i].text.string):
            return i + 1
    return part.end


def _linked(document: Document, found: list[Part]) -> list[Part]:
    """Parts with what issues them and what they issue."""
    result: list[Part] = []
    issuer: int | None = None
    for i, part in enumerate(found):
        if part.continues is not None:
            pass
        elif part.role in ("notice", "announcement"):
            text = "".join(b.text.string for b in document.blocks[part.start : part.end])
            named = _issued_titles(part.title, text)
            part = replace(part, named=named)
            issuer = i
        elif part.role in ("interpretation", "record"):
            part = part if part.parent is not None else replace(part, parent=_explained(part, result))
            issuer = None
        elif part.role == "annex":
            part = replace(part, parent=_owner(result))
        elif part.role == "body" and issuer is not None and part.title:
            part = _issued(part, i, issuer, result)
        else:
            issuer = None
        result.append(part)
    return [_graded(result, part) for part in result]


def _issued_titles(title: str, text: str) -> tuple[str, ...]:
    """The titles that a notice issues (现将《…》印发给你们)."""
    sentence = next((s for s in re.split(r"[。；]", text) if re.search(r"印发给|现印发|现予|现将|公布", s)), "")
    sentence = sentence[sentence.find("现将") :] if "现将" in sentence else sentence
    named = [
        match[1] for match in _NAMED.finditer(re.sub(rf"(?:根据|依据|按照|贯彻|落实)+{_NAMED.pattern}", "", sentence))
    ]
    if not named and (match := re.search(r"(?:关于)?印发(.+?)的通知$", title)):
        named = [match[1].strip("《》")]
    return tuple(corrected(re.sub(r"的通知$", "", name)) for name in named) if _ISSUING.search(title + sentence) else ()


def _issued(part: Part, index: int, issuer: int, result: list[Part]) -> Part:
    """A body under its notice; a title that a notice about something else carries along is its annex."""
    notice = result[issuer]
    fits = any(fold(name) in fold(part.title) or fold(part.title) in fold(name) for name in notice.named)
    if not notice.named and not _has_own_number(part, notice):
        return replace(part, role="annex", parent=issuer)
    if not fits and (notice.issues or _has_own_number(part, notice)):
        return part
    result[issuer] = replace(notice, issues=(*notice.issues, index))
    return replace(
        part,
        parent=issuer,
        number=part.number or notice.number,
        issuers=notice.issuers or part.issuers,
        date=notice.date or part.date,
        number_mark=part.number_mark or notice.number_mark,
        issuers_marks=notice.issuers_marks or part.issuers_marks,
        date_mark=notice.date_mark or part.date_mark,
    )


def _has_own_number(part: Part, notice: Part) -> bool:
    """Whether a body stands by itself beside a notice that does not name it."""
    return part.number is not None and part.number != notice.number


def _explained(part: Part, before: Sequence[Part]) -> int | None:
    """The policy that an interpretation explains: the last one whose title it names."""
    subject = fold(part.title)
    for i in range(len(before) - 1, -1, -1):
        title = fold(before[i].title)
        if before[i].role in ("body", "notice") and title and (title in subject or subject[: len(title)] == title):
            return i
    return next((i for i in range(len(before) - 1, -1, -1) if before[i].role in ("body", "notice")), None)


def _owner(before: Sequence[Part]) -> int | None:
    return next((i for i in range(len(before) - 1, -1, -1) if before[i].role not in ("annex", "other")), None)


def _graded(every: Sequence[Part], part: Part) -> Part:
    """The part with the kind of the policy that it belongs to."""
    if part.role == "notice" and part.issues:
        return replace(part, kind=every[part.issues[0]].kind)
    if part.role == "notice" and part.named:
        return replace(part, kind=kind_of(part.named[0]))
    if part.role == "announcement" and part.issues:
        return replace(part, kind=every[part.issues[0]].kind)
    if part.role == "annex" and part.parent is not None:
        return replace(part, kind=every[part.parent].kind, draft=every[part.parent].draft)
    return part


def grade(part: Part) -> str | None:
    """What kind of source a part is: 法规, 规范性文件, 规划, 行动计划, 申报通知, 解读, 发布会 or 征求意见稿."""
    if part.role == "record":
        return "发布会"
    if part.role == "other" or part.kind is None:
        return None
    if part.draft:
        return "征求意见稿"
    if part.kind == "notice" and CALL.search(part.title):
        return "申报通知"
    return GRADES.get(part.kind, "规范性文件")


def with_heads(document: Document, found: Sequence[Part], entry: Entry | None = None) -> Document:
    """The document with what each part is cited as and what kind of source it is.

    Args:
        document: as `parse` made it.
        found: its `parts`.
        entry: what the manifest says about the document; only used for parts that print no title.
    """
    if entry is not None and document.records:
        return replace(document, grade=entry.grade, cite_heads=((1, head(entry.title, entry.number)),))
    heads: list[tuple[int, str]] = []
    grades: list[tuple[int, str | None]] = []
    for part in found:
        line = document.blocks[part.start].line
        owner = found[part.parent] if part.role == "annex" and part.parent is not None else part
        if owner.title:
            heads.append((line, head(owner.title, None if owner.role == "announcement" else owner.number)))
            grades.append((line, grade(part)))
        else:
            heads.append((line, head(entry.title, entry.number) if entry else f"《{document.source.file}》"))
            grades.append((line, entry.grade if entry else document.grade))
    return replace(document, cite_heads=tuple(heads), grades=tuple(grades))


def part_at(document: Document, found: Sequence[Part], line: int) -> Part | None:
    """The part that holds a line."""
    return next((part for part in reversed(found) if document.blocks[part.start].line <= line), None)
