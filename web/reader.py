"""A document as people read it: its lines under their sections, with every piece of evidence marked in its place.

Pieces of evidence nest and overlap, links do not: a line is cut at every boundary, and each stretch leads to the
shortest piece that holds it. A piece that has no stretch of its own gets a note sign at its end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from web.atlas import Block
from web.index import Proof

PART: Final = 12_000
"""A part of a document ends with the section in which it reaches so many characters, or at half as many more."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one line that the same pieces of evidence hold.

    `begins` are the pieces that begin here, `link` the one it leads to (None for plain text), `depth` how many hold
    it, `notes` the pieces that end here and lead nowhere else. `hit` says whether it is what the address asks for.
    """

    text: str
    begins: tuple[Proof, ...] = ()
    link: Proof | None = None
    depth: int = 0
    notes: tuple[Proof, ...] = ()
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source; furniture is what no block holds: page numbers, rules, headings of pages."""

    number: int
    start: int
    end: int
    stretches: tuple[Stretch, ...]
    furniture: bool

    @property
    def heading(self) -> bool:
        """Whether the source marks it as a heading."""
        return bool(self.stretches) and self.stretches[0].text.startswith("#")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; `path` leads there from the document's title."""

    path: tuple[str, ...]
    lines: tuple[Line, ...]


def parts(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The offsets of the parts in which a document is shown, each beginning at a line."""
    begins = [b.start for a, b in pairwise(blocks) if a.section != b.section]
    cuts, last = [0], 0
    for place in begins:
        line = text.rfind("\n", 0, place) + 1
        while line - last > PART * 3 // 2:
            # No section begins for long: a table of many pages, or text without headings.
            last = text.find("\n", last + PART) + 1 or len(text)
            cuts.append(last)
        if line - last >= PART:
            cuts.append(line)
            last = line
    while len(text) - last > PART * 3 // 2 and (line := text.find("\n", last + PART) + 1):
        cuts.append(line)
        last = line
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def part_of(all_parts: Sequence[tuple[int, int]], place: int) -> int:
    """The number, from 1, of the part that holds an offset."""
    return max(1, bisect_right([start for start, _ in all_parts], place))


def outline(blocks: Iterable[Block]) -> list[tuple[tuple[str, ...], Block]]:
    """Every section with its first block, in the order of the text."""
    found: dict[tuple[str, ...], Block] = {}
    for block in blocks:
        found.setdefault(path(block), block)
    return list(found.items())


def path(block: Block) -> tuple[str, ...]:
    return tuple(part for part in block.section.split(" · ") if part)


def sections(
    text: str,
    span: tuple[int, int],
    blocks: Sequence[Block],
    proofs: Sequence[Proof],
    hit: tuple[int, int] | None = None,
) -> list[Section]:
    """A part of a document.

    Args:
        text: the whole source.
        span: offsets of the part; it begins and ends at lines.
        blocks: all blocks of the document, by offset.
        proofs: all evidence of the document.
        hit: offsets of what the address asks for.
    """
    start, end = span
    near = sorted(
        (proof for proof in proofs if _start(proof) < end and _end(proof) > start),
        key=lambda proof: (_start(proof), -_end(proof), proof.id),
    )
    owners = _owners(text, near)
    begins = [block.start for block in blocks]
    number = text.count("\n", 0, start) + 1
    found: list[Section] = []
    current: tuple[str, ...] = ()
    lines: list[Line] = []
    for raw in text[start:end].split("\n"):
        stop = start + len(raw)
        if raw.strip():
            block = _block_at(blocks, begins, start, stop)
            if block is not None and path(block) != current:
                if lines:
                    found.append(Section(current, tuple(lines)))
                current, lines = path(block), []
            held = [proof for proof in near if _start(proof) < stop and _end(proof) > start]
            stretches = tuple(_stretches(text, start, stop, held, owners, hit))
            lines.append(Line(number, start, stop, stretches, block is None))
        start, number = stop + 1, number + 1
    if lines:
        found.append(Section(current, tuple(lines)))
    return found


def _start(proof: Proof) -> int:
    return proof.number("start")


def _end(proof: Proof) -> int:
    return proof.number("end")


def _block_at(blocks: Sequence[Block], begins: Sequence[int], start: int, stop: int) -> Block | None:
    """The last block that begins before the end of a line and reaches into it."""
    # Blocks may hold one another (a sentence that a table interrupts), so a few before are looked at too.
    last = bisect_right(begins, stop)
    return next((block for block in reversed(blocks[max(0, last - 8) : last]) if block.end > start), None)


def _shortest(held: Iterable[Proof]) -> Proof:
    return min(held, key=lambda proof: (_end(proof) - _start(proof), _start(proof), proof.id))


def _owners(text: str, proofs: Sequence[Proof]) -> set[str]:
    """The pieces of evidence that some stretch leads to; the breaks between lines are not shown and lead nowhere."""
    places = sorted({place for proof in proofs for place in (_start(proof), _end(proof))})
    owners = set()
    active: list[Proof] = []
    waiting = list(reversed(proofs))
    for place, following in pairwise(places):
        active = [proof for proof in active if _end(proof) > place]
        while waiting and _start(waiting[-1]) <= place:
            active.append(waiting.pop())
        if active and text[place:following].strip():
            owners.add(_shortest(active).id)
    return owners


def _stretches(
    text: str, start: int, stop: int, held: Sequence[Proof], owners: set[str], hit: tuple[int, int] | None
) -> Iterable[Stretch]:
    places = {start, stop, *(p for proof in held for p in (_start(proof), _end(proof)) if start < p < stop)}
    if hit is not None:
        places |= {place for place in hit if start < place < stop}
    cuts = sorted(places)
    for a, b in pairwise(cuts):
        over = [proof for proof in held if _start(proof) <= a and _end(proof) >= b]
        yield Stretch(
            text[a:b],
            begins=tuple(p for p in over if _start(p) == a),
            link=_shortest(over) if over else None,
            depth=len(over),
            notes=tuple(p for p in over if _end(p) == b and p.id not in owners),
            hit=hit is not None and hit[0] <= a and b <= hit[1],
        )
