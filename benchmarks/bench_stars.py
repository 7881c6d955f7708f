"""How long the star layout takes to reconcile: the bundled tables, and a layout of 100 clusters × 300 cities.

Run with `make bench`; prints a Markdown table.
"""

import statistics
import time

from graph.stars.reconcile import reconcile
from tests.graph.stars import samples
from tests.graph.stars.generate import case
from tests.graph.stars.measure import share, trust

RUNS = 5


def bundled() -> float:
    facts, earlier, believed = samples.plan(), samples.opinion(), trust()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        reconcile(facts, believed, edition=samples.EDITION, earlier=earlier)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def large() -> tuple[float, float]:
    """Seconds, and the share of cells that are right, of one 100 × 300 layout (its second table is a single row)."""
    made = case(7, (100, 300, 1))
    start = time.perf_counter()
    layout = reconcile(made.facts, trust(), earlier=made.earlier)
    seconds = time.perf_counter() - start
    return seconds, share(cell.present == (made.truth[cell.cluster, cell.city] > 0) for cell in layout.cells)


def main() -> None:
    seconds, right = large()
    print("\n| layout | seconds | |\n| --- | ---: | --- |")
    print(f"| bundled, 20 × 21, opposite cost of all 420 cells | {bundled():.2f} | median of {RUNS} |")
    print(f"| invented, 100 × 300, opposite cost of all 30,000 cells | {seconds:.1f} | {right:.2%} right |")


if __name__ == "__main__":
    main()
