"""When a push waits, goes on, and gives up: with a clock of its own."""

from collections.abc import Callable

import pytest

from graph.push.marks import Pushed
from graph.push.resume import Lost, persistently


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def read(self) -> float:
        return self.now


def failing(times: int, done: Pushed, writes: int) -> Callable[[], None]:
    """Writes something, then loses the connection, so many times."""
    left = [times]

    def once() -> None:
        if left[0]:
            left[0] -= 1
            done.created += writes
            raise Lost
        done.created += 1

    return once


def run(times: int, writes: int, patience: float) -> tuple[Pushed, float]:
    clock, done = Clock(), Pushed()
    persistently(
        failing(times, done, writes),
        done,
        lambda what, share: None,
        patience=patience,
        sleep=clock.sleep,
        clock=clock.read,
    )
    return done, clock.now


def test_without_a_loss_it_runs_once() -> None:
    done, seconds = run(0, 0, 0)
    assert (done.created, done.interruptions, seconds) == (1, 0, 0.0)


def test_it_waits_longer_each_time_and_counts_one_interruption() -> None:
    done, seconds = run(4, 0, 60)
    assert (done.interruptions, seconds) == (1, 0.5 + 1 + 2 + 4)


def test_progress_starts_the_patience_anew() -> None:
    done, seconds = run(100, 1, 1)
    assert (done.created, done.interruptions, seconds) == (101, 100, 50.0)


def test_without_progress_it_gives_up() -> None:
    with pytest.raises(Lost):
        run(100, 0, 20)
    with pytest.raises(Lost):
        run(1, 0, -1)
