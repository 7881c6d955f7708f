"""The benchmark card: runs what it is told to and keeps every number in `results/card.json` as soon as it is known.

    python -m benchmarks.card                         everything, as `make bench` does
    python -m benchmarks.card library                 the bundled graph only
    python -m benchmarks.card 10000 100000            these sizes only
    python -m benchmarks.card 1000000 oxigraph neo4j  these engines at this size
    python -m benchmarks.card page                    only writes the page anew

An engine that passes a limit at one size is not run at the larger ones.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks import library, page
from benchmarks.engines import ENGINES
from benchmarks.generate import write
from benchmarks.watch import watch
from graph.directory import GraphDirectory
from tests.neo4j.run import Neo4jUnavailable, jars

RESULTS: Final = Path(__file__).parent / "results" / "card.json"
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
_PARTS: Final = ("pyoxigraph", "rdflib", "networkx", "arcadedb-embedded", "neo4j")


def machine() -> dict[str, Any]:
    """What the numbers belong to."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr.split("\n")[0]
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory": memory,
        "python": platform.python_version(),
        "java": java,
        "parts": {name: version(name) for name in _PARTS},
        "server": max((path.name for path in jars().glob("neo4j-5*.jar")), default="?"),
    }


def moment() -> dict[str, Any]:
    """When something was measured, and how busy the machine was just before."""
    return {"at": time.strftime("%Y-%m-%d %H:%M", time.gmtime()), "load": [round(one, 1) for one in os.getloadavg()]}


class Card:
    """The numbers, on disk at any time."""

    def __init__(self, path: Path = RESULTS) -> None:
        self._path = path
        self.found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def keep(self) -> None:
        self._path.parent.mkdir(exist_ok=True)
        text = json.dumps(self.found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        self._path.with_suffix(".new").write_text(text, encoding="utf-8")
        self._path.with_suffix(".new").replace(self._path)

    def size(self, edges: int) -> dict[str, Any]:
        """The part of one size."""
        part: dict[str, Any] = self.found.setdefault("sizes", {}).setdefault(str(edges), {"engines": {}})
        return part

    def gone(self, engine: str, edges: int) -> bool:
        """Whether an engine has passed a limit at a smaller size."""
        parts = self.found.get("sizes", {}).items()
        return any(int(size) < edges and part["engines"].get(engine, {}).get("left") for size, part in parts)


def measure_library(card: Card) -> None:
    now = moment()
    card.found["library"] = {**asdict(library.run()), "before": now, "after": moment()}
    card.keep()


def measure_size(card: Card, edges: int, engines: Sequence[str]) -> None:
    """Generate one graph and measure the engines over it, one after another."""
    todo = [name for name in engines if not card.gone(name, edges)]
    if not todo:
        return
    with tempfile.TemporaryDirectory(prefix="clusteratlas-bench-") as folder:
        graph, part = GraphDirectory(Path(folder)), card.size(edges)

        def generated(build: Path) -> str:
            start = time.perf_counter()
            part["nodes"], part["edges"] = write(edges, build)
            part["generated"] = time.perf_counter() - start
            return f"generated-{edges}"

        with graph.exclusive():
            graph.publish(generated, ())
        for name in todo:
            now = moment()
            seen = watch([sys.executable, "-m", "benchmarks.worker", name, folder])
            loaded = [line["seconds"] for line in seen.lines if line.get("stage") == "loaded"]
            part["engines"][name] = {
                **now,
                "loaded": loaded[0] if loaded else None,
                "questions": [line for line in seen.lines if "question" in line],
                "together": seen.together,
                "client": seen.client,
                "servers": seen.servers,
                "left": seen.left,
                "stage": seen.stage,
            }
            card.keep()
            print(f"{edges:>10,} {name:10} {part['engines'][name]['loaded']} {seen.left}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] = ()) -> None:
    """Measure what the arguments name, everything where there are none, and write the page."""
    card = Card()
    sizes = [int(one) for one in arguments if one.isdigit()]
    engines = [one for one in ENGINES if one in arguments] or list(ENGINES)
    if not arguments:
        named = os.environ.get("CLUSTERATLAS_BENCH_SIZES")
        sizes = [int(one) for one in named.split(",")] if named else list(SIZES)
    if "page" not in arguments:
        try:
            card.found["machine"] = machine()
            if not arguments or "library" in arguments:
                measure_library(card)
            for edges in sizes:
                measure_size(card, edges, engines)
        except Neo4jUnavailable as error:
            sys.exit(f"benchmarks.card: {error}")
    page.write(card.found)


if __name__ == "__main__":
    main(sys.argv[1:])
