"""SPARQL over a built graph: free queries in a child process with limits, trusted ones in this process.

Whatever runs has been checked by `graph.sparql.guard` first. Parameters are bound by the engine and never written
into a text; Oxigraph binds only variables that the SELECT clause names.
"""

import contextlib
import json
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.plugins.sparql

from graph.rows import Parameter, Parameters, Rows
from graph.sparql.document import NotAcceptable, ResultTooLarge, Wanted
from graph.sparql.guard import Checked, checked
from graph.sparql.terms import from_rdflib, lexical, to_rdflib
from graph.sparql.worker import command, evaluate, in_order, table
from ontology.errors import EngineError, QueryError, QueryRefused, QuerySyntaxError, QueryTimeout

# rdflib would fetch the graphs that FROM names.
rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False

TIMEOUT = 30.0
"""Seconds that a free query may take."""

MEMORY = 4 << 30
"""Bytes of address space that a free query's process may take, where the platform has such a limit."""

_NAME = "SPARQL"
_ROOT = Path(__file__).resolve().parents[2]


class Sparql:
    """Free queries over one Oxigraph store on disk, each in a child process that is killed at its time limit.

    The child stays for the next query; a lock lets one query run at a time. Use as a context manager, or `close`.

    Args:
        store: folder of the store; opened read-only.
        memory: bytes of address space for the child; None for no limit. Linux enforces it, macOS and Windows do not.
    """

    def __init__(self, store: Path, *, memory: int | None = MEMORY) -> None:
        self._store = store
        self._memory = memory
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None

    def rows(
        self, text: str, parameters: Parameters | None = None, *, limit: int | None = None, timeout: float = TIMEOUT
    ) -> Rows:
        """The rows of a SELECT, or of an ASK as one boolean in the column `answer`.

        Args:
            text: the query.
            parameters: values for variables that the SELECT clause names.
            limit: most rows to give back; `Rows.truncated` says whether there were more.
            timeout: seconds.

        Raises:
            QueryRefused: the text writes or reaches out.
            QuerySyntaxError: the text is no query.
            QueryTimeout: it took too long; the next query answers.
            QueryError: the engine failed, for example at its memory limit.
        """
        answer = self._ask("rows", text, parameters or {}, limit, timeout)
        rows = tuple(tuple(_value(value) for value in row) for row in answer["rows"])
        return Rows(tuple(answer["columns"]), rows, answer["truncated"])

    def triples(self, text: str, *, limit: int | None = None, timeout: float = TIMEOUT) -> tuple[str, bool]:
        """The triples of a CONSTRUCT or DESCRIBE: N-Triples in sorted lines, and whether the limit cut some off.

        Args and errors as for `rows`; `limit` counts triples.
        """
        answer = self._ask("triples", text, {}, limit, timeout)
        return str(answer["triples"]), bool(answer["truncated"])

    def document(self, text: str, wanted: Wanted, out: Path, *, timeout: float = TIMEOUT) -> str:
        """The answer to any query as a document in a file; the name of its format in `graph.sparql.document`.

        Args:
            text: the query.
            wanted: acceptable formats, limits and dataset.
            out: the file; after an error it holds nothing of worth.
            timeout: seconds.

        Raises:
            NotAcceptable: no format fits the kind of answer.
            ResultTooLarge: there is more than allowed.
            QueryError: or one of its kinds, as for `rows`.
        """
        more = {"wanted": asdict(wanted), "out": str(out)}
        return str(self._ask("document", text, {}, None, timeout, more)["document"])

    def start(self) -> None:
        """Start the child process without waiting for it, so that the next query finds it ready."""
        with self._lock:
            self._running()

    def stop(self) -> None:
        """Kill what runs now, from another thread: the query that waits for it fails."""
        if (child := self._child) is not None:
            child.kill()

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._end()

    def __enter__(self) -> "Sparql":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(
        self,
        form: str,
        text: str,
        parameters: Parameters,
        limit: int | None,
        timeout: float,
        more: Mapping[str, object] | None = None,
    ) -> Mapping[str, Any]:
        request = {
            **(more or {}),
            "form": form,
            "store": str(self._store),
            "text": text,
            "parameters": _lexical(parameters),
            "limit": limit,
            "seconds": timeout,
        }
        with self._lock:
            line, late = self._exchange(json.dumps(request), timeout)
            code = self._end() if late or not line else None
            if not line and late:
                raise QueryTimeout(timeout, text)
            if not line:
                raise QueryError(text, f"查询进程意外结束（{code}），可能超出内存限制", remedy="请缩小范围或加 LIMIT")
        answer: Mapping[str, Any] = json.loads(line)
        if "error" in answer:
            raise _error(answer, text)
        return answer

    def _exchange(self, request: str, timeout: float) -> tuple[str, bool]:
        """The child's line, empty where it died; and whether it was killed for its time."""
        child = self._running()
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(timeout, kill)
        timer.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(request + "\n")
            child.stdin.flush()
            return child.stdout.readline(), late.is_set()
        except BrokenPipeError:
            return "", late.is_set()
        except BaseException:  # an interrupted wait leaves an answer in the pipe that no later question may get
            self._end()
            raise
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                command(_ROOT),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="ascii",
            )
            assert self._child.stdin is not None
            self._child.stdin.write(json.dumps(self._memory) + "\n")
            self._child.stdin.flush()
        return self._child

    def _end(self) -> int | None:
        child, self._child = self._child, None
        if child is None:
            return None
        child.kill()
        # communicate also closes the pipes; what was not yet written has no reader any more.
        with contextlib.suppress(BrokenPipeError, ValueError):
            child.communicate()
        return child.wait()


