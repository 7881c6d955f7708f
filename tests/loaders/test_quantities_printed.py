"""Quantities: whatever the grammar can print — numerals, units, shares, ranges, boundaries — is read back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.grammar.numerals import chinese
from loaders.grammar.quantities import Boundary, Quantity, boundary_of, quantities
from tests.loaders.test_quantities import one

WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}


@st.composite
def numerals(draw: st.DrawFn, least: int = 1, most: int = 9999) -> tuple[Decimal, str]:
    """A number and one of the ways to print it: Arabic, with signs for thousands, full-width, Chinese, cut by a line."""
    value = draw(st.integers(least, most))
    form = draw(st.sampled_from(["plain", "thousands", "wide", "chinese", "decimal", "cut"]))
    if form == "thousands":
        return Decimal(value), f"{value:,}"
    if form == "wide":
        return Decimal(value), str(value).translate(WIDE)
    if form == "chinese" and value > 1:
        return Decimal(value), chinese(value)
    if form == "decimal":
        tenth = draw(st.integers(1, 9))
        return Decimal(f"{value}.{tenth}"), f"{value}.{tenth}"
    if form == "cut" and value > 9:
        digits = str(value)
        at = draw(st.integers(1, len(digits) - 1))
        return Decimal(value), f"{digits[:at]}{draw(st.sampled_from([' ', chr(10)]))}{digits[at:]}"
    return Decimal(value), str(value)


@given(numerals(), st.sampled_from(sorted(MONEY)))
def test_money_in_every_numeral_and_unit(printed: tuple[Decimal, str], unit: str) -> None:
    value, words = printed
    found = one(f"给予{words}{unit}奖励")
    assert (found.value, found.unit, found.base) == (value, unit, value * MONEY[unit])


@given(st.integers(1, 99))
def test_percent_in_every_form(value: int) -> None:
    words = [f"{value}%", f"{value}％", f"{value} %", f"百分之{chinese(value)}", f"百分之{value}"]
    for printed in words:
        found = one(f"按投资额的{printed}给予补助")
        assert (found.value, found.unit, found.kind) == (Decimal(value), "%", "ratio"), printed


@given(st.integers(1, 9), st.booleans(), st.booleans())
def test_tenths(value: int, half: bool, arabic: bool) -> None:
    string = f"占比不少于{value if arabic else chinese(value)}成{'半' if half else ''}的"
    found = one(string)
    assert (found.value, found.unit, found.op) == (Decimal(10 * value + (5 if half else 0)), "%", ">=")


@pytest.mark.parametrize("word", ["二成员单位", "一成不变", "第三成果", "三成功案例", "十成", "五成本"])
def test_what_is_no_tenth(word: str) -> None:
    assert [found for found in quantities(word) if found.unit == "%"] == []


@given(
    numerals(1, 900),
    numerals(1000, 9999),
    st.sampled_from(["—", "-", "至", "到", "～"]),
    st.sampled_from(["%", "万元"]),
)
def test_ranges_of_every_numeral(low: tuple[Decimal, str], high: tuple[Decimal, str], sign: str, unit: str) -> None:
    found = one(f"在{low[1]}{unit}{sign}{high[1]}{unit}之间")
    assert (found.value, found.upper, found.op, found.upper_op) == (low[0], high[0], ">=", "<=")


@given(st.integers(1, 9999), st.integers(1, 99), st.booleans(), st.booleans())
def test_ranges_across_units_with_their_boundaries(low: int, high: int, first: bool, last: bool) -> None:
    found = one(f"投资额{low}万元{'' if first else '（不含）'}至{high}亿元{'（含）' if last else '（不含）'}的")
    assert (found.value, found.unit, found.op) == (Decimal(low), "万元", ">=" if first else ">")
    assert (found.upper, found.upper_unit, found.upper_op) == (Decimal(high), "亿元", "<=" if last else "<")


@given(st.integers(1, 500), st.integers(1, 500), st.booleans(), st.booleans())
def test_ranges_of_two_comparisons(low: int, more: int, above: bool, below: bool) -> None:
    found = one(f"营业收入在{low}万元以上{low + more}万元以下的", Boundary(above=above, below=below))
    assert (found.value, found.upper) == (Decimal(low), Decimal(low + more))
    assert (found.op, found.upper_op) == (">=" if above else ">", "<=" if below else "<")


@given(st.booleans(), st.booleans(), st.integers(1, 9999), st.sampled_from(["万元", "%", "家"]))
def test_a_definition_decides_where_nothing_else_does(above: bool, below: bool, value: int, unit: str) -> None:
    said = boundary_of(f"本办法所称“以上”{'' if above else '不'}含本数，“以下”{'' if below else '不'}含本数。")
    assert said == Boundary(above=above, below=below)
    assert one(f"{value}{unit}以上的", said).op == (">=" if above else ">")
    assert one(f"{value}{unit}以下的", said).op == ("<=" if below else "<")
    assert one(f"{value}{unit}（含）以上的", said).op == ">="
    assert one(f"不超过{value}{unit}的", said).op == "<="
    assert one(f"超过{value}{unit}的", said).op == ">"


@given(st.lists(st.tuples(st.integers(1, 9999), st.sampled_from(sorted(MONEY))), min_size=2, max_size=5))
def test_a_list_of_several_units(values: list[tuple[int, str]]) -> None:
    found = quantities("首次突破" + "、".join(f"{value}{unit}" for value, unit in values) + "的企业")
    assert [(f.value, f.unit, f.op) for f in found] == [(Decimal(value), unit, ">") for value, unit in values]


@given(
    st.sampled_from(["封顶", "最高", "上限为", "最多", "不高于", "限额"]), numerals(), st.sampled_from(sorted(MONEY))
)
def test_ceilings_before_the_number(word: str, printed: tuple[Decimal, str], unit: str) -> None:
    found = one(f"单户企业{word}{printed[1]}{unit}。")
    assert (found.op, found.value) == ("<=", printed[0])


@given(st.sampled_from(["封顶", "为限", "为上限", "以内", "之内"]), numerals(), st.sampled_from(sorted(MONEY)))
def test_ceilings_behind_the_number(word: str, printed: tuple[Decimal, str], unit: str) -> None:
    found = one(f"补助总额{printed[1]}{unit}{word}。")
    assert (found.op, found.value) == ("<=", printed[0])


def spans(found: tuple[Quantity, ...]) -> list[tuple[int, int]]:
    return [(f.start, f.end) for f in found]


@given(st.lists(st.tuples(numerals(), st.sampled_from(["万元", "%", "家", "个月"])), min_size=1, max_size=6))
def test_quantities_stand_in_order_and_apart(printed: list[tuple[tuple[Decimal, str], str]]) -> None:
    string = "；".join(f"指标不低于{words}{unit}" for (_, words), unit in printed)
    found = quantities(string)
    assert [(f.value, f.unit) for f in found] == [(value, unit) for (value, _), unit in printed]
    assert all(a[1] <= b[0] for a, b in zip(spans(found), spans(found)[1:], strict=False))
