"""Which lines of a document are headings: numbered ones by their form, others by their marks, titles, annexes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.document.repair import is_finished
from loaders.document.text import Text

NUMERAL = "一二三四五六七八九十百零〇"


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line before sections are known."""

    text: Text
    line: int
    marked: bool  # a Markdown heading
    bold: int  # length of the leading bold run after repair, 0 for none
    kind: str  # text, row, list, furniture


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
LABELS = {
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
# Set in bold for weight: clauses and a full stop make a sentence of it, and no heading.
_SENTENCE = re.compile("，.*[。；]$")
_RUN_IN = re.compile(r"^([^。！？；：，]{1,40})[。：]")
SHORT = 40
ANNEX_LIST = re.compile(r"^附[件表录][：:]")
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


def heading_of(line: Line) -> tuple[str, str | None, str] | None:
    """(kind, number, name) of the section that a line opens, or None."""
    string = line.text.string
    for kind, pattern in _HEADS:
        if match := pattern.match(string):
            rest = string[match.end() :].strip()
            before = string.index(rest, match.end())
            whole = line.marked or line.bold >= len(string)
            if kind == "annex" and not (whole or len(string) <= SHORT):
                return None
            if kind == "item" and (whole or (len(rest) <= 25 and not is_finished(line.text) and line.bold == 0)):
                kind = "heading"
            return kind, match[1].replace(" ", ""), _name(rest, line, before, whole)
    if line.marked or (line.bold and line.bold >= len(string)):
        return None if not line.marked and _SENTENCE.search(string) else ("head", None, string.strip("：: "))
    if line.bold and line.bold <= SHORT and line.kind == "text":
        return "bold", None, string[: line.bold].strip("。：: ")
    return None


def _name(rest: str, line: Line, offset: int, whole: bool) -> str:
    """The words of a heading: the whole line, its bold run, or what stands before the first full stop."""
    if line.bold > offset and not whole:
        return rest[: line.bold - offset].strip("。：: ")
    if (match := _RUN_IN.match(rest)) and match.end() < len(rest):
        return match[1].strip()
    return rest.strip("：: ") if len(rest) <= SHORT and not is_finished(line.text) else ""


def title_runs(lines: Sequence[Line]) -> dict[int, int]:
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


def _is_head(line: Line) -> bool:
    heading = heading_of(line) if line.kind == "text" else None
    return (heading is not None and heading[0] == "head") or _is_plain_title(line)


def _is_plain_title(line: Line) -> bool:
    """A title in a document without markup: short, no sentence, named as an official document."""
    string = line.text.string
    return (
        line.kind == "text"
        and not line.marked
        and not line.bold
        and len(string) <= 150
        and not re.search("[。；，：]", string)
        and not string.startswith(("附件", "《", "为", "根据", "按照", "依据"))
        and string.count("（") == string.count("）")
        and len(string) >= 8
        and heading_of(line) is None
        and TITLE.search(string) is not None
    )


_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})[.、．](?!\d)")
_SIGNED = re.compile(r"\d日$|(?:厅|局|委|政府|委员会|办公室|部|会)$")


def annexes(lines: Sequence[Line]) -> tuple[set[int], dict[str, str]]:
    """The lines that list annexes at the end of a text (附件：1.…), and the annexes' names with their numbers."""
    listed: set[int] = set()
    names: dict[str, str] = {}
    for i, line in enumerate(lines):
        if line.marked or not ANNEX_LIST.match(line.text.string):
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


def _lists_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with a list of annexes: the next number, or the rest of a name on the very next line."""
    if line.kind not in ("text", "list") or line.marked or line.bold or len(line.text) > SHORT:
        return False
    if _SIGNED.search(line.text.string):
        return False
    return bool(_NUMBERED.match(line.text.string)) or (line.line - before.line == 1 and heading_of(line) is None)


def annex_at(lines: Sequence[Line], i: int, names: dict[str, str]) -> tuple[int, Text, str] | None:
    """The heading of a listed annex that starts here, over one to three lines: its end, its words and its number."""
    text = Text("", (), ())
    for j in range(i, min(len(lines), i + 3)):
        heading = heading_of(lines[j]) if lines[j].kind == "text" else None
        if (heading is None or heading[0] != "head") and not _is_plain_title(lines[j]):
            return None
        text = text + lines[j].text
        if _plain(text.string) in names:
            return j + 1, text, names[_plain(text.string)]
    return None


def _plain(name: str) -> str:
    return re.sub(r"\W", "", name)
