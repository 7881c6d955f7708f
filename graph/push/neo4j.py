"""The tables written into a Neo4j: the difference only, and only over what carries our own mark.

Nothing is written before it is known that no id is somebody else's. Then constraints, removals, changes, new nodes and
new relationships, in transactions of many rows. Every transaction leaves marks that tell how far it came: after a lost
connection the difference is taken again and the rest is written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.push import texts
from graph.push.difference import Difference, Rows, creations, difference, relations, state, updates
from graph.push.marks import NAME, Pushed, Report, shown
from graph.push.resume import PATIENCE, Lost, persistently
from graph.push.rows import edge_of, node_of
from graph.tables import Tables
from ontology.errors import EngineError, EngineUnreachable, UsageError
from ontology.model import Model

BATCH: Final = 10_000
"""Rows of one transaction."""

_RETRIES: Final = 5
_GONE: Final = (ServiceUnavailable, SessionExpired)
_ENGINE: Final = "Neo4j"


class AccountRefused(EngineError):
    """The server does not take the account; `anonymous` where none was given."""

    def __init__(self, anonymous: bool) -> None:
        why = "需要账号" if anonymous else "不接受这个账号或密码"
        super().__init__(_ENGINE, why, remedy="请在环境变量 NEO4J_USERNAME、NEO4J_PASSWORD 中给出")
        self.anonymous = anonymous


def push(
    tables: Tables,
    model: Model,
    driver: neo4j.Driver,
    database: str | None = None,
    *,
    atlas: str = NAME,
    report: Report = lambda what, share: None,
    batch: int = BATCH,
    patience: float = PATIENCE,
) -> Pushed:
    """Make a database hold the graph, beside whatever else it holds.

    Args:
        tables: the graph.
        model: the ontology, for labels, relationship types and the datatypes that JSON does not tell.
        driver: a connection that may write.
        database: the database's name; None for the account's own.
        atlas: the graph's name, the mark on everything that it writes.
        report: is told what is being done, and the share done.
        batch: rows of one transaction.
        patience: seconds to wait for a server that has gone away.

    Raises:
        UsageError: an id of ours is the id of somebody else's node, or the account may not write.
        EngineUnreachable: the server does not answer (any more).
        EngineError: it refuses.
    """
    done = Pushed()

    def once() -> None:
        with _explained(), driver.session(database=database, notifications_min_severity="OFF") as session:
            _Push(tables, model, session, atlas, report, batch, done).run()

    # Before anything is written, an address where nobody answers is a mistake and nothing to wait for.
    try:
        with _explained():
            driver.verify_connectivity()
    except Lost as error:
        raise EngineUnreachable(_ENGINE, "服务器") from error
    try:
        persistently(once, done, report, patience=patience)
    except Lost as error:
        raise EngineUnreachable(
            _ENGINE, "服务器", f"中断后 {patience:g} 秒内没有恢复；再次运行 push 会接着写"
        ) from error
    return done


def read(model: Model, driver: neo4j.Driver, database: str | None = None, *, atlas: str = NAME) -> Tables:
    """The tables that a database holds under the mark of a graph: their digest is that of the graph pushed.

    Args:
        model, driver, database, atlas: as for `push`.

    Raises:
        MappingError: a node or relationship carries our mark and is none of the ontology's.
    """
    with driver.session(
        database=database, default_access_mode=neo4j.READ_ACCESS, notifications_min_severity="OFF"
    ) as session:
        nodes = [node_of(row["labels"], row["properties"], model) for row in session.run(texts.READ_NODES, atlas=atlas)]
        edges = [
            edge_of(row["type"], row["source"], row["target"], row["properties"], model)
            for row in session.run(texts.READ_EDGES, atlas=atlas)
        ]
    return Tables.of(nodes, edges)


class _Push:
    """One attempt: takes the difference and writes it."""

    def __init__(
        self,
        tables: Tables,
        model: Model,
        session: neo4j.Session,
        atlas: str,
        report: Report,
        batch: int,
        done: Pushed,
    ) -> None:
        self.tables, self.model, self.session, self.atlas = tables, model, session, atlas
        self.report, self.batch, self.done = report, batch, done
        self._rows = self._written = 0

    def run(self) -> None:
        self.report("比较", 0.0)
        held = state(self._read(texts.SCAN_NODES), self._read(texts.SCAN_EDGES))
        if taken := sorted(held.strangers & self.tables.by_id.keys()):
            raise UsageError(
                f"数据库里已有别人的节点用了同样的 id：{shown(taken)}；什么也没有写入",
                remedy="请换一个数据库（NEO4J_DATABASE），或先移走这些节点；"
                "若它们是用另一个 --name 推送的，请用同一个 --name",
            )
        self._constraints()
        todo = difference(self.tables, held)
        self._rows = todo.rows
        self._remove(todo)
        self._write("更新节点", updates(todo.changed_nodes, self.model, self.atlas), self._count("updated"))
        self._write("写入节点", creations(todo.new_nodes, self.model, self.atlas), self._count("created"))
        self._write(
            "写入关系",
            relations(todo.new_edges, self.tables, self.model, self.atlas),
            self._count("edges_created"),
        )

    def _read(self, text: str, **values: Any) -> Iterator[Mapping[str, object]]:
        for record in self.session.run(_text(text), atlas=self.atlas, **values):
            yield dict(record)

    def _constraints(self) -> None:
        labels = {label for cls in {node.cls for node in self.tables.nodes} for label in self.model.labels(cls)}
        there = {row["label"] for row in self._read(texts.CONSTRAINTS)}
        for label in sorted(labels - there):
            self.report(f"约束 {label}", 0.0)
            try:
                counters = self.session.run(_text(texts.constraint(label))).consume().counters
            except Neo4jError as error:
                if isinstance(error, TransientError):
                    raise
                raise EngineError(
                    _ENGINE,
                    f"不能为 {label} 建立 id 唯一的约束：{error.message}",
                    remedy="请先处理重复的节点或同名的索引",
                ) from error
            self.done.constraints += counters.constraints_added
        if labels - there:
            self.session.run("CALL db.awaitIndexes(300)").consume()

    def _remove(self, todo: Difference) -> None:
        self._write("移除关系", [(texts.REMOVE_EDGES, todo.stale_edges)], self._count("edges_removed"))
        # What somebody else has tied to a node of ours is not ours to delete, and without the node it could not stay.
        stale = list(todo.stale_nodes)
        found = self._read(texts.HELD_NODES, rows=stale) if stale else ()
        held = {str(row["element"]): row["id"] for row in found}
        self.done.kept = sorted(str(name) for name in held.values())
        free = [element for element in todo.stale_nodes if element not in held]
        self._write("移除节点", [(texts.REMOVE_NODES, free)], self._count("removed"))

    def _count(self, name: str) -> Callable[[neo4j.SummaryCounters, int], None]:
        counter = {
            "created": "nodes_created",
            "removed": "nodes_deleted",
            "edges_created": "relationships_created",
            "edges_removed": "relationships_deleted",
        }.get(name)

        def count(counters: neo4j.SummaryCounters, rows: int) -> None:
            found = rows if counter is None else getattr(counters, counter)
            setattr(self.done, name, getattr(self.done, name) + found)
            if name == "edges_created" and found != rows:
                raise EngineError(_ENGINE, "写入时有节点被别人删去，关系没有写全", remedy="请再次运行 push")

        return count

    def _write(
        self,
        what: str,
        statements: Iterable[tuple[str, Rows]],
        count: Callable[[neo4j.SummaryCounters, int], None],
    ) -> None:
        """Write statements with their rows, as many in one transaction as a batch holds."""
        for work in _transactions(statements, self.batch):
            for rows, counters in self._transaction(work):
                count(counters, len(rows))
                self._written += len(rows)
            self.report(what, self._written / max(self._rows, 1))

    def _transaction(self, work: Sequence[tuple[str, Rows]]) -> list[tuple[Rows, neo4j.SummaryCounters]]:
        """One transaction, not the driver's own retry: that would repeat a commit whose answer was lost."""
        for turn in range(_RETRIES + 1):
            try:
                with self.session.begin_transaction() as transaction:
                    counted = [
                        (rows, transaction.run(_text(text), rows=rows, atlas=self.atlas).consume().counters)
                        for text, rows in work
                    ]
                    transaction.commit()
                return counted
            except TransientError as error:  # rolled back for certain: a deadlock with somebody else's transaction
                if turn == _RETRIES or "DatabaseUnavailable" in (error.code or ""):
                    raise
        raise AssertionError("unreachable")


