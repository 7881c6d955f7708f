"""The build: documents become facts, facts become tables, tables become stores; all or nothing."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph import identity
from graph.directory import GraphDirectory, SourceEntry
from graph.mapping import Collector, Context, fact_rows
from graph.rdf import write_store
from graph.receipt import Coverage, FactLedger, Failure, Receipt, coverage
from graph.search import write_blocks
from graph.shortcuts import shortcuts
from graph.stars.editions import editions
from graph.stars.layout import Layout, Override
from graph.stars.record import records
from graph.stars.reliability import Reliability
from graph.stars.rows import assignment_rows, star_facts
from graph.stars.witnesses import Problem
from graph.tables import Tables, digest
from graph.world import document_rows, untitled_policy_rows, vocabulary_rows
from loaders.document.document import Document, parse
from loaders.document.source import Source, decode, read_bytes
from loaders.policy.manifest import Entry
from loaders.policy.parts import parts, with_heads
from loaders.reading import Reading, Rejected
from loaders.registry import LOADERS
from ontology.errors import AtlasError, DocumentError, NotFound
from ontology.facts import Evidence, Fact, PolicyFact, record
from ontology.vocabulary import Vocabulary, vocabulary

Progress = Callable[[str, float], None]
"""Told what is done now, in Chinese, and which share of the whole is behind."""

SUFFIXES = (".txt", ".md")

FORMAT = 1
"""Raised when a build's files change their form (facts, blocks, store), so that old builds are written anew."""


@dataclass(frozen=True)
class Read:
    """One document with what each loader read from it."""

    document: Document
    entry: Entry | None
    readings: Mapping[str, Reading]

    @property
    def facts(self) -> list[Fact]:
        return [fact for reading in self.readings.values() for fact in reading.facts]


@dataclass(frozen=True)
class Beliefs:
    """What the star layout is reconciled with: how far each kind of witness is believed, and people's corrections."""

    trust: Reliability
    overrides: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Lines of the corrections that cannot be used; the rest is used, and the receipt lists these."""


@dataclass(frozen=True)
class Assembled:
    """What was read, as tables, with the ledger of facts, everything rejected, and the layouts, oldest first."""

    tables: Tables
    ledgers: tuple[FactLedger, ...]
    rejected: tuple[tuple[str, Rejected], ...]
    collector: Collector
    layouts: tuple[Layout, ...]


@dataclass
class Clock:
    """Seconds by stage; kept apart from everything that must be the same in every run."""

    seconds: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def read_document(data: bytes, file: str, manifest: Mapping[str, Entry]) -> Read:
    """Read one document with every loader.

    Args:
        data: its bytes.
        file: its file name, as citations print it.
        manifest: entries by SHA-256.

    Raises:
        DocumentError: the bytes are no text, or no loader finds anything in it.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    entry = manifest.get(sha256)
    document = parse(Source(file, sha256, decode(data, file)))
    document = with_heads(document, parts(document), entry)
    readings = {kind: loader(document) for kind, loader in LOADERS.items()}
    if not any(reading.facts for reading in readings.values()):
        raise DocumentError(
            file, "没有读出任何内容，可能不是产业政策、规划一类的文件", remedy="请确认文件内容，或从命令中去掉它"
        )
    return Read(document, entry, readings)


