"""Figures in running text: value, unit and comparator, as printed and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.targets.numbers import figures

UNITS = ["家", "个", "项", "万元", "亿元", "万亿元", "%", "万辆", "亿台", "个百分点", "平方公里", "万吨", "人"]
BEFORE = {"": "=", "超过": ">", "突破": ">", "不低于": ">=", "约": "约", "接近": "约", "不超过": "<=", "不足": "<"}
BEHIND = {"": None, "以上": ">=", "左右": "约", "以内": "<="}


@pytest.mark.parametrize(
    ("words", "value", "unit", "comparator"),
    [
        ("达到1.25万亿元", 1.25, "万亿元", "="),
        ("超过3万家", 3, "万家", ">"),
        ("约30家以上", 30, "家", ">="),
        ("建成60个以上示范区", 60, "个", ">="),
        ("约占15%", 15, "%", "="),
        ("占比约15%", 15, "%", "约"),
        ("引进400家左右", 400, "家", "约"),
        ("打造2-4个集群", "2-4", "个", "="),
        ("培育3至5家企业", "3-5", "家", "="),
        ("占全国近1/5，", 20, "%", "约"),
        ("产量7.5万台（套）", 7.5, "万台", "="),
        ("培育百万家企业", 100, "万家", "="),
        ("培育三十家企业", 30, "家", "="),
        ("迈上万亿元台阶", 1, "万亿元", "="),
        ("劳动生产率达到28万元/人", 28, "万元/人", "="),
        ("百分之十二点五", 12.5, "%", "="),
        ("产值2.4万亿，", 2.4, "万亿元", "="),
        ("新增120余项", 120, "项", ">"),
        ("1,200家", 1200, "家", "="),
        ("产量约1.2亿片", 1.2, "亿片", "约"),
        ("降至0.12吨标准煤/万元以下", 0.12, "吨标准煤/万元", "<="),
    ],
)
def test_a_figure(words: str, value: object, unit: str, comparator: str) -> None:
    (found,) = figures(words)
    assert (found.value, found.unit, found.comparator) == (value, unit, comparator)
    assert words[found.first : found.last]


@pytest.mark.parametrize(
    "words",
    [
        "2025年6月",
        "18个月",
        "20个工作日",
        "〔2023〕16号",
        "5G基站",
        "千亿级集群",
        "第85号",
        "1+3+N",
        "连续4年",
        "一个中心",
        "3D打印",
    ],
)
def test_no_figure(words: str) -> None:
    assert not list(figures(words))


def test_figures_that_share_a_unit() -> None:
    assert [(f.value, f.unit) for f in figures("分别提高6.5、3.2个百分点")] == [(6.5, "个百分点"), (3.2, "个百分点")]


@given(
    st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False),
    st.sampled_from(UNITS),
    st.sampled_from(sorted(BEFORE)),
    st.sampled_from(sorted(BEHIND)),
)
def test_what_is_printed_is_read_back(number: object, unit: str, before: str, behind: str) -> None:
    value = f"{number:f}".rstrip("0").rstrip(".")
    (found,) = figures(f"指标{before}{value}{unit}{behind}，")
    assert found.value == pytest.approx(float(value))
    assert found.unit == unit
    if not before or not behind:
        assert found.comparator == (BEHIND[behind] or BEFORE[before])
