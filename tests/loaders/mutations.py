"""Documents as a bad scan, a bad copy or a bad day leave them; the same seed gives the same damage."""

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence

from loaders.document.document import Document, parse
from loaders.document.source import Source, decode
from loaders.policy.parts import parts, with_heads
from loaders.registry import LOADERS
from ontology.errors import DocumentError
from ontology.facts import Fact, record

STRAY = "\ufeff\u0000\u200b\t|#*（）《》〔〕“”、。，；：…%％0123456789万亿元等和and etc<b>\\（\r\u3000\U0001f600"
"""What is strewn in: signs that mean something to a reader, controls, marks of bytes."""


def document(text: str, file: str = "t.txt") -> Document:
    """The document of a text, as the build makes it."""
    read = parse(Source(file, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), text))
    return with_heads(read, parts(read))


def facts(text: str) -> dict[str, tuple[Fact, ...]]:
    """What every loader reads from a text, by kind."""
    read = document(text)
    return {kind: loader(read).facts for kind, loader in LOADERS.items()}


def check(text: str) -> int:
    """Read a text with every loader and print every fact; the number of facts.

    Raises:
        AssertionError: a quote is not what stands there.
    """
    count = 0
    for kind, found in facts(text).items():
        for fact in found:
            record(fact)
            count += 1
            for span in fact.evidence.spans:
                assert text[span.start : span.end] == span.quote, (kind, span)
                assert text.count("\n", 0, span.start) + 1 == span.line, (kind, span)
    return count


def piece(texts: Sequence[str], chance: random.Random, lines: int) -> str:
    """Some neighbouring lines of a text."""
    every = chance.choice(texts).split("\n")
    start = chance.randrange(max(1, len(every) - lines))
    return "\n".join(every[start : start + lines])


def _cut(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines))
    cut = chance.randrange(len(lines[at]) + 1)
    return chance.choice(([*lines[:at], lines[at][:cut]], [lines[at][cut:], *lines[at + 1 :]]))


def _shuffled(lines: list[str], chance: random.Random) -> list[str]:
    return chance.sample(lines, len(lines))


def _duplicated(lines: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(len(lines))
    return [*lines[: at + 1], *lines[at : at + chance.randrange(1, 4)], *lines[at + 1 :]]


def _strewn(lines: list[str], chance: random.Random) -> list[str]:
    text = list("\n".join(lines))
    for _ in range(chance.randrange(1, 12)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(STRAY))
    return "".join(text).split("\n")


def _digits(lines: list[str], chance: random.Random) -> list[str]:
    return [
        "".join(chance.choice("0123456789.") if c.isdigit() and chance.random() < 0.4 else c for c in x) for x in lines
    ]


def _joined(lines: list[str], chance: random.Random) -> list[str]:
    return ["".join(lines[i : i + 2]) for i in range(0, len(lines), 2)]


def _broken(lines: list[str], chance: random.Random) -> list[str]:
    width = chance.randrange(3, 40)
    return [line[i : i + width] for line in lines for i in range(0, max(1, len(line)), width)]


DAMAGES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    _cut,
    _shuffled,
    _duplicated,
    _strewn,
    _digits,
    _joined,
    _broken,
)


def damaged(text: str, chance: random.Random) -> str:
    """A text with one to three damages; what is no text any more is read as the build reads bytes, or left out."""
    lines = text.split("\n")
    for damage in chance.sample(DAMAGES, chance.randrange(1, 4)):
        lines = damage(lines, chance) or [""]
    text = "\n".join(lines)
    if chance.random() < 0.1:
        data = bytearray(text.encode("utf-8", "replace"))
        for _ in range(chance.randrange(1, 4)):
            data.insert(chance.randrange(len(data) + 1), chance.randrange(256))
        try:
            text = decode(bytes(data), "t.txt")
        except DocumentError:
            return ""
    return text


def many(texts: Sequence[str], seeds: range, lines: int) -> Iterator[tuple[int, str]]:
    """Damaged pieces of texts with the seed of each."""
    for seed in seeds:
        chance = random.Random(seed)
        yield seed, damaged(piece(texts, chance, lines), chance)


def touched(text: str, share: float, chance: random.Random) -> tuple[str, frozenset[str]]:
    """A text with some of its lines changed, and the lines that are as they were.

    Args:
        text: the text.
        share: of the lines that are changed, at most; one at least.
        chance: where and how.
    """
    lines = text.split("\n")
    full = [i for i, line in enumerate(lines) if line.strip()]
    chosen = set(chance.sample(full, max(1, int(share * len(full)))))
    out: list[str] = []
    for i, line in enumerate(lines):
        if i not in chosen:
            out.append(line)
            continue
        one = chance.choice((_cut, _duplicated, _strewn, _digits))([line], chance)
        out += one
    return "\n".join(out), frozenset(line for i, line in enumerate(lines) if i not in chosen)
