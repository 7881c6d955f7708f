"""Turtle files as a look-up from subject and property to values.

pyoxigraph parses them, because reading with rdflib would take most of the time in which a command starts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph

from ontology.errors import VocabularyError

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"
TYPE: Final = RDF + "type"


@dataclass(frozen=True, slots=True)
class Value:
    """One object of a triple: an IRI, a blank node's label, or a literal.

    Args:
        text: IRI, label or lexical form.
        kind: "iri", "blank" or "literal".
        language: language tag of a literal, "" where it has none.
        datatype: datatype IRI of a literal, "" otherwise.
    """

    text: str
    kind: str
    language: str = ""
    datatype: str = ""


Properties = dict[str, list[Value]]


def _value(term: object) -> Value:
    if isinstance(term, pyoxigraph.NamedNode):
        return Value(term.value, "iri")
    if isinstance(term, pyoxigraph.BlankNode):
        return Value(term.value, "blank")
    if isinstance(term, pyoxigraph.Literal):
        return Value(term.value, "literal", term.language or "", term.datatype.value)
    raise TypeError(f"unexpected term {term!r}")


def load(*paths: Path) -> dict[str, Properties]:
    """Subjects of Turtle files with their properties, in the order of the files.

    Args:
        paths: the files; together they are one graph.

    Returns:
        subject (IRI, or label of a blank node) -> property IRI -> values in the order of the file.

    Raises:
        VocabularyError: a file is missing or no Turtle.
    """
    subjects: dict[str, Properties] = defaultdict(dict)
    for number, path in enumerate(paths):
        try:
            for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE, rename_blank_nodes=number > 0):
                subject = quad.subject
                if isinstance(subject, pyoxigraph.Triple):
                    raise VocabularyError(path, "词表不用三元组作主语")
                values = subjects[subject.value].setdefault(quad.predicate.value, [])
                value = _value(quad.object)
                if value not in values:
                    values.append(value)
        except SyntaxError as error:
            raise VocabularyError(path, f"不是合法的 Turtle（{error.msg}）", line=error.lineno) from error
        except OSError as error:
            raise VocabularyError(path, "文件读不出来", remedy="请重新安装") from error
    return dict(subjects)


def texts(properties: Properties, term: str, language: str | None = None) -> tuple[str, ...]:
    """The texts of a property.

    Args:
        properties: of one subject.
        term: the property's IRI.
        language: only literals with this tag; None for all values.
    """
    return tuple(v.text for v in properties.get(term, ()) if language is None or v.language == language)


def first(properties: Properties, term: str, language: str | None = None) -> str | None:
    """The first text of a property, None where there is none."""
    return next(iter(texts(properties, term, language)), None)
