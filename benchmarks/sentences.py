"""The coverage ledger: of the sentences that ought to hold a fact, how many does one quote?

A sentence ought to hold one where it has an amount, a percentage, a 《》 or a 牵头. What no fact quotes is listed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from ontology.facts import Fact

CUES = {
    "amount": re.compile(r"\d(?:[\d,.，]*\d)?\s*(?:万亿|[千百十]?[万亿])?\s*(?:美元|港元|元)"),
    "percentage": re.compile(r"\d\s*[%％]|百分之"),
    "《》": re.compile("《[^》]+》"),
    "牵头": re.compile("牵头"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a cue: its line, its words, which cues it has, and whether a fact quotes a part of it."""

    file: str
    line: int
    words: str
    cues: tuple[str, ...]
    claimed: bool


def ledger(document: Document, facts: Sequence[Fact]) -> tuple[Sentence, ...]:
    """The sentences of a document that have a cue, in the order of the text.

    Args:
        document: any document.
        facts: those of every kind that were read from it.
    """
    mark = bytearray(len(document.source.text) + 1)
    for fact in facts:
        for span in fact.evidence.spans:
            mark[span.start : span.end] = b"\x01" * (span.end - span.start)
    found = []
    for block in document.blocks:
        for text in _texts(block):
            cues = tuple(name for name, pattern in CUES.items() if pattern.search(text.string))
            if cues:
                start, end = text.source()
                line = document.source.line(start)
                found.append(Sentence(document.source.file, line, text.string.strip(), cues, any(mark[start:end])))
    return tuple(found)


def _texts(block: Block) -> Iterator[Text]:
    """The sentences of a block; a row of a table is one."""
    if block.kind == "furniture" or not block.text.string.strip():
        return
    if block.kind == "row":
        yield block.text
    else:
        yield from sentences(block.text)


def table(found: Sequence[Sentence]) -> list[str]:
    """How many sentences have each cue and how many of them a fact quotes, by document, as Markdown."""
    lines = [f"| document | {' | '.join(CUES)} | all | claimed |", f"| --- |{' ---: |' * (len(CUES) + 2)}"]
    for file in dict.fromkeys(sentence.file for sentence in found):
        own = [sentence for sentence in found if sentence.file == file]
        cells = [_share([s for s in own if cue in s.cues]) for cue in CUES]
        lines.append(f"| {file} | {' | '.join(cells)} | {len(own)} | {_share(own)} |")
    cells = [_share([s for s in found if cue in s.cues]) for cue in CUES]
    return [*lines, f"| all | {' | '.join(cells)} | {len(found)} | {_share(found)} |"]


def _share(found: Sequence[Sentence]) -> str:
    done = sum(sentence.claimed for sentence in found)
    return f"{done}/{len(found)} ({done / len(found):.0%})" if found else "–"


def listed(found: Sequence[Sentence], longest: int = 160) -> list[str]:
    """The sentences that no fact quotes, one a line, by document."""
    lines: list[str] = []
    for file in dict.fromkeys(sentence.file for sentence in found):
        rest = [sentence for sentence in found if sentence.file == file and not sentence.claimed]
        lines += ["", f"## {file}: {len(rest)}", ""]
        for sentence in rest:
            words = re.sub(r"\s+", " ", sentence.words).replace("|", "\\|")
            lines.append(f"- {sentence.line} ({', '.join(sentence.cues)}) {words[:longest]}")
    return lines
