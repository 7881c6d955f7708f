"""The files of the project, as git sees them: what is tracked, and what is new and not ignored."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = ("ontology", "loaders", "graph", "queries", "web", "clusteratlas")
"""The folders of the house in the direction of the data: each imports only those before it."""


def files() -> list[str]:
    """Paths from the root, sorted; skips the test where this is no checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout: clone the repository to run this test")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return sorted({name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()})


def modules() -> list[Path]:
    """All Python files of the project, from the root."""
    return [Path(name) for name in files() if name.endswith(".py")]
