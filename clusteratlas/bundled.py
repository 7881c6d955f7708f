"""Where the documents that come with the project are: in the wheel beside this file, in a checkout in `data/`."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def data() -> Path:
    """The data folder: `documents/`, `manifest.toml`."""
    inside = _HERE / "data"
    return inside if inside.is_dir() else _HERE.parent / "data"


def documents() -> list[Path]:
    return sorted((data() / "documents").glob("*.txt"))
