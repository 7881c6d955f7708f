"""Free Cypher and the questions' Cypher, read-only, on the embedded engine or on any server that speaks Bolt.

``rows`` is the one function; everything that runs Cypher goes through it or through the ``Cypher`` that it keeps for
each target. Statements that write or reach out are refused by their parse (`graph/cypher_guard.py`) before a server
sees them. Behind that the embedded engine serves its database read-only, and another server gets a session in read
mode and first an ``EXPLAIN``, whose kind of query must be reading.
"""

import atexit
import datetime
import logging
import os
import re
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString, Protocol, cast
from urllib.parse import urlsplit, urlunsplit

import neo4j
import neo4j.graph
import neo4j.time
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph import arcadedb
from graph.cypher_guard import check
from graph.cypher_load import DATABASE
from graph.cypher_server import LIMIT
from graph.cypher_tokens import tokens
from graph.directory import GraphDirectory
from ontology.errors import (
    AtlasError,
    EngineError,
    EngineUnreachable,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    UsageError,
)

TIMEOUT = 30.0
_GRACE = 3.0
_TIMED_OUT = re.compile(r"TransactionTimedOut|Transaction\.(Terminated|LockClientStopped)")
_SYNTAX = re.compile(r"Statement\.(SyntaxError|SemanticError|TypeError)")
_PLACE = re.compile(r"\(line (\d+), column (\d+)")
_READ_ONLY = "read only database"
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query returned.

    Args:
        columns: the names of the columns, in order.
        rows: one tuple a row: None, bool, int, float, str, date, datetime, and lists and dicts of these. A node is a
            dict of its properties with ``labels``, a relationship one with ``type``,
            a path the list of its nodes and relationships.
        truncated: whether there were more rows than the limit.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool = False


def rows(
    text: str,
    parameters: Parameters | None = None,
    *,
    at: Path | str,
    limit: int | None = None,
    timeout: float | None = TIMEOUT,
) -> Rows:
    """Run a Cypher statement that reads.

    Args:
        text: the statement.
        parameters: its parameters by name.
        at: a graph directory (its current build, on the embedded engine) or the URI of a server that speaks Bolt,
            whose account and database come from NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.
        limit: the most rows to return.
        timeout: seconds after which the query is stopped; None for no limit.

    Raises:
        QueryRefused: the statement writes or reaches out; it has not been run.
        QuerySyntaxError: it cannot be parsed.
        QueryTimeout: it was stopped at its time limit.
        QueryError: it failed for another reason.
        EngineMissing: `at` is a directory and the embedded engine is not installed.
        EngineUnreachable: the server does not answer.
    """
    return connection(at).rows(text, parameters, limit=limit, timeout=timeout)


# Cutting a connection is how a server is made to stop sending; the driver would warn about each.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

_connections: dict[tuple[str, str], "Cypher"] = {}
_lock = threading.Lock()


def connection(at: Path | str) -> "Cypher":
    """The connection that this process keeps for a graph directory's current build or for a server."""
    if isinstance(at, Path):
        with GraphDirectory(at).open() as build:
            key = (str(at.resolve()), build.digest)
    else:
        key = (at, "")
    with _lock:
        if key not in _connections:
            _connections[key] = embedded(at, key[1]) if isinstance(at, Path) else remote(at)
        return _connections[key]


@atexit.register
def close() -> None:
    """Close the connections that this process keeps; the embedded servers that nobody else uses end."""
    with _lock:
        while _connections:
            _connections.popitem()[1].close()


def embedded(graph: Path, digest: str) -> "Cypher":
    """A connection of its own to the embedded engine over one build; it starts with the first query."""
    return Cypher(_Embedded(graph, digest))


def remote(uri: str, auth: tuple[str, str] | None = None, database: str | None = None) -> "Cypher":
    """A connection of its own to a server.

    Args:
        uri: bolt:// or neo4j://, also with +s and +ssc.
        auth: name and password; from the environment where it is None.
        database: the database; from the environment where it is None, else the account's own.
    """
    if urlsplit(uri).scheme not in _SCHEMES:
        raise UsageError(f"Cypher 服务器的地址应以 {'、'.join(_SCHEMES)} 之一开头，却是“{uri}”")
    name, password = os.environ.get("NEO4J_USERNAME"), os.environ.get("NEO4J_PASSWORD")
    known = auth or ((name or "neo4j", password) if password else None)
    return Cypher(_Remote(uri, known, database or os.environ.get("NEO4J_DATABASE") or None))


