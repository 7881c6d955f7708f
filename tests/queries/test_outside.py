"""The texts run outside our code, and an engine whose own graph is changed is the only one whose answer changes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import neo4j
import pyoxigraph as ox
import pytest
import rdflib

from graph.cypher import arcadedb
from graph.cypher.load import DATABASE
from graph.directory import GraphDirectory
from graph.push.neo4j import push
from graph.rdf import quads, to_rdflib
from graph.rows import Rows
from graph.tables import Tables, digest
from ontology import ids
from ontology.model import model
from queries import run
from queries.agreement import compare, differ
from queries.library import Question, library
from queries.parameters import Value, for_cypher, for_sparql
from queries.run import Answer
from tests.queries.asked import MORE
from tests.queries.sample import sample
from tests.support import required

NAMES = sorted(library())
DELETE = "MATCH ({id: $source})-[r:ABOUT_PLACE]->({id: $target}) DELETE r"
#: The embedded engine as it is, but for its read-only mode: nothing else can change the graph that it serves.
WRITABLE = """
import arcadedb_embedded
real = arcadedb_embedded.create_server
def create_server(path, password, config):
    return real(path, password, config=config | {"server_defaultDatabaseMode": "READ_WRITE"})
arcadedb_embedded.create_server = create_server
from graph.cypher.server import main
main()
"""


@pytest.fixture(scope="module")
def tables() -> Tables:
    return sample()


def _asked(question: Question) -> list[Mapping[str, str]]:
    return [{}, *MORE.get(question.name, [])]


def _expected(question: Question, arguments: Mapping[str, str], store: ox.Store) -> Answer:
    return run.answer(question, arguments, run.sparql_engine("oxigraph", store))


@pytest.fixture(scope="module")
def store(tables: Tables) -> ox.Store:
    filled = ox.Store()
    filled.extend(quads(tables))
    return filled


def test_sparql_by_plain_rdflib_on_an_export(tables: Tables, store: ox.Store, tmp_path: Path) -> None:
    """Only rdflib reads the file and answers; its rows have the ids and names of ours."""
    path = tmp_path / "graph.nt"
    to_rdflib(tables).serialize(path, format="nt", encoding="utf-8")
    graph = rdflib.Graph().parse(path, format="nt")
    for name in NAMES:
        question = library()[name]
        for arguments in _asked(question):
            bound = {}
            for key, value in for_sparql(question.parameters, question.bind(arguments)).items():
                iri = getattr(value, "value", None)
                bound[key] = rdflib.Literal(value) if iri is None else rdflib.URIRef(iri)
            found = graph.query(question.sparql, initBindings=bound)
            columns = [str(variable) for variable in found.vars or ()]
            wanted = [column.name for column in question.columns if column.type in ("id", "string")]
            rows = Counter(
                tuple(None if row[columns.index(key)] is None else str(row[columns.index(key)]) for key in wanted)  # type: ignore[index]
                for row in found
            )
            assert _bare(rows) == _rows(_expected(question, arguments, store), wanted), (name, arguments)


def test_cypher_by_the_official_driver(tables: Tables, store: ox.Store, neo4j_driver: neo4j.Driver) -> None:
    push(tables, model(), neo4j_driver)
    with neo4j_driver.session() as session:
        for name in NAMES:
            question = library()[name]
            wanted = [column.name for column in question.columns if column.type in ("id", "string")]
            for arguments in _asked(question):
                values = for_cypher(question.parameters, question.bind(arguments))
                rows = Counter(tuple(record[key] for key in wanted) for record in session.run(question.cypher, values))
                assert rows == _rows(_expected(question, arguments, store), wanted), (name, arguments)


@pytest.fixture
def writable(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[arcadedb.Lease | None]:
    """The embedded engine over the tables with its second wall taken away; None where it is not installed."""
    if not (arcadedb.available() or required("cypher")):
        yield None
        return
    monkeypatch.setattr(arcadedb, "_CODE", WRITABLE)

    def write(folder: Path) -> str:
        tables.write(folder)
        return digest(tables)

    directory = GraphDirectory(tmp_path / "graph")
    with directory.exclusive():
        directory.publish(write, ())
    lease = arcadedb.lease(directory.path, digest(tables))
    yield lease
    lease.close()


def _cypher(driver: neo4j.Driver, name: str, database: str | None = None) -> run.Engine:
    """An engine that is asked by nothing but the official driver."""

    def ask(asked: Question, values: Mapping[str, Value | None]) -> Rows:
        with driver.session(database=database) as session:
            result = session.run(asked.cypher, for_cypher(asked.parameters, values))
            columns = tuple(result.keys())
            return Rows(columns, tuple(tuple(record.values()) for record in result))

    return run.Engine(name, ask)


def test_an_edge_removed_in_one_engine_changes_only_its_answer(
    tables: Tables, neo4j_driver: neo4j.Driver, writable: arcadedb.Lease | None
) -> None:
    """Through each engine's own client: the triple or relationship of one subsector's city goes."""
    question, arguments = library()["city-products"], {"city": "东莞"}
    push(tables, model(), neo4j_driver)
    filled = ox.Store()
    filled.extend(quads(tables))
    graph = to_rdflib(tables)
    engines = {
        "oxigraph": run.sparql_engine("oxigraph", filled),
        "rdflib": run.sparql_engine("rdflib", graph),
        "neo4j": _cypher(neo4j_driver, "neo4j"),
    }
    drivers: dict[str, tuple[neo4j.Driver, str | None]] = {"neo4j": (neo4j_driver, None)}
    with ExitStack() as stack:
        if writable is not None:
            own = stack.enter_context(neo4j.GraphDatabase.driver(writable.uri, auth=writable.auth))
            engines["cypher"], drivers["cypher"] = _cypher(own, "cypher", DATABASE), (own, DATABASE)
        before = {name: run.answer(question, arguments, engine) for name, engine in engines.items()}
        assert compare(question, arguments, list(engines.values())).agreed

        def changed() -> set[str]:
            return {
                name
                for name, engine in engines.items()
                if differ(before[name], run.answer(question, arguments, engine)) is not None
            }

        source, target = "layout/12", "city/441900"
        triple = (ids.iri(source), ids.ONTOLOGY + "aboutPlace", ids.iri(target))
        expected = {"oxigraph"}
        filled.remove(ox.Quad(*(ox.NamedNode(one) for one in triple)))
        assert changed() == expected
        graph.remove(tuple(rdflib.URIRef(one) for one in triple))  # type: ignore[arg-type]
        expected.add("rdflib")
        assert changed() == expected
        for name, (driver, database) in drivers.items():
            with driver.session(database=database) as session:
                session.run(DELETE, source=source, target=target).consume()
            expected.add(name)
            assert changed() == expected
        assert expected == engines.keys()


def _bare(rows: Counter[tuple[str | None, ...]]) -> Counter[tuple[str | None, ...]]:
    bare: Counter[tuple[str | None, ...]] = Counter()
    for row, count in rows.items():
        bare[tuple(None if value is None else value.removeprefix(ids.BASE) for value in row)] += count
    return bare


def _rows(answered: Answer, wanted: list[str]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(record[key] for key in wanted) for record in answered.records())
