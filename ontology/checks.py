"""The integrity queries: what shapes pass in silence, one SPARQL file each.

A query gives rows of `node` and `detail` for what breaks it, none where the graph is sound. It reads the graph as
the default graph and the ontology with its vocabularies in the named graph `graph/ontology`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from ontology.errors import VocabularyError

DIRECTORY: Final = Path(__file__).parent / "checks"
COLUMNS: Final = ("node", "detail")
_HEADER: Final = re.compile(r"^# (title|title_en|why|level): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check:
    """An integrity query.

    Args:
        name: the file's name without its ending.
        title, title_en: what a violation is, for people.
        why: why shapes do not find it.
        text: the SPARQL query; its columns are `node` and `detail`.
        warning: True where a document may bring it about, so that the graph is sound all the same (level: warning).
    """

    name: str
    title: str
    title_en: str
    why: str
    text: str
    warning: bool = False


def read(directory: Path = DIRECTORY) -> tuple[Check, ...]:
    """The checks of a directory, by name.

    Args:
        directory: holds `*.rq`, each with the header lines title, title_en and why; level is optional.

    Raises:
        VocabularyError: a file lacks one of them.
    """
    return tuple(_check(path) for path in sorted(directory.glob("*.rq")))


def _check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(text))
    missing = [name for name in ("title", "title_en", "why") if name not in header]
    if missing:
        raise VocabularyError(path, f"缺少 {'、'.join(missing)} 行")
    return Check(path.stem, header["title"], header["title_en"], header["why"], text, header.get("level") == "warning")


@cache
def checks() -> tuple[Check, ...]:
    """The integrity queries of the package, read once for each process."""
    return read()
