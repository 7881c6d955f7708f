"""Builds killed at any moment leave a graph that opens and answers, no process, and no growing disk."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clusteratlas import Atlas, bundled
from graph.cypher import arcadedb
from graph.directory import GraphDirectory

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a <https://clusteratlas.example/ontology/LayoutStatement> }"
STAGES = ("读取", "归并", "写表", "写入", "发布")
KILLS = int(os.environ.get("CLUSTERATLAS_KILLS", "4"))  # in each of five stages: twenty in all
READER = """
import sys
from pathlib import Path
from clusteratlas import Atlas
with Atlas(Path(sys.argv[1])) as atlas:
    print(len(atlas.rows().nodes), flush=True)
    sys.stdin.readline()
    print(len(atlas.rows().nodes), flush=True)
"""


def start(graph: Path, documents: list[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "clusteratlas", "--graph", str(graph), "build", "--only", *map(str, documents)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def working_on(graph: Path) -> list[str]:
    """Processes whose command line names the graph directory."""
    listed = subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if str(graph) in line]


def stage_of(line: str) -> str | None:
    return next((stage for stage in STAGES if stage in line), None)


def durations(graph: Path, documents: list[Path]) -> dict[str, float]:
    """Seconds that each stage of an undisturbed build takes, as seen from outside."""
    build = start(graph, documents)
    seen: dict[str, float] = {}
    assert build.stderr is not None
    for line in build.stderr:
        if (stage := stage_of(line)) is not None:
            seen.setdefault(stage, time.perf_counter())
    assert build.wait() == 0
    times = [*seen.values(), time.perf_counter()]
    return {stage: b - a for stage, a, b in zip(seen, times[:-1], times[1:], strict=True)}


def kill_in(build: subprocess.Popen[str], stage: str, delay: float) -> bool:
    """Kill a build `delay` seconds after it says that a stage begins; whether it was still running."""
    assert build.stderr is not None
    for line in build.stderr:
        if stage_of(line) == stage:
            break
    time.sleep(delay)
    build.send_signal(signal.SIGKILL)
    return build.wait() == -signal.SIGKILL


def start_reader(graph: Path) -> tuple[subprocess.Popen[str], str]:
    """A process that holds the current build open, and what it read there."""
    command = [sys.executable, "-c", READER, str(graph)]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    return reader, reader.stdout.readline()


def end_reader(reader: subprocess.Popen[str], nodes: str) -> None:
    """It reads the same again, whatever has been built meanwhile."""
    assert reader.communicate("\n")[0] == nodes
    assert reader.returncode == 0


def size(folder: Path) -> int:
    """Bytes without the cache, which may be deleted at any time."""
    files = (path for path in folder.rglob("*") if "cache" not in path.relative_to(folder).parts)
    return sum(path.stat().st_size for path in files if path.is_file())


def answers_in_cypher(graph: Path, known: dict[str, int]) -> None:
    """The other language gives the count of the same edition."""
    if not arcadedb.available():
        return
    with Atlas(graph) as atlas:
        (row,) = atlas.cypher("MATCH (s:LayoutStatement) RETURN count(s) AS n").rows
        assert row[0] == known[atlas.build.digest]


def answer(graph: Path) -> tuple[str, int]:
    with Atlas(graph) as atlas:
        (row,) = atlas.sparql(COUNT).rows
        assert row[0] == sum(node.cls == "LayoutStatement" for node in atlas.rows().nodes)
        return atlas.build.digest, int(str(row[0]))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.timeout(3600)
def test_twenty_killed_builds(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    # Without the largest document, so that twenty builds take no longer than they must.
    documents = [p for p in bundled.documents() if "compendium" not in p.name]
    editions = [documents, documents[1:]]
    known, sizes = {}, []
    for edition in editions:
        took = durations(graph, edition)
        known.update([answer(graph)])
        sizes.append(size(graph))
    assert set(took) == set(STAGES)
    assert len(known) == 2
    chance = random.Random(20261120)
    killed = dict.fromkeys(STAGES, 0)
    tries = 0
    for stage in STAGES:
        while killed[stage] < KILLS and tries < 3 * KILLS * len(STAGES):
            reader = start_reader(graph) if tries % 4 == 0 else None
            build = start(graph, editions[tries % 2])
            # A build that ends before the signal comes was no kill: the machine was faster this time.
            killed[stage] += kill_in(build, stage, chance.uniform(0, took[stage]))
            tries += 1
            digest, count = answer(graph)
            assert known[digest] == count
            if reader is not None:
                end_reader(*reader)
        answers_in_cypher(graph, known)
    assert min(killed.values()) >= 3, killed
    assert sum(killed.values()) >= 20 or KILLS < 4
    build = start(graph, editions[1])
    assert build.wait() == 0
    assert GraphDirectory(graph).current() in known
    assert size(graph) <= max(sizes) * 1.02
    assert not list((graph / "builds").glob(".*"))
    limit = time.monotonic() + 30
    while left := working_on(graph):  # the engine ends shortly after its last user
        assert time.monotonic() < limit, left
        time.sleep(0.1)
