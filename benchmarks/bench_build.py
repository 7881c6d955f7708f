"""How long a cold build of the bundled documents takes, by part, beside a floor.

The floor is what no build can do without: reading the files, decoding them, and one pass that finds every name of the
vocabularies. Run with `make bench`; prints a Markdown table with ratios to the floor.
"""

import re
import statistics
import tempfile
import time
from pathlib import Path

from clusteratlas import bundled
from graph.build import build
from graph.directory import GraphDirectory
from ontology.vocabulary import vocabulary

RUNS = 5


def floor() -> float:
    names = sorted({*vocabulary().place_names(), *vocabulary().cluster_names()}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    start = time.perf_counter()
    for path in bundled.documents():
        sum(1 for _ in pattern.finditer(path.read_bytes().decode()))
    return time.perf_counter() - start


def parts() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return dict(build(GraphDirectory(Path(folder) / "g"), bundled.documents(), **bundled.knowledge()).times)


def main() -> None:
    floors, runs = [], []
    parts()  # vocabularies and imports are read once
    for _ in range(RUNS):
        floors.append(floor())
        runs.append(parts())
    low = statistics.median(floors)
    print(f"floor (read the files, one dictionary pass): {low * 1000:.1f} ms, median of {RUNS}\n")
    print("| part | seconds | × floor |\n| --- | ---: | ---: |")
    total = 0.0
    for part in runs[0]:
        seconds = statistics.median(run[part] for run in runs)
        total += seconds
        print(f"| {part} | {seconds:.3f} | {seconds / low:.0f} |")
    print(f"| all | {total:.3f} | {total / low:.0f} |")


if __name__ == "__main__":
    main()
