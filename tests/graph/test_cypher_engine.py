"""The embedded Cypher engine over a small graph: its rows, its walls, its limits and its life."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from graph.cypher import arcadedb
from graph.cypher import client as cypher
from graph.cypher import targets as cypher_targets
from graph.cypher.client import Cypher, Rows
from graph.directory import GraphDirectory
from graph.tables import Edge, Node, Tables, digest
from ontology.errors import (
    EngineMissing,
    GraphMissing,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    UsageError,
)
from tests.neo4j.texts import texts

pytestmark = pytest.mark.usefixtures("cypher_engine")

LINUX = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="reads /proc, which only Linux has")
COUNT = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges"
CROSS = "MATCH (a), (b), (c), (d) WHERE a.name + b.name <> c.name + d.name RETURN max(a.name + d.name) AS longest"
USER = """
import sys, time
from pathlib import Path
from graph.cypher import client as cypher
graph, query, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
print(cypher.rows(query, at=graph).rows[0][0], flush=True)
time.sleep(seconds)
"""


def sample(cities: int = 60) -> Tables:
    """A graph with a class below another, dates, lists and parallel edges."""
    nodes = [Node(f"city/{i}", "City", {"name": f"城市{i}", "name_en": f"City {i}"}) for i in range(cities)]
    nodes += [Node(f"layout/{i}", "LayoutStatement", {"name": f"句{i}"}) for i in range(40)]
    nodes.append(Node("policy/1", "Policy", {"name": "某政策", "issued": "2021-08-09"}))
    edges = [
        Edge("aboutPlace", f"layout/{i % 40}", f"city/{i * 7 % cities}", {"origin": "document"}) for i in range(90)
    ]
    return Tables.of(nodes, edges)


def publish(folder: Path, tables: Tables) -> GraphDirectory:
    def write(path: Path) -> str:
        tables.write(path)
        return digest(tables)

    directory = GraphDirectory(folder)
    with directory.exclusive():
        directory.publish(write, ())
    return directory


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> GraphDirectory:
    return publish(tmp_path_factory.mktemp("cypher") / "graph", sample())


@pytest.fixture(scope="module")
def graph(directory: GraphDirectory) -> Iterator[Path]:
    """A graph whose server runs for the length of the module."""
    yield directory.path
    cypher.close()


def state(graph: Path) -> arcadedb.State | None:
    current = GraphDirectory(graph).current()
    assert current is not None
    return arcadedb.State.read(arcadedb.cache_folder(graph, current))


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")


def eventually(condition: object, seconds: float = 10.0) -> bool:
    assert callable(condition)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def user(graph: Path, query: str = "RETURN 1 AS x", seconds: float = 0.0) -> subprocess.Popen[str]:
    """Another process that runs a query, prints its first value, and stays for a while."""
    command = [sys.executable, "-c", USER, str(graph), query, str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_rows_have_columns_and_plain_values(graph: Path) -> None:
    text = "MATCH (p:Policy {id: $id}) RETURN p.name AS name, p.issued AS day, p.issued.year AS year, [1, 'a'] AS list"
    found = cypher.rows(text, {"id": "policy/1"}, at=graph)
    assert found == Rows(("name", "day", "year", "list"), (("某政策", date(2021, 8, 9), 2021, [1, "a"]),))


def test_labels_are_written_out_and_edges_keep_their_properties(graph: Path) -> None:
    text = "MATCH (s:Statement)-[r:ABOUT_PLACE]->(c:City {id: $id}) RETURN DISTINCT labels(s) AS l, r.origin AS o, r, c"
    ((labels, origin, relation, city), *_) = cypher.rows(text, {"id": "city/0"}, at=graph).rows
    assert (sorted(labels), origin) == (["LayoutStatement", "Statement"], "document")  # type: ignore[call-overload]
    assert relation == {"type": "ABOUT_PLACE", "origin": "document"}
    assert city == {"labels": ["City"], "id": "city/0", "name": "城市0", "name_en": "City 0"}


def test_a_date_can_be_a_parameter(graph: Path) -> None:
    text = "MATCH (p:Policy) WHERE p.issued <= $day RETURN p.id AS id"
    assert cypher.rows(text, {"day": date(2021, 8, 9)}, at=graph).rows == (("policy/1",),)
    assert cypher.rows(text, {"day": date(2021, 8, 8)}, at=graph).rows == ()


def test_more_rows_than_the_limit_are_cut_and_reported(graph: Path) -> None:
    text = "MATCH (c:City) RETURN c.id AS id ORDER BY id"
    cut = cypher.rows(text, at=graph, limit=3)
    assert (len(cut.rows), cut.truncated) == (3, True)
    whole = cypher.rows(text, at=graph, limit=60)
    assert (len(whole.rows), whole.truncated) == (60, False)


@pytest.mark.parametrize("text", texts("refused"))
def test_a_statement_that_writes_is_refused_and_changes_nothing(graph: Path, text: str) -> None:
    before = cypher.rows(COUNT, at=graph)
    with pytest.raises((QueryRefused, QuerySyntaxError)):
        cypher.rows(text, at=graph)
    assert cypher.rows(COUNT, at=graph) == before


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (:City {id: 'x'})",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MERGE (:City {id: 'x'})",
        "MATCH (n) REMOVE n.name",
        "CREATE INDEX FOR (n:City) ON (n.name)",
        "MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS",
        "CREATE DATABASE other",
        "CREATE USER x SET PASSWORD 'y12345678'",
        "LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line",
    ],
)
def test_without_the_guard_the_engine_refuses(graph: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = cypher.rows(COUNT, at=graph)
    with monkeypatch.context() as patched:
        patched.setattr(cypher, "check", lambda text: frozenset())
        with pytest.raises(QueryError):
            cypher.rows(text, at=graph)
    assert cypher.rows(COUNT, at=graph) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MATCH (n) RETURN m.name AS name", "'m'"),
        ("RETURN nosuchfunction(1) AS x", "nosuchfunction"),
        ("MATCH (n) WHERE n.name = = 1 RETURN n", "="),
    ],
)
def test_a_mistake_is_told_in_the_parsers_words(graph: Path, text: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words):
        cypher.rows(text, at=graph)


def test_a_missing_parameter_is_named(graph: Path) -> None:
    with pytest.raises(QueryError, match=r"参数 \$more、\$nosuch 没有给出值"):
        cypher.rows("RETURN $nosuch AS x, $more AS y, $given AS z", {"given": 1}, at=graph)


def test_a_cross_product_ends_at_its_limit_and_the_next_query_answers(graph: Path) -> None:
    before, start = state(graph), time.monotonic()
    with pytest.raises(QueryTimeout, match="1 秒") as caught:
        cypher.rows(CROSS, at=graph, timeout=1)
    assert caught.value.seconds == 1
    assert time.monotonic() - start < 3
    start = time.monotonic()
    assert cypher.rows("RETURN 1 AS x", at=graph).rows == ((1,),)
    assert time.monotonic() - start < 1
    assert state(graph) == before, "the engine stopped the query itself"


def test_a_server_that_does_not_stop_is_ended(directory: GraphDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    current = directory.current()
    assert current is not None
    connection = cypher.embedded(directory.path, current)
    assert connection.rows("RETURN 1 AS x").rows == ((1,),)
    server = state(directory.path)
    assert server is not None
    monkeypatch.setattr(cypher_targets, "LIMIT", "/*no limit {}*/ ")
    monkeypatch.setattr(cypher, "_GRACE", 0.2)
    with pytest.raises(QueryTimeout):
        connection.rows(CROSS, timeout=0.5)
    assert eventually(lambda: not running(server.pid))
    monkeypatch.undo()
    assert connection.rows("RETURN 1 AS x").rows == ((1,),)
    connection.close()


def test_two_processes_share_the_engine(graph: Path) -> None:
    cypher.rows("RETURN 1 AS x", at=graph)
    server = state(graph)
    with user(graph, "MATCH (c:City) RETURN count(c) AS n") as other:
        assert first_line(other) == "60"
        assert state(graph) == server
    assert cypher.rows("RETURN 1 AS x", at=graph).rows == ((1,),)
    assert state(graph) == server


def test_two_processes_that_start_at_once_share_the_engine(tmp_path: Path) -> None:
    directory = publish(tmp_path / "graph", sample(5))
    users = [user(directory.path, seconds=60) for _ in range(3)]
    try:
        assert [first_line(one) for one in users] == ["1"] * 3
        server = state(directory.path)
        assert server is not None
        users[0].kill()
        users[1].kill()
        assert not eventually(lambda: not running(server.pid), 1.0), "it has a user left"
        users[2].kill()  # SIGKILL: the system closes what the user held
        assert eventually(lambda: not running(server.pid), 5.0)
        assert eventually(lambda: state(directory.path) is None)
    finally:
        for one in users:
            one.kill()
            one.communicate()


def test_a_killed_server_is_started_again(graph: Path) -> None:
    cypher.rows("RETURN 1 AS x", at=graph)
    server = state(graph)
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    assert cypher.rows("RETURN 1 AS x", at=graph).rows == ((1,),)
    assert state(graph) != server


def test_what_is_left_of_a_killed_or_damaged_load_is_not_used(tmp_path: Path) -> None:
    directory = publish(tmp_path / "graph", sample(5))
    current = directory.current()
    assert current is not None
    folder = arcadedb.cache_folder(directory.path, current)
    (folder / "loading" / "neo4j").mkdir(parents=True)
    (folder / "loading" / "neo4j" / "schema.json").write_text("{")
    (folder / "state.json").write_text('{"port": 1')
    assert count(directory, current) == 5
    finished = next(path for path in folder.iterdir() if (path / "neo4j").is_dir())
    for path in (finished / "neo4j").glob("schema*.json"):
        path.write_text("{")
    assert count(directory, current) == 5, "a damaged database is loaded anew"
    shutil.rmtree(directory.cache)
    assert count(directory, current) == 5, "the cache may be deleted at any time"


@LINUX
def test_a_path_with_chinese_names_works_in_an_ascii_locale(tmp_path: Path) -> None:
    directory = publish(tmp_path / "图谱 目录", sample(5))
    environment = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_CTYPE")}
    command = [sys.executable, "-c", USER, str(directory.path), "MATCH (c:City) RETURN count(c) AS n", "0"]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=Path(__file__).parents[2], env=environment | {"LC_ALL": "C"}
    )
    assert (done.stdout, done.stderr) == ("5\n", "")


def count(directory: GraphDirectory, current: str) -> object:
    """The number of cities, from a server that ends afterwards."""
    connection = cypher.embedded(directory.path, current)
    found = connection.rows("MATCH (c:City) RETURN count(c) AS n").rows[0][0]
    server = state(directory.path)
    connection.close()
    assert server is not None
    assert eventually(lambda: not running(server.pid))
    return found


def test_a_build_that_is_read_is_deleted_only_afterwards(tmp_path: Path) -> None:
    directory = publish(tmp_path / "graph", sample(5))
    old = directory.current()
    assert old is not None
    reader = cypher.embedded(directory.path, old)
    assert reader.rows("MATCH (c:City) RETURN count(c) AS n").rows == ((5,),)
    server = state(directory.path)
    assert server is not None
    publish(directory.path, sample(6))
    assert (directory.path / "builds" / old).is_dir()
    assert reader.rows("MATCH (c:City) RETURN count(c) AS n").rows == ((5,),), "the reader keeps its build"
    assert cypher.rows("MATCH (c:City) RETURN count(c) AS n", at=directory.path).rows == ((6,),), (
        "a new one reads the new"
    )
    assert len([key for key in cypher._connections if key[0] == str(directory.path)]) == 1
    reader.close()
    assert eventually(lambda: not running(server.pid))
    publish(directory.path, sample(7))
    assert not (directory.path / "builds" / old).exists()
    assert not arcadedb.cache_folder(directory.path, old).exists()
    cypher.close()


@LINUX
def test_the_password_is_in_a_private_file_and_on_no_command_line(graph: Path) -> None:
    cypher.rows("RETURN 1 AS x", at=graph)
    server, current = state(graph), GraphDirectory(graph).current()
    assert server is not None
    assert current is not None
    folder = arcadedb.cache_folder(graph, current)
    assert (folder / "state.json").stat().st_mode & 0o777 == 0o600
    assert set(json.loads((folder / "state.json").read_text())) == {"port", "lease", "pid", "password"}
    line = Path(f"/proc/{server.pid}/cmdline").read_bytes()
    assert b"graph.cypher.server" in line
    assert server.password.encode() not in line
    assert server.password.encode() not in Path(f"/proc/{server.pid}/environ").read_bytes()


@LINUX
def test_the_server_listens_on_loopback_only(graph: Path) -> None:
    cypher.rows("RETURN 1 AS x", at=graph)
    server = state(graph)
    assert server is not None
    sockets = {os.readlink(link) for link in Path(f"/proc/{server.pid}/fd").iterdir() if link.is_symlink()}
    inodes = {name.removeprefix("socket:[").rstrip("]") for name in sockets if name.startswith("socket:[")}
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{server.pid}/net/{table}").read_text().splitlines()[1:]
    ]
    listening = {fields[1].rpartition(":")[0] for fields in lines if fields[3] == "0A" and fields[9] in inodes}
    assert listening
    assert listening <= {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def test_a_stranger_cannot_hold_the_server(graph: Path) -> None:
    cypher.rows("RETURN 1 AS x", at=graph)
    server = state(graph)
    assert server is not None
    wrong = arcadedb.State(server.port, server.lease, server.pid, "wrong")
    with socket.create_connection(("127.0.0.1", server.lease)) as channel:
        channel.settimeout(5)
        channel.sendall(json.dumps({"password": wrong.password}).encode() + b"\n")
        assert channel.recv(10) == b""


def test_without_the_wheel_both_remedies_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = publish(tmp_path / "graph", sample(2))
    monkeypatch.setattr(arcadedb, "available", lambda: False)
    with pytest.raises(EngineMissing) as caught:
        cypher.rows("RETURN 1 AS x", at=directory.path)
    assert "clusteratlas[cypher]" in str(caught.value)
    assert "--cypher-uri bolt://" in str(caught.value)


def test_a_directory_without_a_graph_and_an_address_without_a_scheme_are_told(tmp_path: Path) -> None:
    with pytest.raises(GraphMissing):
        cypher.rows("RETURN 1 AS x", at=tmp_path)
    with pytest.raises(UsageError, match="bolt"):
        cypher.rows("RETURN 1 AS x", at="http://localhost:7474")


def test_several_threads_use_one_connection(graph: Path) -> None:
    def ask(number: int) -> Rows:
        return cypher.rows("UNWIND range(1, $n) AS x RETURN sum(x) AS s", {"n": number}, at=graph)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(1, 30)))
    assert [one.rows[0][0] for one in found] == [n * (n + 1) // 2 for n in range(1, 30)]
    assert isinstance(cypher.connection(graph), Cypher)


def test_the_server_runs_the_code_that_starts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a checkout that is not installed, and where another version is."""
    started: dict[str, dict[str, str]] = {}
    monkeypatch.setattr(arcadedb, "_heap", lambda graph, digest: 512)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: started.update(env=how["env"]))
    arcadedb._process(tmp_path, "digest", tmp_path)
    first = started["env"]["PYTHONPATH"].split(os.pathsep)[0]
    assert Path(first, "graph", "cypher", "arcadedb.py").samefile(arcadedb.__file__)


def test_every_class_is_found_by_its_id_through_one_index(graph: Path) -> None:
    """A lookup that walks all nodes gives the same rows, later and later."""
    cypher.rows("RETURN 1", at=graph)
    current = GraphDirectory(graph).current()
    assert current is not None
    (file,) = arcadedb.cache_folder(graph, current).glob("*/neo4j/schema.json")
    types = {name: one for name, one in json.loads(file.read_text("utf-8"))["types"].items() if one["type"] == "v"}
    assert types
    for name, one in types.items():
        indexes = one["indexes"].values()
        assert {tuple(index["properties"]) for index in indexes} == (set() if one["parents"] else {("id",)}), name
        assert one["parents"] or f"{name}_0" in {index["bucket"] for index in indexes}
