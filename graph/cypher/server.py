"""The embedded Cypher server: a process of its own that belongs to one build of a graph directory.

It runs the engine's JVM inside itself, so that there is one process to end and nothing to leave behind. It takes a lock
on its folder, loads the tables into a database where there is none, serves it read-only over Bolt on loopback, writes
the state file and waits. Every user keeps a connection to the lease port open, which the system closes when the user
ends, however it ends; with the last connection the server ends.

The folder holds ``lock``, ``state.json`` (0600), ``run/`` (the server's own files) and the database in a folder that
carries the engine's version, complete as soon as it has that name.
"""

import importlib
import importlib.metadata
import json
import os
import re
import secrets
import selectors
import shutil
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from graph.cypher.load import DATABASE, load, rows_of
from graph.locks import Lock
from graph.tables import Tables
from ontology.errors import GraphLocked
from ontology.model import model

FORMAT = 1
#: Written in front of each text, so that the server knows how many milliseconds this run may take.
LIMIT = "/*limit {}*/ "
_LIMIT = re.compile(r"\A/\*limit (\d+)\*/")
#: Exit status of a server that did not start; it has deleted its database, and the next one loads it anew.
TRY_AGAIN = 75
_CEILING = 3_600_000
_FIRST_USER, _TICK, _LINGER = 20.0, 0.1, 0.2
_PRIVATE = 0o600


def main() -> None:
    """Serve one build until its last user ends: arguments are graph directory, digest, folder, heap in megabytes."""
    graph, digest, folder, heap = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    os.umask(0o077)
    try:
        locks = Lock(graph / "reading" / digest, shared=True), Lock(folder / "lock")
    except GraphLocked:
        return  # another server serves this build, or the build is being deleted: whoever started us looks again
    (folder / "state.json").unlink(missing_ok=True)
    engine = _start(graph / "builds" / digest, folder, heap)
    try:
        _serve(engine, folder)
    finally:
        (folder / "state.json").unlink(missing_ok=True)
        for lock in locks:
            lock.release()
        # The database is read-only and nobody is connected: ending at once loses nothing, and nothing can hang.
        os._exit(0)


def database_folder(folder: Path) -> Path:
    """Where the loaded database lies; another version of the engine or of the loader does not find it."""
    return folder / f"{importlib.metadata.version('arcadedb-embedded')}-{FORMAT}"


class _Engine:
    """The running server with its port and password."""

    def __init__(self, server: Any, port: int, password: str) -> None:
        self._keep = server  # it stops the server when it is forgotten
        self.server = server._java_server
        self.port = port
        self.password = password

    def stop_overdue(self) -> None:
        """Terminate queries that ran longer than the limit in front of their text."""
        for query in self.server.getRunningQueries().getRunning():
            match = _LIMIT.match(str(query.getText()))
            if match and query.getElapsedMillis() > int(match[1]):
                query.terminate("limit")

    def complaint(self, text: str) -> str | None:
        """What the engine's parser says against a text; None where it reads it and finds that it only reads."""
        try:
            analysis = self.server.getDatabase(DATABASE).getQueryEngine("opencypher").analyze(text)
            return None if bool(analysis.isIdempotent()) else "read-only"
        except Exception as error:  # the engine's exceptions are Java's
            while (cause := getattr(error, "__cause__", None)) is not None:
                error = cause
            return str(error).split(": ", 1)[-1]


