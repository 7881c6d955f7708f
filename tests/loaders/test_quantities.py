"""Quantities: every value that the grammar can print is read back, with its comparison and its boundary."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.grammar.numerals import chinese, decimal
from loaders.grammar.quantities import Boundary, Quantity, boundary_of, number, quantities

UNITS = ("元", "万元", "亿元", "%", "家", "项", "件", "人", "亩", "平方米", "个月", "个百分点", "万元/亩", "千瓦时")
BEFORE = {
    "不低于": ">=",
    "不少于": ">=",
    "至少": ">=",
    "达到": ">=",
    "超过": ">",
    "突破": ">",
    "不超过": "<=",
    "最高不超过": "<=",
    "最高": "<=",
    "不高于": "<=",
    "低于": "<",
    "不足": "<",
    "不满": "<",
}
BEHIND = {
    "以上": ">=",
    "及以上": ">=",
    "（含）以上": ">=",
    "（不含）以上": ">",
    "以下": "<=",
    "及以下": "<=",
    "（不含）以下": "<",
}

WHOLE = st.integers(1, 999_999)
PRINTED = st.one_of(
    WHOLE.map(lambda n: (Decimal(n), str(n))),
    st.integers(1000, 9_999_999).map(lambda n: (Decimal(n), f"{n:,}")),
    st.tuples(st.integers(0, 9999), st.integers(1, 99)).map(
        lambda p: (Decimal(f"{p[0]}.{p[1]:02d}"), f"{p[0]}.{p[1]:02d}")
    ),
    st.integers(2, 9999).map(lambda n: (Decimal(n), chinese(n))),
)


def one(string: str, boundary: Boundary | None = None) -> Quantity:
    found = quantities(string, boundary)
    assert len(found) == 1, found
    return found[0]


@given(st.integers(0, 9999))
def test_a_chinese_numeral_is_read_back(value: int) -> None:
    assert decimal(chinese(value)) == value


@given(PRINTED, st.sampled_from(UNITS))
def test_every_value_is_read_back(printed: tuple[Decimal, str], unit: str) -> None:
    value, words = printed
    found = one(f"给予{words}{unit}。")
    assert (found.value, found.unit) == (value, unit)
    assert f"给予{words}{unit}。"[found.at : found.stop] == words + unit


@given(PRINTED, st.sampled_from(UNITS), st.sampled_from(sorted(BEFORE)))
def test_a_comparison_before_the_number(printed: tuple[Decimal, str], unit: str, word: str) -> None:
    value, words = printed
    string = f"总额{word}{words}{unit}的"
    found = one(string)
    assert (found.value, found.unit, found.op) == (value, unit, BEFORE[word])
    assert string[found.start : found.end] == word + words + unit


@given(PRINTED, st.sampled_from(UNITS), st.sampled_from(sorted(BEHIND)))
def test_a_comparison_behind_the_number(printed: tuple[Decimal, str], unit: str, word: str) -> None:
    value, words = printed
    found = one(f"总额{words}{unit}{word}的")
    assert (found.value, found.unit, found.op) == (value, unit, BEHIND[word])


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["-", "—", "至", "到", "~"]), st.booleans())
def test_a_range_has_two_ends(low: int, more: int, sign: str, twice: bool) -> None:
    high = low + more
    found = one(f"投资额{low}{'万元' if twice else ''}{sign}{high}万元的")
    assert (found.value, found.upper) == (Decimal(low), Decimal(high))
    assert (found.unit, found.upper_unit) == ("万元", "万元")
    assert (found.op, found.upper_op) == (">=", "<=")


@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=5, unique=True), st.booleans())
def test_a_list_says_unit_and_comparison_once(values: list[int], each: bool) -> None:
    words = "、".join(f"{value}{'万元' if each else ''}" for value in values[:-1])
    found = quantities(f"达到{words}、{values[-1]}万元以上的")
    assert [one.value for one in found] == values
    assert {one.unit for one in found} == {"万元"}
    assert {one.op for one in found} == {">="}


@given(st.integers(1, 9), st.integers(1, 9999))
def test_yi_and_wan_together(yi: int, wan: int) -> None:
    found = one(f"总投资{yi}亿{wan}万元")
    assert found.base == Decimal(yi) * 10**8 + Decimal(wan) * 10**4


@pytest.mark.parametrize(
    ("string", "value", "unit", "op"),
    [
        ("按百分之二十五给予", "25", "%", None),
        ("千分之三", "3", "‰", None),
        ("四分之一", "25", "%", None),
        ("收入超50亿（含）", "50", "亿元", ">="),
        ("不低于项目总投入的60%", "60", "%", ">="),
        ("比例不超过合同额的30%", "30", "%", "<="),
        ("增幅超过8%以上", "8", "%", ">"),
        ("投资达到300万元（含税）以上", "300", "万元", ">="),
        ("位于全省前3位", "3", "位", "<="),
        ("补足5 00万元", "500", "万元", None),
        ("封顶100万元", "100", "万元", "<="),
        ("100万元封顶", "100", "万元", "<="),
        ("至少一类指标", "1", "类", ">="),
        ("建设期不超过两年", "2", "年", "<="),
    ],
)
def test_forms(string: str, value: str, unit: str, op: str | None) -> None:
    found = one(string)
    assert (found.value, found.unit, found.op) == (Decimal(value), unit, op)


@pytest.mark.parametrize(
    "string",
    [
        "2021年1月1日至2025年12月31日期间",
        "粤府〔2021〕45号",
        "第三条、第12条",
        "5G网络和4K电视",
        "每年6月底前",
        "一批企业和一种模式",
        "千家万户",
        "第一年、第二年",
    ],
)
def test_what_is_no_quantity(string: str) -> None:
    assert quantities(string) == ()


def test_a_window_is_not_an_approximation() -> None:
    assert one("近三年").op is None
    assert one("约300家").op == "约"


def test_the_document_defines_its_boundary() -> None:
    said = boundary_of("本办法所称“以上”“以内”均含本数，“以下”不含本数。")
    assert said == Boundary(above=True, below=False)
    assert one("100万元以下", said).op == "<"
    assert one("100万元（含）以下", said).op == "<="
    apart = boundary_of("本细则所称的“以上”不包括本数。")
    assert one("100万元以上", apart).op == ">"
    assert one("100万元及以上", apart).op == ">="
    assert boundary_of("企业规模以上。") == Boundary()


@given(st.text(alphabet="一二三千万亿元%0123456789.,，、至-—（）含不超过以上下低于百分之年 \n", max_size=40))
def test_nothing_breaks_and_offsets_hold(string: str) -> None:
    for found in quantities(string):
        assert 0 <= found.start <= found.at < found.stop <= found.end <= len(string)
        assert isinstance(number(found.value), int | float)
