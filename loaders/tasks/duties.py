"""Duties in prose: “X负责Y”, “由X负责解释”, “经X认定”, “成立X领导小组，统筹…”, “X：负责…”."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.grammar import agencies
from loaders.grammar.grammar import is_predicate
from loaders.policy.owners import heading, without_ordinal
from loaders.tasks.roles import Roles

_WHO = r"(?P<who>[\u4e00-\u9fff（）、“”]{2,70}?)"
# What a body does ends where the next body's duty begins: 甲牵头组织实施，乙负责资金拨付.
_NEXT = r"，[^，。；]{2,20}?(?<!具体)负责(?!任|人|的)"
_REST = rf"(?P<what>(?:(?!{_NEXT})[^。；])*)"
_GROUP = r"[\u4e00-\u9fff]{2,24}?(?:领导小组|工作组|工作专班|专班|联席会议|指挥部|委员会)"
_DUTY = re.compile(
    rf"^{_WHO}(?:是[^，。；]{{2,40}}，)?(?:具体|分别|主要|共同|统一)*负责(?!任|人|的)(?P<what>(?:(?!，[^，。；]{{2,20}}负责)[^。；])+)"
)
_LEADS = re.compile(
    rf"^(?:[^，。；由]{{0,12}}?由|[^，。；]{{2,16}}?指定)?{_WHO}牵头(?!单位|部门|作用|企业)"
    rf"(?:，(?P<with>[^，。；]{{3,60}}?)(?:按职责(?:分工)?)?(?:配合|参与|协同|参加)，"
    rf"|，会同(?P<joint>[^，。；]{{3,40}}?(?:[厅局委办部]|政府|部门))(?=组织|开展|实施|制定|推进|做好|抓|落实|对|按|共同)|，)?{_REST}"
)
_JOINTLY = re.compile(
    rf"^由{_WHO}会同(?P<joint>[^，。；]{{3,40}}?(?:[厅局委办部]|政府|部门))(?P<what>(?:制定|组织|编制|研究|开展|建立|出台|起草|提出)[^。；]*)"
)
_BY = re.compile(rf"^(?:[^，。；由]{{0,40}}?)由{_WHO}(?:具体|统一|共同)*负责(?P<what>[^。；，]*)")
_THROUGH = re.compile(
    rf"^经{_WHO}(?P<what>(?:实地|现场|综合|联合|集体)*(?:踏查|审核|审定|审批|审查|批准|认定|核准|评审|确认|核实)[^，。；]*(?:，并[^，。；]*)?)"
)
_FOUNDED = re.compile(rf"^(?:[^，。；]{{0,6}}?)(?:成立|设立|组建)(?P<who>{_GROUP})(?:，(?P<what>[^。；]*))?")
_HELD = re.compile(r"(?P<post>[\u4e00-\u9fff]{2,10}?)由(?P<who>[^，。；]{2,40}?)(?:兼任|担任)")
_TOGETHER = re.compile(r"^(?P<who>[\u4e00-\u9fff]{2,20}(?:与|和|会同)[\u4e00-\u9fff]{2,20}?)共同(?P<what>[^。；]+)")
_WILL = re.compile(r"^(?P<who>[省市县区州]?[\u4e00-\u9fff]{0,6}(?:政府|管委会))将(?P<what>[^。；]+)")
_COLON = re.compile(r"^(?P<who>[^：。，；]{2,30})：(?P<what>[^：]{6,}.*)$")
_DIVISION = re.compile("分工|职责|责任")
_BODY = re.compile(rf"(?:{agencies.STRONG}|街道|开发主体|管理机构)$")
# 负责X的部门: not a duty but a description of a body.
_DESCRIBES = re.compile(r"^[^，。；]{0,20}的(?:[^，。；]{0,8})(?:部门|机构|人员|单位)")
_OFFICE = re.compile(r"(?:副?(?:局|厅|主任|部|处)长|主任|书记|负责人|同志)$")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as a sentence states it; `chapter` where it stands in a section about duties.

    `number` is that of the heading which names the task, where the sentence behind it says who is to do it.
    """

    block: Block
    task: str
    roles: Roles
    words: Text
    chapter: bool
    group: str | None
    number: str | None = None


