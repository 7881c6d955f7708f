"""The RDF view of the tables: written by rules that know the ontology and no kind of fact."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from graph.tables import Node, Scalar, Tables
from ontology import ids
from ontology.model import Model, model

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NAMES = {"name": "zh", "name_en": "en"}
ONTOLOGY_GRAPH = ox.NamedNode(ids.BASE + "graph/ontology")


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(ids.ONTOLOGY + name)


def resource(identifier: str) -> ox.NamedNode:
    return ox.NamedNode(ids.iri(identifier))


def literal(value: Scalar, datatype: str) -> ox.Literal:
    """A literal of one of the ontology's datatypes: string, integer, double, boolean, date."""
    if datatype == "string":
        return ox.Literal(str(value))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if datatype == "date":
        date.fromisoformat(text)
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + datatype))


def _node_quads(node: Node, view: Model) -> Iterator[ox.Quad]:
    subject = resource(node.id)
    for label in view.labels(node.cls):
        yield ox.Quad(subject, _TYPE, term(label))
    known = view.properties(node.cls)
    for name, value in node.properties.items():
        if name in _NAMES:
            yield ox.Quad(subject, term("name"), ox.Literal(str(value), language=_NAMES[name]))
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield ox.Quad(subject, term(name), literal(one, known[name].datatype))


def quads(tables: Tables) -> Iterator[ox.Quad]:
    """All statements of the default graph: types, literals and bare edges."""
    view = model()
    for node in tables.nodes:
        yield from _node_quads(node, view)
    for edge in tables.edges:
        yield ox.Quad(resource(edge.source), term(edge.type), resource(edge.target))


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology and its vocabularies, for their named graph."""
    for path in ontology_files():
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ONTOLOGY_GRAPH)


def ontology_files() -> tuple[Path, ...]:
    import ontology

    root = Path(ontology.__file__).parent
    return (root / "atlas.ttl", *sorted((root / "vocabularies").glob("*.ttl")))


def write_store(tables: Tables, folder: Path) -> None:
    """An Oxigraph store on disk: the graph by default, the ontology under its name."""
    store = ox.Store(str(folder))
    store.bulk_extend(quads(tables))
    store.bulk_extend(ontology_quads())
    store.optimize()
    store.flush()


def to_rdflib(tables: Tables) -> Graph:
    """The default graph as an `rdflib.Graph`."""
    graph = Graph()
    store = ox.Store()
    store.bulk_extend(quads(tables))
    graph.parse(data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt")
    graph.bind("ca", ids.ONTOLOGY)
    return graph
