"""A real SPARQL server (the `oxigraph` program) made to hold a graph: the difference only, our own statements only."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyoxigraph as ox
import pytest

from graph.push.http import Account, AccountRefused, Server, discovered
from graph.push.resume import Lost
from graph.push.sparql import HASH, holds, mark_graph, push
from graph.rdf import ONTOLOGY_GRAPH, ontology_quads, quads
from graph.tables import Edge, Node, Tables
from ontology import ids
from ontology.errors import EngineUnreachable, UsageError
from tests.neo4j.run import free_port
from tests.support import require

Process = subprocess.Popen[bytes]


def program() -> str:
    found = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if found is None:
        require("oxigraph", "the server program is missing: install oxigraph (it is in the group dev)")
    return found


def started(folder: Path, port: int) -> Process:
    command = [program(), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            discovered(f"http://127.0.0.1:{port}/")
            return process
        except Lost:
            time.sleep(0.05)
    process.kill()
    raise AssertionError("oxigraph does not start")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """Address of an empty server, and how to stop and to start it again."""
    port = free_port()
    running = [started(tmp_path, port)]

    def stop() -> None:
        running[-1].kill()
        running[-1].wait()

    yield f"http://127.0.0.1:{port}/", stop, lambda: running.append(started(tmp_path, port))
    stop()


@pytest.fixture
def server(served: tuple[str, Callable[[], None], Callable[[], None]]) -> Server:
    return discovered(served[0])


def sample(cities: int = 30) -> Tables:
    nodes = [Node(f"city/{i}", "City", {"name": f"城市{i}", "latitude": 22.0 + i / 2}) for i in range(cities)]
    nodes += [Node(f"layout/{i}", "LayoutStatement", {"role": "core", "open_list": i % 2 == 0}) for i in range(20)]
    nodes.append(Node("product/5G%20手机", "Product", {"name": "某\"'\\\n} ; DROP ALL ; {"}))
    nodes.append(Node("agency/1", "Agency", {"name": "局", "aliases": ("乙", "甲")}))
    return Tables.of(nodes, [Edge("aboutPlace", f"layout/{i}", f"city/{i}", {"origin": "document"}) for i in range(20)])


def without(tables: Tables, *names: str) -> Tables:
    edges = (edge for edge in tables.edges if edge.source not in names and edge.target not in names)
    return Tables.of((node for node in tables.nodes if node.id not in names), edges)


def everything(server: Server) -> set[str]:
    found = server.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return {str(triple) for triple in ox.parse(found, format=ox.RdfFormat.N_TRIPLES)}


def canonical(tables: Tables) -> set[str]:
    store = ox.Store()
    store.extend(quads(tables))
    return {str(quad.triple) for quad in store}


def test_the_default_graph_holds_the_graph_and_nothing_else(server: Server) -> None:
    tables = sample()
    done = push(tables, server)
    assert (done.created, done.edges_removed) == (len(tables.nodes), 0)
    assert done.edges_created == len(set(quads(tables))) + len(set(ontology_quads()))
    assert everything(server) == canonical(tables)
    assert holds(tables, server)
    assert not holds(without(tables, "city/25"), server)
    counted = server.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{ONTOLOGY_GRAPH.value}> {{ ?s ?p ?o }} }}")
    assert counted == [{"n": str(len(set(ontology_quads())))}]


def test_a_second_push_writes_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    push(sample(), server)

    def refuse(self: Server, text: str) -> None:
        raise AssertionError(text)

    monkeypatch.setattr(Server, "update", refuse)
    assert push(sample(), server).writes == 0


def test_only_the_difference_is_written(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    push(sample(), server)
    nodes = [replace(n, properties={"name": "新名"}) if n.id == "city/3" else n for n in sample().nodes]
    new = without(Tables.of(nodes, sample().edges), "city/5", "layout/7")
    sent: list[str] = []
    original = Server.update
    monkeypatch.setattr(Server, "update", lambda self, text: (sent.append(text), original(self, text))[1])
    before = everything(server)
    done = push(new, server)
    assert len(everything(server)) - len(before) == done.edges_created - done.edges_removed
    assert done.edges_removed > 2
    # layout/5 has lost its edge to city/5
    assert (done.created, done.updated, done.removed) == (0, 2, 2)
    assert "city/9>" not in "".join(sent)
    assert everything(server) == canonical(new)
    assert holds(new, server)


def test_hashes_are_written_behind_what_they_stand_for(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server need not keep a request together: what comes last may be what is missing."""
    sent: list[str] = []
    monkeypatch.setattr(Server, "update", lambda self, text: sent.append(text))
    push(sample(), server, batch=40)
    assert len(sent) > 3
    for text in sent:
        *before, last = text.split(" ;\n")
        assert HASH in last
        assert last.startswith("INSERT DATA")
        assert all(HASH not in one for one in before if one.startswith("INSERT"))