def duties(document: Document, blocks: Sequence[Block], level: str | None) -> Iterator[Duty]:
    """The duties that sentences state, in the order of the text.

    Args:
        document: holds the blocks.
        blocks: of one part; those that a list of responsible bodies closes are left out by the caller.
        level: the prefix (省, 市) of bodies that print none.
    """
    for block in blocks:
        if block.kind not in ("paragraph", "list"):
            continue
        chapter = _chapter(document, block)
        group = heading(document, block.section.parent) if block.section and block.section.parent else ""
        group = "" if block.section and block.section.parent and block.section.parent.kind == "title" else group
        text = block.text[without_ordinal(block.text.string) :]
        if chapter and (found := _colon(text, level)):
            yield Duty(block, found[0], found[1], text, True, heading(document, block.section) or None)
            continue
        before = ""
        for sentence in sentences(text):
            named = _named(document, block, before, sentence.string)
            for task, stated, start, end in _sentence(sentence.string, level):
                task, number = named if named and stated.lead else (task, None)
                yield Duty(block, task, stated, sentence[start:end], chapter, group or None, number)
            before = sentence.string


def _named(document: Document, block: Block, before: str, sentence: str) -> tuple[str, str | None] | None:
    """The task that a run-in heading names with its number, where the sentence goes on from it: 建设平台。由甲牵头…."""
    section = block.section
    name = heading(document, section)
    opens = section is not None and section.kind != "title" and section.line == block.line and is_predicate(name)
    if section is None or not opens or not sentence.startswith("由") or before.strip("。：: ") != name:
        return None
    return name, section.number


def _chapter(document: Document, block: Block) -> bool:
    sections = block.section.chain if block.section else ()
    return any(_DIVISION.search(heading(document, section)) for section in sections if section.kind != "title")


def _colon(text: Text, level: str | None) -> tuple[str, Roles] | None:
    match = _COLON.match(text.string)
    if match is None:
        return None
    names = agencies.names(match["who"], level)
    if not names and match["what"].startswith("负责"):
        names = tuple(name for name in re.split("[、，]", match["who"]) if name)
    first = match["what"].partition("。")[0]
    return (first.removeprefix("负责").strip("。；"), Roles((), names)) if names else None


def _sentence(string: str, level: str | None) -> Iterator[tuple[str, Roles, int, int]]:
    """Task, roles, start and end of each duty in a sentence."""
    if held := list(_HELD.finditer(string)):
        who = tuple(name for match in held for name in _persons(match["who"], level))
        yield "、".join(match["post"] for match in held), Roles((), who), held[0].start(), held[-1].end()
        return
    at, subject = 0, tuple[str, ...]()  # the end of the duty before, so that no words are read twice
    for start in _starts(string):
        if start < at:
            continue
        found = _clause(string[start:], level)
        if found is None:
            continue
        task, stated, end = found
        if stated.others == subject and not stated.lead:
            continue
        at, subject = start + end, stated.others
        yield task, stated, start, at


def _starts(string: str) -> Iterator[int]:
    yield 0
    yield from (match.end() for match in re.finditer("[，；：]", string))


def _clause(string: str, level: str | None) -> tuple[str, Roles, int] | None:
    for pattern in (_LEADS, _JOINTLY, _BY, _DUTY, _THROUGH, _TOGETHER, _WILL):
        match = pattern.match(string)
        if match is None or _DESCRIBES.match(match["what"]):
            continue
        if (names := _bodies(match["who"], level, loose=pattern in (_THROUGH, _TOGETHER, _WILL))) is None:
            continue
        what = match["what"].strip("，。； ")
        if pattern is _THROUGH:
            what = re.sub(r"^([^，的]{2,6})的", r"\1", re.sub("后$", "", what))
        if not what:
            continue
        if pattern not in (_LEADS, _JOINTLY):
            return what, Roles((), names), match.end()
        said = match.groupdict()
        return what, Roles(names, agencies.names(said.get("with") or said["joint"] or "", level)), match.end()
    if (match := _FOUNDED.match(string)) and match["what"]:
        return match["what"], Roles((), (match["who"],)), match.end()
    return None


def _bodies(who: str, level: str | None, *, loose: bool) -> tuple[str, ...] | None:
    """The bodies of a subject; a loose one may hold a body that is none by its form (开发主体)."""
    if match := re.search(r"（(?:以下)?[统简]称：?“?([^”]{2,24}?)”?）$", who):
        who = match[1]
    if names := agencies.names(who, level):
        return names
    pieces = [piece for piece in re.split("、|与|和|会同", who) if piece]
    if loose and pieces and all(_BODY.search(piece) for piece in pieces):
        return tuple(pieces)
    return None


def _persons(who: str, level: str | None) -> tuple[str, ...]:
    """Office holders by their body where the title names one (县商务局局长), else as printed (分管副县长)."""
    found: list[str] = []
    for piece in re.split("[、和]", who):
        body = _OFFICE.sub("", piece)
        found += agencies.names(body, level) if body != piece and agencies.names(body, level) else [piece]
    return tuple(found)
