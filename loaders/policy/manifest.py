"""The manifest of the source documents: what is known about a file beside its text."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import FileProblem


class ManifestError(FileProblem):
    """A manifest cannot be read."""

    kind = "清单"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest says about one document, found by the SHA-256 of its bytes.

    `date` is ISO 8601, as far as it is known (2021-11); `level` is national, provincial or municipal; `grade` is null
    where the document holds several kinds of text.
    """

    id: str
    file: str
    title: str
    number: str | None
    issuers: tuple[str, ...]
    date: str | None
    level: str | None
    grade: str | None
    sha256: str
    origin: str | None


def manifest(path: Path) -> dict[str, Entry]:
    """The entries of a manifest by SHA-256.

    Args:
        path: a TOML file with one `[[document]]` table for each document.

    Raises:
        ManifestError: the file is missing or is no manifest, an entry lacks a field, or two share an id or a checksum.
    """
    entries: dict[str, Entry] = {}
    for table in _tables(path):
        entry = _entry(path, table)
        if entry.sha256 in entries or any(entry.id == other.id for other in entries.values()):
            raise ManifestError(path, f"“{entry.id}”的编号或 SHA-256 出现了两次")
        entries[entry.sha256] = entry
    return entries


def _tables(path: Path) -> list[dict[str, object]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError(path, "找不到这个文件") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(path, f"不是可读的 TOML（{error}）") from None
    tables = content.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ManifestError(path, "应为若干个 [[document]] 表")
    return tables


def _entry(path: Path, table: dict[str, object]) -> Entry:
    issuers = table.get("issuers", [])
    if not isinstance(issuers, list) or not all(isinstance(issuer, str) for issuer in issuers):
        raise ManifestError(path, f"文档“{table.get('id', '?')}”的 issuers 应为文字的列表")
    return Entry(
        id=_required(path, table, "id"),
        file=_required(path, table, "file"),
        title=_required(path, table, "title"),
        number=_text(path, table, "number"),
        issuers=tuple(issuers),
        date=_text(path, table, "date"),
        level=_text(path, table, "level"),
        grade=_text(path, table, "grade"),
        sha256=_required(path, table, "sha256"),
        origin=_text(path, table, "origin"),
    )


def _text(path: Path, table: dict[str, object], field: str) -> str | None:
    value = table.get(field)
    if value is not None and not (isinstance(value, str) and value):
        raise ManifestError(path, f"文档“{table.get('id', '?')}”的 {field} 应为文字")
    return value


def _required(path: Path, table: dict[str, object], field: str) -> str:
    value = _text(path, table, field)
    if value is None:
        raise ManifestError(path, f"文档“{table.get('id', '?')}”缺少 {field}")
    return value