class _Server(Protocol):
    """Where queries run."""

    name: str

    def driver(self) -> neo4j.Driver: ...
    def database(self) -> str | None: ...
    def text(self, text: str, timeout: float | None) -> str: ...
    def check(self, session: neo4j.Session, text: str, parameters: Parameters) -> None: ...
    def error(self, text: str, error: Exception) -> AtlasError | None: ...
    def lost(self) -> bool: ...
    def kill(self) -> None: ...
    def close(self) -> None: ...


class Cypher:
    """A connection to one target, usable from several threads."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._idle: list[neo4j.Driver] = []
        self._lock = threading.Lock()

    def rows(
        self,
        text: str,
        parameters: Parameters | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = TIMEOUT,
    ) -> Rows:
        """Run a statement that reads; see the function of this name."""
        check(text)
        try:
            return self._in_time(text, parameters or {}, limit, timeout)
        except (ServiceUnavailable, SessionExpired):
            # The embedded server may have ended between two queries: start it again, once.
            if not self._server.lost():
                raise self._error(text, ServiceUnavailable()) from None
        try:
            return self._in_time(text, parameters or {}, limit, timeout)
        except (ServiceUnavailable, SessionExpired) as error:
            raise self._error(text, error) from error

    def close(self) -> None:
        with self._lock, suppress(Exception):
            while self._idle:
                self._idle.pop().close()
        self._server.close()

    def _in_time(self, text: str, parameters: Parameters, limit: int | None, timeout: float | None) -> Rows:
        """Run in a thread, so that a server which ignores its time limit cannot hold us, and Ctrl-C works."""
        driver = self._take()
        future: Future[Rows] = Future()

        def work() -> None:
            try:
                future.set_result(self._run(driver, text, parameters, limit, timeout))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=work, name="cypher", daemon=True).start()
        try:
            return future.result(None if timeout is None else timeout + _GRACE)
        except Late:
            self._server.kill()
            raise QueryTimeout(timeout or 0.0, text) from None
        except (ServiceUnavailable, SessionExpired):
            raise
        except (Neo4jError, DriverError) as error:
            raise self._error(text, error, timeout) from error

    def _run(
        self, driver: neo4j.Driver, text: str, parameters: Parameters, limit: int | None, timeout: float | None
    ) -> Rows:
        reusable = False
        try:
            session = driver.session(
                database=self._server.database(),
                default_access_mode=neo4j.READ_ACCESS,
                fetch_size=1000 if limit is None else min(1000, limit + 1),
            )
            try:
                self._server.check(session, text, parameters)
                # The driver's type asks for constant texts; ours come from files and from people, values never do.
                sent = cast(LiteralString, self._server.text(text, timeout))
                result = session.run(neo4j.Query(sent, timeout=timeout), dict(parameters))
                columns = tuple(result.keys())
                found = []
                for record in result:
                    if len(found) == limit:
                        driver.close()  # the only way to make a server stop sending
                        return Rows(columns, tuple(found), truncated=True)
                    found.append(tuple(_plain(value) for value in record.values()))
                reusable = True
                return Rows(columns, tuple(found))
            finally:
                with suppress(Exception):
                    session.close()
        except Neo4jError:
            reusable = True
            raise
        finally:
            if reusable:
                with self._lock:
                    self._idle.append(driver)
            else:
                with suppress(Exception):
                    driver.close()

    def _take(self) -> neo4j.Driver:
        """A driver that nobody else uses: one connection each, which may be cut without harm to others."""
        with self._lock:
            return self._idle.pop() if self._idle else self._server.driver()

    def _error(self, text: str, error: Exception, timeout: float | None = None) -> AtlasError:
        if (known := self._server.error(text, error)) is not None:
            return known
        message, code = str(error), ""
        if isinstance(error, Neo4jError):
            message, code = error.message or message, error.code or ""
        if isinstance(error, AuthError):
            return EngineUnreachable("Cypher 服务器", self._server.name, "不接受这个账号或口令")
        if isinstance(error, ServiceUnavailable | SessionExpired):
            return EngineUnreachable("Cypher 服务器", self._server.name)
        if _TIMED_OUT.search(code) or "has been terminated" in message:
            return QueryTimeout(timeout or 0.0, text)
        if "AccessMode" in code:
            return QueryRefused(text, "服务器认为它写入数据")
        if _SYNTAX.search(code):
            place = _PLACE.search(message)
            line, column = (int(place[1]), int(place[2])) if place else (None, None)
            return QuerySyntaxError(text, message.split("\n")[0], line=line, column=column)
        return QueryError(text, message)


class _Embedded:
    """The embedded engine over one build."""

    def __init__(self, graph: Path, digest: str) -> None:
        self.name = arcadedb.ENGINE
        self._graph, self._digest = graph, digest
        self._lease: arcadedb.Lease | None = None
        self._lock = threading.Lock()

    def _held(self) -> arcadedb.Lease:
        with self._lock:
            if self._lease is None:
                self._lease = arcadedb.lease(self._graph, self._digest)
            return self._lease

    def driver(self) -> neo4j.Driver:
        held = self._held()
        return neo4j.GraphDatabase.driver(held.uri, auth=held.auth, telemetry_disabled=True)

    def database(self) -> str:
        return DATABASE

    def text(self, text: str, timeout: float | None) -> str:
        # The engine ignores the limit of a Bolt message; its server reads it from the text (`graph/cypher_server.py`).
        return text if timeout is None else LIMIT.format(int(timeout * 1000)) + text

    def check(self, session: neo4j.Session, text: str, parameters: Parameters) -> None:
        """The database is served read-only, that is the second wall."""

    def error(self, text: str, error: Exception) -> AtlasError | None:
        # Read-only, the engine says the same of everything that its parser does not take for a query.
        if isinstance(error, ServiceUnavailable | SessionExpired):
            return EngineError(self.name, "服务进程意外结束", remedy="请再试一次")
        if not (isinstance(error, Neo4jError) and _READ_ONLY in (error.message or "")):
            return None
        complaint = self._held().complaint(text)
        if complaint is None:
            return QueryError(text, "内嵌引擎不支持这种语句")
        if complaint == "read-only":
            return QueryRefused(text, "内嵌引擎认为它写入数据")
        return QuerySyntaxError(text, complaint)

    def lost(self) -> bool:
        self.close()
        return True

    def kill(self) -> None:
        if self._lease is not None:
            self._lease.kill()
        self.close()

    def close(self) -> None:
        with self._lock:
            if self._lease is not None:
                self._lease.close()
            self._lease = None


class _Remote:
    """A server of the user's."""

    def __init__(self, uri: str, auth: tuple[str, str] | None, database: str | None) -> None:
        parts = urlsplit(uri)
        self.name = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        self._uri, self._auth, self._database = uri, auth, database

    def driver(self) -> neo4j.Driver:
        return neo4j.GraphDatabase.driver(
            self._uri, auth=self._auth, telemetry_disabled=True, notifications_min_severity="OFF"
        )

    def database(self) -> str | None:
        return self._database

    def text(self, text: str, timeout: float | None) -> str:
        return text

    def check(self, session: neo4j.Session, text: str, parameters: Parameters) -> None:
        if not {"EXPLAIN", "PROFILE"}.isdisjoint(token.upper for token in tokens(text)[:4]):
            return
        kind = session.run(cast(LiteralString, f"EXPLAIN {text}"), dict(parameters)).consume().query_type
        if kind not in ("r", None):
            raise QueryRefused(text, "服务器认为它写入数据")

    def error(self, text: str, error: Exception) -> AtlasError | None:
        return None

    def lost(self) -> bool:
        return False

    def kill(self) -> None:
        """Another's server is not ours to end: its answer is left unread."""

    def close(self) -> None:
        """Nothing is kept."""


_FORMS: tuple[tuple[type, Callable[..., object]], ...] = (
    (neo4j.time.Date, lambda value: value.to_native()),
    (neo4j.time.DateTime, lambda value: value.to_native()),
    (datetime.date, lambda value: value),
    (list, lambda value: [_plain(item) for item in value]),
    (dict, lambda value: {key: _plain(item) for key, item in value.items()}),
    (neo4j.graph.Node, lambda value: {"labels": sorted(value.labels), **_properties(value)}),
    (neo4j.graph.Relationship, lambda value: {"type": value.type, **_properties(value)}),
    (neo4j.graph.Path, lambda value: [_plain(item) for item in _steps(value)]),
)


def _plain(value: object) -> object:
    """A value of the driver as a plain Python value."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return next((form(value) for kind, form in _FORMS if isinstance(value, kind)), str(value))


def _properties(entity: neo4j.graph.Entity) -> dict[str, object]:
    return {key: _plain(value) for key, value in sorted(entity.items())}


def _steps(path: neo4j.graph.Path) -> list[object]:
    steps: list[object] = [path.start_node]
    for node, relationship in zip(path.nodes[1:], path.relationships, strict=True):
        steps += [relationship, node]
    return steps