def build(
    directory: GraphDirectory,
    documents: Sequence[Path],
    *,
    manifest: Mapping[str, Entry],
    beliefs: Beliefs | None = None,
    only: bool = False,
    progress: Progress = lambda what, share: None,
) -> Receipt:
    """Build the graph of a directory anew and make it current.

    Args:
        directory: the graph directory; made where it is missing.
        documents: text files to add to its sources; a file of the same name replaces the one before.
        manifest: what is known about documents beside their text, by SHA-256.
        beliefs: what star tables are reconciled with; without it their witnesses stay witnesses.
        only: replace the sources instead of adding to them.
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
        for i, file in enumerate(sorted({*before, *given})):
            progress(f"读取 {file}", 0.6 * i / len({*before, *given}))
            # A new text that cannot be read does not take the one before with it, and a source that once was read
            # stays a source: what fails today (a disk, a rule that changed) may be read tomorrow.
            for entry in dict.fromkeys(known[file] for known in (given, before) if file in known):
                try:
                    reads.append(read_document(directory.source(entry).read_bytes(), entry.file, manifest))
                except (AtlasError, OSError) as error:
                    failures.append(Failure(entry.file, str(error)))
                    continue
                entries[file] = entry
                break
        clock.lap("read")
        progress("归并", 0.6)
        found = assemble(reads, vocabulary(), beliefs)
        tables, collector = found.tables, found.collector
        clock.lap("map")
        receipt = Receipt(
            digest="",
            facts=found.ledgers,
            rows={
                "节点": len(tables.nodes),
                "边": len(tables.edges),
                "其中推导的边": sum(edge.properties.get("origin") == "rule" for edge in tables.edges),
                "合并的重复行": collector.repeated,
            },
            coverage=tuple(_coverage(read) for read in reads),
            merges=tuple(collector.merges),
            rejected=found.rejected,
            failures=tuple(failures),
        )
        receipt = replace(receipt, digest=_digest(tables, entries.values(), receipt))
        clock.lap("receipt")

        def write(folder: Path) -> str:
            progress("写表", 0.75)
            tables.write(folder)
            _write_facts(folder, reads)
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
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(path, "不认识的文档类型", remedy=f"请转换为纯文本（{'、'.join(SUFFIXES)}）后再载入")
    data = read_bytes(path)
    decode(data, path.name)
    return data


def assemble(reads: Sequence[Read], vocabulary: Vocabulary, beliefs: Beliefs | None = None) -> Assembled:
    """The tables of what was read: facts mapped and merged, star layouts reconciled, shortcuts derived."""
    collector = Collector()
    collector.add(vocabulary_rows(vocabulary))
    policy_facts = [fact for read in reads for fact in read.facts if isinstance(fact, PolicyFact)]
    policies = identity.policy_ids(policy_facts)
    dates = {policy: fact.issued for fact, policy in policies.items() if fact.issued is not None}
    untitled: dict[str, str] = {}
    for read in reads:
        source = read.document.source
        collector.add(document_rows(source.file, source.sha256, read.entry))
        if read.entry is not None and not read.readings["policies"].facts:
            untitled[source.sha256], rows = untitled_policy_rows(read.entry, vocabulary)
            dates[untitled[source.sha256]] = read.entry.date or ""
            collector.add(rows)
    context = Context(vocabulary, policies, _editions(policies, untitled))
    ledgers, rejected = [], []
    kept: dict[object, Fact] = {}
    for read in reads:
        file = read.document.source.file
        for kind, reading in read.readings.items():
            count, merged, refused = 0, 0, list(reading.rejected)
            for fact in reading.facts:
                identifier = record(fact)["id"]
                if identifier in kept:  # said twice, or the same text under another name
                    merged += 1
                    continue
                try:
                    collector.add(fact_rows(fact, context))
                except NotFound as error:
                    refused.append(Rejected(kind, fact.evidence.span.line, fact.evidence.span.quote, str(error)))
                    continue
                kept[identifier] = fact
                count += 1
            total = len(reading.facts) + len(reading.rejected)
            ledgers.append(FactLedger(file, kind, total, count, merged, len(refused)))
            rejected += [(file, one) for one in refused]
    layouts: tuple[Layout, ...] = ()
    if beliefs is not None:
        corrections = [replace(one, edition=_edition_id(one.edition)) for one in beliefs.overrides]
        layouts = editions(list(kept.values()), context.edition, dates, beliefs.trust, corrections)
        held = {layout.edition for layout in layouts}
        rejected += [
            (one.file, Rejected("stars", one.line, one.edition, f"没有布局版本“{one.edition}”"))
            for one in corrections
            if one.edition not in held
        ]
    for layout in layouts:
        collector.add(assignment_rows(layout, vocabulary, current=layout is layouts[-1]))
    problems = [p for layout in layouts for p in layout.problems] + list(beliefs.problems if beliefs else ())
    rejected += [(p.file, Rejected("stars", p.line, p.quote, p.message)) for p in dict.fromkeys(problems)]
    edges = list(collector.edges.values())
    tables = Tables.of(collector.nodes.values(), [*edges, *shortcuts(collector.nodes, edges)])
    return Assembled(tables, tuple(ledgers), tuple(rejected), collector, layouts)


def _edition_id(written: str) -> str:
    """The policy's id of an edition as people write it: 粤府〔2021〕53号, 粤府-2021-53 or the id itself."""
    if written.endswith("号"):
        return identity.number_id(written)
    return written if written.startswith("policy/") else f"policy/{written}"


def _editions(policies: Mapping[PolicyFact, str], untitled: Mapping[str, str]) -> Callable[[Evidence], str | None]:
    """Finds the policy that states something: the one whose title heads the section path, in the same document."""
    titles = {
        (fact.evidence.sha256, identity.plain(title)): policy
        for fact, policy in policies.items()
        for title in (fact.title_as_printed, fact.title)
    }

    def edition(evidence: Evidence) -> str | None:
        head = identity.plain(evidence.section[0]) if evidence.section else ""
        return titles.get((evidence.sha256, head)) or untitled.get(evidence.sha256)

    return edition


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
                for fact in read.readings[kind].facts:
                    row = record(fact)
                    if row["id"] not in seen:
                        seen.add(row["id"])
                        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    for read in reads:
        source = read.document.source
        (folder / "texts" / f"{source.sha256}.txt").write_bytes(source.text.encode())
