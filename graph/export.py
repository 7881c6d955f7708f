"""The graph as files that other tools read.

N-Quads, TriG, JSON-LD, Parquet and CSV come back with the same digest (`read`). Turtle, N-Triples, GraphML and Excel
are views; docs/exchange.md says what each leaves out.
"""

import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from graph import bulk, sheets
from graph.exchange import read_rdf, rows_quads
from graph.rdf import ontology_quads, quads
from graph.tables import Tables
from graph.views import to_networkx
from ontology import ids

_RDF = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
WHOLE = ("nquads", "trig", "jsonld", "parquet", "csv")
"""Formats that come back."""

FOLDERS = ("parquet", "csv")
"""Formats that are a folder of files."""

FORMATS = (*_RDF, "graphml", "parquet", "csv", "xlsx")
_PREFIXES = {"ca": ids.ONTOLOGY, "xsd": "http://www.w3.org/2001/XMLSchema#"}
# XML 1.0 has no place for these, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def export(tables: Tables, form: str, out: Path) -> None:
    """Write the graph to a file.

    Args:
        tables: the graph.
        form: one of FORMATS; nquads, trig and jsonld also hold the ontology and the rows, in named graphs.
        out: the file, or the folder for one of FOLDERS.
    """
    if form == "graphml":
        _graphml(tables, out)
    elif form == "xlsx":
        sheets.write(tables, out)
    elif form == "csv":
        bulk.write(tables, out)
    elif form == "parquet":
        out.mkdir(parents=True, exist_ok=True)
        tables.write(out)
    else:
        _rdf(tables, form, out)


def read(form: str, path: Path) -> Tables:
    """The tables from a file or folder that `export` wrote: their digest is that of the graph exported.

    Args:
        form: one of WHOLE.
        path: what `export` wrote.

    Raises:
        MappingError: it holds what no export holds.
        GraphDamaged: it cannot be read.
    """
    if form == "parquet":
        return Tables.read(path)
    return bulk.read(path) if form == "csv" else read_rdf(path, _RDF[form])


def _rdf(tables: Tables, form: str, out: Path) -> None:
    with_ontology = form in WHOLE
    statements = sorted({str(quad): quad for quad in quads(tables)}.items())
    rows: list[ox.Quad] | list[ox.Triple]
    if with_ontology:
        rows = [quad for _, quad in statements] + list(ontology_quads()) + list(rows_quads(tables))
    else:
        rows = [quad.triple for _, quad in statements]
    ox.serialize(rows, output=str(out), format=_RDF[form], prefixes=_PREFIXES)


def _graphml(tables: Tables, out: Path) -> None:
    graph = to_networkx(tables)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name, data in graph.nodes(data=True):
        flat.add_node(name, **{key: _xml(value) for key, value in data.items()})
    for source, target, key, data in graph.edges(keys=True, data=True):
        flat.add_edge(source, target, key=key, **{name: _xml(value) for name, value in data.items()})
    nx.write_graphml(flat, out)


def _xml(value: object) -> str | int | float | bool:
    if isinstance(value, bool | int | float):
        return value
    text = ";".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return _NOT_XML.sub("\ufffd", text)
