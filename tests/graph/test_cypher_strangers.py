"""What a stranger on the machine says to the lease port does not end the server."""

import socket
import time

import pytest

from graph.cypher.arcadedb import State, cache_folder
from graph.cypher.client import rows
from graph.directory import GraphDirectory


@pytest.mark.usefixtures("cypher_engine")
@pytest.mark.parametrize("words", [b"GET / HTTP/1.1\r\n\r\n", '{"password": "é"}\n'.encode(), b"[1]\n", b"\xff\n"])
def test_words_that_are_no_request_are_dropped(bundled_graph, words: bytes) -> None:  # type: ignore[no-untyped-def]
    assert rows("MATCH (c:City {province: '44'}) RETURN count(c)", at=bundled_graph).rows == ((21,),)
    folder = cache_folder(bundled_graph, GraphDirectory(bundled_graph).current() or "")
    state = State.read(folder)
    assert state is not None
    with socket.create_connection(("127.0.0.1", state.lease), timeout=5) as stranger:
        stranger.sendall(words)
        assert stranger.recv(10) == b""
    time.sleep(0.3)
    socket.create_connection(("127.0.0.1", state.lease), timeout=5).close()
    assert State.read(folder) == state
