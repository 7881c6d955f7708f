"""A thread that is kept for one task after another: starting one costs as much as a small question."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class Worker:
    """One thread; it does one task at a time, in the order in which they come."""

    def __init__(self, name: str) -> None:
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        threading.Thread(target=_work, args=(self._tasks,), name=name, daemon=True).start()

    def do(self, task: Callable[[], T]) -> Future[T]:
        """Have a task done; the future has its result or its error, and waiting for it can have a limit."""
        future: Future[T] = Future()

        def work() -> None:
            try:
                future.set_result(task())
            except BaseException as error:
                future.set_exception(error)

        self._tasks.put(work)
        return future

    def end(self) -> None:
        """End with the task that is being done; the thread itself may say so."""
        self._tasks.put(None)


def _work(tasks: "SimpleQueue[Callable[[], None] | None]") -> None:
    while (task := tasks.get()) is not None:
        task()
        del task  # what it held may be waiting to be let go
