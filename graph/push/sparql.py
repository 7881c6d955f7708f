"""The tables written into a SPARQL 1.1 server: the difference only, and only what is our own.

RDF has no place for a mark on a statement. Beside the default graph, where queries look, a named graph of ours holds
each statement once more, and for each subject a hash of what it says: by the hashes the difference is known, and what
is removed is exactly what that graph holds. The hash is written behind everything else, so that a subject whose
writing broke off has none and is written anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from graph.push.http import Server
from graph.push.marks import NAME, Pushed, Report, shown
from graph.push.resume import PATIENCE, Lost, persistently
from graph.rdf import ONTOLOGY_GRAPH, ontology_quads, quads
from graph.tables import Tables
from ontology import ids
from ontology.errors import EngineUnreachable, UsageError

BATCH: Final = 5_000
"""Statements of one request."""

HASH: Final = ids.ONTOLOGY + "meta/hash"

_SUBJECTS: Final = 1_000
_HELD: Final = "SELECT ?s ?h WHERE {{ GRAPH <{graph}> {{ ?s <{hash}> ?h }} }}"
_BROKEN: Final = "SELECT DISTINCT ?s WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o FILTER NOT EXISTS {{ ?s <{hash}> ?h }} }} }}"
_TAKEN: Final = "SELECT DISTINCT ?s WHERE {{ VALUES ?s {{ {subjects} }} ?s ?p ?o }}"
_FILLED: Final = "ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
_COUNTED: Final = (
    "SELECT (COUNT(*) AS ?n) WHERE {{ VALUES ?s {{ {subjects} }} "
    "GRAPH <{graph}> {{ ?s ?p ?o FILTER(?p != <{hash}>) }} }}"
)
_REMOVE: Final = (
    "DELETE {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {subjects} }} GRAPH <{graph}> {{ ?s ?p ?o }} "
    "FILTER(?p != <{hash}>) }} ;\n"
    "DELETE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ VALUES ?s {{ {subjects} }} GRAPH <{graph}> {{ ?s ?p ?o }} }}"
)
_INSERT: Final = "INSERT DATA {{ {statements} GRAPH <{graph}> {{ {statements} }} }}"
_MARK: Final = "INSERT DATA {{ GRAPH <{graph}> {{ {marks} }} }}"
_REPLACE: Final = "DROP SILENT GRAPH <{name}> ;\nINSERT DATA {{ GRAPH <{name}> {{ {statements} }} }}"
_BOTH: Final = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o FILTER(?p != <{hash}>) }} ?s ?p ?o }}"


def mark_graph(atlas: str = NAME) -> str:
    """IRI of the named graph that holds what a graph of this name has pushed."""
    return f"{ids.BASE}graph/push/{ids.part(atlas)}"


def push(
    tables: Tables,
    server: Server,
    *,
    atlas: str = NAME,
    report: Report = lambda what, share: None,
    batch: int = BATCH,
    patience: float = PATIENCE,
) -> Pushed:
    """Make a server hold the graph, beside whatever else it holds.

    Args:
        tables: the graph.
        server: from `graph.push.http.discovered`.
        atlas: the graph's name.
        report: is told what is being done, and the share done.
        batch: statements of one request; a subject is never divided.
        patience: seconds to wait for a server that has gone away.

    Raises:
        UsageError: somebody else says something about a subject of ours.
        EngineUnreachable: the server does not answer any more.
        EngineError: it refuses.
    """
    done = Pushed()
    wanted = _statements(tables)
    try:
        persistently(
            lambda: _once(wanted, server, mark_graph(atlas), report, batch, done), done, report, patience=patience
        )
    except Lost as error:
        raise EngineUnreachable(
            "SPARQL 服务", server.update_url, f"中断后 {patience:g} 秒内没有恢复；再次运行 push 会接着写"
        ) from error
    return done


def holds(tables: Tables, server: Server, *, atlas: str = NAME) -> bool:
    """Whether the server's default graph and our named graph both hold the statements of the tables, and our named
    graph no others."""
    text = _BOTH.format(graph=mark_graph(atlas), hash=HASH)
    found = ox.Store()
    found.extend(ox.Quad(*triple) for triple in ox.parse(server.triples(text), format=ox.RdfFormat.N_TRIPLES))
    wanted = ox.Store()  # the store gives numbers their canonical form
    wanted.extend(quads(tables))
    counted = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{mark_graph(atlas)}> {{ ?s ?p ?o FILTER(?p != <{HASH}>) }} }}"
    return set(found) == set(wanted) and server.select(counted)[0]["n"] == str(len(wanted))


def _statements(tables: Tables) -> Mapping[str, tuple[str, ...]]:
    """The statements of each subject as sorted N-Triples; the ontology's graph as one subject of its own."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads(tables):
        found[quad.subject.value].add(f"{quad.triple} .")  # type: ignore[union-attr]
    found[ONTOLOGY_GRAPH.value] = {f"{quad.triple} ." for quad in ontology_quads()}
    return {subject: tuple(sorted(lines)) for subject, lines in sorted(found.items())}


