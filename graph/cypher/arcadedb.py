"""The user's side of the embedded Cypher engine: find or start the server of a build, and hold a lease on it."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.cypher.load import rows_of
from graph.locks import held
from ontology.errors import EngineError, EngineMissing, GraphMissing

ENGINE = "内嵌 Cypher 引擎"
_REMEDIES = (
    "安装附加组件：pip install 'clusteratlas[cypher]'",
    "连接一个 Neo4j：--cypher-uri bolt://主机:7687",
)
_CODE = "from graph.cypher.server import main; main()"
_TRY_AGAIN = 75  # graph.cypher.server.TRY_AGAIN
_ROWS_PER_MEGABYTE = 3000
#: Seconds that a server may take to start, and rows to load a second: measured, more than ten times as many.
_START, _ROWS_PER_SECOND = 120, 1000


def available() -> bool:
    """Whether the embedded engine is installed."""
    return importlib.util.find_spec("arcadedb_embedded") is not None


def cache_folder(graph: Path, digest: str) -> Path:
    """Where the Cypher cache of a build lies; it may be deleted at any time."""
    return graph / "cache" / "cypher" / digest


@dataclass(frozen=True, slots=True)
class State:
    """What the state file says of a running server."""

    port: int
    lease: int
    pid: int
    password: str

    @classmethod
    def read(cls, folder: Path) -> "State | None":
        """The state of the server of a folder; None where none runs or the file is not complete."""
        try:
            found = json.loads((folder / "state.json").read_text(encoding="utf-8"))
            return cls(int(found["port"]), int(found["lease"]), int(found["pid"]), str(found["password"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


class Lease:
    """The use of a server: it runs at least as long as this object is open and its process lives."""

    def __init__(self, state: State, channel: socket.socket) -> None:
        self.state = state
        self._channel = channel
        self._reader = channel.makefile("r", encoding="utf-8")

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.state.port}"

    @property
    def auth(self) -> tuple[str, str]:
        return "root", self.state.password

    def _ask(self, request: dict[str, str]) -> dict[str, object]:
        line = json.dumps({"password": self.state.password, **request}) + "\n"
        self._channel.sendall(line.encode())
        answer: dict[str, object] = json.loads(self._reader.readline() or "{}")
        return answer

    def greet(self) -> bool:
        """Whether the server knows us."""
        return self._ask({}).get("ready") is True

    def complaint(self, text: str) -> str | None:
        """What the engine's parser says against a text, None where it has nothing against it."""
        with suppress(OSError, ValueError):
            found = self._ask({"text": text}).get("complaint")
            return None if found is None else str(found)
        return None

    def kill(self) -> None:
        """End a server that does not stop a query; the database is read-only, so that nothing is lost."""
        with suppress(OSError):
            os.kill(self.state.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        self.close()

    def close(self) -> None:
        with suppress(OSError):
            self._reader.close()
            self._channel.close()


def lease(graph: Path, digest: str) -> Lease:
    """A lease on the server of a build, which is started where it does not run.

    Args:
        graph: the graph directory.
        digest: the build's name.

    Raises:
        EngineMissing: the extra is not installed, or the engine cannot start here.
        GraphMissing: there is no such build.
    """
    folder = cache_folder(graph, digest)
    if (found := _join(folder)) is not None:
        return found
    if not available():
        raise EngineMissing(ENGINE, _REMEDIES)
    # One user starts the server, the others wait for it; the lock ends with the process that holds it.
    with held(folder / "start", wait=True):
        return _join(folder) or _launch(graph, digest, folder)


def _join(folder: Path) -> Lease | None:
    state = State.read(folder)
    if state is None:
        return None
    with suppress(OSError, ValueError):
        found = Lease(state, socket.create_connection(("127.0.0.1", state.lease), timeout=5))
        if found.greet():
            return found
        found.close()
    return None


def _launch(graph: Path, digest: str, folder: Path) -> Lease:
    build, failures = graph / "builds" / digest, 0
    if not build.is_dir():
        raise GraphMissing(graph)
    limit = _START + rows_of(build) // _ROWS_PER_SECOND
    until = time.monotonic() + limit
    while time.monotonic() < until:
        if not build.is_dir():
            raise GraphMissing(graph)
        process = _process(graph, digest, folder)
        while process.poll() is None and time.monotonic() < until:
            if (found := _join(folder)) is not None:
                return found
            time.sleep(0.02)
        failures += process.poll() == _TRY_AGAIN
        if process.poll() not in (0, _TRY_AGAIN, None) or failures > 2:
            raise EngineMissing(ENGINE, _REMEDIES, why=f"没有启动成功：{_last_words(folder)}")
        # It ended by itself because another one, which is just ending or starting, still has the folder.
        time.sleep(0.1)
    raise EngineError(ENGINE, f"{limit} 秒内没有启动成功", remedy="请看 " + str(folder / "server.log"))


def _process(graph: Path, digest: str, folder: Path) -> subprocess.Popen[bytes]:
    home = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
    if sys.platform == "linux":  # in an ASCII locale the JVM cannot open a path with Chinese names
        environment["LC_ALL"] = "C.UTF-8"
    command = [
        sys.executable,
        "-P",
        "-c",
        _CODE,
        *map(str, (graph.resolve(), digest, folder.resolve(), _heap(graph, digest))),
    ]
    with (folder / "server.log").open("wb") as log:
        # A session of its own: Ctrl-C in a terminal ends the user, not the server that others may be using.
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
        )


def _heap(graph: Path, digest: str) -> int:
    """Megabytes of heap for a build: measured, 6 million rows load with 2 GB."""
    return 384 + rows_of(graph / "builds" / digest) // _ROWS_PER_MEGABYTE


def _last_words(folder: Path) -> str:
    with suppress(OSError):
        lines = (folder / "server.log").read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "没有说明原因")
    return "没有说明原因"
