"""`check` on the command line: what a document prints oddly is a note, what is wrong fails."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clusteratlas.building import check
from graph.directory import GraphDirectory
from tests.graphs import BOX, build_texts


def run(directory: GraphDirectory) -> Result:
    return CliRunner().invoke(check, ["--format", "json"], obj=directory.path)


@pytest.fixture
def hostile(tmp_path: Path) -> GraphDirectory:
    """A subsector whose name is markup."""
    return build_texts(tmp_path, {"a.txt": BOX.replace("无人机。**", "</script>。**")})[0]


def test_markup_in_a_name_is_a_note(hostile: GraphDirectory) -> None:
    done = run(hostile)
    rows = json.loads(done.stdout)
    assert {row["check"] for row in rows} == {"untidy-name"}
    assert {row["level"] for row in rows} == {"提示"}
    assert done.exit_code == 0


def test_a_violation_beside_a_note_fails(hostile: GraphDirectory) -> None:
    with hostile.open() as build:
        (text,) = (build.path / "texts").iterdir()
        text.write_bytes(text.read_bytes().replace("深圳".encode(), "广州".encode()))
    done = run(hostile)
    assert {row["level"] for row in json.loads(done.stdout)} == {"提示", "问题"}
    assert done.exit_code == 1
