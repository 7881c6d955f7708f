"""The coverage ledger: what is claimed, furniture and unread, and which unread stretches are shown."""

from graph.receipt import coverage
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.layout.layout import layout
from tests.graphs import BOX

SHORT, LONG = "东莞的短句没有人读。", "东莞还有一句长得多的话也没有任何模块来读它。"
TEXT = BOX + f"\n---\n\n{SHORT}\n\n{LONG}\n\n这一句虽然很长很长很长很长很长很长很长很长却没有地名。\n"


def test_the_longest_unread_stretches_with_a_known_name_are_shown() -> None:
    document = parse(Source("t.txt", "0" * 64, TEXT))
    facts = [fact for fact in layout(document).facts if "深圳" in fact.evidence.span.quote]
    found = coverage(document, facts, ("东莞",), longest=1)
    assert [stretch.quote for stretch in found.longest] == [LONG]
    assert TEXT.split("\n")[found.longest[0].line - 1] == LONG
    both = coverage(document, facts, ("东莞",), longest=9)
    assert [s.quote for s in both.longest if s.quote in (SHORT, LONG)] == [LONG, SHORT]


def test_furniture_is_neither_claimed_nor_unread() -> None:
    document = parse(Source("t.txt", "0" * 64, TEXT))
    facts = layout(document).facts
    found = coverage(document, facts, ())
    claimed = {i for fact in facts for s in fact.evidence.spans for i in range(s.start, s.end) if not TEXT[i].isspace()}
    assert found.furniture == len("---")
    assert found.claimed == len(claimed) > 0
    assert found.claimed + found.furniture + found.unread == len("".join(TEXT.split()))
