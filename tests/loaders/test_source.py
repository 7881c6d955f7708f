"""Spans: quotes stand at their offsets, whatever blanks stand around them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from loaders.document.source import Source

TEXTS = st.text(alphabet="甲乙。，、 \n\u3000\tx", min_size=1, max_size=700)


def source(text: str) -> Source:
    return Source("t.txt", "0" * 64, text)


def test_a_quote_starts_behind_the_blanks_before_it() -> None:
    text = "第一行\n \u3000甲市重点发展机器人。 \n"
    (span,) = source(text).spans(3, len(text))
    assert (span.quote, span.start, span.line) == ("甲市重点发展机器人。", 6, 2)


@given(TEXTS, st.data())
def test_spans_are_what_stands_at_their_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = source(text).spans(start, end)
    for span in spans:
        assert text[span.start : span.end] == span.quote == span.quote.strip()
        assert 0 < len(span.quote) <= 200
        assert span.line == text.count("\n", 0, span.start) + 1
    # Nothing but blanks is lost, and nothing is quoted twice.
    assert "".join("".join(span.quote.split()) for span in spans) == "".join(text[start:end].split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
