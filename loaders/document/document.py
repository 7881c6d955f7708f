"""The document model: blocks of repaired text under a path of sections.

A block is a paragraph, a heading, a numbered item, a row of a table or a line of a list. Sections nest in the order
in which a part of the document first uses them (章 over 节 over 条, or 一、 over （一） over 1.), not by the number of
`#` signs, which OCR gets wrong. A paragraph broken by a page is one block again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.document.repair import is_finished, repair
from loaders.document.source import Source
from loaders.document.text import Text
from ontology.facts import Evidence, Span

NUMERAL = "一二三四五六七八九十百零〇"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    `kind` is one of title, contents, part, chapter, section, article, box, annex, cn (一、), bracket_cn （一）, heading
    (a numbered heading line: 1. …), item (a numbered paragraph), bracket （1）, bold (a run-in heading), head (a
    heading without number). `number` is the figure as printed, `name` the heading's words.
    """

    kind: str
    number: str | None
    name: str
    label: str
    line: int
    parent: "Section | None" = None

    @property
    def chain(self) -> "tuple[Section, ...]":
        return (*(self.parent.chain if self.parent else ()), self)

    def nearest(self, kind: str) -> "Section | None":
        """This section or the closest one above it of that kind."""
        return next((s for s in reversed(self.chain) if s.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that belongs together. `kind`: title, heading, paragraph, row, list or furniture.

    `section` is the innermost section that holds it (its own where it opens one); `cells` are the cells of a row.
    """

    kind: str
    text: Text
    line: int
    section: Section | None = None
    cells: tuple[Text, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(s.label for s in self.section.chain) if self.section else ()

    @property
    def path_below_title(self) -> tuple[str, ...]:
        return tuple(s.label for s in self.section.chain if s.kind != "title") if self.section else ()


@dataclass(frozen=True)
class Document:
    """A source with its blocks.

    `cite_heads` and `grades` hold, from which line on, what is cited (《题名》（文号）) and what kind of source it is
    (规划, 规范性文件 …); `grade` is the kind where no line of `grades` comes before.
    """

    source: Source
    blocks: tuple[Block, ...]
    grade: str | None = None
    cite_heads: tuple[tuple[int, str], ...] = ()
    grades: tuple[tuple[int, str | None], ...] = ()

    @cached_property
    def furniture(self) -> tuple[tuple[int, int], ...]:
        return tuple(block.text.source() for block in self.blocks if block.kind == "furniture" and len(block.text))

    def cite(self, section: Sequence[str], line: int) -> str:
        """A citation ready to paste: the policy's 《title》（number）, where known, and the section."""
        head = next((head for start, head in reversed(self.cite_heads) if start <= line), f"《{self.source.file}》")
        return " ".join((head, *section)) if section else f"{head} 第{line}行"

    def grade_at(self, line: int) -> str | None:
        """The kind of source that holds a line."""
        return next((grade for start, grade in reversed(self.grades) if start <= line), self.grade)

    def evidence(self, block: Block, *pieces: Text) -> Evidence:
        """Evidence made of pieces of a block's text (or of blocks above it); the first piece gives the quote."""
        spans: list[Span] = []
        for piece in pieces or (block.text,):
            read = (replace(s, text=piece.within(s.start, s.end).marked()) for s in self.source.spans(*piece.source()))
            spans += [span for span in read if span not in spans]
        return Evidence(
            file=self.source.file,
            sha256=self.source.sha256,
            span=spans[0],
            more=tuple(spans[1:]),
            section=block.path,
            cite=self.cite(block.path_below_title, block.line),
            grade=self.grade_at(block.line),
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A logical line before sections are known."""

    text: Text
    line: int
    marked: bool  # a Markdown heading
    bold: int  # length of the leading bold run after repair, 0 for none
    kind: str  # text, row, list, furniture


# No two neighbouring parts of these may match the same blanks: a line of many blanks would take forever.
_RULE = re.compile(r"^(?:\s*(?:-{2,}|—{2,}|_{3,}|\*{3,}|[-—–]\s*\d+\s*[-—–]|!\[.*\]\(.*\))\s*|[\s:|-]+)$")
_CONTENTS = re.compile(r"[.．…]{4,}(?:[\s\d]|</?\w+>)*$")
_FOOTNOTE = re.compile(r"^\s*<sup>\d+</sup>")
_PARAGRAPHS = re.compile(r"</?p\b[^>]*>|<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"^\s*(?:#+\s*)?\*\*(.+?)\*\*")
_STARTS = re.compile(
    rf"^\s*(?:#|\*\*|——|[（(](?:[{NUMERAL}]+|\d+)[)）]|[{NUMERAL}]+、|\d+\s*[.、．](?!\d)|第[{NUMERAL}\d]+[章节条]|专栏\s*\d|附件|[-•|]\s|[①-⑳])"
)


def _logical_lines(source: Source) -> Iterator[_Line]:
    """Lines of the source, paragraphs set over several lines joined, HTML paragraphs taken apart."""
    held: Text | None = None
    width, last = _width(source), 0
    for start, end in zip(source.line_starts, (*source.line_starts[1:], len(source.text) + 1), strict=True):
        raw = source.text[start : end - 1]
        line = Text.of(raw, start)
        special = (
            not raw.strip()
            or "\t" in raw
            or _RULE.match(raw)
            or _STARTS.match(raw)
            or _CONTENTS.search(raw)
            or "<" in raw
        )
        if held is not None and (special or _closed(held) or last < width or (width and is_finished(held))):
            yield from _classify(held, source)
            held = None
        if not raw.strip():
            continue
        if (special and ("\t" in raw or raw.lstrip().startswith(("#", "|", "<", "- ")))) or _RULE.match(raw):
            yield from _classify(line, source)
        else:
            held, last = line if held is None else held + Text.of("\n", start - 1) + line, len(raw.strip())
    if held is not None:
        yield from _classify(held, source)


def _width(source: Source) -> int:
    """How long a line must be to go on in the next one; 0 where blank lines separate the paragraphs.

    Without blank lines a paragraph is either one long line, or set over lines of one width and ends with a shorter one.
    """
    lines = [line.strip() for line in source.text.split("\n")]
    plain = sorted(len(line) for line in lines if line and "\t" not in line and "|" not in line)
    if not plain or 4 * (len(lines) - len(plain)) >= len(plain):
        return 0
    return int(0.9 * plain[int(0.9 * len(plain))])


def _closed(text: Text) -> bool:
    """A run that is bold from end to end is a heading of its own, whatever stands on the next line."""
    stripped = text.string.strip()
    return stripped.startswith("**") and stripped.endswith("**") and stripped.count("**") == 2


def _classify(text: Text, source: Source) -> Iterator[_Line]:
    raw, line = text.string, source.line(text.starts[0])
    if _RULE.match(raw) or _CONTENTS.search(raw) or _FOOTNOTE.match(raw):
        yield _Line(text, line, False, 0, "furniture")
    elif "\t" in raw or re.match(r"\s*\|.*\|\s*$", raw):
        yield _Line(text, line, False, 0, "row")
    else:
        for piece in text.split(_PARAGRAPHS):
            if piece.string.strip():
                bold = _BOLD.match(re.sub(r"<(/?)b>", "**", piece.string))
                kind = "list" if re.match(r"\s*[-•]\s", piece.string) else "text"
                clean = repair(piece)
                if clean.string:
                    width = len(repair(Text.of(bold[1])).string) if bold else 0
                    yield _Line(clean, source.line(clean.starts[0]), piece.string.lstrip().startswith("#"), width, kind)


_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第([{NUMERAL}\d]+)部分")),
    ("chapter", re.compile(rf"第([{NUMERAL}\d]+)[章编篇]")),
    ("section", re.compile(rf"第([{NUMERAL}\d]+)节")),
    ("article", re.compile(rf"第([{NUMERAL}]+|\d(?: ?\d)*)条")),
    ("box", re.compile(r"专栏(\d+|[一二三四五六七八九十]+)[：:]?")),
    ("annex", re.compile(r"附[件表录](\d*)[：:]?")),
    ("cn", re.compile(rf"([{NUMERAL}]+)、")),
    ("bracket_cn", re.compile(rf"（([{NUMERAL}]+)）")),
    ("bracket", re.compile(r"（(\d+)）")),
    ("item", re.compile(r"(\d{1,2})\s?[.、．](?![\d])")),
)
_LABELS = {
    "part": "第{}部分 {}",
    "chapter": "第{}章 {}",
    "section": "第{}节 {}",
    "article": "第{}条 {}",
    "box": "专栏{} {}",
    "annex": "附件{} {}",
    "cn": "{}、{}",
    "bracket_cn": "（{}）{}",
    "bracket": "（{}）{}",
    "heading": "{}.{}",
    "item": "第{}项 {}",
}
_RUN_IN = re.compile(r"^([^。！？；：，]{1,40})[。：]")
_SHORT = 40
_ANNEX_LIST = re.compile(r"^附[件表录][：:]")
# What a title of an official document ends with, brackets and 解读 behind it left aside.
TITLE = re.compile(
    r"(?:通知|意见|办法|细则|规划|方案|条例|措施|计划|决定|公告|规定|通告|纲要|指南|汇编|解读(?:材料)?|实录|公报|批复|函|通报|决议|规则|工作要点|(?:国务院|人民政府|部)令"
    r"|若干[^，。；：]{0,6}政策)"
    r"(?:（[^（）]*）)*(?:政策)?(?:解读(?:材料)?)?(?:（[^（）]*）)*$"
)
# A heading inside a text that ends like a title but names nothing (保障措施, 重点任务和工作计划).
_NAMELESS = re.compile(
    r"^(?:主要|重点|工作|任务|保障|政策|支持|扶持|组织|实施|具体|推进|目标|安排|有关|相关|配套|申报|管理|行动|年度|和|与|及|、)*"
    r"(?:措施|计划|方案|办法|意见|规定|规则|决定|通知|函)$"
)
_BRACKET_ONLY = re.compile(r"^（[^（）]+）$")


def _heading_of(line: _Line) -> tuple[str, str | None, str] | None:
    """(kind, number, name) of the section that a line opens, or None."""
    string = line.text.string
    for kind, pattern in _HEADS:
        if match := pattern.match(string):
            rest = string[match.end() :].strip()
            before = string.index(rest, match.end())
            whole = line.marked or line.bold >= len(string)
            if kind == "annex" and not (whole or len(string) <= _SHORT):
                return None
            if kind == "item" and (whole or (len(rest) <= 25 and not is_finished(line.text) and line.bold == 0)):
                kind = "heading"
            return kind, match[1].replace(" ", ""), _name(rest, line, before, whole)
    if line.marked or (line.bold and line.bold >= len(string)):
        return "head", None, string.strip("：: ")
    if line.bold and line.bold <= _SHORT and line.kind == "text":
        return "bold", None, string[: line.bold].strip("。：: ")
    return None


def _name(rest: str, line: _Line, offset: int, whole: bool) -> str:
    """The words of a heading: the whole line, its bold run, or what stands before the first full stop."""
    if line.bold > offset and not whole:
        return rest[: line.bold - offset].strip("。：: ")
    if (match := _RUN_IN.match(rest)) and match.end() < len(rest):
        return match[1].strip()
    return rest.strip("：: ") if len(rest) <= _SHORT and not is_finished(line.text) else ""


def _joined(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Paragraphs that a page break cut in two are one line again; furniture between them keeps its place."""
    held: _Line | None = None
    between: list[_Line] = []
    for line in lines:
        if line.kind == "furniture":
            between.append(line)
            continue
        if held is not None and _continues(held, line):
            held = replace(
                held, text=repair(held.text + Text("\n", held.text.ends[-1:], line.text.starts[:1]) + line.text)
            )
            continue
        if held is not None:
            yield held
        yield from between
        held, between = line, []
    if held is not None:
        yield held
    yield from between


def _continues(held: _Line, line: _Line) -> bool:
    prose = held.kind == "text" and not held.marked and held.bold < len(held.text) and not is_finished(held.text)
    prose = prose and not _ANNEX_LIST.match(held.text.string)
    full = len(held.text) >= 20 and re.search("[，、。；：]", held.text.string) is not None
    return prose and full and line.kind == "text" and not line.marked and not line.bold and _heading_of(line) is None


class _Stack:
    """The open sections of a part; a kind that is open closes itself and everything under it."""

    def __init__(self) -> None:
        self.open: list[Section] = []

    def enter(self, kind: str, number: str | None, name: str, line: int) -> Section:
        if kind in ("title", "contents"):
            self.open = []
        kinds = [section.kind for section in self.open]
        if kind in kinds:
            del self.open[kinds.index(kind) :]
        elif kind in ("part", "chapter", "annex"):
            del self.open[1 if kinds[:1] == ["title"] else 0 :]
        elif kind in ("section", "cn") and "head" in kinds:
            del self.open[kinds.index("head") :]
        label = _LABELS.get(kind, "{1}").format(number, name).strip()
        section = Section(kind, number, name, label, line, self.open[-1] if self.open else None)
        self.open.append(section)
        return section

    @property
    def top(self) -> Section | None:
        return self.open[-1] if self.open else None


def _title_runs(lines: Sequence[_Line]) -> dict[int, int]:
    """Where titles stand: index of the first line of a title → index behind its last line.

    A title is a run of headings without numbers (and lines in brackets) that ends with the name of a kind of document.
    """
    runs, i = {}, 0
    while i < len(lines):
        j = i
        while j < len(lines) and (_is_head(lines[j]) or (j > i and _BRACKET_ONLY.match(lines[j].text.string))):
            j += 1
        for end in range(j, i, -1):
            words = "".join(line.text.string for line in lines[i:end])
            if TITLE.search(words) and not _NAMELESS.match(words) and any(map(_is_head, lines[i:end])):
                while end < j and _BRACKET_ONLY.match(lines[end].text.string):
                    end += 1
                runs[i] = end
                break
        i = max(runs.get(i, j), i + 1)
    return runs


def _is_head(line: _Line) -> bool:
    heading = _heading_of(line) if line.kind == "text" else None
    return (heading is not None and heading[0] == "head") or _is_plain_title(line)


def _is_plain_title(line: _Line) -> bool:
    """A title in a document without markup: short, no sentence, named as an official document."""
    string = line.text.string
    return (
        line.kind == "text"
        and not line.marked
        and not line.bold
        and len(string) <= 150
        and not re.search("[。；，：]", string)
        and not string.startswith(("附件", "《"))
        and len(string) >= 8
        and _heading_of(line) is None
        and TITLE.search(string) is not None
    )


def parse(source: Source, grade: str | None = None) -> Document:
    """The document of a source."""
    lines = list(_joined(_logical_lines(source)))
    runs, (listed, names) = _title_runs(lines), _annexes(lines)
    stack, blocks, i = _Stack(), [], 0
    while i < len(lines):
        line = lines[i]
        if i in listed:
            blocks.append(Block("list", line.text, line.line, stack.top))
            i += 1
            continue
        if annex := _annex_at(lines, i, names):
            end, text, number = annex
            section = stack.enter("annex", number, text.string, line.line)
            blocks.append(Block("heading", text, line.line, section))
            i = end
            continue
        if i in runs:
            run = lines[i : runs[i]]
            text = run[0].text
            for piece in run[1:]:
                text = text + piece.text
            section = stack.enter("title", None, text.string, line.line)
            blocks.append(Block("title", text, line.line, section))
            i = runs[i]
            continue
        blocks.append(_block(line, stack))
        i += 1
    return Document(source, tuple(blocks), grade)


_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})[.、．](?!\d)")
_SIGNED = re.compile(r"\d日$|(?:厅|局|委|政府|委员会|办公室|部|会)$")


def _annexes(lines: Sequence[_Line]) -> tuple[set[int], dict[str, str]]:
    """The lines that list annexes at the end of a text (附件：1.…), and the annexes' names with their numbers."""
    listed: set[int] = set()
    names: dict[str, str] = {}
    for i, line in enumerate(lines):
        if line.marked or not _ANNEX_LIST.match(line.text.string):
            continue
        end = i + 1
        while end < min(len(lines), i + 15) and _lists_on(lines[end - 1], lines[end]):
            end += 1
        text = "".join(line.text.string for line in lines[i:end])
        pieces = _NUMBERED.split(text[3:])
        named = dict(zip(pieces[2::2], pieces[1::2], strict=True)) if len(pieces) > 1 else {pieces[0]: ""}
        # A set of rules may be sent out as an annex; it has a title of its own.
        names |= {_plain(name): number for name, number in named.items() if not TITLE.search(name)}
        listed |= set(range(i, end))
    return listed, names


def _lists_on(before: _Line, line: _Line) -> bool:
    """Whether a line goes on with a list of annexes: the next number, or the rest of a name on the very next line."""
    if line.kind not in ("text", "list") or line.marked or line.bold or len(line.text) > _SHORT:
        return False
    if _SIGNED.search(line.text.string):
        return False
    return bool(_NUMBERED.match(line.text.string)) or (line.line - before.line == 1 and _heading_of(line) is None)


def _annex_at(lines: Sequence[_Line], i: int, names: dict[str, str]) -> tuple[int, Text, str] | None:
    """The heading of a listed annex that starts here, over one to three lines: its end, its words and its number."""
    text = Text("", (), ())
    for j in range(i, min(len(lines), i + 3)):
        heading = _heading_of(lines[j]) if lines[j].kind == "text" else None
        if (heading is None or heading[0] != "head") and not _is_plain_title(lines[j]):
            return None
        text = text + lines[j].text
        if _plain(text.string) in names:
            return j + 1, text, names[_plain(text.string)]
    return None


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name)


def _block(line: _Line, stack: _Stack) -> Block:
    if line.kind == "row":
        cells = tuple(repair(cell) for cell in _cells(line.text))
        return Block("row", line.text, line.line, stack.top, cells)
    if line.kind in ("furniture", "list"):
        return Block(line.kind, line.text, line.line, stack.top)
    heading = _heading_of(line)
    if heading is None:
        return Block("paragraph", line.text, line.line, stack.top)
    section = stack.enter(*heading, line.line)
    alone = line.marked or line.bold >= len(line.text) or heading[0] == "heading"
    return Block("heading" if alone else "paragraph", line.text, line.line, section)


def _cells(text: Text) -> Iterator[Text]:
    """The cells of a row, empty ones included."""
    sign = "\t" if "\t" in text.string else "|"
    row = text if sign == "\t" else text.strip()[1:-1]
    last = 0
    for at, character in enumerate(row.string):
        if character == sign:
            yield row[last:at]
            last = at + 1
    yield row[last:]