def _start(build: Path, folder: Path, heap: int) -> _Engine:
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    os.chdir(run)  # the engine writes its log below the current directory
    options = [
        "-XX:+UseSerialGC",
        "-Darcadedb.profile=low-ram",
        # The profile keeps 16 of each: the question library alone would be parsed and planned anew at every asking.
        "-Darcadedb.opencypher.statementCache=300",
        "-Darcadedb.opencypher.planCache=300",
        f"-Darcadedb.command.timeout={_CEILING}",
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
        "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    ]
    importlib.import_module("arcadedb_embedded.jvm").start_jvm(heap_size=f"{heap}m", jvm_args=options)
    databases = _database(build, folder)
    password = secrets.token_urlsafe(24)
    secret = run / "password"
    _write(secret, password)
    port = _free_port()
    settings = {
        "host": "127.0.0.1",
        "http_port": "0",
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server_rootPasswordPath": str(secret),
        "server_databaseDirectory": str(databases),
        "server_defaultDatabaseMode": "READ_ONLY",
        "server_healthCheck.enabled": False,
        "bolt_host": "127.0.0.1",
        "bolt_port": port,
        "bolt_defaultDatabase": DATABASE,
    }
    server = importlib.import_module("arcadedb_embedded").create_server(str(run), None, config=settings)
    try:
        server.start()
        complete = _complete(server._java_server.getDatabase(DATABASE), build)
    except Exception as error:  # another took the port, or the database cannot be opened
        complete = False
        print(error, flush=True)
    if not complete:  # what is left of a machine that went down may open, and be empty
        shutil.rmtree(databases, ignore_errors=True)
        os._exit(TRY_AGAIN)
    return _Engine(server, port, password)


def _database(build: Path, folder: Path) -> Path:
    """The folder of the loaded database, loading it first where there is none."""
    finished, unfinished = database_folder(folder), folder / "loading"
    for left in folder.iterdir():  # what a killed load or another version of the engine left
        if left.is_dir() and left not in (finished, folder / "run"):
            shutil.rmtree(left, ignore_errors=True)
    if not finished.is_dir():
        load(Tables.read(build), model(), unfinished)
        os.rename(unfinished, finished)
    return finished


def _complete(database: Any, build: Path) -> bool:
    """Whether the database holds as many nodes and edges as the tables have rows."""
    types = [str(kind.getName()) for kind in database.getSchema().getTypes()]
    return sum(int(database.countType(name, False)) for name in types) == rows_of(build)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)


def _serve(engine: _Engine, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, selectors.DefaultSelector() as selector:
        door.setblocking(False)
        selector.register(door, selectors.EVENT_READ)
        state = {"port": engine.port, "lease": door.getsockname()[1], "pid": os.getpid(), "password": engine.password}
        _write(folder / "state.new", json.dumps(state))
        os.replace(folder / "state.new", folder / "state.json")
        _wait(engine, door, selector)


def _wait(engine: _Engine, door: socket.socket, selector: selectors.BaseSelector) -> None:
    users: dict[socket.socket, bytes] = {}
    until = time.monotonic() + _FIRST_USER
    while users or time.monotonic() < until:
        for key, _ in selector.select(_TICK):
            if key.fileobj is door:
                with suppress(OSError):
                    user, _address = door.accept()
                    users[user] = b""
                    selector.register(user, selectors.EVENT_READ, user)
                continue
            user = key.data
            try:
                data = user.recv(65536)
                users[user] = _answer(engine, user, users[user] + data) if data else b""
            except (OSError, ValueError, TypeError, AttributeError, KeyError):
                data = b""  # gone, or somebody who does not speak our language: a stranger must not end the server
            if not data:
                selector.unregister(user)
                user.close()
                del users[user]
                until = time.monotonic() + _LINGER
        engine.stop_overdue()


def _answer(engine: _Engine, user: socket.socket, data: bytes) -> bytes:
    """Answer the complete lines of a user, each a JSON object; returns what is left of an incomplete one."""
    *lines, rest = data.split(b"\n")
    for line in lines:
        request = json.loads(line)
        if not secrets.compare_digest(str(request.get("password")), engine.password):
            raise PermissionError
        reply = {"complaint": engine.complaint(request["text"])} if "text" in request else {"ready": True}
        user.sendall(json.dumps(reply).encode() + b"\n")
    return rest


if __name__ == "__main__":
    main()
