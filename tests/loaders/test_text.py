"""Repaired text keeps its offsets: whatever is cut from it can be found in the source."""

import re

from hypothesis import given
from hypothesis import strategies as st

from loaders.document.repair import repair
from loaders.document.text import Text, sentences

WORDS = st.text(alphabet="广州深圳发展产业 ，。,;()（）“”\n\tab5G**#", max_size=60)


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_blanks_go_and_words_stay() -> None:
    text = repair(Text.of("重点发展 5G 器件、LTE CAT1 等\n产业", 100))
    assert text.string == "重点发展5G器件、LTE CAT1等产业"
    assert text.source() == (100, 100 + len("重点发展 5G 器件、LTE CAT1 等\n产业"))


def test_translated_words_are_read_and_marked() -> None:
    text = repair(Text.of("首饰、玉器 etc 工艺美术产品，行业 and 领域"))
    assert text.string == "首饰、玉器等工艺美术产品，行业和领域"
    assert text.marked() == "首饰、玉器等〔原文：etc〕工艺美术产品，行业和〔原文：and〕领域"


def test_english_is_left_alone() -> None:
    assert repair(Text.of("research and development etc.")).string == "research and development etc."


def test_signs_become_full_width_only_beside_chinese() -> None:
    assert repair(Text.of("广州,深圳(含)")).string == "广州，深圳（含）"
    assert repair(Text.of("1:2,800")).string == "1:2,800"


def test_markup_goes() -> None:
    assert repair(Text.of("## **1. 空调。**以广州<sup>3</sup>为依托")).string == "1.空调。以广州为依托"


@given(WORDS)
def test_each_character_was_read_from_its_place(raw: str) -> None:
    text = repair(Text.of(raw, 7))
    wide = str.maketrans(",;()", "，；（）")
    for sign, start, end in zip(text.string, text.starts, text.ends, strict=True):
        printed = raw[start - 7 : end - 7]
        assert (sign == " " and not printed.strip()) or sign in (printed, printed.translate(wide))
    assert list(text.starts) == sorted(text.starts)


@given(WORDS, st.integers(0, 30), st.integers(0, 30))
def test_slices_and_sums_keep_string_and_offsets_together(raw: str, a: int, b: int) -> None:
    text = Text.of(raw, 3)
    joined = text[:a] + text[b:]
    assert joined.string == raw[:a] + raw[b:]
    assert joined.starts == tuple(range(3, 3 + len(raw)))[:a] + tuple(range(3, 3 + len(raw)))[b:]
    assert len(joined.starts) == len(joined.ends) == len(joined.string)


def test_repairs_move_with_slices() -> None:
    text = repair(Text.of("甲、乙 etc 产品。丙 etc 产品。"))
    assert text[5:].marked() == "品。丙等〔原文：etc〕产品。"
    assert (text[:2] + text[2:]).marked() == text.marked()


def test_sentences_end_outside_brackets_and_quotation_marks() -> None:
    text = Text.of("打造“广货。精品”品牌。支持（一。二）发展；加快建设")
    assert [s.string for s in sentences(text)] == ["打造“广货。精品”品牌。", "支持（一。二）发展；", "加快建设"]
