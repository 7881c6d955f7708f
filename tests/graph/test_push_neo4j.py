"""A real Neo4j made to hold a graph: the difference only, our own mark only, and on after the server was away."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.build import build
from graph.directory import GraphDirectory
from graph.push import texts
from graph.push.marks import edge_hash, node_hash
from graph.push.neo4j import AccountRefused, _explained, push, read
from graph.push.resume import Lost
from graph.tables import Edge, Node, Tables, digest
from ontology.errors import EngineError, EngineUnreachable, MappingError, UsageError
from ontology.model import model
from tests.neo4j.run import Neo4jUnavailable, free_port, running
from tests.support import require

COUNTS = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges"


def sample(cities: int = 30) -> Tables:
    nodes = [Node(f"city/{i}", "City", {"name": f"城市{i}", "latitude": 22.0 + i}) for i in range(cities)]
    nodes += [Node(f"layout/{i}", "LayoutStatement", {"role": "core", "open_list": i % 2 == 0}) for i in range(20)]
    nodes.append(Node("policy/1", "Policy", {"name": "某`政策'\"\n", "issued": "2021-08-09"}))
    nodes.append(Node("agency/1", "Agency", {"name": "局", "aliases": ("乙", "甲")}))
    edges = [Edge("aboutPlace", f"layout/{i}", f"city/{i}", {"origin": "document"}) for i in range(20)]
    edges.append(Edge("aboutPlace", "layout/1", "city/1", {"origin": "rule", "via": "layout/1", "confidence": 1.0}))
    return Tables.of(nodes, edges)


def counts(driver: neo4j.Driver) -> tuple[int, int]:
    found = driver.execute_query(COUNTS).records[0]
    return found["nodes"], found["edges"]


def without(tables: Tables, *ids: str) -> Tables:
    return Tables.of(
        (node for node in tables.nodes if node.id not in ids),
        (edge for edge in tables.edges if edge.source not in ids and edge.target not in ids),
    )


def test_everything_carries_the_marks_and_comes_back(neo4j_driver: neo4j.Driver) -> None:
    tables = sample()
    done = push(tables, model(), neo4j_driver, atlas="mine")
    assert (done.created, done.edges_created) == (len(tables.nodes), len(tables.edges))
    nodes = neo4j_driver.execute_query("MATCH (n) RETURN n.id AS id, n.atlas AS atlas, n.hash AS hash").records
    assert {(one["id"], one["atlas"], one["hash"]) for one in nodes} == {
        (node.id, "mine", node_hash(node)) for node in tables.nodes
    }
    edges = neo4j_driver.execute_query("MATCH ()-[r]->() RETURN r.atlas AS atlas, r.hash AS hash").records
    assert sorted(one["hash"] for one in edges) == sorted(map(edge_hash, tables.edges))
    assert {one["atlas"] for one in edges} == {"mine"}
    assert digest(read(model(), neo4j_driver, atlas="mine")) == digest(tables)
    assert read(model(), neo4j_driver, atlas="other") == Tables((), ())


def test_constraints_stand_for_every_label_before_the_first_row(neo4j_driver: neo4j.Driver) -> None:
    seen: list[str] = []
    push(sample(), model(), neo4j_driver, report=lambda what, share: seen.append(what))
    labels = {one["label"] for one in neo4j_driver.execute_query(texts.CONSTRAINTS).records}
    assert labels == {label for node in sample().nodes for label in model().labels(node.cls)}
    last = max(i for i, what in enumerate(seen) if what.startswith("约束"))
    assert last < min(i for i, what in enumerate(seen) if what.startswith("写入"))


def test_a_second_push_writes_nothing(neo4j_driver: neo4j.Driver) -> None:
    push(sample(), model(), neo4j_driver)
    bookmark = neo4j_driver.execute_query("MATCH (n) RETURN collect(elementId(n)) AS all").records
    seen: list[str] = []
    done = push(sample(), model(), neo4j_driver, report=lambda what, share: seen.append(what))
    assert (done.writes, done.constraints) == (0, 0)
    assert seen == ["比较"]
    assert neo4j_driver.execute_query("MATCH (n) RETURN collect(elementId(n)) AS all").records == bookmark


def test_only_the_difference_is_written(neo4j_driver: neo4j.Driver) -> None:
    old = sample()
    push(old, model(), neo4j_driver)
    element = "MATCH (n {id: 'city/3'}) RETURN elementId(n) AS e"
    before = neo4j_driver.execute_query(element).records
    changed = [replace(n, properties={"name": "新名"}) if n.id == "city/3" else n for n in old.nodes]
    smaller = without(Tables.of(changed, old.edges), "city/5", "layout/7")
    new = Tables.of(
        [*smaller.nodes, Node("city/new", "City", {"name": "新市"})],
        [*smaller.edges, Edge("aboutPlace", "layout/5", "city/new", {"origin": "document"})],
    )
    done = push(new, model(), neo4j_driver)
    assert (done.created, done.updated, done.removed, done.edges_created, done.edges_removed) == (1, 1, 2, 1, 2)
    assert digest(read(model(), neo4j_driver)) == digest(new)
    assert neo4j_driver.execute_query(element).records == before


def test_a_node_of_another_class_keeps_its_id(neo4j_driver: neo4j.Driver) -> None:
    old = sample()
    push(old, model(), neo4j_driver)
    nodes = [Node(n.id, "Region", {"name": "区域"}) if n.id == "city/1" else n for n in old.nodes]
    new = Tables.of(nodes, old.edges)
    push(new, model(), neo4j_driver)
    assert digest(read(model(), neo4j_driver)) == digest(new)
    labels = neo4j_driver.execute_query("MATCH (n {id: 'city/1'}) RETURN labels(n) AS l").records
    assert [sorted(one["l"]) for one in labels] == [sorted(model().labels("Region"))]


def test_what_is_somebody_elses_stays(neo4j_driver: neo4j.Driver) -> None:
    push(sample(), model(), neo4j_driver)
    neo4j_driver.execute_query(
        "MATCH (c:City {id: 'city/25'}), (k:City {id: 'city/26'}), (l:City {id: 'city/27'}) "
        "CREATE (note:Note {id: 'note/1', text: 'x'})-[:ABOUT]->(c) CREATE (k)-[:SISTER]->(l) "
        "SET c.remark = 'ours?', c:Visited"
    )
    changed = [replace(n, properties={"name": "改"}) if n.id == "city/25" else n for n in sample().nodes]
    done = push(Tables.of(changed, sample().edges), model(), neo4j_driver)
    assert (done.writes, done.updated) == (1, 1)
    found = neo4j_driver.execute_query(
        "MATCH (n:Note)-[:ABOUT]->(c:Visited:City) RETURN c.remark AS remark, c.name AS name, c.latitude AS latitude"
    ).records
    assert [dict(one) for one in found] == [{"remark": "ours?", "name": "改", "latitude": None}]
    done = push(without(sample(), "city/25", "city/26", "city/28"), model(), neo4j_driver)
    assert (done.removed, done.kept) == (1, ["city/25", "city/26"])
    assert neo4j_driver.execute_query("MATCH ()-[r:ABOUT|SISTER]->() RETURN count(r) AS n").records[0]["n"] == 2


@pytest.mark.parametrize(
    "stranger",
    [
        "CREATE (:City {id: 'city/3', name: '别人的'})",
        "CREATE (:Town {id: 'city/3'})",
        "CREATE ({id: 'city/3', atlas: 'another'})",
    ],
)
def test_a_strangers_node_with_one_of_our_ids_stops_the_push(neo4j_driver: neo4j.Driver, stranger: str) -> None:
    neo4j_driver.execute_query(stranger)
    before = neo4j_driver.execute_query("MATCH (n) RETURN properties(n) AS p, labels(n) AS l").records
    with pytest.raises(UsageError, match="city/3"):
        push(sample(), model(), neo4j_driver)
    assert neo4j_driver.execute_query("MATCH (n) RETURN properties(n) AS p, labels(n) AS l").records == before


def test_strangers_with_ids_of_their_own_are_no_matter(neo4j_driver: neo4j.Driver) -> None:
    neo4j_driver.execute_query("CREATE (:Town {id: 'town/1'}), (:Town {id: 7}), (:Town {id: [1]}), (:Town)")
    push(sample(), model(), neo4j_driver)
    push(without(sample(), "city/1"), model(), neo4j_driver)
    assert neo4j_driver.execute_query("MATCH (n:Town) RETURN count(n) AS n").records[0]["n"] == 4
    assert digest(read(model(), neo4j_driver)) == digest(without(sample(), "city/1"))


def test_copies_and_lost_relationships_are_mended(neo4j_driver: neo4j.Driver) -> None:
    push(sample(), model(), neo4j_driver)
    neo4j_driver.execute_query("MATCH (c:City {id: 'city/1'}) CREATE (d) SET d = properties(c)")
    neo4j_driver.execute_query(
        "MATCH (a)-[r:ABOUT_PLACE]->(b) WITH a, r, b LIMIT 3 CREATE (a)-[q:ABOUT_PLACE]->(b) SET q = properties(r)"
    )
    neo4j_driver.execute_query("MATCH (c:City {id: 'city/2'}) DETACH DELETE c")
    push(sample(), model(), neo4j_driver)
    assert digest(read(model(), neo4j_driver)) == digest(sample())
    assert counts(neo4j_driver) == (len(sample().nodes), len(sample().edges))


def test_after_a_rebuild_with_one_document_less_exactly_its_nodes_go(
    neo4j_driver: neo4j.Driver, bundled_graph: Path, tmp_path: Path
) -> None:
    from clusteratlas import bundled

    with GraphDirectory(bundled_graph).open() as held:
        whole = Tables.read(held.path)
    less = GraphDirectory(tmp_path / "less")
    build(less, bundled.documents()[1:], **bundled.knowledge())
    with less.open() as held:
        rest = Tables.read(held.path)
    push(whole, model(), neo4j_driver)
    assert digest(read(model(), neo4j_driver)) == digest(whole)
    done = push(rest, model(), neo4j_driver)
    assert done.removed == len(whole.by_id.keys() - rest.by_id.keys()) > 0
    assert done.created == len(rest.by_id.keys() - whole.by_id.keys())
    assert digest(read(model(), neo4j_driver)) == digest(rest)
    assert push(rest, model(), neo4j_driver).writes == 0


@pytest.fixture
def server_of(tmp_path: Path) -> Iterator[tuple[Callable[[], str], Callable[[], None]]]:
    """Starts and stops one server over one folder and port."""
    port = free_port()
    with ExitStack() as stack:
        current = ExitStack()
        stack.callback(lambda: current.close())

        def start() -> str:
            try:
                return current.enter_context(running(tmp_path, port))
            except Neo4jUnavailable as error:
                require("neo4j", str(error))

        yield start, lambda: current.close()


def test_a_server_stopped_and_started_in_the_middle_ends_with_the_same_digest(
    server_of: tuple[Callable[[], str], Callable[[], None]],
) -> None:
    start, stop = server_of
    uri = start()
    tables = sample(600)
    again: list[threading.Thread] = []

    def restart() -> None:
        time.sleep(1)
        start()

    def interrupt(what: str, share: float) -> None:
        """Stop the server in the middle of the nodes and of the relationships; a thread brings it back."""
        due = (what == "写入节点" and share > 0.3) if not again else (what == "写入关系" and len(again) == 1)
        if due and (not again or not again[-1].is_alive()):
            stop()
            again.append(threading.Thread(target=restart))
            again[-1].start()

    with neo4j.GraphDatabase.driver(uri) as driver:
        done = push(tables, model(), driver, batch=15, report=interrupt, patience=90)
        assert len(again) == 2
        assert done.interruptions >= 2
        assert digest(read(model(), driver)) == digest(tables)
        assert counts(driver) == (len(tables.nodes), len(tables.edges))
        assert push(tables, model(), driver).writes == 0


def test_a_server_that_does_not_come_back_is_told(server_of: tuple[Callable[[], str], Callable[[], None]]) -> None:
    start, stop = server_of
    uri = start()

    def interrupt(what: str, share: float) -> None:
        if what == "写入节点":
            stop()

    with neo4j.GraphDatabase.driver(uri) as driver, pytest.raises(EngineUnreachable, match="接着写"):
        push(sample(), model(), driver, batch=10, report=interrupt, patience=1)


def test_an_address_where_nobody_answers_is_told_at_once() -> None:
    began = time.monotonic()
    with neo4j.GraphDatabase.driver("bolt://127.0.0.1:9") as driver, pytest.raises(EngineUnreachable):
        push(sample(), model(), driver)
    assert time.monotonic() - began < 20


def test_a_database_that_is_not_there_is_told(neo4j_driver: neo4j.Driver) -> None:
    with pytest.raises(EngineError, match="没有环境变量 NEO4J_DATABASE 所说的数据库"):
        push(sample(), model(), neo4j_driver, "nosuch", patience=1)


def test_an_edge_without_its_node_is_told(neo4j_driver: neo4j.Driver) -> None:
    broken = Tables.of(sample().nodes, [Edge("aboutPlace", "layout/1", "city/none", {"origin": "document"})])
    with pytest.raises(MappingError, match="city/none"):
        push(broken, model(), neo4j_driver)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (AuthError("Unsupported authentication token, missing key `scheme`"), AccountRefused),
        (ServiceUnavailable("x"), Lost),
        (SessionExpired("x"), Lost),
        (TransientError("x"), Lost),
        (ConnectionResetError("x"), Lost),
        (ConstraintError("x"), UsageError),
        (ClientError("x"), EngineError),
        (ConfigurationError("x"), EngineError),
    ],
)
def test_the_drivers_errors_are_ours(error: Exception, expected: type[Exception]) -> None:
    with pytest.raises(expected), _explained():
        raise error
    with pytest.raises(ZeroDivisionError), _explained():
        raise ZeroDivisionError
