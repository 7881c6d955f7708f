"""The whole question library over the bundled documents, on every engine in one run.

Each question is asked with its defaults and with the arguments of its samples. A round asks everything once; the
engines take turns, so that a busy machine is busy for all of them. Servers are asked until they are warm before the
first round counts. The fastest round counts: on a machine that others use too, it is the one they disturbed least.
"""

import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.engines import by_driver, neo4j_server, plain_driver
from clusteratlas.atlas import build_bundled
from graph.cypher.client import embedded, remote
from graph.directory import GraphDirectory
from graph.push.neo4j import push
from graph.rdf import to_rdflib
from graph.sparql.client import open_store
from graph.tables import Tables
from ontology.model import model
from queries.canonical import Row, canonical
from queries.library import Question, library
from queries.run import Engine, cypher_engine, sparql_engine

# A JVM is warm when its second compiler has seen what runs often, after about twelve rounds.
WARM: Final[Mapping[str, int]] = {"oxigraph": 1, "rdflib": 0, "cypher": 12, "neo4j": 12, "neo4j, our client": 3}
ROUNDS: Final[Mapping[str, int]] = {"oxigraph": 4, "rdflib": 2, "cypher": 20, "neo4j": 20, "neo4j, our client": 5}


@dataclass(frozen=True)
class Times:
    """What was measured: milliseconds by question and engine, all its arguments together; and what differed."""

    nodes: int
    edges: int
    asked: int
    times: Mapping[str, Mapping[str, float]]
    different: Sequence[str]


def _arguments(question: Question) -> list[Mapping[str, str]]:
    """The defaults and the samples, each once."""
    found: list[Mapping[str, str]] = [{}]
    for sample in question.samples:
        if sample.arguments not in found:
            found.append(sample.arguments)
    return found


def _round(engine: Engine, times: dict[str, list[float]], answers: dict[str, list[tuple[Row, ...]]]) -> None:
    for name, question in library().items():
        seconds = 0.0
        given = []
        for arguments in _arguments(question):
            values = question.bind(arguments)
            start = time.perf_counter()
            rows = engine.ask(question, values)
            seconds += time.perf_counter() - start
            given.append(rows)
        times.setdefault(name, []).append(seconds)
        answers[name] = [canonical(rows, question) for rows in given]


def run() -> Times:
    """Measure everything.

    Raises:
        Neo4jUnavailable: there is no Neo4j to compare with.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        uri = stack.enter_context(neo4j_server())
        driver = stack.enter_context(plain_driver(uri))
        directory = GraphDirectory(Path(folder) / "graph")
        build_bundled(directory.path)
        held = stack.enter_context(directory.open())
        tables = Tables.read(held.path)
        push(tables, model(), driver)
        inside, outside = embedded(directory.path, held.digest), remote(uri)
        stack.callback(outside.close)
        stack.callback(inside.close)
        engines = {
            "oxigraph": sparql_engine("oxigraph", open_store(held.path / "oxigraph")),
            "rdflib": sparql_engine("rdflib", to_rdflib(tables)),
            "cypher": cypher_engine("cypher", inside.rows),
            "neo4j": by_driver(driver),
            "neo4j, our client": cypher_engine("neo4j", outside.rows),
        }
        times: dict[str, dict[str, list[float]]] = {name: {} for name in engines}
        answers: dict[str, dict[str, list[tuple[Row, ...]]]] = {name: {} for name in engines}
        for turn in range(max(WARM[name] + ROUNDS[name] for name in engines)):
            for name, engine in engines.items():
                late = turn - (max(WARM.values()) - WARM[name])
                if 0 <= late < WARM[name] + ROUNDS[name]:
                    print(f"library: round {turn}, {name}", file=sys.stderr, flush=True)
                    _round(engine, {} if late < WARM[name] else times[name], answers[name])
    least = {question: {name: 1000 * min(times[name][question]) for name in engines} for question in library()}
    different = [q for q in library() for name in engines if answers[name][q] != answers["oxigraph"][q]]
    asked = sum(len(_arguments(question)) for question in library().values())
    return Times(len(tables.nodes), len(tables.edges), asked, least, different)
