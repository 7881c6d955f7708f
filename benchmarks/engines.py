"""The engines that are measured: each loads the same two tables, and answers the same questions.

The SPARQL and Cypher texts are the library's own; networkx has equivalents in Python. Neo4j is asked through the plain
driver, without this package's guard, as its own users ask it; it runs with the JVM's default settings (G1, both
compilers), the heap and the page cache given here.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import neo4j
import pyoxigraph as ox
import rdflib

from benchmarks import nx_questions
from benchmarks.generate import Streamed
from graph import bulk
from graph.cypher.client import embedded
from graph.cypher.values import plain
from graph.directory import GraphDirectory
from graph.push import texts
from graph.push.neo4j import push
from graph.rdf import quads, write_store
from graph.rows import Rows
from graph.sparql.client import open_store
from graph.tables import Tables
from graph.views import to_networkx
from ontology.model import model
from queries.library import Question
from queries.run import Engine, cypher_engine, sparql_engine
from tests.neo4j.run import classes, running

HEAP, PAGE_CACHE = "1536m", 512


@contextmanager
def oxigraph(graph: GraphDirectory) -> Iterator[Engine]:
    """A store on disk, written as a build writes it, opened read-only as the package opens it."""
    with graph.open() as build, tempfile.TemporaryDirectory() as folder:
        write_store(Streamed(build.path).as_tables(), Path(folder) / "store")
        yield sparql_engine("oxigraph", open_store(Path(folder) / "store"))


@contextmanager
def rdf(graph: GraphDirectory) -> Iterator[Engine]:
    """An `rdflib.Graph` in memory, parsed from the N-Triples of the tables."""
    with graph.open() as build, tempfile.TemporaryDirectory() as folder:
        path, found = Path(folder) / "graph.nt", rdflib.Graph()
        triples = (quad.triple for quad in quads(Streamed(build.path).as_tables()))
        ox.serialize(triples, str(path), format=ox.RdfFormat.N_TRIPLES)
        found.parse(path, format="nt")
        path.unlink()
        yield sparql_engine("rdflib", found)


@contextmanager
def networks(graph: GraphDirectory) -> Iterator[Engine]:
    """A `networkx.MultiDiGraph`."""
    with graph.open() as build:
        found = to_networkx(Streamed(build.path).as_tables())

        def ask(question: Question, values: Mapping[str, Any]) -> Rows:
            columns = tuple(column.name for column in question.columns)
            return nx_questions.rows(found, question.name, columns, values)

        yield Engine("networkx", ask)


@contextmanager
def cypher(graph: GraphDirectory) -> Iterator[Engine]:
    """The embedded engine: its process loads the tables with its bulk loader and serves them."""
    with graph.open() as build:
        client = embedded(graph.path, build.digest)
        try:
            client.rows("RETURN 1", timeout=None)
            yield cypher_engine("cypher", lambda text, values: client.rows(text, values, timeout=None))
        finally:
            client.close()


@contextmanager
def neo4j_server(folder: Path | None = None) -> Iterator[str]:
    """A Neo4j as its users run it; yields its Bolt URI once it answers.

    Args:
        folder: the server's files are in `home` there; without one its database is empty, and deleted afterwards.

    Raises:
        Neo4jUnavailable: it cannot be fetched or does not start.
    """
    with ExitStack() as stack:
        data = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clusteratlas-bench-")))
        yield stack.enter_context(running(data, options=("-Xms256m", f"-Xmx{HEAP}"), page_cache=PAGE_CACHE))


@contextmanager
def plain_driver(uri: str) -> Iterator[neo4j.Driver]:
    """The official driver."""
    with neo4j.GraphDatabase.driver(uri, telemetry_disabled=True, notifications_min_severity="OFF") as driver:
        yield driver


def by_driver(driver: neo4j.Driver) -> Engine:
    """Neo4j through the plain driver, one session for each question."""

    def run(text: str, values: Mapping[str, Any]) -> Rows:
        with driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
            result = session.run(_text(text), dict(values))
            columns = tuple(result.keys())
            return Rows(columns, tuple(tuple(plain(value) for value in record.values()) for record in result))

    return cypher_engine("neo4j", run)


def _text(text: str) -> Any:
    return text


@contextmanager
def neo(graph: GraphDirectory, uri: str) -> Iterator[Engine]:
    """A Neo4j that `push` fills."""
    with graph.open() as build, plain_driver(uri) as driver:
        push(Tables.read(build.path), model(), driver)
        yield by_driver(driver)


@contextmanager
def neo_bulk(graph: GraphDirectory) -> Iterator[Engine]:
    """A Neo4j whose database `neo4j-admin database import full` makes from the CSV of `export csv`.

    The CSV is written class by class, so that no more than one class of a large graph is in memory.
    """
    view = model()
    with graph.open() as build, tempfile.TemporaryDirectory(prefix="clusteratlas-bench-") as folder:
        home, files = Path(folder) / "home", Path(folder) / "csv"
        (home / "conf").mkdir(parents=True)
        options = []
        for part in Streamed(build.path).parts():
            bulk.write(part.as_tables(), files)
            lines = (files / "import.txt").read_text(encoding="utf-8").split("\n")
            options += [line.strip(" \\") for line in lines if line.startswith("  --")]
        command = ["java", f"-Xmx{HEAP}", *classes("java.lang"), "org.neo4j.cli.AdminTool"]
        command += ["database", "import", "full", "neo4j", "--array-delimiter=U+001F", "--multiline-fields=true"]
        command += ["--max-off-heap-memory=1G", *options]
        homes = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        subprocess.run(command, cwd=files, env=os.environ | homes, check=True, capture_output=True)
        with neo4j_server(Path(folder)) as uri, plain_driver(uri) as driver:
            for label in sorted({label for cls in Streamed(build.path).classes() for label in view.labels(cls)}):
                driver.execute_query(_text(texts.constraint(label)))
            driver.execute_query("CALL db.awaitIndexes(600)")
            yield by_driver(driver)


ENGINES: Final[Mapping[str, Callable[..., Any]]] = {
    "rdflib": rdf,
    "networkx": networks,
    "oxigraph": oxigraph,
    "cypher": cypher,
    "neo4j": neo,
    "neo4j-csv": neo_bulk,
}


@contextmanager
def prepared(name: str) -> Iterator[Callable[[GraphDirectory], Any]]:
    """What must stand before the clock starts; yields the function that loads a graph."""
    with ExitStack() as stack:
        if name == "neo4j":
            uri = stack.enter_context(neo4j_server())
            yield lambda graph: neo(graph, uri)
        else:
            yield ENGINES[name]
