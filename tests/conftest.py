"""Engines for the tests: the embedded Cypher engine, a real Neo4j, Neo4j's parser. They start when a test asks.

``CLUSTERATLAS_TEST_NEO4J_URI`` names a server to use instead of one from Maven Central. Its database is filled and
emptied, so it must be empty to begin with.
"""

import os
from collections.abc import Callable, Iterator, Sequence

import neo4j
import pytest

from graph.cypher import arcadedb
from tests.graphs import box_graph, bundled_atlas, bundled_graph  # noqa: F401
from tests.neo4j.lint import LintUnavailable, lint
from tests.neo4j.lint import folder as lint_folder
from tests.neo4j.run import Neo4jUnavailable, server
from tests.support import require

Lint = Callable[[Sequence[str]], list[list[str]]]

#: What takes longest, so that no worker is left alone with it at the end; xdist would order files by their tests.
LONGEST = (
    "tests/queries/test_agreement.py",
    "tests/graph/test_kill.py",
    "tests/graph/stars/test_perturbation.py",
    "tests/loaders/test_mutations.py",
    "tests/clusteratlas/test_cli.py",
    "tests/graph/test_cypher_engine.py",
    "tests/web/test_endpoint_load.py",
    "tests/graph/test_push_neo4j.py",
    "tests/web/test_explorer_browser.py",
    "tests/web/test_matrix_browser.py",
    "tests/web/test_query_browser.py",
    "tests/web/test_analyses_browser.py",
    "tests/house/test_wheel.py",
)


def pytest_configure(config: pytest.Config) -> None:
    """Let xdist hand out the files in the order of collection, which is that of `LONGEST` first."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker, the longest files first; by hand the order stays as it is written."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        places = {config.rootpath / name: place for place, name in enumerate(LONGEST)}
        items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    """The Bolt URI of a real Neo4j."""
    if given := os.environ.get("CLUSTERATLAS_TEST_NEO4J_URI"):
        with neo4j_driver_for(given) as driver:
            if nodes := _count(driver):
                pytest.fail(f"{given} holds {nodes} nodes; the tests would delete them")
            yield given
            wipe(driver)
        return
    try:
        with server() as uri:
            yield uri
    except Neo4jUnavailable as error:
        require("neo4j", str(error))


@pytest.fixture
def neo4j_driver(neo4j_uri: str) -> Iterator[neo4j.Driver]:
    """A driver over a real Neo4j whose database is empty."""
    with neo4j_driver_for(neo4j_uri) as driver:
        wipe(driver)
        yield driver


@pytest.fixture(scope="session")
def cypher_lint() -> Lint:
    """Neo4j's own parser: for each text the list of its errors."""
    try:
        lint_folder()
    except LintUnavailable as error:
        require("neo4j", str(error))
    return lint


@pytest.fixture(scope="session")
def cypher_engine() -> None:
    """The embedded Cypher engine must be installed."""
    if not arcadedb.available():
        require("cypher", "the embedded Cypher engine is missing: install the extra, clusteratlas[cypher]")


def neo4j_driver_for(uri: str) -> neo4j.Driver:
    """A driver with the account of the environment."""
    password = os.environ.get("NEO4J_PASSWORD")
    auth = (os.environ.get("NEO4J_USERNAME", "neo4j"), password) if password else None
    return neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF")


def wipe(driver: neo4j.Driver) -> None:
    """Empty a database: constraints, then everything else."""
    with driver.session() as session:
        for name in [record["name"] for record in session.run("SHOW CONSTRAINTS")]:
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def _count(driver: neo4j.Driver) -> int:
    with driver.session() as session:
        record = session.run("MATCH (n) RETURN count(n) AS nodes").single(strict=True)
        return int(record["nodes"])
