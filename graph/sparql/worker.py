"""The child process in which free SPARQL runs, so that it can be killed: an engine call cannot be interrupted.

One request a line on standard input, one answer a line on standard output, both JSON.
"""

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.rows import Rows
from graph.sparql.document import NotAcceptable, ResultTooLarge, Wanted, write
from graph.sparql.errors import engine_error
from graph.sparql.guard import HELD, Checked, checked
from graph.sparql.terms import from_oxigraph, to_oxigraph
from graph.sparql.tokens import tokens
from ontology.errors import AtlasError, QueryError, QueryRefused, QuerySyntaxError

_GRACE = 2.0
"""Seconds behind its time limit after which a child ends itself, should its parent be gone."""

_TRIPLES = ("CONSTRUCT", "DESCRIBE")

Dataset = tuple[Sequence[str], Sequence[str]]


def evaluate(
    store: ox.Store,
    query: Checked,
    parameters: Mapping[str, tuple[str, str | None]],
    dataset: Dataset | None = None,
) -> Any:
    """Run a checked query over a store: the engine's own result.

    Args:
        store: the store.
        query: what `checked` gave.
        parameters: text and datatype of each parameter, as `graph.sparql.terms.lexical` gives them.
        dataset: the default and the named graphs, instead of the store's and of those that the text names.

    Raises:
        QueryError: a parameter is not in the query's projection, or the engine fails.
    """
    terms: dict[ox.Variable, Any] = {ox.Variable(name): to_oxigraph(*value) for name, value in parameters.items()}
    try:
        if (graphs := dataset or query.dataset) is None:
            return store.query(query.text, substitutions=terms or None)
        # Given apart, because the engine would count the statements of a graph twice that FROM names twice.
        default: Any = [ox.NamedNode(graph) for graph in dict.fromkeys(graphs[0])]
        named: Any = [ox.NamedNode(graph) for graph in dict.fromkeys(graphs[1])]
        return store.query(query.text, substitutions=terms or None, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise engine_error(query.text, error) from error
    except RuntimeError as error:
        missing = [name for name in parameters if name not in query.columns]
        why = f"参数 {'、'.join(missing)} 须出现在 SELECT 里" if missing else str(error)
        raise QueryError(query.text, why) from error
    except (OSError, ValueError) as error:
        raise QueryError(query.text, str(error)) from error


def table(result: Any, query: Checked, limit: int | None) -> Rows:
    """The rows of a SELECT or an ASK; an ASK is one row with one boolean, in the column `answer`."""
    if isinstance(result, ox.QueryBoolean):
        return Rows(("answer",), ((bool(result),),))
    columns = tuple(variable.value for variable in result.variables)
    found = [
        tuple(from_oxigraph(solution[variable]) for variable in result.variables)
        for solution in islice(result, None if limit is None else limit + 1)
    ]
    cut = limit is not None and len(found) > limit
    return in_order(Rows(columns, tuple(found[:limit] if cut else found), cut), query)


def in_order(rows: Rows, query: Checked) -> Rows:
    """The columns of a `SELECT *` in the order in which its text names them, since engines sort or shuffle them."""
    if query.columns or len(rows.columns) < 2:
        return rows
    names = [token.text[1:] for token in tokens(query.text) if token.kind == "variable"]
    order = sorted(range(len(rows.columns)), key=lambda place: names.index(rows.columns[place]))
    found = tuple(tuple(row[place] for place in order) for row in rows.rows)
    return Rows(tuple(rows.columns[place] for place in order), found, rows.truncated)


def triples(result: Any, limit: int | None) -> tuple[str, bool]:
    """The triples of a CONSTRUCT or DESCRIBE as sorted N-Triples, and whether the limit cut some off."""
    lines = sorted({f"{triple} .\n" for triple in islice(result, None if limit is None else limit + 1)})
    cut = limit is not None and len(lines) > limit
    return "".join(lines[:limit] if cut else lines), cut


def plain(value: object) -> object:
    """A scalar as JSON: dates are marked."""
    return {"date": value.isoformat()} if isinstance(value, date) else value


@lru_cache(maxsize=1)
def _open(path: str) -> ox.Store:
    return ox.Store.read_only(path)


def _dataset(text: str, wanted: Wanted) -> Dataset | None:
    """The dataset that the protocol names; where it names one, nothing else is in it."""
    if wanted.default is None and wanted.named is None:
        return None
    default, named = wanted.default or (), wanted.named or ()
    for graph in (*default, *named):
        if graph not in HELD:
            raise QueryRefused(text, f"图 <{graph}> 不在图谱里，不会去读取")
    return default, named


def _document(request: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in request["wanted"].items()}
    wanted = Wanted(**fields)
    dataset = _dataset(request["text"], wanted)
    query = checked(request["text"], HELD if dataset is None else None)
    result = evaluate(_open(request["store"]), query, {}, dataset)
    try:
        return {"document": write(result, query, wanted, Path(request["out"]))}
    except (RuntimeError, ValueError) as error:  # the engine fails in the middle
        raise QueryError(query.text, str(error)) from error


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    if request["form"] == "document":
        return _document(request)
    query = checked(request["text"])
    wants_triples = request["form"] == "triples"
    if wants_triples != (query.form in _TRIPLES):
        wanted = "CONSTRUCT 或 DESCRIBE" if wants_triples else "SELECT 或 ASK"
        raise QueryError(query.text, f"此处要的是 {wanted}，语句是 {query.form}")
    store = _open(request["store"])
    parameters = {name: (text, datatype) for name, (text, datatype) in request["parameters"].items()}
    result = evaluate(store, query, parameters)
    if wants_triples:
        text, cut = triples(result, request["limit"])
        return {"triples": text, "truncated": cut}
    rows = table(result, query, request["limit"])
    return {
        "columns": rows.columns,
        "rows": [[plain(value) for value in row] for row in rows.rows],
        "truncated": rows.truncated,
    }


def _failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, QuerySyntaxError):
        # The reason stands behind the place, which the parent writes again.
        why = error.why.split("，", 1 if error.line is None else 2)[-1]
        return {"error": "QuerySyntaxError", "why": why, "place": [error.line, error.column]}
    if isinstance(error, ResultTooLarge):
        return {"error": "ResultTooLarge", "why": error.limit}
    if isinstance(error, NotAcceptable):
        return {"error": "NotAcceptable", "why": error.form}
    why = error.why if isinstance(error, QueryError) else str(error) or type(error).__name__
    return {"error": "QueryRefused" if isinstance(error, QueryRefused) else "QueryError", "why": why}


def _limit_memory(size: int | None) -> None:
    """Limit the address space, where the platform knows such a limit (Linux; macOS ignores it, Windows has none)."""
    if size is None:
        return
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        pass


def _alarm(seconds: float) -> None:
    """Let the kernel end this process: no Python runs while the engine works."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """Answer requests until standard input ends."""
    memory = json.loads(sys.stdin.readline() or "null")
    _limit_memory(memory)
    for line in sys.stdin:
        request = json.loads(line)
        _alarm(request["seconds"] + _GRACE)
        try:
            answer = _answer(request)
        except (AtlasError, OSError, MemoryError, RecursionError) as error:
            answer = _failure(error)
        sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")
        sys.stdout.flush()
        _alarm(0)


def command(root: Path) -> list[str]:
    """The command line of a child that imports the same packages as this process.

    Args:
        root: the folder that holds the packages; the child looks nowhere else before it, not even in its folder.
    """
    start = f"import sys; sys.path.insert(0, {str(root)!r}); from graph.sparql.worker import main; main()"
    return [sys.executable, "-P", "-c", start]
