"""The build: what the graph holds, that it follows the text, and that it is the same every time."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from clusteratlas import Atlas, bundled
from graph import evidence
from graph.build import build
from graph.directory import GraphDirectory
from graph.tables import Tables
from ontology.errors import GraphMissing
from ontology.vocabulary import vocabulary
from tests.graphs import BOX, build_texts

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x>",
    "甲\"乙'丙{丁}",
    "}) DETACH DELETE (n",
    '" } DROP ALL #',
    "\u202e反向\u200f标记",
]


def links(tables: Tables) -> set[tuple[str, str]]:
    """Pairs of city and cluster that some edge or statement connects."""
    cities = {node.id for node in tables.nodes if node.cls == "City"}
    clusters = {node.id for node in tables.nodes if node.cls == "Cluster"}
    cluster_of = {e.source: e.target for e in tables.edges if e.type in ("partOf", "aboutCluster")}
    direct = {(e.source, e.target) for e in tables.edges if e.source in cities and e.target in clusters}
    via = {(e.source, cluster_of.get(e.target, "")) for e in tables.edges if e.type == "develops"}
    return {(a, b) for a, b in direct | via if a in cities and b in clusters}


def test_without_documents_the_world_is_known_and_no_city_has_a_cluster(tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    receipt = build(directory, [], manifest={}, only=True)
    with Atlas(directory.path) as atlas:
        tables = atlas.rows()
        assert sum(node.cls == "City" and node.properties["province"] == "44" for node in tables.nodes) == 21
        twenty = {e.source for e in tables.edges if e.type == "inScheme" and e.target == "scheme/gd20"}
        categories = [tables.by_id[c].properties["category"] for c in twenty if tables.by_id[c].cls == "Cluster"]
        assert sorted(categories) == ["emerging"] * 10 + ["pillar"] * 10
        assert links(tables) == set()
        assert {edge.properties["origin"] for edge in tables.edges} == {"vocabulary"}
    assert receipt.failures == ()


def test_one_box_gives_its_own_edges_and_no_others(box_graph: Callable[..., GraphDirectory]) -> None:
    with Atlas(box_graph().path) as atlas:
        tables = atlas.rows()
        facts = atlas.facts("layout")
    robots = vocabulary().cluster("智能机器人").id
    assert links(tables) == {(vocabulary().city(c).id, robots) for c in ("深圳", "惠州", "东莞")}
    assert {(f["city"], f["role"]) for f in facts} == {("深圳", "core"), ("惠州", "core"), ("东莞", "mention")}
    (dongguan,) = (f for f in facts if f["city"] == "东莞")
    assert dongguan["products"] == ["飞控系统", "动力系统"]


def test_facts_follow_the_text_when_the_cities_change_places(tmp_path: Path, bundled_atlas: Atlas) -> None:
    names = [city.name for city in vocabulary().cities]
    shuffled = names[1:] + names[:1]
    random.Random(44).shuffle(shuffled)
    swap = dict(zip(names, shuffled, strict=True))
    pattern = re.compile("|".join(names))
    texts = {}
    for n, path in enumerate(bundled.documents()):
        text = pattern.sub(lambda match: swap[match[0]], path.read_bytes().decode())
        texts[f"renamed-{n}.txt"] = "甲\n\n乙\n" + text
    directory, _ = build_texts(tmp_path, texts)

    def said(fact: dict[str, object], change: dict[str, str]) -> tuple[object, ...]:
        city = fact["city"]
        return fact["cluster"], fact["subsector"], change.get(str(city), city), fact["region"], fact["role"]

    with Atlas(directory.path) as atlas:
        moved = {said(fact, {}) for fact in atlas.facts("layout")}
    expected = {said(fact, swap) for fact in bundled_atlas.facts("layout")}
    assert len(expected) > 800
    assert len(expected & moved) >= 0.95 * len(expected)
    assert len(moved) <= 1.05 * len(expected)


def test_two_builds_are_the_same_byte_for_byte(tmp_path: Path, bundled_graph: Path) -> None:
    again = GraphDirectory(tmp_path / "graph")
    documents = list(reversed(bundled.documents()))
    receipt = build(again, documents, **bundled.knowledge())
    with Atlas(bundled_graph) as one, Atlas(again.path) as other:
        assert one.build.digest == other.build.digest == receipt.digest
        for name in ("nodes.parquet", "edges.parquet", "receipt.json", "facts/layout.jsonl"):
            assert (one.build.path / name).read_bytes() == (other.build.path / name).read_bytes()


def test_every_edge_says_where_it_comes_from_and_every_quote_holds(bundled_atlas: Atlas) -> None:
    tables = bundled_atlas.rows()
    origins = {"document", "vocabulary", "manifest", "override", "rule"}
    assert {edge.properties["origin"] for edge in tables.edges} <= origins
    texts = evidence.texts_of(bundled_atlas.build.path, tables)
    assert len(texts) == 5
    assert list(evidence.problems(tables, texts)) == []
    cited = {edge.source for edge in tables.edges if edge.type == "evidencedBy"}
    for edge in tables.edges:
        if edge.properties["origin"] == "rule":
            # A shortcut has the evidence of its statement, what is inferred that of its witnesses.
            assert edge.properties.get("via", edge.source) in cited
        if edge.properties["origin"] == "document" and edge.type != "inDocument":
            assert edge.source in cited, edge


def test_a_false_quote_and_a_false_name_are_noticed(box_graph: Callable[..., GraphDirectory]) -> None:
    with Atlas(box_graph().path) as atlas:
        tables = atlas.rows()
        texts = evidence.texts_of(atlas.build.path, tables)
    assert list(evidence.problems(tables, texts)) == []
    assert list(evidence.problems(tables, {name: text.replace("深圳", "广州") for name, text in texts.items()}))
    (statement, *_) = (e for e in tables.edges if e.type == "aboutPlace" and e.target == vocabulary().city("深圳").id)
    moved = [
        e if e != statement else type(e)(e.type, e.source, vocabulary().city("茂名").id, e.properties)
        for e in tables.edges
    ]
    assert [p.id for p in evidence.problems(Tables.of(tables.nodes, moved), texts)] == [statement.source]


def test_the_ledgers_add_up(bundled_atlas: Atlas) -> None:
    receipt = json.loads((bundled_atlas.build.path / "receipt.json").read_text(encoding="utf-8"))
    for row in receipt["facts"]:
        assert row["read"] == row["kept"] + row["merged"] + row["rejected"], row
    assert sum(row["kept"] for row in receipt["facts"] if row["kind"] == "layout") == len(bundled_atlas.facts("layout"))
    for row in receipt["coverage"]:
        assert row["characters"] == row["claimed"] + row["furniture"] + row["unread"], row
        text = (bundled.data() / "documents" / row["file"]).read_bytes().decode()
        assert row["characters"] == len(re.sub(r"\s", "", text))
    assert len(receipt["coverage"]) == 5
    tables = bundled_atlas.rows()
    assert (receipt["rows"]["节点"], receipt["rows"]["边"]) == (len(tables.nodes), len(tables.edges))


def test_documents_add_up_and_only_replaces(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    other = BOX.replace("无人机", "无人船").replace("规划", "纲要")
    build_texts(tmp_path, {"b.txt": other})
    assert [entry.file for entry in directory.sources()] == ["a.txt", "b.txt"]
    with Atlas(directory.path) as atlas:
        assert {fact["subsector"] for fact in atlas.facts("layout")} == {"无人机", "无人船"}
    build_texts(tmp_path, {"b.txt": other}, only=True)
    assert [entry.file for entry in directory.sources()] == ["b.txt"]
    with Atlas(directory.path) as atlas:
        assert {fact["subsector"] for fact in atlas.facts("layout")} == {"无人船"}
    assert len(list((directory.path / "builds").iterdir())) == 1
    assert len(list((directory.path / "sources").iterdir())) == 1


def test_a_build_that_is_read_is_not_deleted(tmp_path: Path) -> None:
    directory, _ = build_texts(tmp_path, {"a.txt": BOX})
    with Atlas(directory.path) as old:
        build_texts(tmp_path, {"a.txt": BOX.replace("东莞", "中山")}, only=True)
        assert {fact["city"] for fact in old.facts("layout")} == {"深圳", "惠州", "东莞"}
        with Atlas(directory.path) as new:
            assert {fact["city"] for fact in new.facts("layout")} == {"深圳", "惠州", "中山"}
            assert new.build.digest != old.build.digest
    build_texts(tmp_path, {"a.txt": BOX}, only=True)
    assert len(list((directory.path / "builds").iterdir())) == 1


def test_bad_files_are_named_and_the_others_load(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    files = {
        "好.txt": BOX.encode(),
        "国标.txt": BOX.replace("无人机", "无人船").replace("规划", "纲要").encode("gb18030"),
        "空.txt": b"",
        "乱.txt": b"\xff\xfe\xff\xff\x00\xd8",
        "图.pdf": b"%PDF-1.7",
        "诗.txt": "床前明月光，疑是地上霜。\n".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "目录.txt").mkdir()
    paths = [*sorted(folder.iterdir()), folder / "没有.txt"]
    directory = GraphDirectory(tmp_path / "graph")
    receipt = build(directory, paths, manifest={})
    assert sorted(failure.file for failure in receipt.failures) == sorted(
        ["空.txt", "乱.txt", "图.pdf", "诗.txt", "目录.txt", "没有.txt"]
    )
    for failure in receipt.failures:
        assert failure.file in failure.message
        assert "请" in failure.message
    assert "未载入的文档" in receipt.text()
    with Atlas(directory.path) as atlas:
        assert {fact["subsector"] for fact in atlas.facts("layout")} == {"无人机", "无人船"}
        assert len(atlas.receipt()["failures"]) == 6  # type: ignore[arg-type]


def test_an_unbuilt_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(GraphMissing, match="clusteratlas build"):
        Atlas(tmp_path)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_stored_sign_for_sign(tmp_path: Path, label: str) -> None:
    directory, receipt = build_texts(tmp_path, {"h.txt": BOX.replace("无人机。**", f"{label}。**")})
    assert receipt.failures == ()
    with Atlas(directory.path) as atlas:
        names = {node.properties["name"] for node in atlas.rows().nodes if node.cls == "Subsector"}
        assert names == {label}
        found = atlas.sparql(
            "SELECT ?s ?wanted WHERE { ?s a <https://clusteratlas.example/ontology/Subsector> ; "
            "<https://clusteratlas.example/ontology/name> ?n . FILTER(STR(?n) = ?wanted) }",
            {"wanted": label},
        )
        assert len(found.rows) == 1
