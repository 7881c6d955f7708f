"""Building again: what failed is on the receipt, what was read is kept, what was damaged is written anew."""

import os
from pathlib import Path

import pytest

import clusteratlas
from clusteratlas import Atlas
from graph.build import build
from graph.directory import FORMAT, GraphDirectory
from ontology.errors import GraphDamaged, GraphOutdated
from tests.graphs import BOX, build_texts


def subsectors(directory: GraphDirectory) -> set[object]:
    with Atlas(directory.path) as atlas:
        return {fact["subsector"] for fact in atlas.facts("layout")}


def test_the_receipt_lists_a_failure_also_where_the_rows_stay_the_same(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    _, receipt = build_texts(tmp_path, {"leer.txt": ""})
    assert [failure.file for failure in receipt.failures] == ["leer.txt"]
    with Atlas(directory.path) as atlas:
        assert [f["file"] for f in atlas.receipt()["failures"]] == ["leer.txt"]  # type: ignore[attr-defined]
        assert "leer.txt" in (atlas.build.path / "receipt.txt").read_text(encoding="utf-8")


def test_a_new_text_that_cannot_be_read_leaves_the_one_before(tmp_path: Path) -> None:
    build_texts(tmp_path, {"a.txt": BOX})
    directory, receipt = build_texts(tmp_path, {"a.txt": "nothing here"})
    assert [failure.file for failure in receipt.failures] == ["a.txt"]
    assert subsectors(directory) == {"无人机"}


def test_a_source_that_fails_once_is_not_forgotten(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX, "b.txt": BOX.replace("无人机", "无人船")})
    (entry,) = [e for e in directory.sources() if e.file == "a.txt"]
    kept = directory.source(entry).read_bytes()
    directory.source(entry).unlink()
    receipt = build(directory, [], manifest={})
    assert [failure.file for failure in receipt.failures] == ["a.txt"]
    assert subsectors(directory) == {"无人船"}
    directory.source(entry).write_bytes(kept)
    assert build(directory, [], manifest={}).failures == ()
    assert subsectors(directory) == {"无人机", "无人船"}


def test_a_graph_that_lost_its_pointer_opens_with_its_own_documents(tmp_path: Path) -> None:
    build_texts(tmp_path, {"a.txt": BOX})
    directory, _ = build_texts(tmp_path, {"b.txt": BOX.replace("无人机", "无人船")})
    digest = directory.current()
    older = directory.path / "builds" / ("0" * 12)
    older.mkdir()
    os.utime(older, (0, 0))
    (directory.path / "current").unlink()
    assert directory.current() == digest
    with clusteratlas.open(directory.path) as atlas:
        assert {fact["subsector"] for fact in atlas.facts("layout")} == {"无人机", "无人船"}
    build_texts(tmp_path, {"c.txt": BOX.replace("无人机", "无人车")})
    assert subsectors(directory) == {"无人机", "无人船", "无人车"}


def test_a_graph_of_another_edition_says_so_and_is_built_again_from_its_documents(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    sources = directory.path / "builds" / str(directory.current()) / "sources.toml"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace(f"format = {FORMAT}", "format = 1"), encoding="utf-8"
    )
    with pytest.raises(GraphOutdated, match="clusteratlas build"):
        clusteratlas.open(directory.path)
    assert build(directory, [], manifest={}).failures == ()
    assert subsectors(directory) == {"无人机"}


def test_two_documents_of_one_name_in_one_command_are_told(tmp_path: Path) -> None:
    paths = []
    for folder, text in (("a", BOX), ("b", BOX.replace("无人机", "无人船"))):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "plan.txt")
        paths[-1].write_text(text, encoding="utf-8")
    directory = GraphDirectory(tmp_path / "graph")
    receipt = build(directory, paths, manifest={})
    assert ["同名" in failure.message for failure in receipt.failures] == [True]
    assert subsectors(directory) == {"无人机"}


@pytest.mark.parametrize("name", ["nodes.parquet", "edges.parquet", "facts/layout.jsonl", "oxigraph/CURRENT"])
def test_a_damaged_build_is_written_anew(tmp_path: Path, name: str) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    with directory.open() as opened:
        damaged = opened.path / name
    damaged.unlink()
    build_texts(tmp_path, {"a.txt": BOX})
    assert damaged.exists()
    assert subsectors(directory) == {"无人机"}


def test_damage_is_told_in_words(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    with Atlas(directory.path) as atlas:
        (atlas.build.path / "nodes.parquet").write_bytes(b"PAR1")
        with pytest.raises(GraphDamaged, match="clusteratlas build"):
            atlas.rows()
    (directory.path / "builds" / str(directory.current()) / "sources.toml").write_bytes(b"\xff[[[")
    with pytest.raises(GraphDamaged, match=r"sources\.toml"):
        directory.sources()
    (directory.path / "current").write_bytes(b"\xff")
    with pytest.raises(GraphDamaged, match="current"):
        directory.current()