def rows(
    store: Path, text: str, parameters: Parameters | None = None, *, limit: int | None = None, timeout: float = TIMEOUT
) -> Rows:
    """One free query over a store on disk; arguments and errors as for `Sparql.rows`."""
    with Sparql(store) as sparql:
        return sparql.rows(text, parameters, limit=limit, timeout=timeout)


def triples(store: Path, text: str, *, limit: int | None = None, timeout: float = TIMEOUT) -> tuple[str, bool]:
    """One CONSTRUCT or DESCRIBE over a store on disk; arguments and errors as for `Sparql.triples`."""
    with Sparql(store) as sparql:
        return sparql.triples(text, limit=limit, timeout=timeout)


def open_store(path: Path) -> ox.Store:
    """Open a finished store for reading; many processes may do so at once.

    Raises:
        EngineError: there is no readable store.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise EngineError(_NAME, f"{path} 不能打开：{error}", remedy="请重新运行 clusteratlas build") from error


def trusted_rows(
    source: ox.Store | rdflib.Graph, text: str, parameters: Parameters | None = None, *, limit: int | None = None
) -> Rows:
    """The rows of a query of the library, in this process and without a time limit.

    Args:
        source: an Oxigraph store, or an rdflib graph.
        text: a SELECT or ASK; it passes the same guard as a free query.
        parameters: values for variables that the SELECT clause names.
        limit: most rows to give back.

    Raises:
        QueryError: or one of its kinds, as for `Sparql.rows`.
    """
    query = checked(text)
    if query.form not in ("SELECT", "ASK"):
        raise QueryError(text, f"此处要的是 SELECT 或 ASK，语句是 {query.form}")
    values = _lexical(parameters or {})
    if isinstance(source, ox.Store):
        return table(evaluate(source, query, values), query, limit)
    return _rdflib_rows(source, query, values, limit)


def _rdflib_rows(
    graph: rdflib.Graph, query: Checked, values: Mapping[str, tuple[str, str | None]], limit: int | None
) -> Rows:
    bound = {name: to_rdflib(*value) for name, value in values.items()}
    try:
        result = graph.query(query.text, initBindings=bound)
        if result.type == "ASK":
            return Rows(("answer",), ((bool(result.askAnswer),),))
        columns = tuple(str(variable) for variable in result.vars or ())
        found = [tuple(from_rdflib(term) for term in row) for row in result]  # type: ignore[union-attr]
    except Exception as error:  # rdflib raises plain exceptions of many kinds
        raise QueryError(query.text, str(error) or type(error).__name__) from error
    cut = limit is not None and len(found) > limit
    return in_order(Rows(columns, tuple(found[:limit] if cut else found), cut), query)


def _lexical(parameters: Parameters) -> dict[str, tuple[str, str | None]]:
    return {name: lexical(value) for name, value in parameters.items() if value is not None}


def _value(value: object) -> object:
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value


def _error(answer: Mapping[str, Any], text: str) -> QueryError:
    if answer["error"] == "ResultTooLarge":
        return ResultTooLarge(text, answer["why"])
    if answer["error"] == "NotAcceptable":
        return NotAcceptable(text, answer["why"])
    if answer["error"] == "QueryRefused":
        return QueryRefused(text, answer["why"])
    if answer["error"] == "QuerySyntaxError":
        line, column = answer["place"]
        return QuerySyntaxError(text, answer["why"], line=line, column=column)
    return QueryError(text, answer["why"])


__all__ = [
    "MEMORY",
    "TIMEOUT",
    "Parameter",
    "Parameters",
    "Rows",
    "Sparql",
    "open_store",
    "rows",
    "triples",
    "trusted_rows",
]
