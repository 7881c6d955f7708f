"""Cypher texts that tests share: `texts/NAME.cypher`, separated by lines of dashes in a comment."""

from pathlib import Path

_BETWEEN = "\n// ----\n"


def texts(name: str) -> tuple[str, ...]:
    """The texts of one file: harmless or refused."""
    path = Path(__file__).parent / "texts" / f"{name}.cypher"
    return tuple(text.strip("\n") for text in path.read_text(encoding="utf-8").rstrip("\n").split(_BETWEEN))
