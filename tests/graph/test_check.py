"""`check` looks at shapes, integrity and evidence of what lies on the disk."""

from collections.abc import Callable
from pathlib import Path

from graph.check import check
from graph.directory import GraphDirectory


def test_a_text_that_was_changed_is_noticed(box_graph: Callable[..., GraphDirectory]) -> None:
    with box_graph().open() as build:
        assert check(build.path) == []
        (text,) = (build.path / "texts").iterdir()
        text.write_bytes(text.read_bytes().replace("深圳".encode(), "广州".encode()))
        found = check(build.path)
        assert {violation.check for violation in found} == {"evidence"}
        assert all(Path(violation.node).parts[0] == "evidence" for violation in found)
