"""Lines of a document as it means them: paragraphs set over several lines or cut by a page joined, HTML taken apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.document.headings import ANNEX_LIST, NUMERAL, Line, heading_of
from loaders.document.repair import is_finished, repair
from loaders.document.source import Source
from loaders.document.text import Text

# No two neighbouring parts of these may match the same blanks: a line of many blanks would take forever.
_RULE = re.compile(r"^(?:\s*(?:-{2,}|—{2,}|_{3,}|\*{3,}|[-—–]\s*\d+\s*[-—–]|!\[.*\]\(.*\))\s*|[\s:|-]+)$")
_CONTENTS = re.compile(r"[.．…]{4,}(?:[\s\d]|</?\w+>)*$")
_FOOTNOTE = re.compile(r"^\s*<sup>\d+</sup>")
_PARAGRAPHS = re.compile(r"</?p\b[^>]*>|<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"^\s*(?:#+\s*)?\*\*(.+?)\*\*")
_STARTS = re.compile(
    rf"^\s*(?:#|\*\*|——|[（(](?:[{NUMERAL}]+|\d+)[)）]|[{NUMERAL}]+、|\d+\s*[.、．](?!\d)|第[{NUMERAL}\d]+[章节条]|专栏\s*\d|附件|[（(]此件"
    r"|[-•]\s|\||[①-⑳]"
    r"|[▌■◆●▲★◎※]"
    r"|(?:注|(?!牵头|责任|配合|完成|参与|主办|时限)[\u4e00-\u9fff]{2,6})[：:]|[\u4e00-\u9fff]{2}\d{1,3}[ 　])"
)
# A label with all it says (重点企业：甲、乙（丙全资子公司）).
_LABELLED = re.compile(r"^\s*[\u4e00-\u9fff]{2,6}：[^。；]*[）)]\s*$")
# What is whole on its line: the head and the end of an official document.
_WHOLE = re.compile(
    r"^\s*(?:[^，。：]{2,30}文件|[\u4e00-\u9fff]{2,12}〔\d{4}〕\d+号|\d{4}年\d{1,2}月\d{1,2}日|[^，。：]*印发[^，。：]*的通知|"
    r"(?:中共)?[\u4e00-\u9fff 　]{4,40}(?:办公室|人民政府)|[（(]此件[^）)]*[）)]|各[^。：]{4,200}：)\s*$"
)


# A number that the end of a line cuts in two: 达到 3|200 亿元, 2025年11|月18日. What goes on must be a number with a
# unit, or a unit, so that figures in a column stay apart.
_CUT = re.compile(r"[\u4e00-\u9fff（〔〕，、～~—–-]\s*\d[\d,，]*\.?\s*$")
_UNIT = "[年月日号万亿元%％个家台件项人亩]"
_GOES_ON = re.compile(rf"\s*(?:\d[\d,，]*(?:\.\d+)?\s*(?:[%％‰]|[\u4e00-\u9fff])|{_UNIT}(?!、))")
_PAGE = re.compile(r"^\s*[-—–]\s*\d+\s*[-—–]\s*$")
_LONGEST_HEAD = 60


def logical_lines(source: Source) -> Iterator[Line]:
    """Lines of the source, paragraphs set over several lines joined, HTML paragraphs taken apart."""
    held: list[Text] = []
    width, last, bold = _width(source), 0, 0
    heads = _running_heads(source)
    for start, end in zip(source.line_starts, (*source.line_starts[1:], len(source.text) + 1), strict=True):
        raw = source.text[start : end - 1]
        special = (
            not raw.strip()
            or "\t" in raw
            or _RULE.match(raw)
            or _STARTS.match(raw)
            or _CONTENTS.search(raw)
            or "<" in raw
        )
        if held:
            done = last < width or (width and is_finished(held[-1]))
            cut = not special and _is_cut(held[-1].string, raw)
            whole = len(held) == 1 and (_WHOLE.match(held[0].string) or _LABELLED.match(held[0].string))
            if special or (not cut and (_closed(held, bold) or done or whole or _WHOLE.match(raw))):
                yield from _classify(Text.join(held), source)
                held, bold = [], 0
        if not raw.strip():
            continue
        line = Text.of(raw, start)
        if _folded(raw) in heads:
            yield Line(line, source.line(start), False, 0, "furniture")
        elif (special and ("\t" in raw or raw.lstrip().startswith(("#", "|", "<", "- ")))) or _RULE.match(raw):
            yield from _classify(line, source)
        else:
            if held and not _is_cut(held[-1].string, raw):
                held.append(Text.of("\n", start - 1))
            held.append(line)
            last, bold = len(raw.strip()), bold + raw.count("**")
    if held:
        yield from _classify(Text.join(held), source)


def _is_cut(before: str, after: str) -> bool:
    """Whether a number or its unit goes on in the next line."""
    return _CUT.search(before) is not None and _GOES_ON.match(after) is not None


def _running_heads(source: Source) -> frozenset[str]:
    """Lines that stand at the head of several pages: the same words behind page numbers."""
    lines = [line for line in source.text.split("\n") if line.strip()]
    behind = Counter(
        _folded(line) for before, line in pairwise(lines) if _PAGE.match(before) and len(line.strip()) <= _LONGEST_HEAD
    )
    return frozenset(line for line, count in behind.items() if count > 1)


def _folded(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _width(source: Source) -> int:
    """How long a line must be to go on in the next one; 0 where blank lines separate the paragraphs.

    Without blank lines a paragraph is either one long line, or set over lines of one width and ends with a shorter one.
    """
    lines = [line.strip() for line in source.text.split("\n")]
    plain = sorted(len(line) for line in lines if line and "\t" not in line and "|" not in line)
    if not plain or 4 * (len(lines) - len(plain)) >= len(plain):
        return 0
    return int(0.9 * plain[int(0.9 * len(plain))])


def _closed(pieces: list[Text], bold: int) -> bool:
    """A run that is bold from end to end is a heading of its own, whatever stands on the next line."""
    return bold == 2 and pieces[0].string.lstrip().startswith("**") and pieces[-1].string.rstrip().endswith("**")


def _classify(text: Text, source: Source) -> Iterator[Line]:
    raw, line = text.string, source.line(text.starts[0])
    if _RULE.match(raw) or _CONTENTS.search(raw) or _FOOTNOTE.match(raw):
        yield Line(text, line, False, 0, "furniture")
    elif "\t" in raw or re.match(r"\s*\|.*\|\s*$", raw):
        yield Line(text, line, False, 0, "row")
    else:
        for piece in text.split(_PARAGRAPHS):
            if piece.string.strip():
                bold = _BOLD.match(re.sub(r"<(/?)b>", "**", piece.string))
                kind = "list" if re.match(r"\s*[-•]\s", piece.string) else "text"
                clean = repair(piece)
                if clean.string:
                    width = len(repair(Text.of(bold[1])).string) if bold else 0
                    yield Line(clean, source.line(clean.starts[0]), piece.string.lstrip().startswith("#"), width, kind)


@dataclass
class _Paragraph:
    """A paragraph that may go on behind a page: its pieces, joined once at its end."""

    first: Line
    pieces: list[Text]
    size: int
    punctuated: bool

    @classmethod
    def begin(cls, line: Line) -> "_Paragraph":
        return cls(line, [line.text], len(line.text), _SIGNS.search(line.text.string) is not None)

    def goes_on(self, line: Line) -> bool:
        """Whether a line is the rest of the paragraph."""
        first, last = self.first, self.pieces[-1]
        if first.kind != "text" or line.kind != "text" or first.marked or line.marked or line.bold:
            return False
        if ANNEX_LIST.match(first.text.string) or heading_of(line) is not None or _ITEM.match(line.text.string):
            return False
        if _is_cut(last.string, line.text.string):
            return True
        prose = first.bold < self.size and not is_finished(last)
        return prose and self.size >= 20 and self.punctuated

    def add(self, text: Text) -> None:
        if not _is_cut(self.pieces[-1].string, text.string):
            self.pieces.append(Text("\n", self.pieces[-1].ends[-1:], text.starts[:1]))
        self.pieces.append(text)
        self.size += len(text)
        self.punctuated = self.punctuated or _SIGNS.search(text.string) is not None

    def line(self) -> Line:
        if len(self.pieces) == 1:
            return self.first
        return replace(self.first, text=repair(Text.join(self.pieces)))


# A point of a list, the number of a slide, a label (重点企业：), the number of a node (节点06).
_ITEM = re.compile(
    r"——|[•·●■◆▌▲★◎※]|0\d$|(?:注|(?!牵头|责任|配合|完成|参与|主办|时限)[\u4e00-\u9fff]{2,6})[：:]|"
    r"[\u4e00-\u9fff]{2}\d{2}(?=[\u4e00-\u9fff])(?![年月日号万亿元个家台件项人亩类种户套吨米公千百倍位名次届期起条批])"
)
_SIGNS = re.compile("[，、。；：]")


def joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Paragraphs that a page break cut in two are one line again; furniture between them keeps its place."""
    held: _Paragraph | None = None
    between: list[Line] = []
    for line in lines:
        if line.kind == "furniture":
            between.append(line)
        elif held is not None and held.goes_on(line):
            held.add(line.text)
        else:
            if held is not None:
                yield held.line()
            yield from between
            held, between = _Paragraph.begin(line), []
    if held is not None:
        yield held.line()
    yield from between
