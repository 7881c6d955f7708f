"""The document model: blocks of repaired text under a path of sections.

A block is a paragraph, a heading, a numbered item, a row of a table or a line of a list. Sections nest in the order
in which a part of the document first uses them (章 over 节 over 条, or 一、 over （一） over 1.), not by the number of
`#` signs, which OCR gets wrong. A paragraph broken by a page is one block again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.document.headings import LABELS, NUMERAL, TITLE, Line, annex_at, annexes, heading_of, title_runs
from loaders.document.lines import joined, logical_lines
from loaders.document.repair import repair
from loaders.document.source import Source
from loaders.document.text import Text
from ontology.facts import Evidence, Span

__all__ = ["NUMERAL", "TITLE", "Block", "Document", "Record", "Section", "parse"]


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


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a table file: its cells, without line breaks, and where it stands in the source."""

    line: int
    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A source with its blocks; a table file has `records` instead, the header first, so that nobody reads it as prose.

    `cite_heads` and `grades` hold, from which line on, what is cited (《题名》（文号）) and what kind of source it is
    (规划, 规范性文件 …); `grade` is the kind where no line of `grades` comes before.
    """

    source: Source
    blocks: tuple[Block, ...]
    grade: str | None = None
    cite_heads: tuple[tuple[int, str], ...] = ()
    grades: tuple[tuple[int, str | None], ...] = ()
    records: tuple[Record, ...] = ()

    @cached_property
    def furniture(self) -> tuple[tuple[int, int], ...]:
        blocks = (block.text.source() for block in self.blocks if block.kind == "furniture" and len(block.text))
        return (*blocks, *((header.start, header.end) for header in self.records[:1]))

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

    def record_evidence(self, record: Record) -> Evidence:
        """Evidence that is a whole record of a table file."""
        found = self.source.spans(record.start, record.end)
        # Quotation marks are of the table; where one span holds the record, it reads as its cells.
        reads = "，".join(record.cells) if len(found) == 1 and '"' in found[0].quote else None
        found = tuple(replace(span, text=reads or span.quote) for span in found)
        cite, grade = self.cite((), record.line), self.grade_at(record.line)
        return Evidence(self.source.file, self.source.sha256, found[0], found[1:], (), cite, grade)


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
        label = LABELS.get(kind, "{1}").format(number, name).strip()
        section = Section(kind, number, name, label, line, self.open[-1] if self.open else None)
        self.open.append(section)
        return section

    @property
    def top(self) -> Section | None:
        return self.open[-1] if self.open else None


def parse(source: Source, grade: str | None = None) -> Document:
    """The document of a source."""
    lines = list(joined(logical_lines(source)))
    runs, (listed, names) = title_runs(lines), annexes(lines)
    stack, blocks, i, slides = _Stack(), [], 0, 0
    while i < len(lines):
        line = lines[i]
        if i in listed:
            blocks.append(Block("list", line.text, line.line, stack.top))
            i += 1
            continue
        if annex := annex_at(lines, i, names):
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
        if (slide := _slide(lines, i, slides)) is not None:
            slides = int(lines[i].text.string)
            section = stack.enter("part", lines[i].text.string, slide.text.string, slide.line)
            blocks += [
                Block("furniture", line.text, line.line, stack.top),
                Block("heading", slide.text, slide.line, section),
            ]
            i += 2
            continue
        blocks.append(_block(line, stack))
        i += 1
    return Document(source, tuple(blocks), grade)


def _slide(lines: Sequence[Line], i: int, before: int) -> Line | None:
    """The heading of a slide deck's next part: a short line behind a line that is only the part's number (02)."""
    if not re.fullmatch(r"0\d", lines[i].text.string) or int(lines[i].text.string) != before + 1 or i + 1 >= len(lines):
        return None
    line = lines[i + 1]
    plain = (
        line.kind == "text" and len(line.text) <= 16 and re.search(r"[，。；：\dA-Za-z]|部分", line.text.string) is None
    )
    return line if plain and heading_of(line) is None else None


def _block(line: Line, stack: _Stack) -> Block:
    if line.kind == "row":
        cells = tuple(repair(cell) for cell in _cells(line.text))
        return Block("row", line.text, line.line, stack.top, cells)
    if line.kind in ("furniture", "list"):
        return Block(line.kind, line.text, line.line, stack.top)
    heading = heading_of(line)
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
