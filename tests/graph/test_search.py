"""Full-text search: which blocks are found, in which order."""

from pathlib import Path

from clusteratlas import Atlas
from tests.graphs import BOX, build_texts

MORE = BOX.replace("东莞重点发展飞控系统、动力系统等产品。", "无人机，无人机。")


def test_blocks_that_hold_the_words_most_often_come_first(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX, "b.txt": MORE})
    with Atlas(directory.path) as atlas:
        hits = atlas.search("无人机")
        assert [(hit.file, hit.count) for hit in hits] == [("b.txt", 4), ("a.txt", 2)]
        assert [hit.file for hit in atlas.search("无人机", limit=1)] == ["b.txt"]


def test_every_word_counts_and_the_place_is_a_tie_break(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"b.txt": BOX, "a.txt": BOX})
    with Atlas(directory.path) as atlas:
        assert [hit.file for hit in atlas.search("深圳 惠州")] == ["a.txt", "b.txt"]
        assert atlas.search("深圳 肇庆") == []
        assert atlas.search(" ") == []
