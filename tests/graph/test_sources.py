"""A build killed between any two steps of its publication: the list of sources is that of the graph that opens."""

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from clusteratlas import Atlas
from graph.build import build
from graph.directory import SOURCES, GraphDirectory
from tests.graphs import BOX, build_texts

STEPS = ((os, "replace"), (os, "rename"), (Path, "unlink"), (shutil, "rmtree"))


class Killed(BaseException):
    """Nothing catches it, so that what is on the disk stays as it is (real kills: `test_kill.py`)."""


def texts_of(directory: GraphDirectory) -> set[str]:
    """What the graph that opens was built from, by its own account."""
    with Atlas(directory.path) as atlas:
        return {str(node.properties["sha256"]) for node in atlas.rows().nodes if node.cls == "Document"}


def dies_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the process does `steps` more changes of names on the disk, and no further."""
    left = [steps]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **kwargs: object) -> object:
            if left[0] == 0:
                raise Killed
            left[0] -= 1
            return real(*args, **kwargs)

        return step

    for owner, name in STEPS:
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))


def test_killed_between_any_two_steps(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    new = tmp_path / "b.txt"
    new.write_bytes(BOX.replace("东莞", "中山").encode())
    wanted = hashlib.sha256(new.read_bytes()).hexdigest()
    seen: list[set[str]] = []
    for steps in range(40):
        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            dies_after(steps, patch)
            build(directory, [new], manifest={}, only=True)
            break
        held = texts_of(directory)
        assert {entry.sha256 for entry in directory.sources()} == held, steps
        # Every source of the graph is still there, so that it can be built again.
        assert all(directory.source(entry).is_file() for entry in directory.sources()), steps
        seen.append(held)
    assert 4 <= len(seen) < 40
    assert seen[0] != {wanted}
    assert seen[-1] == {wanted} == texts_of(directory)


def test_a_graph_of_an_earlier_version_keeps_its_sources(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    before = directory.sources()
    inside = directory.path / "builds" / str(directory.current()) / SOURCES
    inside.rename(directory.path / SOURCES)
    assert directory.sources() == before
    build_texts(tmp_path, {"b.txt": BOX.replace("东莞", "中山")})
    assert [entry.file for entry in directory.sources()] == ["a.txt", "b.txt"]
    assert not (directory.path / SOURCES).exists()
