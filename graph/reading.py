"""Documents become facts: every loader over every document, one after another or by an executor."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from graph.receipt import Failure
from loaders.document.document import Document, parse
from loaders.document.forms import form
from loaders.document.source import Source, decode
from loaders.policy.manifest import Entry
from loaders.policy.parts import parts, with_heads
from loaders.reading import Reading
from loaders.registry import readings
from ontology.errors import AtlasError, DocumentError
from ontology.facts import Fact


@dataclass(frozen=True)
class Read:
    """One document with what each loader of its form read from it."""

    document: Document
    entry: Entry | None
    readings: Mapping[str, Reading]

    @property
    def facts(self) -> list[Fact]:
        return [fact for reading in self.readings.values() for fact in reading.facts]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be read as a document: its file name, where its bytes are, and which text that is."""

    file: str
    path: Path
    sha256: str


@dataclass(frozen=True)
class Attempt:
    """The first of several texts of a document that could be read, if any, and why those before it could not."""

    read: Read | None
    candidate: Candidate | None
    failures: tuple[Failure, ...]


def read_document(data: bytes, file: str, manifest: Mapping[str, Entry]) -> Read:
    """Read one document with every loader of its form.

    Args:
        data: its bytes.
        file: its file name, as citations print it.
        manifest: entries by SHA-256.

    Raises:
        DocumentError: the bytes are no text, or no loader finds anything in it.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    entry = manifest.get(sha256)
    document = (form(file) or parse)(Source(file, sha256, decode(data, file)))
    document = with_heads(document, parts(document), entry)
    found = readings(document)
    if not any(reading.facts for reading in found.values()):
        raise DocumentError(
            file, "没有读出任何内容，可能不是产业政策、规划一类的文件", remedy="请确认文件内容，或从命令中去掉它"
        )
    return Read(document, entry, found)


def attempt(candidates: Sequence[Candidate], manifest: Mapping[str, Entry]) -> Attempt:
    """Read the first of the texts of a document that can be read. Crosses process boundaries, so nothing is raised."""
    failures: list[Failure] = []
    for one in candidates:
        try:
            return Attempt(read_document(one.path.read_bytes(), one.file, manifest), one, tuple(failures))
        except (AtlasError, OSError) as error:
            failures.append(Failure(one.file, str(error)))
    return Attempt(None, None, tuple(failures))


def attempts(
    documents: Sequence[Sequence[Candidate]], manifest: Mapping[str, Entry], executor: Executor | None = None
) -> Iterator[Attempt]:
    """What was read of each document, in the order given, whatever runs the reading.

    Args:
        documents: of each document its texts, those to be preferred first.
        manifest: entries by SHA-256.
        executor: runs the documents; None reads each when it is asked for. Threads share one interpreter and gain
            nothing; processes gain where several documents are large.
    """
    known = [
        (candidates, {one.sha256: manifest[one.sha256] for one in candidates if one.sha256 in manifest})
        for candidates in documents
    ]
    if executor is None:
        yield from (attempt(candidates, entries) for candidates, entries in known)
        return
    futures = [executor.submit(attempt, candidates, entries) for candidates, entries in known]
    try:
        yield from (future.result() for future in futures)
    finally:
        for future in futures:
            future.cancel()
