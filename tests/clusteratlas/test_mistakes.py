"""Mistakes and hostile words at the command line never end in a traceback."""

from pathlib import Path

import click
import pytest

from clusteratlas.building import build
from clusteratlas.output import listing, write
from tests.clusteratlas.test_cli import run


@pytest.mark.parametrize("words", ["[/x]", "[red]甲[/red]", "[link=http://x]y"])
def test_square_brackets_are_text_in_titles_headings_and_cells(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(listing(words, ("a",), (words,), [[words]]), "table")
    assert capsys.readouterr().out.count(words) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("facts", "layout", "-o", "{0}/no/x"),
        ("export", "turtle", "-o", "{0}/no/x"),
        ("draw", "东莞", "-o", "{0}/no/x"),
        ("check", "--format", "xlsx", "-o", "{0}/no/x"),
    ],
)
def test_a_file_that_cannot_be_written_is_named(bundled_graph: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*(word.format(tmp_path) for word in words), graph=bundled_graph)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "请" in done.stderr


def test_a_graph_that_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "g").touch()
    done = run("check", graph=tmp_path / "g")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_unreadable_document_is_left_to_the_build() -> None:
    """click would refuse the whole command with exit code 2; the build names the file and loads the others."""
    (documents,) = [p for p in build.params if isinstance(p, click.Argument)]
    assert isinstance(documents.type, click.Path)
    assert not documents.type.readable
    assert not documents.type.exists
