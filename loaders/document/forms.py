"""What form a document has, by the ending of its file's name: prose, or a table."""

from collections.abc import Callable, Mapping
from pathlib import Path

from loaders.document.document import Document, parse
from loaders.document.sheet import sheet
from loaders.document.source import Source

FORMS: Mapping[str, Callable[[Source], Document]] = {".txt": parse, ".md": parse, ".csv": sheet}
"""Endings of the files that can be loaded, each with what makes a document of the source."""


def form(file: str) -> Callable[[Source], Document] | None:
    """What makes a document of a file; None where no document ends so."""
    return FORMS.get(Path(file).suffix.lower())
