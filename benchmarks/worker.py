"""One engine over one graph in a process of its own: loads, asks, and prints what it measured line by line.

`python -m benchmarks.worker ENGINE GRAPH`; each line is a JSON object, so that what was measured stays known when the
process is ended from outside. Questions are asked with bound values; the rows are fetched to the last, and compared in
canonical form behind the clock.
"""

import hashlib
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.engines import prepared
from benchmarks.generate import ARGUMENTS
from graph.directory import GraphDirectory
from queries.canonical import canonical
from queries.library import library
from queries.run import Engine

ROUNDS: Final = 7
SECONDS: Final = 6.0
"""A question is asked seven times, or fewer where that takes longer than this."""


def say(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


def measure(engine: Engine, name: str, arguments: list[dict[str, Any]]) -> None:
    """Ask one question with each set of arguments and print the times."""
    question = library()[name]
    for place, values in enumerate(arguments):
        times: list[float] = []
        while len(times) < ROUNDS and sum(times) < SECONDS:
            start = time.perf_counter()
            rows = engine.ask(question, values)
            times.append(time.perf_counter() - start)
        found = canonical(rows, question)
        say(
            question=name,
            place=place,
            first=times[0],
            # The first finds cold caches; where there was time for only one it has to do. On a machine that others use
            # too, the fastest run is the one they disturbed least.
            seconds=min(times[1:] or times),
            median=statistics.median(times[1:] or times),
            runs=len(times),
            rows=len(found),
            sha=hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest()[:16],
        )


def main(arguments: list[str]) -> None:
    """Measure one engine over the graph directory given."""
    name, graph = arguments[0], GraphDirectory(Path(arguments[1]))
    with graph.open() as build:
        asked = json.loads((build.path / ARGUMENTS).read_text(encoding="utf-8"))
    with prepared(name) as load:
        say(stage="ready")
        start = time.perf_counter()
        with load(graph) as engine:
            say(stage="loaded", seconds=time.perf_counter() - start)
            for question, sets in asked.items():
                measure(engine, question, sets)
            say(stage="done")


if __name__ == "__main__":
    main(sys.argv[1:])
