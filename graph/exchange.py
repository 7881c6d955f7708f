"""The graph as files that come back: N-Quads, TriG, JSON-LD, Parquet, and CSV for `neo4j-admin database import`.

The RDF view holds no properties of edges and no order of lists. What comes back holds them beside it, in a named graph
of its own (`graph/rows`): each edge once more as an `rdf:Statement` with its properties, and the lists whose order
says something. Whoever reads the default graph need not know of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.push.marks import edge_hash
from graph.rdf import resource, term
from graph.tables import Edge, Node, Scalar, Tables, Value
from ontology import ids
from ontology.errors import IdentifierError, MappingError
from ontology.model import Model, model

ROWS: Final = ox.NamedNode(ids.BASE + "graph/rows")

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _STATEMENT = ox.NamedNode(_RDF + "type"), ox.NamedNode(_RDF + "Statement")
_ENDS: Final = tuple(ox.NamedNode(_RDF + name) for name in ("subject", "predicate", "object"))
_LISTS: Final = ox.NamedNode(ids.ONTOLOGY + "meta/lists")
_DATATYPES: Final[Mapping[type, str]] = {str: "string", bool: "boolean", int: "integer", float: "double"}
_LANGUAGES: Final = {"zh": "name", "en": "name_en"}


def rows_quads(tables: Tables) -> Iterator[ox.Quad]:
    """The named graph with what the RDF view leaves out."""
    for edge in tables.edges:
        name = ox.NamedNode(f"{ids.BASE}edge/{edge_hash(edge)}")
        yield ox.Quad(name, _TYPE, _STATEMENT, ROWS)
        for end, thing in zip(_ENDS, (resource(edge.source), term(edge.type), resource(edge.target)), strict=True):
            yield ox.Quad(name, end, thing, ROWS)
        for key, value in edge.properties.items():
            for one in value if isinstance(value, tuple) else (value,):
                yield ox.Quad(name, term(key), _literal(one), ROWS)
    for node in tables.nodes:
        lists = {k: v for k, v in node.properties.items() if isinstance(v, tuple) and list(v) != sorted(set(v))}
        if lists:
            text = json.dumps(lists, ensure_ascii=False, sort_keys=True)
            yield ox.Quad(resource(node.id), _LISTS, ox.Literal(text), ROWS)


def read_rdf(path: Path, form: ox.RdfFormat) -> Tables:
    """The tables from a file that `export` wrote as N-Quads, TriG or JSON-LD.

    Args:
        path: the file.
        form: its format.

    Raises:
        MappingError: the file holds what no export holds: a node without a class, an edge without its row.
    """
    view = model()
    types: dict[str, set[str]] = defaultdict(set)
    literals: dict[str, list[tuple[str, ox.Literal]]] = defaultdict(list)
    bare: set[tuple[str, str, str]] = set()
    rows: dict[str, list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]] = defaultdict(list)
    for quad in ox.parse(path=str(path), format=form):
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            if quad.graph_name in (ROWS, ox.DefaultGraph()):
                raise MappingError(str(subject), "导出的文件里没有空白节点")
        elif quad.graph_name == ROWS:
            rows[subject.value].append((predicate, value))
        elif quad.graph_name != ox.DefaultGraph():
            continue  # the ontology, which comes with the program
        elif isinstance(value, ox.Literal):
            literals[ids.from_iri(subject.value)].append((_local(predicate), value))
        elif predicate == _TYPE:
            types[ids.from_iri(subject.value)].add(_local(value))
        else:
            bare.add((_local(predicate), ids.from_iri(subject.value), ids.from_iri(value.value)))
    edges = [_edge(fields) for name, fields in rows.items() if (_TYPE, _STATEMENT) in fields]
    lists = {ids.from_iri(name): _lists(fields) for name, fields in rows.items() if (_TYPE, _STATEMENT) not in fields}
    if other := bare ^ {(edge.type, edge.source, edge.target) for edge in edges}:
        relation, source, _ = sorted(other)[0]
        raise MappingError(source, f"关系 {relation} 与 <{ROWS.value}> 里记的不一致")
    if astray := sorted(literals.keys() - types.keys()):
        raise MappingError(astray[0], "没有类")
    nodes = (_node(name, labels, literals[name], lists.get(name, {}), view) for name, labels in types.items())
    return Tables.of(nodes, edges)


def _literal(value: Scalar | str) -> ox.Literal:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + _DATATYPES[type(value)]))


def _local(name: ox.NamedNode) -> str:
    if not name.value.startswith(ids.ONTOLOGY):
        raise IdentifierError(name.value, f"应在 {ids.ONTOLOGY} 之下")
    return name.value.removeprefix(ids.ONTOLOGY)


def _node(
    identifier: str,
    labels: set[str],
    literals: list[tuple[str, ox.Literal]],
    lists: Mapping[str, tuple[str, ...]],
    view: Model,
) -> Node:
    cls = next((name for name in sorted(labels) if name in view.classes and set(view.labels(name)) == labels), None)
    if cls is None:
        raise MappingError(identifier, f"{'、'.join(sorted(labels))} 不是一个类和它的上位类")
    known = view.properties(cls)
    found: dict[str, list[Scalar]] = defaultdict(list)
    for name, literal in literals:
        key = _LANGUAGES.get(literal.language or "", name) if name == "name" else name
        if key not in known:
            raise MappingError(identifier, f"{cls} 没有属性 {key}")
        found[key].append(scalar(literal.value, known[key].datatype))
    properties: dict[str, Value] = {}
    for key, values in found.items():
        if known[key].many:
            properties[key] = lists.get(key) or tuple(sorted(map(str, values)))
        elif len(values) > 1:
            raise MappingError(identifier, f"属性 {key} 有多个值")
        else:
            properties[key] = values[0]
    return Node(identifier, cls, properties)


def _edge(fields: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]) -> Edge:
    ends = {predicate: value for predicate, value in fields if predicate in _ENDS}
    source, relation, target = (ends[end] for end in _ENDS)
    properties: dict[str, Value] = {}
    for predicate, value in fields:
        if isinstance(value, ox.Literal):
            properties[_local(predicate)] = scalar(value.value, value.datatype.value.removeprefix(_XSD))
    assert isinstance(source, ox.NamedNode)
    assert isinstance(relation, ox.NamedNode)
    assert isinstance(target, ox.NamedNode)
    return Edge(_local(relation), ids.from_iri(source.value), ids.from_iri(target.value), properties)


def _lists(fields: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(v) for _, text in fields for key, v in json.loads(text.value).items()}


def scalar(text: str, datatype: str) -> Scalar:
    """A value of one of the ontology's datatypes from its text; a double written without a point stays an integer."""
    if datatype == "boolean":
        return text == "true"
    if datatype == "integer" or (datatype == "double" and text.lstrip("-").isdigit()):
        return int(text)
    return float(text) if datatype == "double" else text
