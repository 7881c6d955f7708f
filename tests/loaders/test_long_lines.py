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
