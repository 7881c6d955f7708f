"""Documents with marks: nothing of the text is lost, and every piece of evidence can be reached."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph.tables import Node
from web.atlas import Block
from web.index import Proof
from web.reader import PART, Section, outline, part_of, parts, sections

TEXT = "甲乙丙丁\n戊己庚辛\n\n壬癸子丑寅卯\n"


def proof(start: int, end: int) -> Proof:
    return Proof(Node(f"evidence/x/{start}-{end}", "Evidence", {"start": start, "end": end}), None)


def block(start: int, end: int, section: str) -> Block:
    return Block(start, end, TEXT.count("\n", 0, start) + 1, section)


def shown(proofs: list[Proof], blocks: tuple[Block, ...] = (), hit: tuple[int, int] | None = None) -> list[Section]:
    return sections(TEXT, (0, len(TEXT)), blocks, proofs, hit)


spans = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda s: s[0] < s[1]), unique=True
)


@given(spans)
def test_the_text_stays_and_every_evidence_has_a_link(found: list[tuple[int, int]]) -> None:
    proofs = [proof(*span) for span in found]
    lines = [line for section in shown(proofs) for line in section.lines]
    assert ["".join(s.text for s in line.stretches) for line in lines] == [t for t in TEXT.split("\n") if t.strip()]
    linked = {s.link.id for line in lines for s in line.stretches if s.link}
    noted = {p.id for line in lines for s in line.stretches for p in s.notes}
    reachable = {p.id for p in proofs if TEXT[p.number("start") : p.number("end")].strip("\n")}
    for one in proofs:
        inside = TEXT[one.number("start") : one.number("end")]
        if one.id in reachable and not inside.endswith("\n"):
            assert one.id in linked | noted
    for line in lines:
        place = line.start
        for s in line.stretches:
            holding = {p.id for p in proofs if p.number("start") <= place and p.number("end") >= place + len(s.text)}
            assert (s.link is None) == (not holding)
            assert s.depth == len(holding)
            assert s.link is None or s.link.id in holding
            place += len(s.text)


def test_the_shortest_evidence_takes_the_link() -> None:
    outer, inner = proof(0, 4), proof(1, 3)
    line = shown([outer, inner])[0].lines[0]
    assert [(s.text, s.link and s.link.id, s.depth) for s in line.stretches] == [
        ("甲", outer.id, 1),
        ("乙丙", inner.id, 2),
        ("丁", outer.id, 1),
    ]
    assert [p.id for p in line.stretches[0].begins] == [outer.id]
    assert [p.id for p in line.stretches[1].begins] == [inner.id]


def test_evidence_without_a_stretch_of_its_own_gets_a_note_at_its_end() -> None:
    whole, left, right = proof(0, 4), proof(0, 2), proof(2, 4)
    stretches = shown([whole, left, right])[0].lines[0].stretches
    assert [[p.id for p in s.notes] for s in stretches] == [[], [whole.id]]


def test_overlapping_evidence_is_cut_where_it_overlaps() -> None:
    stretches = shown([proof(0, 3), proof(2, 4)])[0].lines[0].stretches
    assert [(s.text, s.depth) for s in stretches] == [("甲乙", 1), ("丙", 2), ("丁", 1)]


def test_a_line_without_a_block_is_furniture() -> None:
    found = shown([], (block(0, 4, "一"), block(11, 17, "一 · 二")))
    assert [(s.path, [(line.number, line.furniture) for line in s.lines]) for s in found] == [
        (("一",), [(1, False), (2, True)]),
        (("一", "二"), [(4, False)]),
    ]


def test_what_the_address_asks_for_is_marked() -> None:
    stretches = shown([], hit=(1, 3))[0].lines[0].stretches
    assert [(s.text, s.hit) for s in stretches] == [("甲", False), ("乙丙", True), ("丁", False)]


def test_the_outline_names_each_section_once() -> None:
    blocks = (block(0, 2, "一"), block(2, 4, "一"), block(5, 9, "二"), block(11, 12, "一"))
    assert [(path, one.start) for path, one in outline(blocks)] == [(("一",), 0), (("二",), 5)]


@given(st.lists(st.integers(1, 9000), max_size=12), st.booleans())
def test_parts_cover_the_text_and_begin_at_lines(lengths: list[int], headed: bool) -> None:
    text = "".join("字" * n + "\n" for n in lengths)
    starts = [sum(n + 1 for n in lengths[:i]) for i in range(len(lengths))]
    blocks = [
        Block(s, s + n, i + 1, str(i if headed else 0)) for i, (s, n) in enumerate(zip(starts, lengths, strict=True))
    ]
    found = parts(text, blocks)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(start == 0 or text[start - 1] == "\n" for start, _ in found)
    assert all(end - start <= PART * 3 // 2 + 9001 for start, end in found)
    for number, (start, end) in enumerate(found, 1):
        if start < end:
            assert part_of(found, start) == part_of(found, end - 1) == number