def test_what_is_somebody_elses_stays(server: Server) -> None:
    push(sample(), server)
    remark = f'<{ids.iri("city/25")}> <https://else.example/p> "x" .'
    server.update(f"INSERT DATA {{ {remark} <https://else.example/s> <https://else.example/p> 1 }}")
    server.update(
        "INSERT DATA { GRAPH <https://else.example/g> { <https://else.example/s> a <https://else.example/c> } }"
    )
    before = everything(server) - canonical(sample())
    assert len(before) == 2
    new = without(sample(), "city/25", "city/26")
    push(new, server)
    assert everything(server) == canonical(new) | before
    assert server.ask("ASK { GRAPH <https://else.example/g> { ?s ?p ?o } }")


def test_a_strangers_statement_about_one_of_our_ids_stops_the_push(server: Server) -> None:
    server.update(f"INSERT DATA {{ <{ids.iri('city/3')}> <https://else.example/p> 1 }}")
    before = everything(server)
    with pytest.raises(UsageError, match="city/3"):
        push(sample(), server)
    assert everything(server) == before
    assert not server.ask(f"ASK {{ GRAPH <{mark_graph()}> {{ ?s ?p ?o }} }}")


def test_a_strangers_ontology_stops_the_push(server: Server) -> None:
    server.update(
        f"INSERT DATA {{ GRAPH <{ONTOLOGY_GRAPH.value}> {{ <https://else.example/s> a <https://else.example/c> }} }}"
    )
    with pytest.raises(UsageError, match="graph/ontology"):
        push(sample(), server)
    assert everything(server) == set()


def test_two_names_do_not_touch_each_other(server: Server) -> None:
    push(sample(), server)
    with pytest.raises(UsageError, match="--name"):
        push(sample(), server, atlas="other")


def test_a_subject_whose_writing_broke_off_is_written_anew(server: Server) -> None:
    """As a server leaves it that does not keep a request together: statements without their hash."""
    push(sample(), server)
    iri = ids.iri("city/3")
    server.update(f"DELETE WHERE {{ GRAPH <{mark_graph()}> {{ <{iri}> <{HASH}> ?h }} }}")
    server.update(f"DELETE WHERE {{ <{iri}> <{ids.ONTOLOGY}latitude> ?x }}")
    assert not holds(sample(), server)
    assert push(sample(), server).updated == 1
    assert holds(sample(), server)


def test_a_server_killed_and_started_in_the_middle_ends_with_the_same_statements(
    served: tuple[str, Callable[[], None], Callable[[], None]],
) -> None:
    address, stop, start = served
    server, tables = discovered(address), sample(400)
    again: list[threading.Thread] = []

    def interrupt(what: str, share: float) -> None:
        if what == "写入" and share > 0.4 and not again:
            stop()
            again.append(threading.Thread(target=lambda: (time.sleep(1), start())))
            again[-1].start()

    done = push(tables, server, batch=50, report=interrupt, patience=60)
    again[0].join()
    assert done.interruptions == 1
    assert holds(tables, server)
    assert everything(server) == canonical(tables)
    assert push(tables, server).writes == 0


def test_a_server_that_does_not_come_back_is_told(
    served: tuple[str, Callable[[], None], Callable[[], None]],
) -> None:
    address, stop, _ = served
    server = discovered(address)
    stop()
    with pytest.raises(EngineUnreachable, match="接着写"):
        push(sample(), server, patience=0)


class Strict(BaseHTTPRequestHandler):
    """Wants an account, and keeps what it was sent."""

    seen: ClassVar[list[tuple[str, str | None]]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.seen.append((self.path, self.headers["authorization"]))
        if self.path.startswith("/moved"):
            self.send_response(302)
            self.send_header("location", "http://127.0.0.1:9/query")
        elif self.path.startswith("/text"):
            self.send_response(200)
        else:
            open_ = self.headers["authorization"] is None and not self.path.startswith("/readonly")
            self.send_response(401 if open_ else 403)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def strict() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Strict) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_address[1]}"
        other.shutdown()


def test_an_account_goes_to_the_address_and_nowhere_else(strict: str) -> None:
    Strict.seen.clear()
    account = Account("me", "geheim")
    with pytest.raises(AccountRefused) as anonymous:
        discovered(f"{strict}/x")
    assert anonymous.value.anonymous
    with pytest.raises(AccountRefused) as known:
        discovered(f"{strict}/x", account)
    assert not known.value.anonymous
    with pytest.raises(AccountRefused, match="只读") as closed:
        discovered(f"{strict}/readonly")
    assert closed.value.anonymous
    with pytest.raises(UsageError):  # a redirect is not followed
        discovered(f"{strict}/moved", account)
    with pytest.raises(UsageError):
        discovered(f"{strict}/text", account)
    assert Strict.seen[0] == ("/x", None)
    assert Strict.seen[1] == ("/x", "Basic bWU6Z2VoZWlt")
    assert "geheim" not in repr(account) + str(known.value) + repr(Server("a", "b", account))


@pytest.mark.parametrize("address", ["http://me:geheim@127.0.0.1:9/", "http:///query", "http://127.0.0.1:x/"])
def test_an_address_that_is_none_is_told_without_its_password(address: str) -> None:
    with pytest.raises(UsageError) as caught:
        discovered(address)
    assert "geheim" not in str(caught.value)


def test_nobody_there_is_lost() -> None:
    with pytest.raises(Lost):
        discovered("http://127.0.0.1:9/")
