"""How fast `push` fills an empty Neo4j, beside the plain script that everybody writes: UNWIND and MERGE in batches.

Both make the constraints first and write the same properties; `push` writes its two marks beside. Each run has a server
of its own with an empty database. Run with `make bench`; prints a Markdown table. `CLUSTERATLAS_COPIES` says how many
copies of the bundled graph are written at once.
"""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import neo4j

from clusteratlas import bundled
from graph.build import build
from graph.directory import GraphDirectory
from graph.push import texts
from graph.push.neo4j import push, read
from graph.push.rows import edge_row, node_row
from graph.tables import Tables, digest
from ontology.model import model
from tests.neo4j.run import Neo4jUnavailable, jars, running

BATCHES: Final = (1_000, 5_000, 10_000, 20_000)
_MARKS: Final = ("atlas", "hash")


def copies(tables: Tables, number: int) -> Tables:
    """The graph several times over, each time under other ids."""

    def named(identifier: str, turn: int) -> str:
        return f"{identifier}/copy-{turn}"

    return Tables.of(
        (replace(node, id=named(node.id, turn)) for node in tables.nodes for turn in range(number)),
        (
            replace(edge, source=named(edge.source, turn), target=named(edge.target, turn))
            for edge in tables.edges
            for turn in range(number)
        ),
    )


def plain(tables: Tables, driver: neo4j.Driver, *, size: int, verb: str) -> None:
    """The script: nodes by class with MERGE, then relationships by type and ends with `verb`, no marks."""
    view = model()
    nodes: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for node in tables.nodes:
        nodes[node.cls].append(_bare(node_row(node, view, "")))
    edges: dict[tuple[str, str, str], list[Mapping[str, object]]] = defaultdict(list)
    for edge in tables.edges:
        row = edge_row(edge, "")
        key = view.relationship(edge.type), tables.by_id[edge.source].cls, tables.by_id[edge.target].cls
        properties = row["properties"]
        assert isinstance(properties, dict)
        edges[key].append({**row, "properties": _bare(properties)})
    with driver.session() as session:
        for label in sorted({label for cls in nodes for label in view.labels(cls)}):
            session.run(_any(texts.constraint(label))).consume()
        for cls, rows in nodes.items():
            more = "".join(f", n:{label}" for label in view.labels(cls)[1:])
            text = f"UNWIND $rows AS row MERGE (n:{cls} {{id: row.id}}) SET n += row{more}"
            _send(session, text, rows, size)
        for (kind, source, target), rows in edges.items():
            text = (
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
                f"{verb} (a)-[r:{kind} {{origin: row.properties.origin}}]->(b) SET r += row.properties"
            )
            _send(session, text, rows, size)


def _bare(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in _MARKS}


def _any(text: str) -> Any:
    return text


def _send(session: neo4j.Session, text: str, rows: Sequence[Mapping[str, object]], size: int) -> None:
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        session.execute_write(lambda transaction, part: transaction.run(_any(text), rows=part).consume(), part)


def measured(work: Callable[[neo4j.Driver], object], check: Callable[[neo4j.Driver], object]) -> float:
    """Seconds of some work on an empty server; `check` looks at the result behind the clock."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as uri,
        neo4j.GraphDatabase.driver(uri, notifications_min_severity="OFF") as driver,
    ):
        driver.execute_query("RETURN 1")
        start = time.perf_counter()
        work(driver)
        seconds = time.perf_counter() - start
        check(driver)
        return seconds


def candidates(tables: Tables) -> Iterator[tuple[str, Callable[[neo4j.Driver], object]]]:
    """What is measured. `push` stands in the middle, so that a machine that slows down is fair to both."""
    scripts = [
        (f"UNWIND, {verb}, {size:,}", partial(plain, tables, size=size, verb=verb))
        for size in BATCHES
        for verb in ("MERGE", "CREATE")
    ]
    yield from scripts[: len(scripts) // 2]
    yield "push", lambda driver: push(tables, model(), driver)
    yield from scripts[len(scripts) // 2 :]


def bundled_tables() -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        directory = GraphDirectory(Path(folder))
        build(directory, bundled.documents(), **bundled.knowledge())
        with directory.open() as held:
            return Tables.read(held.path)


def main() -> None:
    tables = copies(bundled_tables(), int(os.environ.get("CLUSTERATLAS_COPIES", "3")))
    rows = len(tables.nodes) + len(tables.edges)

    def count(driver: neo4j.Driver) -> None:
        found = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
        assert found == len(tables.nodes)

    def same(driver: neo4j.Driver) -> None:
        assert digest(read(model(), driver)) == digest(tables)

    try:
        jars()
    except Neo4jUnavailable as error:
        print(f"bench_push: {error}")
        return
    measured(
        lambda driver: plain(copies(tables, 0), driver, size=1_000, verb="MERGE"), lambda driver: None
    )  # the disk is warm
    seconds = {name: measured(work, same if name == "push" else count) for name, work in candidates(tables)}
    print(f"\n{len(tables.nodes):,} nodes, {len(tables.edges):,} relationships\n")
    print(table(seconds, rows))


def table(seconds: Mapping[str, float], rows: int) -> str:
    """The Markdown table, and how `push` stands beside the best script."""
    best = min(value for name, value in seconds.items() if name != "push")
    lines: Iterable[str] = (
        f"| {name} | {value:.1f} | {rows / value:,.0f} | {best / value:.2f} |"
        for name, value in sorted(seconds.items(), key=lambda item: item[1])
    )
    head = "| | seconds | rows a second | beside the best script |\n| --- | ---: | ---: | ---: |"
    return "\n".join((head, *lines))


if __name__ == "__main__":
    main()
