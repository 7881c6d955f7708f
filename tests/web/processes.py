"""Processes as Linux tells them, so that the tests need no library for it; elsewhere there is nothing to see."""

import time
from pathlib import Path

_PAGE = 4096


def below(pid: int) -> set[int]:
    """All children of a process, and theirs."""
    found: set[int] = set()
    todo = [pid]
    while todo:
        for path in Path(f"/proc/{todo.pop()}/task").glob("*/children"):
            try:
                new = {int(one) for one in path.read_text("ascii").split()} - found
            except (OSError, ValueError):
                continue
            found |= new
            todo += new
    return found


def resident(pid: int) -> int:
    """Bytes of a process in memory; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def gone(pids: set[int], seconds: float) -> bool:
    """Whether all of them end within some seconds."""
    until = time.monotonic() + seconds
    while any(resident(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
