"""The endpoint under queries that never end, results too large, and many clients: right answers or honest errors."""

import http.client
import os
import socket
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.web.endpoints import ENDLESS, ENDLESS_ROWS, MILLION, NAMES, Client, Reply, running
from tests.web.processes import resident


def test_more_rows_than_allowed_are_an_error_and_exactly_as_many_are_not(client: Client) -> None:
    query = "SELECT * WHERE {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {}"
    for accept in ("application/json", "application/xml", "text/csv", "text/tab-separated-values"):
        assert client.get(query.format(5000), accept).status == 200
        over = client.get(query.format(5001), accept)
        assert (over.status, "5000 行" in over.text) == (500, True)
    triples = "CONSTRUCT {{ ?a ?b ?f }} WHERE {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {}"
    assert client.get(triples.format(5000)).status == 200
    assert client.get("CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }").status == 500


def test_a_query_that_never_ends_costs_the_others_a_moment(client: Client) -> None:
    """Four of them, two processes: each is told to come again, and a right query is answered meanwhile."""
    replies: list[Reply] = []
    hogs = [threading.Thread(target=lambda: replies.append(client.get(ENDLESS))) for _ in range(4)]
    for hog in hogs:
        hog.start()
    time.sleep(0.3)
    slowest = 0.0
    for _ in range(8):
        began = time.monotonic()
        assert len(client.get(NAMES).names) == 40
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 10
    for hog in hogs:
        hog.join()
    assert {reply.status for reply in replies} <= {500, 503}
    assert any(reply.status == 503 for reply in replies)
    for reply in replies:
        if reply.status == 503:
            assert int(reply.headers["retry-after"]) > 0


def test_the_time_limit(store: Path) -> None:
    with running(store, 1, seconds=3) as client:
        began = time.monotonic()
        reply = client.get(ENDLESS)
        assert (reply.status, "3 秒" in reply.text, "--timeout" in reply.text) == (500, True, False)
        assert time.monotonic() - began < 12
        assert client.get(NAMES).status == 200


def test_the_memory_limit(store: Path) -> None:
    hungry = "SELECT (GROUP_CONCAT(?x) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(STR(?a), STR(?f)) AS ?x) }"
    with running(store, 1, seconds=50, memory=1 << 30) as client:
        reply = client.get(hungry)
        assert (reply.status, "内存" in reply.text) == (500, True)
        assert client.get(NAMES).status == 200


def test_the_size_limit_and_a_million_rows(store: Path) -> None:
    with running(store, 1, size=1 << 20) as client:
        reply = client.get(ENDLESS_ROWS)
        assert (reply.status, "1 MB" in reply.text) == (500, True)
    with running(store, 1, size=1 << 30) as client:
        reply = client.get(MILLION, "text/tab-separated-values")
        assert (reply.status, reply.body.count(b"\n")) == (200, 1_000_001)
        assert resident(client.pid) < 400 << 20


def test_where_all_wait_some_are_told_to_come_again(store: Path) -> None:
    with running(store, 1, seconds=6, share=30, patience=1, queue=3) as client:
        replies: list[Reply] = []
        hogs = [threading.Thread(target=lambda: replies.append(client.get(ENDLESS))) for _ in range(8)]
        for hog in hogs:
            hog.start()
        for hog in hogs:
            hog.join()
        assert sorted(reply.status for reply in replies) == [500] + [503] * 7
        assert all(int(reply.headers["retry-after"]) > 0 for reply in replies if reply.status == 503)


def test_a_client_that_leaves_takes_its_query_with_it(store: Path) -> None:
    with running(store, 1, seconds=30, share=30, patience=2) as client:
        parts = urlsplit(client.address)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        connection.request("GET", "/sparql?" + urlencode({"query": ENDLESS}))
        time.sleep(1)
        connection.close()
        assert client.get(NAMES).status == 200


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc: run it on Linux")
def test_nothing_stays_behind(store: Path, tmp_path: Path) -> None:
    folders = tmp_path / "t"
    folders.mkdir()
    environment = dict(os.environ)
    os.environ["TMPDIR"] = str(folders)
    try:
        with running(store, 2) as client:
            assert client.get(NAMES).status == 200
            assert client.get(ENDLESS_ROWS).status == 500
            assert client.get("SELECT ?x {").status == 400
            assert list(folders.iterdir()) == []
    finally:
        os.environ.clear()
        os.environ.update(environment)
    assert list(folders.iterdir()) == []


def test_many_clients_with_all_sorts_of_queries(client: Client) -> None:
    """Thirty clients for some seconds; the long version is `make soak`."""
    expected = client.get(NAMES).body
    until = time.monotonic() + 6
    wrong: list[object] = []
    times: list[float] = []

    def ask(number: int) -> None:
        while time.monotonic() < until:
            began = time.monotonic()
            if number == 0:
                if (status := client.get(ENDLESS).status) not in (500, 503):
                    wrong.append(("endless", status))
            elif number == 1:
                if (status := client.get(MILLION).status) not in (500, 503):
                    wrong.append(("million", status))
            elif number == 2:
                if (status := client.get("SELECT ?x {").status) not in (400, 503):
                    wrong.append(("mistake", status))
            else:
                reply = client.get(NAMES)
                times.append(time.monotonic() - began)
                if reply.status == 200 and reply.body != expected:
                    wrong.append(reply.body)
                elif reply.status not in (200, 503):
                    wrong.append(reply.status)

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(30)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert wrong == []
    assert len(times) > 60
    assert max(times) < 10


def test_answers_that_nobody_takes_do_not_fill_the_disk(store: Path) -> None:
    with running(store, 2, spool=1 << 20) as client:
        parts = urlsplit(client.address)
        with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as slow:
            target = "/sparql?" + urlencode({"query": MILLION.replace("1000000", "300000")})
            slow.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert slow.recv(12) == b"HTTP/1.1 200"
            refused = client.get(NAMES)
            assert (refused.status, int(refused.headers["retry-after"]) > 0) == (503, True)
        until = time.monotonic() + 10
        while (status := client.get(NAMES).status) != 200 and time.monotonic() < until:
            time.sleep(0.1)
        assert status == 200
        assert [client.get(NAMES).status for _ in range(3)] == [200] * 3
