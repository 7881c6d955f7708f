import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.files import PACKAGES, ROOT, modules

OURS = (*PACKAGES, "tests", "benchmarks")


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Line and top-level name of every import, "." for a relative one, wherever in the module it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." if node.level else (node.module or "").split(".")[0]


def wrong_way(folder: str, source: str) -> list[str]:
    """The imports of a module in `folder` that go against the direction of the house."""
    allowed = PACKAGES[: PACKAGES.index(folder) + 1]
    return [
        f"line {line}: {name}"
        for line, name in imported(source)
        if name == "." or (name in OURS and name not in allowed)
    ]


def house_modules() -> list[Path]:
    return [path for path in modules() if path.parts[0] in PACKAGES]


def test_imports_go_one_way() -> None:
    found = {
        str(path): wrong
        for path in house_modules()
        if (wrong := wrong_way(path.parts[0], (ROOT / path).read_text("utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    ("folder", "source", "lines"),
    [
        ("graph", "import web.app", 1),
        ("graph", "def f():\n    from queries.library import library", 1),
        ("web", "from . import app", 1),
        ("ontology", "import tests.support", 1),
        ("web", "from graph.rows import Rows\nimport json", 0),
        ("loaders", "from loaders.document.text import x\nfrom ontology import ids", 0),
    ],
)
def test_a_wrong_import_is_found(folder: str, source: str, lines: int) -> None:
    assert len(wrong_way(folder, source)) == lines


def test_what_is_imported_is_declared() -> None:
    """Otherwise the wheel misses a package that only the tests' environment happens to hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    declared = {re.split(r"[^\w.-]", name)[0].lower().replace("_", "-") for name in wanted}
    owners = packages_distributions()
    missing = {
        f"{path}: {name}"
        for path in house_modules()
        for _, name in imported((ROOT / path).read_text("utf-8"))
        if name not in OURS
        and name not in sys.stdlib_module_names
        and name != "."
        and not declared & {owner.lower().replace("_", "-") for owner in owners.get(name, [name])}
    }
    assert not missing
