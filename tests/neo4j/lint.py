"""Neo4j's own parser without a server: the npm package of `package.json`, run by `lint.mjs`."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.neo4j.run import cache

HERE = Path(__file__).parent
FILES = ("package.json", "package-lock.json", "lint.mjs")


class LintUnavailable(Exception):
    """The parser cannot be fetched; the text says what is missing."""


def folder() -> Path:
    """The folder of the script with its packages, fetched where it is missing.

    Raises:
        LintUnavailable: node or npm is missing, or the package cannot be fetched.
    """
    if missing := [name for name in ("node", "npm") if shutil.which(name) is None]:
        raise LintUnavailable(f"install {', '.join(missing)} (Node of at least 20)")
    name = hashlib.sha256(b"".join((HERE / file).read_bytes() for file in FILES)).hexdigest()[:16]
    target = cache() / "cypher-lint" / name
    if not target.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as beside:
            made = Path(beside) / "lint"
            made.mkdir()
            for file in FILES:
                shutil.copy(HERE / file, made)
            # The package asks for a newer Node than it needs to parse; --ignore-scripts: nothing of it runs here.
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--engine-strict=false"]
            try:
                done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=300, check=False)
            except subprocess.TimeoutExpired as error:
                raise LintUnavailable("npm did not finish; is the package index reachable?") from error
            if done.returncode:
                raise LintUnavailable(f"npm cannot fetch the parser: {done.stderr.strip()[-500:]}")
            with suppress(OSError):  # another run was faster
                os.rename(made, target)
    return target


def lint(texts: Sequence[str]) -> list[list[str]]:
    """The errors that Neo4j's parser finds in each text, as ``line:column message``."""
    script = folder() / "lint.mjs"
    done = subprocess.run(
        ["node", str(script)], input=json.dumps(list(texts)), capture_output=True, text=True, timeout=120, check=True
    )
    return [[f"{one['line']}:{one['column']} {one['message']}" for one in errors] for errors in json.loads(done.stdout)]
