"""The wheel holds what is tracked and nothing else, and works far from the checkout.

Where CLUSTERATLAS_REQUIRE names `wheel`, the wheel is installed with its dependencies into an empty environment, as a
stranger would (it needs the network). Otherwise the dependencies are lent from the environment of the tests, the
project itself never: both start from an environment that holds nothing of ours.
"""

import csv
import io
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.files import PACKAGES, ROOT, files
from tests.support import require, required


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command away from the checkout, with a home of its own and nothing of ours in the environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CLUSTERATLAS_", "PYTHON", "VIRTUAL_ENV", "COVERAGE"))
    }
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    return path


def constraints(folder: Path) -> Path:
    """The lock without its hashes, which pip does not take beside a wheel that has none."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    path = folder / "constraints.txt"
    path.write_text(re.sub(r" \\$", "", re.sub(r"(?m)^    --hash.*\n", "", lock), flags=re.MULTILINE), "utf-8")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=False)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        scripts / "python",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    if required("wheel"):
        done = run([*pip, "-c", constraints(folder), f"clusteratlas[cypher] @ {wheel.as_uri()}"], folder)
    else:
        done = run([*pip, "--no-deps", wheel], folder)
        place = run([scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
        lent = find_spec("pyoxigraph")
        assert lent is not None
        assert lent.origin is not None
        # A path in a .pth file is put on sys.path, but its own .pth files (our editable install) are not read.
        (Path(place.stdout.strip()) / "lent.pth").write_text(str(Path(lent.origin).parents[1]), "utf-8")
    assert done.returncode == 0, done.stderr
    return scripts


def test_it_holds_what_is_tracked_and_nothing_else(wheel: Path) -> None:
    expected = {name for name in files() if name.split("/")[0] in PACKAGES}
    expected |= {f"clusteratlas/{name}" for name in files() if name.startswith("data/")}
    assert any(name.startswith("clusteratlas/data/documents/") for name in expected)
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_it_carries_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
        assert archive.read(name) == (ROOT / "LICENSE").read_bytes()


def test_it_is_imported_from_its_own_place(installed: Path, tmp_path: Path) -> None:
    done = run([installed / "python", "-c", "import clusteratlas, graph, web; print(clusteratlas.__file__)"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_builds_and_answers_both_languages(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()

    def atlas(*words: str) -> str:
        done = run([installed / "clusteratlas", *words], tmp_path, HOME=str(home), USERPROFILE=str(home))
        assert done.returncode == 0, done.stderr
        return done.stdout

    atlas("build")
    prefix = "PREFIX ca: <https://clusteratlas.example/ontology/> "
    sparql = atlas("query", "--sparql", prefix + "SELECT (COUNT(*) AS ?n) WHERE { ?c a ca:City }", "--format", "csv")
    assert rows(sparql) == [{"n": "21"}]
    assert list(tmp_path.glob("*.html")) == []
    atlas("draw", "东莞", "-o", "picture.html")
    assert "东莞" in (tmp_path / "picture.html").read_text("utf-8")
    if find_spec("arcadedb_embedded") is None:
        require("cypher", "the embedded Cypher engine is not installed: pip install 'clusteratlas[cypher]'")
    cypher = atlas("query", "--cypher", "MATCH (c:City) RETURN count(c) AS n", "--format", "csv")
    assert rows(cypher) == [{"n": "21"}]
