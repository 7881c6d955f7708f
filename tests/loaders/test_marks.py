"""The loaders reach the marks of docs/quality.md against the development gold."""

from pathlib import Path

import pytest

from benchmarks.quality import MARKS, scores, value
from graph.directory import GraphDirectory


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_the_marks_are_reached(bundled_graph: Path, kind: str) -> None:
    with GraphDirectory(bundled_graph).open() as build:
        row = scores(build.path / "facts")[kind]
    assert {mark: value(row, mark) for mark, least in MARKS[kind].items() if value(row, mark) < least} == {}
