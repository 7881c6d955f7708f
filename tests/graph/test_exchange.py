"""What `export` writes comes back with the same digest, or is refused; views hold what they promise."""

import json
import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import neo4j
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from graph.directory import GraphDirectory
from graph.export import FORMATS, WHOLE, export, read
from graph.push.neo4j import push
from graph.push.rows import edge_of, node_of
from graph.tables import Edge, Node, Tables, digest
from ontology.errors import AtlasError, GraphDamaged, MappingError
from ontology.model import model
from tests.neo4j.run import Neo4jUnavailable, jars, running
from tests.support import require

TEXTS = (
    "",
    " ",
    "a,b",
    'a"b""c',
    "一\n二\r\n三\r四",
    "null",
    "NULL",
    "1",
    "true",
    "=1+1",
    "<b>&amp;</b>",
    "\t",
    "𠮷\u2028",
    "\\n;|",
)


def sample() -> Tables:
    nodes = [Node(f"product/{i}", "Product", {"name": text}) for i, text in enumerate(TEXTS)]
    nodes += [
        Node("city/441900", "City", {"name": "东莞", "name_en": "Dongguan", "latitude": 23.0, "longitude": 113.75}),
        Node("city/441901", "City", {"name": "整数", "latitude": 23, "longitude": -1e-7}),
        Node("policy/1", "Policy", {"name": "政策", "issued": "2021-08-09", "draft": False}),
        Node("agency/1", "Agency", {"name": "局", "aliases": ("乙", "甲")}),
        Node("agency/2", "Agency", {"name": "局", "aliases": ("甲", "乙", "甲")}),
        Node("agency/3", "Agency", {"name": "局", "aliases": ("一",), "collective": True}),
        Node("product/5G%20手机", "Product", {}),
    ]
    edges = [
        Edge("feeds", "product/1", "product/2", {"origin": "rule", "via": "x", "confidence": 1.0, "level": 3}),
        Edge("feeds", "product/1", "product/2", {"origin": "rule", "via": "y", "open": True, "text": ""}),
        Edge("feeds", "product/1", "product/2", {}),
        Edge("issuedBy", "policy/1", "agency/1", {"origin": "document", "text": 'a"\n,b'}),
    ]
    return Tables.of(nodes, edges)


@pytest.mark.parametrize("form", WHOLE)
def test_it_comes_back(tmp_path: Path, form: str) -> None:
    export(sample(), form, tmp_path / "x")
    again = read(form, tmp_path / "x")
    assert again == sample()
    assert digest(again) == digest(sample())


@pytest.mark.parametrize("form", WHOLE)
def test_an_empty_graph_comes_back(tmp_path: Path, form: str) -> None:
    export(Tables((), ()), form, tmp_path / "x")
    assert read(form, tmp_path / "x") == Tables((), ())


@pytest.mark.parametrize("form", WHOLE)
def test_the_bundled_graph_comes_back(tmp_path: Path, form: str, bundled_graph: Path) -> None:
    with GraphDirectory(bundled_graph).open() as build:
        tables = Tables.read(build.path)
        assert len(tables.nodes) > 5_000
    export(tables, form, tmp_path / "x")
    assert digest(read(form, tmp_path / "x")) == digest(tables)


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x1f"), max_size=8)


@settings(max_examples=40, deadline=None)
@given(st.lists(names, max_size=4), st.lists(names, min_size=1, max_size=3), st.floats(-90, 90), st.integers())
def test_any_values_come_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], aliases: list[str], latitude: float, level: int
) -> None:
    nodes = [Node(f"product/{i}", "Product", {"name": text}) for i, text in enumerate(texts)]
    nodes.append(Node("agency/1", "Agency", {"name": "局", "aliases": tuple(aliases)}))
    nodes.append(Node("city/1", "City", {"name": "市", "latitude": latitude}))
    edges = [Edge("feeds", n.id, n.id, {"text": str(n.properties["name"]), "level": level}) for n in nodes[:-2]]
    tables = Tables.of(nodes, edges)
    folder = tmp_path_factory.mktemp("any")
    for form in WHOLE:
        export(tables, form, folder / form)
        assert read(form, folder / form) == tables, form


@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_an_export_is_the_same_twice(tmp_path: Path, form: str) -> None:
    for name in ("a", "b"):
        export(sample(), form, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("/ontology/issuedBy> <https://clusteratlas.example/agency/1> .", "不一致"),
        ("ontology/issuedBy> <https://clusteratlas.example/graph/rows>", None),
        (f"<https://clusteratlas.example/policy/1> {TYPE}", "没有类"),
        (f"<https://clusteratlas.example/agency/1> {TYPE} <https://clusteratlas.example/ontology/Agency>", "没有类"),
    ],
)
def test_a_line_that_is_missing_is_noticed(tmp_path: Path, part: str, message: str | None) -> None:
    path = tmp_path / "x.nq"
    export(sample(), "nquads", path)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if part not in line]
    assert len(kept) < len(lines)
    path.write_text("".join(kept), "utf-8")
    with pytest.raises((AtlasError, KeyError), match=message):
        read("nquads", path)


@pytest.mark.parametrize(
    "more",
    [
        '<https://clusteratlas.example/policy/1> <https://clusteratlas.example/ontology/draft> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        '<https://clusteratlas.example/policy/1> <https://clusteratlas.example/ontology/nosuch> "x" .',
        f"<https://clusteratlas.example/policy/1> {TYPE} <https://clusteratlas.example/ontology/City> .",
        "<https://clusteratlas.example/policy/1> <https://clusteratlas.example/ontology/cites> <https://clusteratlas.example/policy/1> .",
        '_:b <https://clusteratlas.example/ontology/name> "x" .',
        '<https://else.example/1> <https://clusteratlas.example/ontology/name> "x" .',
    ],
)
def test_a_line_too_many_is_noticed(tmp_path: Path, more: str) -> None:
    path = tmp_path / "x.nq"
    export(sample(), "nquads", path)
    path.write_text(path.read_text("utf-8") + more + "\n", "utf-8")
    with pytest.raises(AtlasError):
        read("nquads", path)


