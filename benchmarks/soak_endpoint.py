"""Two hundred clients for two minutes on the endpoint: right queries beside mistakes, queries that never end and
results of a million rows.

Every answer to a right query must be byte for byte right, or an honest 503. Prints how many, the slowest, and the
memory of the server and of its processes. `CLUSTERATLAS_SOAK` sets other seconds and clients: `20x50`.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from benchmarks.bench_push import bundled_tables
from graph.rdf import write_store
from tests.web.processes import below, resident

PREFIX: Final = "PREFIX ca: <https://clusteratlas.example/ontology/> "
RIGHT: Final = (
    PREFIX + "SELECT ?id (STR(?n) AS ?name) WHERE { ?id a ca:City ; ca:name ?n FILTER(LANG(?n) = 'zh') } ORDER BY ?id",
    PREFIX + "SELECT ?c (COUNT(*) AS ?n) WHERE { ?c ca:hosts ?k } GROUP BY ?c ORDER BY ?c",
    PREFIX + "SELECT ?d (COUNT(*) AS ?n) WHERE { ?e ca:inDocument ?d } GROUP BY ?d ORDER BY ?d",
    PREFIX + "ASK { ?s a ca:LayoutStatement FILTER NOT EXISTS { ?s ca:evidencedBy ?e } }",
    PREFIX + "CONSTRUCT { ?p ca:name ?n } WHERE { ?p a ca:Policy ; ca:name ?n }",
)
ENDLESS: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) != STR(?h)) }"
MILLION: Final = "SELECT ?c WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
MISTAKES: Final = ("SELECT ?x {", "INSERT DATA { <a:a> <a:b> 1 }", "ASK {} ; DROP ALL", "SELECT * { SERVICE <a:b> {} }")

ALLOWED: Final = {"right": (200, 503), "million": (200, 500, 503), "mistake": (400, 403, 503), "endless": (500, 503)}


@dataclass
class Seen:
    """What the clients saw."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_right: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, seconds: float, wrong: str = "") -> None:
        with self.lock:
            self.statuses[kind, status] += 1
            self.slowest = max(self.slowest, seconds)
            if kind == "right" and status == 200:
                self.slowest_right = max(self.slowest_right, seconds)
            if wrong:
                self.wrong.append(wrong)


def get(address: str, query: str) -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    try:
        connection.request("GET", "/sparql?" + urlencode({"query": query}))
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def client(number: int, address: str, until: float, expected: dict[str, bytes], seen: Seen) -> None:
    """Ask until the time is over: of fifty one asks what never ends, one for a million rows, two make mistakes."""
    kind = {0: "endless", 1: "million", 2: "mistake", 27: "mistake"}.get(number % 50, "right")
    turn = number
    while time.monotonic() < until:
        turn += 1
        query = {"endless": ENDLESS, "million": MILLION, "mistake": MISTAKES[turn % len(MISTAKES)]}.get(
            kind, RIGHT[turn % len(RIGHT)]
        )
        start = time.monotonic()
        try:
            status, body = get(address, query)
        except (OSError, http.client.HTTPException) as error:
            seen.note(kind, 0, time.monotonic() - start, f"{kind}: {error!r}")
            continue
        wrong = "" if status in ALLOWED[kind] else f"{status}: {query}"
        if kind == "right" and status == 200 and body != expected[query]:
            wrong = f"another answer: {query}"
        elif kind == "million" and status == 200 and len(json.loads(body)["results"]["bindings"]) != 1_000_000:
            wrong = "a million rows cut off"
        seen.note(kind, status, time.monotonic() - start, wrong)


def memory(server: int) -> tuple[int, int]:
    """Resident bytes of the server and of all its processes together."""
    return resident(server), sum(map(resident, below(server)))


def main() -> None:
    seconds, number = (int(part) for part in os.environ.get("CLUSTERATLAS_SOAK", "120x200").split("x"))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        write_store(bundled_tables(), store)
        command = [sys.executable, "-m", "tests.web.sparql_server", str(store)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            try:
                _soak(address, process.pid, seconds, number)
            finally:
                process.terminate()


def _soak(address: str, server: int, seconds: int, number: int) -> None:
    expected = {query: get(address, query)[1] for query in RIGHT}
    seen, until = Seen(), time.monotonic() + seconds
    threads = [threading.Thread(target=client, args=(n, address, until, expected, seen)) for n in range(number)]
    for thread in threads:
        thread.start()
    most = (0, 0)
    while any(thread.is_alive() for thread in threads):
        now = memory(server)
        most = max(most[0], now[0]), max(most[1], now[1])
        time.sleep(0.5)
    print(f"\n{number} clients, {seconds} seconds\n\n| query | status | answers |\n| --- | ---: | ---: |")
    for (kind, status), answers in sorted(seen.statuses.items()):
        print(f"| {kind} | {status} | {answers:,} |")
    print(f"\nslowest right answer {seen.slowest_right:.1f} s, slowest reply {seen.slowest:.1f} s")
    print(f"memory: server {most[0] >> 20} MB, its processes together {most[1] >> 20} MB")
    print(f"wrong answers: {len(seen.wrong)} {seen.wrong[:3]}")
    if seen.wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
