"""Refuses SPARQL that writes or reaches out, from the parsed query.

The parse tree decides. The tokens stand in front of it for texts that do not parse as a query: an update is refused
by its name instead of being called a mistake, and a `SERVICE` that another engine's parser might see is never run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from urllib.parse import urljoin

from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.parser import Query
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef

from graph.sparql.errors import error_at, syntax_error
from graph.sparql.tokens import Token, plain, tokens
from ontology import ids
from ontology.errors import QueryError, QueryRefused

HELD = frozenset({ids.BASE + "graph/ontology"})
"""Named graphs of a store: the ontology with its vocabularies."""

_FORMS = {"SelectQuery": "SELECT", "AskQuery": "ASK", "ConstructQuery": "CONSTRUCT", "DescribeQuery": "DESCRIBE"}
_UPDATES = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "INSERT", "DELETE", "WITH"})

_ONE = Lock()
"""The grammar learns while it parses: in two threads at once it refuses right queries, and later all of them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run: `text` is what was checked and must be what runs; `form` SELECT, ASK, CONSTRUCT, DESCRIBE.

    `columns` are the projected variables; empty for other forms and for `SELECT *`. `dataset` are the default and the
    named graphs that FROM names, each once; None where there is no FROM.
    """

    text: str
    form: str
    columns: tuple[str, ...]
    dataset: tuple[tuple[str, ...], tuple[str, ...]] | None = None


@lru_cache(maxsize=256)
def checked(text: str, held: frozenset[str] | None = HELD) -> Checked:
    """Check that a query only reads, and only from graphs the store holds.

    Args:
        text: the query.
        held: IRIs of the named graphs that FROM and FROM NAMED may name; None where a dataset is given apart, so that
            nothing they name is read.

    Raises:
        QueryRefused: the text writes, calls a service, or reads a graph the store does not hold.
        QuerySyntaxError: the text is no SPARQL 1.1 query; with line, column and what was expected.
    """
    done = plain(text)
    words = tuple(tokens(done))
    _refuse_words(done, words)
    prologue, query = _parsed(done)
    prefixes = _prefixes(prologue)
    graphs: dict[str, dict[str, None]] = {"default": {}, "named": {}}
    for part in walk(query):
        if part.name == "ServiceGraphPattern":
            raise QueryRefused(text, f"SERVICE 会访问外部服务（{_shown(part['term'], prefixes)}）")
        if part.name == "DatasetClause":
            if held is not None:
                _refuse_graph(text, part, prefixes, held)
            for kind, named in graphs.items():
                if kind in part:
                    named[_shown(part[kind], prefixes)] = None
    dataset = (tuple(graphs["default"]), tuple(graphs["named"])) if any(graphs.values()) else None
    _refuse_unknown_prefix(done, words, prefixes)
    return Checked(done, _FORMS[query.name], _columns(query), dataset)


def walk(part: object) -> Iterator[CompValue]:
    """Every named part of rdflib's parse tree, from the outside in."""
    if isinstance(part, CompValue):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list | tuple | ParseResults):
        for value in part:
            yield from walk(value)


def parsed(text: str) -> CompValue:
    """The parse tree of a query's body, for rules about texts."""
    return _parsed(plain(text))[1]


def _refuse_words(text: str, words: tuple[Token, ...]) -> None:
    operation = _operation(words)
    if operation in _UPDATES:
        raise QueryRefused(text, f"{operation} 会写入")
    for word in words:
        # No other keyword holds these letters, and engines differ in how much space they want around a keyword.
        if word.kind == "word" and "SERVICE" in word.text.upper():
            raise QueryRefused(text, "SERVICE 会访问外部服务")
    depth = 0
    for word in words:
        if word.kind == "sign":
            depth += {"{": 1, "}": -1}.get(word.text, 0)
            if word.text == ";" and depth == 0:
                raise QueryRefused(text, "一次只能有一条语句")


def _refuse_unknown_prefix(text: str, words: tuple[Token, ...], prefixes: Mapping[str | None, str]) -> None:
    for word in words:
        prefix = word.text.partition(":")[0]
        if word.kind == "name" and prefix != "_" and prefix not in prefixes:
            raise error_at(text, word.start, f"前缀 {prefix}: 没有声明，例如 PREFIX ca: <{ids.ONTOLOGY}>")


def _operation(words: tuple[Token, ...]) -> str | None:
    """The first keyword behind the prologue, in capitals."""
    heads = (word.text.upper() for word in words if word.kind == "word")
    return next((head for head in heads if head not in ("BASE", "PREFIX")), None)


def _parsed(text: str) -> tuple[object, CompValue]:
    try:
        with _ONE:
            prologue, query = Query.parse_string(text, parse_all=True)
    except RecursionError as error:
        raise QueryError(text, "嵌套太深") from error
    except ParseBaseException as error:
        raise syntax_error(text, error) from error
    assert isinstance(query, CompValue)
    return prologue, query


def _prefixes(prologue: object) -> Mapping[str | None, str]:
    """Prefixes in force, and the base under None."""
    found: dict[str | None, str] = {}
    for part in walk(prologue):
        iri = urljoin(found.get(None, ""), str(part["iri"]))
        if part.name == "Base":
            found[None] = iri
        elif part.name == "PrefixDecl":
            found[_text(part, "prefix")] = iri
    return found


def _text(part: CompValue, key: str) -> str:
    # CompValue.get answers the key itself where the part has no such key.
    return str(part[key]) if key in part else ""


def _shown(term: object, prefixes: Mapping[str | None, str]) -> str:
    if isinstance(term, CompValue) and term.name == "pname":
        return prefixes.get(_text(term, "prefix"), "") + _text(term, "localname")
    if isinstance(term, URIRef):
        return urljoin(prefixes.get(None, ""), str(term))
    return f"?{term}"


def _refuse_graph(text: str, clause: CompValue, prefixes: Mapping[str | None, str], held: frozenset[str]) -> None:
    for kind, words in (("default", "FROM"), ("named", "FROM NAMED")):
        if kind in clause and (graph := _shown(clause[kind], prefixes)) not in held:
            raise QueryRefused(text, f"{words} <{graph}> 不在图谱里，不会去读取")


def _columns(query: CompValue) -> tuple[str, ...]:
    if query.name != "SelectQuery" or "projection" not in query:
        return ()
    return tuple(_text(item, "evar") or _text(item, "var") for item in query["projection"])
