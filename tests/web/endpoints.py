"""An endpoint in a process of its own, and a client: what the tests of the endpoint share."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from graph.tables import Edge, Node, Tables
from tests.house.files import ROOT
from tests.web.processes import below, gone

PREFIX = "PREFIX ca: <https://clusteratlas.example/ontology/> "
NAMES = PREFIX + "SELECT ?name WHERE { ?c a ca:City ; ca:name ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) != STR(?l)) }"
ENDLESS_ROWS = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MILLION = "SELECT ?c WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } LIMIT 1000000"
HOSTILE = "a\"b'\\\n},{<result>,\r\n"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def names(self) -> list[str]:
        return [row["name"]["value"] for row in json.loads(self.body)["results"]["bindings"]]


def tables(cities: int = 40) -> Tables:
    nodes = [Node(f"city/{i:03}", "City", {"name": f"城市{i:03}"}) for i in range(cities)]
    nodes.append(Node("product/x", "Product", {"name": HOSTILE}))
    nodes += [Node(f"layout/{i}", "LayoutStatement", {"role": "core"}) for i in range(cities)]
    return Tables.of(nodes, [Edge("aboutPlace", f"layout/{i}", f"city/{i:03}", {}) for i in range(cities)])


@contextmanager
def running(store: Path, workers: int, *origins: str, **limits: float) -> Iterator["Client"]:
    command = [sys.executable, "-m", "tests.web.sparql_server", str(store), json.dumps(limits), str(workers), *origins]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Client(process.stdout.readline().strip(), process.pid)
        finally:
            children = below(process.pid)
            process.terminate()
            process.wait(20)
            assert gone(children, 10)


@dataclass(frozen=True)
class Client:
    address: str
    pid: int

    def send(self, method: str, target: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Reply:
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        try:
            connection.request(method, target, body, headers or {})
            reply = connection.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            connection.close()

    def get(self, query: str, accept: str | None = None, **parameters: str) -> Reply:
        target = "/sparql?" + urlencode({"query": query, **{k.replace("_", "-"): v for k, v in parameters.items()}})
        return self.send("GET", target, headers={} if accept is None else {"accept": accept})

    def post(self, body: bytes, media: str | None, target: str = "/sparql", **headers: str) -> Reply:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("POST", target, body, {**({} if media is None else {"content-type": media}), **more})
