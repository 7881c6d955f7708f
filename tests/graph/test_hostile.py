"""A hostile label in a document, from the file to both languages and to every export, character for character."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from openpyxl import load_workbook

from clusteratlas import Atlas
from graph.export import FORMATS, WHOLE, export, read
from graph.tables import digest
from tests.graph.test_build import HOSTILE
from tests.graphs import BOX, build_texts

READERS = {"turtle": "turtle", "ntriples": "nt", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
NAME = rdflib.URIRef("https://clusteratlas.example/ontology/name")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """One box with an item for each label, which is also the name of a product."""
    head, _, item = BOX.partition("**1.")
    items = [f"**{i}.{item.replace(' 无人机。', f' {label}。')}" for i, label in enumerate(HOSTILE, 1)]
    items += [f"**{len(HOSTILE) + i}. 甲{i}。**东莞重点发展{label}等产品。\n" for i, label in enumerate(HOSTILE, 1)]
    directory, receipt = build_texts(tmp_path_factory.mktemp("hostile"), {"h.txt": head + "\n".join(items)})
    assert receipt.failures == ()
    with Atlas(directory.path) as opened:
        yield opened


@pytest.mark.parametrize("cls", ["Subsector", "Product"])
@pytest.mark.parametrize("label", HOSTILE)
def test_it_is_stored_as_printed(atlas: Atlas, label: str, cls: str) -> None:
    assert sum(n.cls == cls and n.properties["name"] == label for n in atlas.rows().nodes) == 1


@pytest.mark.usefixtures("cypher_engine")
@pytest.mark.parametrize("label", HOSTILE)
def test_cypher_finds_it_by_equality(atlas: Atlas, label: str) -> None:
    found = atlas.cypher("MATCH (s:Subsector {name: $name}) RETURN s.name, s.name = $name", {"name": label})
    assert found.rows == ((label, True),)


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_gives_it_back(atlas: Atlas, tmp_path: Path, form: str) -> None:
    out = tmp_path / "x"
    export(atlas.rows(), form, out)
    if form in WHOLE:
        assert digest(read(form, out)) == digest(atlas.rows())
    if form in ("parquet", "csv"):
        return
    if form == "xlsx":
        names = {
            str(row[0].value)
            for sheet in load_workbook(out.open("rb"))
            for row in sheet.iter_rows(min_col=2, max_col=2)
        }
    elif form == "graphml":
        names = {str(data.get("name")) for _, data in nx.read_graphml(out).nodes(data=True)}
    else:
        graph = rdflib.Dataset(default_union=True)
        graph.parse(out, format=READERS[form])
        names = {str(name) for name in graph.objects(None, NAME)}
    assert set(HOSTILE) <= names