def _hash(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _once(
    wanted: Mapping[str, tuple[str, ...]], server: Server, graph: str, report: Report, batch: int, done: Pushed
) -> None:
    report("比较", 0.0)
    names = {"graph": graph, "hash": HASH}
    held: dict[str, str | None] = {row["s"]: row["h"] for row in server.select(_HELD.format(**names))}
    held.update({row["s"]: None for row in server.select(_BROKEN.format(**names))})
    hashes = {subject: _hash(lines) for subject, lines in wanted.items()}
    ontology = ONTOLOGY_GRAPH.value
    _refuse_strangers([subject for subject in wanted if subject not in held and subject != ontology], server)
    if ontology not in held and server.ask(_FILLED.format(graph=ontology)):
        raise UsageError(f"服务里已有别人的图 <{ontology}>；什么也没有写入", remedy="请先移走它")
    write = [subject for subject in wanted if held.get(subject) != hashes[subject]]
    gone = [subject for subject in held if subject not in wanted]
    total, written = max(len(write) + len(gone), 1), 0
    for part in _parts(gone, lambda subject: 1, _SUBJECTS):
        done.edges_removed += _counted(part, server, names)
        server.update(_REMOVE.format(subjects=_iris(part), **names))
        done.removed += len(part)
        written += len(part)
        report("移除", written / total)
    if ontology in write:
        write.remove(ontology)
        text = _REPLACE.format(name=ontology, statements="\n".join(wanted[ontology]))
        marks = _REMOVE.format(subjects=_iris([ontology]), **names)
        server.update(" ;\n".join((text, marks, _MARK.format(marks=_mark(ontology, hashes), **names))))
        done.edges_created += len(wanted[ontology])
    for part in _parts(write, lambda subject: len(wanted[subject]), batch):
        there = [subject for subject in part if subject in held]
        done.edges_removed += _counted(there, server, names) if there else 0
        texts = [_REMOVE.format(subjects=_iris(there), **names)] if there else []
        texts.append(_INSERT.format(statements="\n".join(line for one in part for line in wanted[one]), **names))
        texts.append(_MARK.format(marks="\n".join(_mark(subject, hashes) for subject in part), **names))
        server.update(" ;\n".join(texts))
        done.created += len(part) - len(there)
        done.updated += len(there)
        done.edges_created += sum(len(wanted[subject]) for subject in part)
        written += len(part)
        report("写入", written / total)


def _counted(subjects: Sequence[str], server: Server, names: Mapping[str, str]) -> int:
    """How many statements of ours the server holds about some subjects."""
    return int(server.select(_COUNTED.format(subjects=_iris(subjects), **names))[0]["n"])


def _refuse_strangers(subjects: Sequence[str], server: Server) -> None:
    taken: list[str] = []
    for part in _parts(subjects, lambda subject: 1, _SUBJECTS):
        taken += [ids.from_iri(row["s"]) for row in server.select(_TAKEN.format(subjects=_iris(part)))]
    if taken:
        raise UsageError(
            f"服务里已有别人对同样的 id 的陈述：{shown(sorted(taken))}；什么也没有写入",
            remedy="请换一个数据集，或先移走这些陈述；若它们是用另一个 --name 推送的，请用同一个 --name",
        )


def _parts(subjects: Iterable[str], weight: Callable[[str], int], most: int) -> Iterator[list[str]]:
    part: list[str] = []
    filled = 0
    for subject in subjects:
        if part and filled + weight(subject) > most:
            yield part
            part, filled = [], 0
        part.append(subject)
        filled += weight(subject)
    if part:
        yield part


def _iris(subjects: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(subject)) for subject in subjects)


def _mark(subject: str, hashes: Mapping[str, str]) -> str:
    return f'{ox.NamedNode(subject)} <{HASH}> "{hashes[subject]}" .'
