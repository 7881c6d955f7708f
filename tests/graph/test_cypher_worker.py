"""The thread that queries run in is kept, holds nothing back and keeps the time limit; no engine is needed."""

import gc
import threading
import time
import weakref
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from graph.cypher import client
from graph.cypher.client import Cypher
from graph.cypher.worker import Worker
from ontology.errors import QueryTimeout


def eventually(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def threads(name: str) -> int:
    return len([thread for thread in threading.enumerate() if thread.name == name])


def test_one_thread_does_every_task_in_turn() -> None:
    worker = Worker("in turn")
    futures = [worker.do(threading.get_ident) for _ in range(20)]
    assert len({future.result(5) for future in futures}) == 1
    assert futures[0].result() != threading.get_ident()
    worker.end()
    assert eventually(lambda: threads("in turn") == 0)


def test_an_error_comes_back_and_the_thread_goes_on() -> None:
    worker = Worker("errors")
    with pytest.raises(ZeroDivisionError):
        worker.do(lambda: 1 // 0).result(5)
    assert worker.do(lambda: 7).result(5) == 7
    worker.end()


def test_waiting_has_a_limit() -> None:
    worker, go = Worker("waiting"), threading.Event()
    future = worker.do(lambda: go.wait(10))
    with pytest.raises(TimeoutError):
        future.result(0.05)
    go.set()
    assert future.result(5) is True
    worker.end()


def test_a_task_that_is_done_holds_nothing() -> None:
    class Thing:
        pass

    worker, thing = Worker("holds"), Thing()
    gone = weakref.ref(thing)
    assert worker.do(partial(bool, thing)).result(5)
    del thing
    assert eventually(lambda: gone() is None)
    worker.end()


class FakeTarget:
    """Answers 1, or not before it is killed."""

    name = "fake"

    def __init__(self) -> None:
        self.drivers = 0
        self.killed = threading.Event()
        self.hangs = False

    def driver(self) -> Any:
        self.drivers += 1
        return SimpleNamespace(session=lambda **_: SimpleNamespace(run=self._run, close=lambda: None), close=list)

    def _run(self, *_: object) -> Any:
        if self.hangs:
            self.killed.wait(10)
            raise ConnectionError

        class Result(list[Any]):
            def keys(self) -> list[str]:
                return ["x"]

        return Result([{"x": 1}])

    def database(self) -> None:
        return None

    def text(self, text: str, timeout: float | None) -> str:
        return text

    def check(self, *_: object) -> None:
        """Everything may run."""

    def error(self, *_: object) -> None:
        return None

    def lost(self) -> bool:
        return False

    def kill(self) -> None:
        self.killed.set()

    def close(self) -> None:
        """Nothing is kept."""


def test_questions_one_after_the_other_share_a_thread_that_ends_with_the_connection() -> None:
    before, target = threads("cypher"), FakeTarget()
    connection = Cypher(target)
    for _ in range(5):
        assert connection.rows("RETURN 1 AS x").rows == ((1,),)
    assert (target.drivers, threads("cypher")) == (1, before + 1)
    connection.close()
    assert eventually(lambda: threads("cypher") == before)


def test_a_connection_that_nobody_holds_ends_its_thread() -> None:
    before = threads("cypher")
    connection = Cypher(FakeTarget())
    connection.rows("RETURN 1 AS x")
    del connection
    gc.collect()
    assert eventually(lambda: threads("cypher") == before)


def test_a_server_that_hangs_holds_nobody_and_its_thread_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_GRACE", 0.05)
    before, target = threads("cypher"), FakeTarget()
    connection = Cypher(target)
    connection.rows("RETURN 1 AS x")
    target.hangs = True
    start = time.monotonic()
    with pytest.raises(QueryTimeout):
        connection.rows("RETURN 1 AS x", timeout=0.05)
    assert time.monotonic() - start < 2
    assert target.killed.is_set()
    assert eventually(lambda: threads("cypher") == before)
    target.hangs = False
    assert connection.rows("RETURN 1 AS x").rows == ((1,),)
    assert target.drivers == 2, "the line that hung is not used again"
    connection.close()
