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
from graph.directory import GraphDirectory

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a <https://clusteratlas.example/ontology/LayoutStatement> }"
STAGES = ("读取", "归并", "写表", "写入", "发布")
KILLS = 4  # in each stage: twenty in all
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
    command = [sys.executable, "-m", "clusteratlas.cli", "--graph", str(graph), "build", "--only", *map(str, documents)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")


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


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def answer(graph: Path) -> tuple[str, int]:
    with Atlas(graph) as atlas:
        (row,) = atlas.sparql(COUNT).rows
        assert row[0] == sum(node.cls == "LayoutStatement" for node in atlas.rows().nodes)
        return atlas.build.digest, int(str(row[0]))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.timeout(600)
def test_twenty_killed_builds(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    documents = bundled.documents()
    editions = [[p for p in documents if "compendium" not in p.name], [p for p in documents if "2020-82" not in p.name]]
    known, sizes = {}, []
    for edition in editions:
        took = durations(graph, edition)
        known.update([answer(graph)])
        sizes.append(size(graph))
    assert set(took) == set(STAGES)
    assert len(known) == 2
    chance = random.Random(20261120)
    killed = 0
    plan = [stage for stage in STAGES for _ in range(KILLS)]
    for n, stage in enumerate(plan):
        reader = None
        if n % 4 == 0:
            reader = subprocess.Popen(
                [sys.executable, "-c", READER, str(graph)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            assert reader.stdout is not None
            nodes = reader.stdout.readline()
        build = start(graph, editions[n % 2])
        killed += kill_in(build, stage, chance.uniform(0, took[stage]))
        digest, count = answer(graph)
        assert known[digest] == count
        if reader is not None:
            assert reader.communicate("\n")[0] == nodes
            assert reader.returncode == 0
    assert killed >= len(plan) - KILLS, "too few builds were still running when they were killed"
    build = start(graph, editions[1])
    assert build.wait() == 0
    assert GraphDirectory(graph).current() in known
    assert size(graph) <= max(sizes) * 1.02
    assert not list((graph / "builds").glob(".*"))
    children = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert not [line for line in children.splitlines() if str(graph) in line and str(os.getpid()) not in line]
