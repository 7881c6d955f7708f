"""Runs a measuring process and watches its memory, that of every process it starts, and the clock."""

import json
import os
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.web.processes import below, resident

MEMORY: Final = 4 << 30
"""Bytes that the processes of an engine may have in memory together."""

SECONDS: Final = 600.0
"""What the load, and all questions together, may each take."""

_TICK: Final = 0.1


@dataclass
class Watched:
    """What a process said, and what it took.

    `together` is the largest sum at one moment; `client` and `servers` are the peaks of the measuring process and of
    the processes that it started. `left` says why it was ended: `memory`, `time`, or its last words; "" where it was
    not. Bytes.
    """

    lines: list[dict[str, Any]] = field(default_factory=list)
    together: int = 0
    client: int = 0
    servers: int = 0
    left: str = ""
    stage: str = ""


def watch(command: list[str], *, memory: int = MEMORY, seconds: float = SECONDS) -> Watched:
    """Run a command that prints JSON objects, until it ends or passes a limit.

    Args:
        command: what to run; an object with `stage` begins a stage, for which the clock starts anew.
        memory, seconds: the limits.
    """
    seen, peaks = Watched(), dict[int, int]()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        streams, words, start = selectors.DefaultSelector(), {"out": b"", "err": b""}, time.monotonic()
        streams.register(process.stdout, selectors.EVENT_READ, "out")
        streams.register(process.stderr, selectors.EVENT_READ, "err")
        try:
            while streams.get_map():
                for key, _ in streams.select(_TICK):
                    data = os.read(key.fd, 1 << 16)
                    words[key.data] += data
                    if not data:
                        streams.unregister(key.fileobj)
                *complete, words["out"] = words["out"].split(b"\n")
                for line in map(json.loads, complete):
                    seen.lines.append(line)
                    if "stage" in line:
                        seen.stage, start = line["stage"], time.monotonic()
                started = below(process.pid)
                for pid in (process.pid, *started):
                    peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
                now = sum(resident(pid) for pid in (process.pid, *started))
                seen.together = max(seen.together, now)
                if now > memory or time.monotonic() - start > seconds:
                    seen.left = "memory" if now > memory else "time"
                    _end({process.pid, *started})
                    break
        except BaseException:  # Ctrl-C: the processes have a session of their own and would go on
            _end({process.pid, *below(process.pid)})
            raise
        process.wait()
        if process.returncode and not seen.left:
            seen.left = (words["err"].decode(errors="replace").strip().split("\n") or ["?"])[-1][-300:]
    seen.client = peaks.pop(process.pid, 0)
    seen.servers = sum(peaks.values())
    return seen


def _peak(pid: int) -> int:
    """The most that a process has had in memory, in bytes; 0 where it is gone."""
    with suppress(OSError, ValueError, StopIteration, IndexError):
        lines = Path(f"/proc/{pid}/status").read_text("ascii", errors="replace").split("\n")
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) << 10
    return 0


def _end(pids: set[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
