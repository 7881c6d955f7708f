"""Shapes, integrity queries and evidence: what is wrong with a built graph."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyshacl import validate
from rdflib import RDF, Graph
from rdflib.namespace import SH

import ontology
from graph import evidence
from graph.rdf import to_rdflib
from graph.tables import Tables
from ontology import ids
from ontology.checks import checks


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong: which check, at which node, why (Chinese).

    `warning` where it is worth a look and nothing is broken: a name that a document prints with markup in it.
    """

    check: str
    node: str
    why: str
    warning: bool = False


def check(build: Path) -> list[Violation]:
    """All violations of a build: SHACL without inference, integrity queries, evidence."""
    tables = Tables.read(build)
    store = ox.Store.read_only(str(build / "oxigraph"))
    return [
        *shape_violations(to_rdflib(tables)),
        *query_violations(store),
        *(Violation("evidence", p.id, p.why) for p in evidence.problems(tables, evidence.texts_of(build, tables))),
    ]


def _folder() -> Path:
    return Path(ontology.__file__).parent


def shape_violations(graph: Graph) -> Iterator[Violation]:
    """What breaks a shape; the ontology is given for `sh:class`, nothing is inferred."""
    shapes = Graph().parse(_folder() / "shapes.ttl", format="turtle")
    known = Graph().parse(_folder() / "atlas.ttl", format="turtle")
    _, report, _ = validate(graph, shacl_graph=shapes, ont_graph=known, inference="none", advanced=False)
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = str(report.value(result, SH.focusNode))
        path = report.value(result, SH.resultPath)
        message = report.value(result, SH.resultMessage)
        where = f"{str(path).rsplit('/', 1)[-1]}：" if path is not None else ""
        yield Violation("shapes", node.removeprefix(ids.BASE), f"{where}{message}")


def query_violations(store: ox.Store) -> Iterator[Violation]:
    """Rows of the integrity queries: each row is a violation, its first column the node."""
    for one in checks():
        result = store.query(one.text)
        assert isinstance(result, ox.QuerySolutions)
        for solution in result:
            terms = [term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" for term in solution]
            detail = " ".join(t.removeprefix(ids.BASE) for t in terms[1:])
            yield Violation(one.name, terms[0].removeprefix(ids.BASE), detail, one.warning)
