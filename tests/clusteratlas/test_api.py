"""The Python API: one graph, seen through every view."""

from pathlib import Path

import pytest
from rdflib import RDF, Namespace

import clusteratlas
from clusteratlas import Atlas

CA = Namespace("https://clusteratlas.example/ontology/")


def test_the_views_hold_the_same_graph(bundled_atlas: Atlas) -> None:
    rows = bundled_atlas.rows()
    graph = bundled_atlas.networkx()
    assert graph.number_of_nodes() == len(rows.nodes)
    assert graph.number_of_edges() == len(rows.edges)
    tables = bundled_atlas.tables()
    assert (tables["nodes"].num_rows, tables["edges"].num_rows) == (len(rows.nodes), len(rows.edges))
    assert tables["nodes"].column_names == ["id", "class", "properties"]
    assert tables["edges"].column_names == ["type", "from", "to", "properties"]
    rdf = bundled_atlas.rdflib()
    for cls in ("City", "LayoutStatement", "Evidence", "Company"):
        count = sum(node.cls == cls for node in rows.nodes)
        assert len(set(rdf.subjects(RDF.type, CA[cls]))) == count > 0
        assert sum(data["label"] == cls for _, data in graph.nodes(data=True)) == count
    triples = {(e.type, e.source, e.target) for e in rows.edges}
    types = {CA[kind] for kind, _, _ in triples}
    assert sum(p in types for _, p, _ in rdf) == len(triples)


def test_open_takes_the_directory_from_the_environment(bundled_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERATLAS_GRAPH", str(bundled_graph))
    with clusteratlas.open() as atlas:
        assert atlas.build.path.parent.parent == bundled_graph
        (row,) = atlas.sparql(
            "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://clusteratlas.example/ontology/City> }"
        ).rows
        assert row == (21,)


def test_names_carry_their_language(bundled_atlas: Atlas) -> None:
    found = bundled_atlas.sparql(
        "PREFIX ca: <https://clusteratlas.example/ontology/> "
        "SELECT ?l (STR(?n) AS ?name) WHERE { <https://clusteratlas.example/city/441900> ca:name ?n BIND(LANG(?n) AS ?l) } ORDER BY ?l"
    )
    assert found.rows == (("en", "Dongguan"), ("zh", "东莞"))


def test_statements_have_their_super_class_written_out(bundled_atlas: Atlas) -> None:
    found = bundled_atlas.sparql(
        "PREFIX ca: <https://clusteratlas.example/ontology/> "
        "SELECT (COUNT(?a) AS ?n) WHERE { ?a a ca:LayoutStatement FILTER NOT EXISTS { ?a a ca:Statement } }"
    )
    assert found.rows == ((0,),)


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "graphml"])
def test_exports_can_be_read_by_other_libraries(bundled_atlas: Atlas, tmp_path: Path, form: str) -> None:
    import networkx as nx
    from rdflib import Dataset

    from graph.export import export

    path = tmp_path / f"graph.{form}"
    export(bundled_atlas.rows(), form, path)
    if form == "graphml":
        again = nx.read_graphml(path, force_multigraph=True)
        assert again.number_of_nodes() == len(bundled_atlas.rows().nodes)
        assert again.number_of_edges() == len(bundled_atlas.rows().edges)
        return
    names = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
    read = Dataset(default_union=True)
    read.parse(path, format=names[form])
    assert set(bundled_atlas.rdflib()) <= {(s, p, o) for s, p, o, _ in read.quads()}