def _transactions(statements: Iterable[tuple[str, Rows]], size: int) -> Iterator[list[tuple[str, Rows]]]:
    work: list[tuple[str, Rows]] = []
    room = size
    for text, rows in statements:
        start = 0
        while start < len(rows):
            part = rows[start : start + room]
            work.append((text, list(part)))
            start += len(part)
            room -= len(part)
            if room == 0:
                yield work
                work, room = [], size
    if work:
        yield work


def _text(text: str) -> Any:
    return text


class _explained:
    """Turns the driver's errors into ours; a lost connection into `Lost`."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: Any) -> None:
        if isinstance(error, (*_GONE, OSError, TransientError)):
            raise Lost from error
        if isinstance(error, AuthError):
            raise AccountRefused("missing" in str(error) or "no auth" in str(error).lower()) from error
        if isinstance(error, ConstraintError):
            raise UsageError(
                f"写入时有别人的节点用了同样的 id：{error.message}", remedy="请换一个数据库，或先移走这些节点"
            ) from error
        if isinstance(error, Neo4jError) and "DatabaseNotFound" in (error.code or ""):
            raise EngineError(
                _ENGINE, "没有环境变量 NEO4J_DATABASE 所说的数据库", remedy="请改正它，或去掉它以用账号自己的数据库"
            ) from error
        if isinstance(error, Neo4jError):
            raise EngineError(
                _ENGINE, f"拒绝写入：{error.message}", remedy="请检查账号的权限和 NEO4J_DATABASE"
            ) from error
        if isinstance(error, DriverError | ConfigurationError):
            raise EngineError(_ENGINE, str(error)) from error
