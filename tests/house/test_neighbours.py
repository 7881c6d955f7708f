import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import PACKAGES, ROOT


def imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """`import clusteratlas` in a process that starts in `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", "import clusteratlas"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("package", PACKAGES[:-1])
def test_a_shadowing_file_is_named(tmp_path: Path, package: str) -> None:
    shadow = tmp_path / f"{package}.py"
    shadow.write_text("")
    done = imports(tmp_path)
    assert done.returncode != 0
    assert str(shadow.resolve()) in done.stderr


def test_a_shadowing_package_is_named(tmp_path: Path) -> None:
    shadow = tmp_path / "graph" / "__init__.py"
    shadow.parent.mkdir()
    shadow.write_text("")
    done = imports(tmp_path)
    assert done.returncode != 0
    assert str(shadow.resolve()) in done.stderr


def test_without_a_shadow_it_imports(tmp_path: Path) -> None:
    (tmp_path / "graphs.py").write_text("")
    done = imports(tmp_path)
    assert done.returncode == 0, done.stderr
