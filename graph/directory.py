"""The graph directory: sources, immutable builds, and one file that says which build is current.

    sources/<sha256>        the documents themselves, byte for byte
    builds/<digest>/        a finished build; never opened for writing
    builds/<digest>/sources.toml    what it is built from: file names and SHA-256
    reading/<digest>        lock files: readers of a build share one
    current                 the digest of the current build, replaced in one step
    cache/                  may be deleted at any time
    lock                    held by the one process that builds

Killed at any moment, `current` names a finished build with its own list of sources: a build is written beside, renamed,
then named.
"""

import os
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.locks import Lock, held
from ontology.errors import GraphDamaged, GraphLocked, GraphMissing, GraphOutdated

SOURCES = "sources.toml"

FORMAT = 3
"""The form of a build's files; raised when a reader of today could no longer read those of yesterday, or would miss
something in them."""

_UNFINISHED = ".unfinished"
_OTHERS = "也可用 build --only 文档… 换上新的来源"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source of the graph: the file name that citations print and the SHA-256 of its bytes."""

    file: str
    sha256: str


class Build:
    """A finished build, kept from deletion while this object is open."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self.digest = path.name
        self._lock = lock

    def close(self) -> None:
        self._lock.release()

    def __enter__(self) -> "Build":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class GraphDirectory:
    """A graph on disk at `path`."""

    path: Path

    @property
    def cache(self) -> Path:
        return self.path / "cache"

    def current(self) -> str | None:
        """The digest of the current build, None where nothing has been built.

        Where `current` is lost (deleted, or never written because the process was killed just before), the newest
        finished build is the current one: it holds its own sources, and nobody's documents are forgotten.
        """
        try:
            return (self.path / "current").read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return self._newest()
        except (OSError, UnicodeDecodeError) as error:
            raise GraphDamaged(self.path / "current", str(error)) from error

    def _newest(self) -> str | None:
        finished = [path for path in (self.path / "builds").glob("*") if path.name != _UNFINISHED and path.is_dir()]
        return max(finished, key=lambda path: (path.stat().st_mtime_ns, path.name)).name if finished else None

    def open(self) -> Build:
        """Open the current build for reading.

        Raises:
            GraphMissing: there is none.
            GraphOutdated: another edition of the program built it.
        """
        while (digest := self.current()) is not None:
            build = self.path / "builds" / digest
            lock = Lock(self.path / "reading" / digest, shared=True, wait=True)
            if build.is_dir():
                if self._listed(digest).get("format") != FORMAT:
                    lock.release()
                    raise GraphOutdated(self.path)
                return Build(build, lock)
            lock.release()
            if self.current() == digest:
                break
        raise GraphMissing(self.path)

    def sources(self) -> tuple[SourceEntry, ...]:
        """What the current build was made from; nothing where there is none.

        Raises:
            GraphDamaged: the list cannot be read.
        """
        digest = self.current()
        if digest is None:
            return ()
        try:
            documents: Any = self._listed(digest).get("document", [])
            return tuple(SourceEntry(entry["file"], entry["sha256"]) for entry in documents)
        except (KeyError, TypeError) as error:
            raise GraphDamaged(self.path / "builds" / digest / SOURCES, f"{error}；{_OTHERS}") from error

    def _listed(self, digest: str) -> Mapping[str, object]:
        path = self.path / "builds" / digest / SOURCES
        if not path.exists():  # a build that was made before the list stood in it
            path = self.path / SOURCES
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise GraphDamaged(path, f"{error}；{_OTHERS}") from error

    def source(self, entry: SourceEntry) -> Path:
        return self.path / "sources" / entry.sha256

    def keep_source(self, data: bytes, entry: SourceEntry) -> None:
        """Keep a document's bytes under their SHA-256."""
        _replace(self.source(entry), data)

    def exclusive(self, *, wait: bool = False) -> AbstractContextManager[None]:
        """Hold the directory for a build; where another process builds, wait for it or raise GraphLocked."""
        return held(self.path / "lock", wait=wait)

    def publish(self, write: Callable[[Path], str], sources: Iterable[SourceEntry]) -> str:
        """Write a build beside, name it by its digest, and make it current.

        Args:
            write: fills an empty folder and returns the build's digest.
            sources: what the build was made from.

        Returns:
            The digest. Must be called while `exclusive` is held.
        """
        builds = self.path / "builds"
        builds.mkdir(parents=True, exist_ok=True)
        self._sweep()
        folder = builds / _UNFINISHED
        folder.mkdir()
        digest = write(folder)
        sources = tuple(sources)
        lines = "".join(f'[[document]]\nfile = {_quoted(e.file)}\nsha256 = "{e.sha256}"\n\n' for e in sources)
        (folder / SOURCES).write_bytes(f"format = {FORMAT}\n\n{lines}".encode())
        _sync(folder)
        target = builds / digest
        if target.exists() and _same(folder, target):
            shutil.rmtree(folder)
        else:
            if target.exists():  # damaged since it was written
                shutil.rmtree(target)
            os.rename(folder, target)
        _replace(self.path / "current", digest.encode())
        (self.path / SOURCES).unlink(missing_ok=True)
        self._sweep(frozenset(entry.sha256 for entry in sources))
        return digest

    def _sweep(self, wanted_sources: frozenset[str] | None = None) -> None:
        """Delete unfinished and outdated builds that nobody reads, and sources that no build needs."""
        current = self.current()
        for build in sorted((self.path / "builds").iterdir()):
            if build.name == current:
                continue
            lock_file = self.path / "reading" / build.name
            try:
                with held(lock_file):
                    shutil.rmtree(build, ignore_errors=True)
            except GraphLocked:
                continue
            lock_file.unlink(missing_ok=True)
        if wanted_sources is not None and (self.path / "sources").is_dir():
            for path in (self.path / "sources").iterdir():
                if path.name not in wanted_sources:
                    path.unlink(missing_ok=True)
        for cached in self.cache.glob("*/*"):
            if cached.is_dir() and not (self.path / "builds" / cached.name).exists():
                shutil.rmtree(cached, ignore_errors=True)


def _same(one: Path, other: Path) -> bool:
    """Whether two builds hold the same files; those of the store differ in every run, so only their being there counts.

    The store's files are written once: what cut them off is a damage that `check` names.
    """

    def files(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.parent.name != "oxigraph"
        }

    store = other / "oxigraph" / "CURRENT"
    return store.is_file() and files(one) == files(other)


def _quoted(text: str) -> str:
    escaped = "".join(f"\\u{ord(c):04X}" if c in '"\\' or ord(c) < 32 else c for c in text)
    return f'"{escaped}"'


def _sync(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            with suppress(OSError):  # a file system without it
                os.fsync(handle)
            os.close(handle)


def _replace(path: Path, data: bytes) -> None:
    """Write a file in one step: readers see the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    with beside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
