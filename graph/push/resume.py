"""Goes on after a lost connection: the difference is taken again, so that nothing is written twice."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

from graph.push.marks import Pushed, Report

PATIENCE: Final = 300.0
"""Seconds that a push waits for a server that has gone away."""

_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)

T = TypeVar("T")


class Lost(Exception):
    """The connection is lost, or the server is not ready. What was being written may or may not have arrived."""


def persistently(
    once: Callable[[], None],
    done: Pushed,
    report: Report,
    *,
    patience: float = PATIENCE,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Call `once` until it ends without `Lost`.

    Args:
        once: takes the difference and writes it; may be called again after `Lost`.
        done: what is written so far; a write in between starts the patience anew.
        report: is told about the interruption.
        patience: seconds without any progress after which `Lost` is passed on.
        sleep, clock: for tests.
    """
    since, before, turn = clock(), done.writes, 0
    while True:
        try:
            once()
            return
        except Lost:
            if done.writes > before:
                since, before, turn = clock(), done.writes, 0
            if clock() - since > patience:
                raise
            done.interruptions += turn == 0
            report("连接中断，等待服务器恢复后继续", 0.0)
            sleep(_PAUSES[min(turn, len(_PAUSES) - 1)])
            turn += 1
