"""Free Cypher and the questions' Cypher, read-only, on the embedded engine or on any server that speaks Bolt.

``rows`` is the one function; everything that runs Cypher goes through it or through the ``Cypher`` that it keeps for
each target. Statements that write or reach out are refused by their parse (`graph/cypher/guard.py`) before a server
sees them. Behind that the embedded engine serves its database read-only, and another server gets a session in read
mode and first an ``EXPLAIN``, whose kind of query must be reading.
"""

import atexit
import logging
import os
import re
import threading
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.cypher.columns import columns as named
from graph.cypher.guard import check
from graph.cypher.targets import Embedded, Parameters, Remote, Target
from graph.cypher.values import plain
from graph.cypher.worker import Worker
from graph.directory import GraphDirectory
from graph.rows import Rows
from ontology.errors import (
    AtlasError,
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
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


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
            for old in [known for known in _connections if known[0] == key[0]]:
                del _connections[old]  # of an earlier build; it ends with the last query that still uses it
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
    return Cypher(Embedded(graph, digest))


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
    return Cypher(Remote(uri, known, database or os.environ.get("NEO4J_DATABASE") or None))


@dataclass(frozen=True, slots=True)
class _Line:
    """A driver that one query at a time uses: one connection, which may be cut without harm to others; its thread."""

    driver: neo4j.Driver
    worker: Worker

    def close(self) -> None:
        self.worker.end()
        with suppress(Exception):
            self.driver.close()


class Cypher:
    """A connection to one target, usable from several threads."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._idle: list[_Line] = []
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
        if missing := check(text) - (parameters or {}).keys():
            raise QueryError(text, f"参数 {'、'.join(f'${name}' for name in sorted(missing))} 没有给出值")
        try:
            return self._in_time(text, parameters or {}, limit, timeout)
        except (ServiceUnavailable, SessionExpired):
            # The embedded server may have ended between two queries: start it again, once.
            if not self._target.lost():
                raise self._error(text, ServiceUnavailable()) from None
        try:
            return self._in_time(text, parameters or {}, limit, timeout)
        except (ServiceUnavailable, SessionExpired) as error:
            raise self._error(text, error) from error

    def close(self) -> None:
        with self._lock, suppress(Exception):
            while self._idle:
                self._idle.pop().close()
        self._target.close()

    def __del__(self) -> None:
        self.close()

    def _in_time(self, text: str, parameters: Parameters, limit: int | None, timeout: float | None) -> Rows:
        """Run in a thread, so that a server which ignores its time limit cannot hold us, and Ctrl-C works."""
        line = self._take()
        future = line.worker.do(lambda: self._run(line, text, parameters, limit, timeout))
        try:
            return future.result(None if timeout is None else timeout + _GRACE)
        except Late:
            self._target.kill()
            raise QueryTimeout(timeout or 0.0, text) from None
        except (ServiceUnavailable, SessionExpired):
            raise
        except (Neo4jError, DriverError) as error:
            raise self._error(text, error, timeout) from error

    def _run(self, line: _Line, text: str, parameters: Parameters, limit: int | None, timeout: float | None) -> Rows:
        reusable = False
        try:
            session = line.driver.session(
                database=self._target.database(),
                default_access_mode=neo4j.READ_ACCESS,
                fetch_size=1000 if limit is None else min(1000, limit + 1),
            )
            try:
                self._target.check(session, text, parameters)
                query = neo4j.Query(self._target.text(text, timeout), timeout=timeout)
                result = session.run(query, dict(parameters))
                columns = tuple(result.keys()) or named(text)
                found: list[tuple[object, ...]] = []
                for record in result:
                    if len(found) == limit:
                        line.driver.close()  # the only way to make a server stop sending
                        return Rows(columns, tuple(found), truncated=True)
                    found.append(tuple(map(plain, record.values())))
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
                    self._idle.append(line)
            else:
                line.close()

    def _take(self) -> _Line:
        """A line that nobody else uses."""
        with self._lock:
            return self._idle.pop() if self._idle else _Line(self._target.driver(), Worker("cypher"))

    def _error(self, text: str, error: Exception, timeout: float | None = None) -> AtlasError:
        if (known := self._target.error(text, error)) is not None:
            return known
        message, code = str(error), ""
        if isinstance(error, Neo4jError):
            message, code = error.message or message, error.code or ""
        if isinstance(error, AuthError):
            return EngineUnreachable("Cypher 服务器", self._target.name, "不接受这个账号或口令")
        if isinstance(error, ServiceUnavailable | SessionExpired):
            return EngineUnreachable("Cypher 服务器", self._target.name)
        if _TIMED_OUT.search(code) or "has been terminated" in message:
            return QueryTimeout(timeout or 0.0, text)
        if "AccessMode" in code:
            return QueryRefused(text, "服务器认为它写入数据")
        if _SYNTAX.search(code):
            place = _PLACE.search(message)
            line, column = (int(place[1]), int(place[2])) if place else (None, None)
            return QuerySyntaxError(text, message.split("\n")[0], line=line, column=column)
        return QueryError(text, message)
