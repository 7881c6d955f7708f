"""Lists of responsible bodies in brackets behind a paragraph: （省发展改革委牵头，省科技厅、财政厅按职责分工负责）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.policy.owners import heading, without_ordinal
from loaders.tasks.roles import Roles, roles

_BRACKET = re.compile(r"[（〔【\[]((?:[^（）〔〕【】]|（[^（）]*）|〔[^〔〕]*〕)*?)[）〕】\]]")
# 责任单位：… on a line of its own or at the end of a paragraph, with the time limit behind it.
_LABEL = (
    r"(?:主要|共同|主|第一|直接|[省市县区]级|[省市县区]直)?(?:牵头|责任|负责|配合)"
    r"[\u4e00-\u9fff]{0,2}(?:单位|部门)[：:]"
)
_LONE = re.compile(
    rf"(?:^|(?<=[。；！\s]))(?P<bodies>{_LABEL}.+?)[。；，\s]*(?:(?:完成)?(?:时限|时间|期限)[：:](?P<until>[^。；]*).*)?$"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A task with the list behind it; `pieces` are the words that say so, the list first; `until` as printed."""

    block: Block
    number: str | None
    group: str | None
    task: str
    roles: Roles
    words: str
    until: str | None
    pieces: tuple[Text, ...]


def listed(document: Document, blocks: Sequence[Block], level: str | None) -> Iterator[Listed]:
    """The tasks that lists of bodies close, in the order of the text."""
    opened: set[int] = set()
    before: Block | None = None
    for block in blocks:
        if block.kind not in ("paragraph", "list", "heading"):
            continue
        last = without_ordinal(block.text.string)
        for start, end, stated, until in _lists(block.text.string, level):
            words = block.text[last:start].strip()
            source = block
            if not words.string.strip("。 ") and before is not None and last == without_ordinal(block.text.string):
                words, source = before.text, before
            task = _task(document, source, block, words, block.text[start:end], stated, opened)
            yield replace(task, until=until)
            last = end
        before = block


def _lists(string: str, level: str | None) -> Iterator[tuple[int, int, Roles, str | None]]:
    if (match := _LONE.search(string)) and (stated := roles(match["bodies"], level)):
        yield match.start(), len(string), stated, match["until"]
        return
    for match in _BRACKET.finditer(string):
        closes = re.match(r"[。；]?\s*$", string[match.end() :]) is not None
        follows = match.start() == 0 or string[match.start() - 1] in "。；！？”"
        marked = re.search("牵头|(?:责任|负责|配合)(?:单位|部门)|负责$", match[1]) is not None
        if (closes or follows or marked) and (stated := roles(match[1], level)):
            yield match.start(), match.end(), stated, None


_COUNTED = re.compile("[一二三四五六七八九十]是")


def _task(
    document: Document, source: Block, block: Block, words: Text, bodies: Text, stated: Roles, opened: set[int]
) -> Listed:
    section = source.section
    name = heading(document, section)
    first = next(iter(sentences(words)), words)
    counted = _COUNTED.match(first.string)  # 一是突破关键技术。…: the points of a heading name themselves
    own = section is not None and section.kind != "title" and section.line not in opened and bool(name) and not counted
    if section is not None:
        opened.add(section.line)
    own = own or not first.string
    task = (
        name
        if own
        else _titled(first.string[counted.end() if counted else without_ordinal(first.string) :].strip("。；，： "))
    )
    parent = section.parent if section is not None and own else section
    above = heading(document, parent) if parent is not None and parent.kind != "title" else ""
    number = section.number if section is not None and own else None
    pieces = (bodies, first) if first.string else (bodies,)
    return Listed(block, number, above or None, task, stated, words.string, None, pieces)


def _titled(sentence: str) -> str:
    """A sentence, or the few words that open a long one as its heading: 做强整机制造，支持…."""
    opening = re.match(rf"[^，。；：、]{{4,{_SLOGAN}}}(?=，)", sentence)
    return opening[0] if opening and len(sentence) > 4 * _SLOGAN else sentence


_SLOGAN = 8
