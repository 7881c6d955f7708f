"""The build: documents become facts, facts become tables, tables become stores; all or nothing."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph.assembling import Beliefs, assemble
from graph.corrections import Corrections
from graph.directory import FORMAT, GraphDirectory, SourceEntry
from graph.rdf import write_store
from graph.reading import Candidate, Read, attempts, read_document
from graph.receipt import Coverage, Failure, Receipt, coverage
from graph.search import write_blocks
from graph.stars.layout import Layout
from graph.stars.record import records
from graph.stars.rows import star_facts
from graph.tables import Tables, digest
from loaders.document.forms import FORMS, form
from loaders.document.source import decode, read_bytes
from loaders.policy.manifest import Entry
from loaders.registry import LOADERS
from ontology.errors import DocumentError
from ontology.facts import record
from ontology.vocabulary import vocabulary

__all__ = ["Beliefs", "Progress", "assemble", "build", "read_document"]

Progress = Callable[[str, float], None]
"""Told what is done now, in Chinese, and which share of the whole is behind."""


@dataclass
class Clock:
    """Seconds by stage; kept apart from everything that must be the same in every run."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def build(
    directory: GraphDirectory,
    documents: Sequence[Path],
    *,
    manifest: Mapping[str, Entry],
    beliefs: Beliefs | None = None,
    corrections: Corrections | None = None,
    only: bool = False,
    executor: Executor | None = None,
    progress: Progress = lambda what, share: None,
) -> Receipt:
    """Build the graph of a directory anew and make it current.

    Args:
        directory: the graph directory; made where it is missing.
        documents: text files to add to its sources; a file of the same name replaces the one before.
        manifest: what is known about documents beside their text, by SHA-256.
        beliefs: what star tables are reconciled with; without it their witnesses stay witnesses.
        corrections: what people say about single facts.
        only: replace the sources instead of adding to them.
        executor: reads the documents; None reads one after another. The result is the same.
        progress: told about each step.

    Returns:
        The receipt; `failures` lists the documents that could not be loaded, while all others were.

    Raises:
        GraphLocked: another process builds in this directory.
    """
    clock = Clock()
    with directory.exclusive():
        failures: list[Failure] = []
        before = {} if only else {entry.file: entry for entry in directory.sources()}
        given = _given(directory, documents, failures)
        entries = dict(before)
        reads: list[Read] = []
        files = sorted({*before, *given})
        # A new text that cannot be read does not take the one before with it, and a source that once was read stays a
        # source: what fails today (a disk, a rule that changed) may be read tomorrow.
        texts = [dict.fromkeys(known[file] for known in (given, before) if file in known) for file in files]
        candidates = [[Candidate(e.file, directory.source(e), e.sha256) for e in known] for known in texts]
        progress(f"读取 {files[0]}" if files else "读取", 0.0)
        for i, done in enumerate(attempts(candidates, manifest, executor), 1):
            progress(f"读取 {files[min(i, len(files) - 1)]}", 0.6 * i / len(files))
            failures += done.failures
            if done.read is not None and done.candidate is not None:
                reads.append(done.read)
                entries[done.candidate.file] = SourceEntry(done.candidate.file, done.candidate.sha256)
        clock.lap("read")
        progress("归并", 0.6)
        found = assemble(reads, vocabulary(), beliefs, corrections)
        tables = found.tables
        clock.lap("map")
        receipt = Receipt(
            digest="",
            facts=found.ledgers,
            rows={
                "节点": len(tables.nodes),
                "边": len(tables.edges),
                "其中推导的边": sum(edge.properties.get("origin") == "rule" for edge in tables.edges),
                "合并的重复行": found.repeated,
            },
            coverage=tuple(_coverage(read) for read in reads),
            merges=found.merges,
            reviews=found.reviews,
            rejected=found.rejected,
            failures=tuple(failures),
        )
        receipt = replace(receipt, digest=_digest(tables, entries.values(), receipt))
        clock.lap("receipt")

        def write(folder: Path) -> str:
            progress("写表", 0.75)
            tables.write(folder)
            _write_facts(folder, found.reads)
            _write_stars(folder, found.layouts, tables)
            write_blocks((read.document for read in reads), folder)
            (folder / "receipt.json").write_text(_json(receipt.as_json()), encoding="utf-8")
            (folder / "receipt.txt").write_text(receipt.text() + "\n", encoding="utf-8")
            clock.lap("tables")
            progress("写入 Oxigraph", 0.85)
            write_store(tables, folder / "oxigraph")
            clock.lap("oxigraph")
            progress("发布", 0.95)
            return receipt.digest

        directory.publish(write, sorted(entries.values(), key=lambda e: e.file))
        clock.lap("publish")
    progress("完成", 1.0)
    return replace(receipt, times=clock.seconds)


def _given(directory: GraphDirectory, documents: Sequence[Path], failures: list[Failure]) -> dict[str, SourceEntry]:
    """The documents of a command, kept among the sources; what cannot be taken is added to `failures`."""
    given: dict[str, SourceEntry] = {}
    for path in documents:
        try:
            data = _accepted(path)
            entry = SourceEntry(path.name, hashlib.sha256(data).hexdigest())
            if given.get(path.name, entry) != entry:
                raise DocumentError(path, "与另一份文档同名而内容不同", remedy="请改名后再载入，引注以文件名区分文档")
        except DocumentError as error:
            failures.append(Failure(path.name, str(error)))
            continue
        directory.keep_source(data, entry)
        given[path.name] = entry
    return given


def _accepted(path: Path) -> bytes:
    if form(path.name) is None:
        raise DocumentError(path, "不认识的文档类型", remedy=f"请另存为 {'、'.join(FORMS)} 中的一种再载入")
    data = read_bytes(path)
    decode(data, path.name)
    return data


def _coverage(read: Read) -> Coverage:
    return coverage(read.document, read.facts, tuple(vocabulary().place_names()))


def _digest(tables: Tables, entries: Iterable[SourceEntry], receipt: Receipt) -> str:
    """The name of a build: of everything that it holds, so that no build stands under the name of another.

    The receipt counts as well: the same rows with a document that failed are another build.
    """
    sha = hashlib.sha256(digest(tables).encode())
    sha.update(f"{FORMAT}\n{_json(receipt.as_json())}".encode())
    for entry in sorted(entries, key=lambda e: e.file):
        sha.update(f"{entry.file}\t{entry.sha256}\n".encode())
    return sha.hexdigest()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _write_stars(folder: Path, layouts: Sequence[Layout], tables: Tables) -> None:
    """The reconciled layouts: as facts, and with their reasons for people."""
    with (folder / "facts" / "stars.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in star_facts(layouts))
    policies = {layout.edition: tables.by_id[layout.edition].properties for layout in layouts}
    names = {edition: str(known["name"]) for edition, known in policies.items()}
    years = {edition: str(known.get("issued", ""))[:4] or names[edition] for edition, known in policies.items()}
    (folder / "stars.json").write_text(_json(records(layouts, names, years)), encoding="utf-8")


def _write_facts(folder: Path, reads: Sequence[Read]) -> None:
    """The facts by kind, one JSON object a line, and the texts by SHA-256."""
    (folder / "facts").mkdir()
    (folder / "texts").mkdir()
    for kind in LOADERS:
        with (folder / "facts" / f"{kind}.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
            seen = set()
            for read in reads:
                for fact in read.readings[kind].facts if kind in read.readings else ():
                    row = record(fact)
                    if row["id"] not in seen:
                        seen.add(row["id"])
                        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    for read in reads:
        source = read.document.source
        (folder / "texts" / f"{source.sha256}.txt").write_bytes(source.text.encode())
