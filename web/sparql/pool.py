"""As many query processes as cores, and whose turn it is.

A query that runs while others wait may be asked to give way: it is killed and its client told to come again. So a
query that never ends costs the others a moment and not its whole time limit; and a text that had to give way waits
until nobody else does.
"""

import asyncio
import hashlib
import os
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from graph.sparql.client import Sparql
from ontology.errors import QueryError

T = TypeVar("T")

_STEP: Final = 0.1
"""Seconds between two looks of the one who has waited longest."""


class Busy(Exception):
    """All processes are at work; `seconds` says when to come again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("同时运行的查询太多")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    Args:
        seconds: of running.
        memory: bytes of address space of each process, where the platform has such a limit.
        rows, size: rows and bytes of an answer.
        patience: seconds that a query waits for its turn.
        queue: queries that wait at one time.
        share: seconds after which a running query gives way to one that waits.
        spool: bytes of all answers that are not yet sent.
    """

    seconds: float = 30.0
    memory: int | None = 2 << 30
    rows: int = 1_000_000
    size: int = 256 << 20
    patience: float = 6.0
    queue: int = 1_000
    share: float = 1.5
    spool: int = 2 << 30


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(eq=False, slots=True)
class _Turn:
    """A query that runs."""

    worker: Sparql
    key: bytes
    since: float
    stopped: bool = False
    gave_way: bool = False
    over: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        """Kill it, unless it has just ended: the process may already have another's query."""
        with self.lock:
            if not self.over:
                self.stopped = True
                self.worker.stop()


class Pool:
    """Query processes over one store.

    Args:
        store: folder of the Oxigraph store.
        limits: what a query may take.
        workers: how many processes; as many as cores by default.
    """

    def __init__(self, store: Path, limits: Limits | None = None, workers: int | None = None) -> None:
        self.limits = limits or Limits()
        count = workers or cores()
        self._idle = [Sparql(store, memory=self.limits.memory) for _ in range(count)]
        self._all = tuple(self._idle)
        self._threads = ThreadPoolExecutor(count, "sparql")
        self._waiting: deque[asyncio.Future[Sparql]] = deque()
        self._running: set[_Turn] = set()
        self._slow: OrderedDict[bytes, float] = OrderedDict()

    async def run(self, text: str, job: Callable[[Sparql], T]) -> T:
        """Run a job on the next free process.

        Args:
            text: the query, by which one that had to give way is known again.
            job: called in a thread of its own; what it raises is raised.

        Raises:
            Busy: no process came free in time, or the query had to give way.
        """
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        turn = _Turn(await self._turn(key), key, time.monotonic())
        self._running.add(turn)
        future = asyncio.get_running_loop().run_in_executor(self._threads, _run, turn, job)
        future.add_done_callback(lambda _: self._release(turn))
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:  # the client has gone
            turn.stop()
            future.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise
        except QueryError:
            if turn.gave_way:
                raise Busy(round(self.limits.share) + 1) from None
            raise

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._all:
            worker.close()

    async def _turn(self, key: bytes) -> Sparql:
        if self._idle and not self._waiting:
            return self._idle.pop()
        if len(self._waiting) >= self.limits.queue or self._is_slow(key):
            raise Busy(round(self.limits.patience))
        future: asyncio.Future[Sparql] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        until = time.monotonic() + self.limits.patience
        try:
            while (left := until - time.monotonic()) > 0:
                first = self._waiting[0] is future
                done, _ = await asyncio.wait([future], timeout=min(left, _STEP if first else 5 * _STEP))
                if done:
                    return future.result()
                if self._waiting[0] is future:
                    self._make_way()
        except asyncio.CancelledError:
            if future.done():  # the client has gone just when its turn came
                self._give(future.result())
            raise
        finally:
            if future in self._waiting:
                self._waiting.remove(future)
        raise Busy(round(self.limits.patience))

    def _make_way(self) -> None:
        """Stop the query that has run longest, if it has had its share."""
        now = time.monotonic()
        running = [turn for turn in self._running if not turn.stopped]
        if len(running) < len(self._running):
            return  # a process is coming free
        oldest = min(running, key=lambda turn: turn.since, default=None)
        if oldest is not None and now - oldest.since > self.limits.share:
            oldest.gave_way = True
            oldest.stop()
            self._slow[oldest.key] = now + 40 * self.limits.share
            while len(self._slow) > 1_000:
                self._slow.popitem(last=False)

    def _is_slow(self, key: bytes) -> bool:
        return self._slow.get(key, 0.0) > time.monotonic()

    def _release(self, turn: _Turn) -> None:
        self._running.discard(turn)
        self._give(turn.worker)

    def _give(self, worker: Sparql) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)


def _run(turn: _Turn, job: Callable[[Sparql], T]) -> T:
    try:
        return job(turn.worker)
    finally:
        with turn.lock:
            turn.over = True
            stopped = turn.stopped
        if stopped:
            turn.worker.close()
        turn.worker.start()  # what was killed, for its time too, is there again when the next query comes
