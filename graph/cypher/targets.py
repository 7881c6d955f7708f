"""Where Cypher runs: the embedded engine over one build, or a server of the user's."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

from graph.cypher import arcadedb
from graph.cypher.load import DATABASE
from graph.cypher.server import LIMIT
from graph.cypher.tokens import tokens
from ontology.errors import AtlasError, EngineError, QueryError, QueryRefused, QuerySyntaxError

Parameters = Mapping[str, object]
_READ_ONLY = "read only database"


class Target(Protocol):
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


class Embedded:
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
        # The engine ignores the limit of a Bolt message; its server reads it from the text (`graph/cypher/server.py`).
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


class Remote:
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
        kind = session.run(f"EXPLAIN {text}", dict(parameters)).consume().query_type
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
