"""The measurement of the explorer's memory: its visitors click on everything, and it notices a leak."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.soak_explorer import ALLOWED, Page, Visitor, growth
from tests.house.files import ROOT
from tests.web.processes import resident

STEPS = 60
"""Clicks of each of the three parts: counted and not timed, so that a busy machine changes nothing."""


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[str, int]]:
    """The address of the pages over the tests' graph, and their process."""
    command = [sys.executable, "-m", "tests.web.serve_fake", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc: run it on Linux")
def test_it_notices_a_handler_that_keeps_something_of_each_request() -> None:
    found, asked = [], set[str]()
    for arguments in ((), (str(400_000),)):
        with serving(*arguments) as (address, pid):
            visitors, samples = [Visitor(address, seed) for seed in range(3)], []
            for step in range(3 * STEPS):
                target, status = visitors[step % 3].step()
                samples.append(resident(pid))
                asked.add(target.partition("?")[0])
                # The fake graph has a question that fails with a program error on purpose.
                assert status < 500 or "broken" in target or target.startswith("/questions"), target
        found.append(growth(samples, 3))
    assert found[0] < ALLOWED < found[1]
    assert len(asked) > 20
    assert any(one.endswith(".csv") for one in asked)


def test_growth_compares_the_last_part_with_the_second() -> None:
    assert growth([900, 100, 100, 500, 110, 110], 3) == pytest.approx(110 / 300 - 1)
    assert growth([1, 100, 50, 121, 7], 4) == pytest.approx(0.21)  # what is left over is not counted
    assert growth([5] * 9, 3) == 0
    for samples, parts in (([1, 2, 3], 2), ([1, 2], 3)):
        with pytest.raises(ValueError, match="say nothing"):
            growth(samples, parts)


def test_a_page_gives_its_links_and_forms() -> None:
    page = Page(
        '<a href="/x?a=1">x</a><a href="#main">-</a><a href="http://stranger.example/">-</a><form action="/f">'
        '<input type="hidden" name="h" value="1"><input name="t" value="typed"><select name="s"><option value="">'
        '<option value="a">A</option></select><textarea name="w">w</textarea><button>b</button></form>'
    )
    assert page.links == ["/x?a=1"]
    assert page.forms == [("/f", {"h": ["1"], "t": [], "s": ["", "a"], "w": []})]
