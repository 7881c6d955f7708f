"""Lines that a careless pattern would read for hours."""

import time

import pytest

from loaders.document.document import parse
from loaders.document.source import Source


@pytest.mark.parametrize(
    "line",
    [
        " " * 5000 + "x",
        "第一章 总则……" + " " * 2000 + "x",
        "第一章 总则....." + "1 " * 2000 + "x",
        "| " * 3000 + "x",
        "." * 5000 + "x",
    ],
)
def test_a_line_of_blanks_and_dots_is_read_at_once(line: str) -> None:
    start = time.perf_counter()
    parse(Source("t.txt", "0" * 64, f"# 某市发展规划\n\n{line}\n"))
    assert time.perf_counter() - start < 3


def test_the_time_for_a_paragraph_of_many_lines_grows_with_its_length_only() -> None:
    """A paragraph cut by pages, and one set over many lines: twice as long takes about twice as long."""

    def seconds(count: int, between: str) -> float:
        text = (
            "# 某市发展规划\n\n" + between.join(["各市应当统筹资源，推动企业加快数字化转型和区块链应"] * count) + "。\n"
        )
        start = time.perf_counter()
        assert len(parse(Source("t.txt", "0" * 64, text)).blocks) == 2
        return time.perf_counter() - start

    for between in ("\n\n", "\n"):
        short, long = min(seconds(500, between) for _ in range(3)), min(seconds(4000, between) for _ in range(3))
        assert long < 24 * short + 0.5
