"""Whose turn it is, without any process."""

import os
import time
from pathlib import Path

import pytest

from web.sparql.pool import Limits, Pool, _Turn, cores


def test_the_query_that_has_run_longest_gives_way_and_one_at_a_time(tmp_path: Path) -> None:
    pool = Pool(tmp_path, Limits(share=1.0), workers=2)
    now = time.monotonic()
    old, young, new = (_Turn(pool._all[0], name, now - age) for name, age in ((b"o", 9), (b"y", 5), (b"n", 0)))
    pool._running = {young, old, new}
    pool._make_way()
    pool._make_way()
    assert [turn.gave_way for turn in (old, young, new)] == [True, False, False]
    assert (pool._is_slow(b"o"), pool._is_slow(b"y")) == (True, False)
    pool._running = {new}
    pool._make_way()
    assert not new.gave_way
    pool.close()


def test_as_many_workers_as_this_process_may_use_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container or `taskset` that grants one processor of many gets one worker."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {3}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert cores() == 1
    monkeypatch.delattr(os, "sched_getaffinity")
    assert cores() == 64