def test_csv_says_what_it_cannot_hold(tmp_path: Path) -> None:
    for aliases in (("a\x1fb",), ()):
        with pytest.raises(MappingError, match="U\\+001F"):
            export(Tables.of([Node("agency/1", "Agency", {"aliases": aliases})], []), "csv", tmp_path / "x")
    mixed = [Edge("feeds", "product/1", "product/1", {"x": 1}), Edge("feeds", "product/1", "product/1", {"x": "1"})]
    with pytest.raises(MappingError, match="同一种类型"):
        export(Tables.of([Node("product/1", "Product", {})], mixed), "csv", tmp_path / "x")


def test_a_broken_csv_is_told(tmp_path: Path) -> None:
    export(sample(), "csv", tmp_path)
    (tmp_path / "nodes-City.csv").write_text('a:string,b\n"1"\n"2","3","4"\n', "utf-8")
    with pytest.raises(GraphDamaged):
        read("csv", tmp_path)


def test_csv_has_the_heads_that_neo4j_admin_reads(tmp_path: Path) -> None:
    export(sample(), "csv", tmp_path)
    head = (tmp_path / "nodes-City.csv").read_text("utf-8").splitlines()[0]
    assert head == "id:ID,:LABEL,atlas:string,hash:string,latitude:double,longitude:double,name:string,name_en:string"
    edges = (tmp_path / "edges-feeds.csv").read_text("utf-8").splitlines()
    assert edges[0].startswith(
        ":START_ID,:END_ID,:TYPE,atlas:string,hash:string,confidence:double,level:long,open:boolean,"
    )
    assert edges[1].startswith('"product/1","product/2","FEEDS","clusteratlas",')
    agency = (tmp_path / "nodes-Agency.csv").read_text("utf-8").splitlines()
    assert agency[0].startswith("id:ID,:LABEL,atlas:string,hash:string,aliases:string[],collective:boolean,")
    assert '"乙\x1f甲"' in agency[1]
    command = (tmp_path / "import.txt").read_text("utf-8")
    assert all(path.name in command for path in tmp_path.glob("*.csv"))


def test_graphml_is_read_by_networkx_with_every_node_and_edge(tmp_path: Path) -> None:
    export(sample(), "graphml", tmp_path / "x")
    again = nx.read_graphml(tmp_path / "x", force_multigraph=True)
    assert set(again.nodes) == {node.id for node in sample().nodes}
    assert again.nodes["city/441900"]["name"] == "东莞"
    assert again.nodes["city/441900"]["latitude"] == 23.0
    assert again.nodes["agency/1"]["aliases"] == "乙;甲"
    kinds = {relation: model().relationship(relation) for relation in ("feeds", "issuedBy")}
    found = sorted((data["type"], u, v) for u, v, data in again.edges(data=True))
    assert found == sorted((kinds[edge.type], edge.source, edge.target) for edge in sample().edges)


def test_the_workbook_holds_texts_as_texts(tmp_path: Path) -> None:
    tables = Tables.of([*sample().nodes, Node("product/long", "Product", {"name": "长" * 40_000})], sample().edges)
    export(tables, "xlsx", tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Agency", "City", "Policy", "Product", "关系"]
    products = {row[0].value: row[1] for row in book["Product"].iter_rows(min_row=2)}
    formula = products[f"product/{TEXTS.index('=1+1')}"]
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    assert len(products["product/long"].value) == 32_767
    edges = [[cell.value for cell in row] for row in book["关系"].iter_rows(min_row=2)]
    assert len(edges) == len(tables.edges)
    assert json.loads(edges[-1][3]) == dict(tables.edges[-1].properties)


def test_every_format_is_in_the_document() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text("utf-8")
    assert [form for form in FORMATS if f"`{form}`" not in text] == []


def test_neo4js_own_importer_reads_the_csv_and_push_goes_on_from_there(tmp_path: Path) -> None:
    try:
        library = jars()
    except Neo4jUnavailable as error:
        require("neo4j", str(error))
    export(sample(), "csv", tmp_path / "csv")
    home = tmp_path / "home"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    words = shlex.split((tmp_path / "csv" / "import.txt").read_text("utf-8").replace("\\\n", " "))
    assert words[0] == "neo4j-admin"
    subprocess.run(
        ["java", "-cp", f"{library}/*", "org.neo4j.cli.AdminTool", *words[1:]],
        cwd=tmp_path / "csv",
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        check=True,
    )
    with running(tmp_path) as uri, neo4j.GraphDatabase.driver(uri) as driver:
        nodes = driver.execute_query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties").records
        edges = driver.execute_query(
            "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties"
        ).records
        changed = next(replace(node, properties={"name": "丙"}) for node in sample().nodes if node.cls == "Agency")
        nodes_now = [changed if node.id == changed.id else node for node in sample().nodes]
        first = push(sample(), model(), driver)
        second = push(Tables.of(nodes_now, sample().edges[1:]), model(), driver)
    again = Tables.of(
        (node_of(row["labels"], row["properties"], model()) for row in nodes),
        (edge_of(row["type"], row["source"], row["target"], row["properties"], model()) for row in edges),
    )
    assert again == sample()
    # The import carries the marks of a push: only constraints are missing, and only what changes is written.
    assert (first.writes, first.constraints > 0) == (0, True)
    assert (second.updated, second.edges_removed, second.writes) == (1, 1, 2)
