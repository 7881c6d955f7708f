"""Between RDF terms and Python's scalars, for Oxigraph and for rdflib alike."""

from datetime import date

import pyoxigraph as ox
from rdflib.term import BNode, Literal, Node, URIRef

from graph.rows import Iri, Parameter

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    _XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)
_BROKEN = frozenset({_XSD + "decimal", _XSD + "double", _XSD + "float"})


def scalar(text: str, datatype: str | None) -> object:
    """The scalar that a literal stands for; its text where the datatype is another one or does not fit."""
    try:
        if datatype in _WHOLE:
            return int(text)
        if datatype in _BROKEN:
            return float(text)
        if datatype == _XSD + "date":
            return date.fromisoformat(text)
    except ValueError:
        return text
    if datatype == _XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text


def from_oxigraph(term: object) -> object:
    """None, bool, int, float, date or str; IRIs are their text, language tags are dropped."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return scalar(term.value, term.datatype.value)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def from_rdflib(term: Node | None) -> object:
    """As `from_oxigraph`."""
    if term is None:
        return None
    if isinstance(term, Literal):
        return scalar(str(term), None if term.datatype is None else str(term.datatype))
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def lexical(value: Parameter) -> tuple[str, str | None]:
    """A parameter as text and datatype; the datatype of an IRI is None."""
    if isinstance(value, Iri):
        return value.value, None
    if isinstance(value, bool):
        return str(value).lower(), _XSD + "boolean"
    if isinstance(value, int):
        return str(value), _XSD + "integer"
    if isinstance(value, float):
        return repr(value), _XSD + "double"
    if isinstance(value, date):
        return value.isoformat(), _XSD + "date"
    return value, _XSD + "string"


def to_oxigraph(text: str, datatype: str | None) -> ox.NamedNode | ox.Literal:
    """The term for what `lexical` gave."""
    return ox.NamedNode(text) if datatype is None else ox.Literal(text, datatype=ox.NamedNode(datatype))


def to_rdflib(text: str, datatype: str | None) -> URIRef | Literal:
    """The term for what `lexical` gave; strings are simple literals, as rdflib reads them from a file."""
    if datatype is None:
        return URIRef(text)
    return Literal(text) if datatype == _XSD + "string" else Literal(text, datatype=URIRef(datatype))
