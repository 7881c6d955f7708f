"""One indicator under several printed names: the figures of several documents meet in the graph."""

import pytest

from graph.mapping.indicators import joined


@pytest.mark.parametrize(
    "printed",
    [
        "数字化转型的规模以上工业企业数量",
        "规模以上工业企业数字化转型",
        "规上工业企业实施数字化转型",
        "规模以上工业企业运用新一代信息技术实施数字化转型",
        "规上工业企业开展数字化转型",
    ],
)
def test_the_same_firms_that_do_the_same(printed: str) -> None:
    assert joined(printed) == "规上工业企业数字化转型"


@pytest.mark.parametrize(
    ("printed", "held"),
    [
        ("规模以上工业增加值", "规上工业增加值"),
        ("规模以上食品企业数", "规上食品企业"),
        ("绿色工厂数量", "绿色工厂"),
        ("增加值占规模以上工业增加值的比重", "增加值占规上工业增加值比重"),
        ("限额以上批发企业", "限上批发企业"),
    ],
)
def test_scope_count_and_share(printed: str, held: str) -> None:
    assert joined(printed) == held


@pytest.mark.parametrize(
    "printed",
    [
        "营业收入",
        "数量",
        "工业企业数字化转型",  # another scope
        "企业获得中国质量奖",
        "具有全球竞争力的企业",
        "绿色发展指数",
        "企业完成率",
    ],
)
def test_other_names_stay(printed: str) -> None:
    assert joined(joined(printed)) == joined(printed) == printed
