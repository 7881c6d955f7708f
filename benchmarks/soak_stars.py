"""Two hundred random layouts with known truth, and the bundled one with every reliability halved and doubled.

Run with `make soak`; prints the Markdown of `docs/stars.md`. The marks are those of the test suite.
"""

import random
import sys

from graph.stars.reconcile import reconcile
from graph.stars.reliability import WITNESSES
from tests.graph.stars import samples
from tests.graph.stars.generate import Rates, case
from tests.graph.stars.measure import Judged, judged, level_table, markdown, run, share, trust

SEEDS = range(1000, 1200)


TWICE = (
    *("slid", "cell_lost", "cell_added", "misread", "dropped", "inserted", "total_wrong", "count_wrong"),
    *("no_list", "item_lost", "item_added", "box_lost"),
)


def doubled(seeds: range) -> list[Judged]:
    """Layouts whose damage is about twice that of the print, and which all lost a column."""
    cells: list[Judged] = []
    for seed in seeds:
        rates = Rates.drawn(random.Random(seed))
        for name in TWICE:
            setattr(rates, name, min(0.6, 2 * getattr(rates, name)))
        rates.column_lost = True
        made = case(seed, rates=rates)
        cells += judged(made, reconcile(made.facts, trust(), earlier=made.earlier))
    return cells


def sensitivity() -> str:
    """Which cells of the bundled layout change when one kind of witness is believed half or twice as much."""
    base = {(c.cluster, c.city): c for c in samples.bundled().cells}
    lines = ["| witness | factor | presence changes | level changes | cells above 0.95 | changed cells |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | --- |")
    for witness in WITNESSES:
        for factor in (0.5, 2.0):
            believed = trust().scaled(witness, factor)
            layout = reconcile(samples.plan(), believed, edition=samples.EDITION, earlier=samples.opinion())
            other = {(c.cluster, c.city): c for c in layout.cells}
            moved = [key for key in base if base[key].present != other[key].present]
            levels = [key for key in base if base[key].level != other[key].level and key not in moved]
            sure = sum(c.confidence > 0.95 for c in layout.cells)
            names = "、".join("·".join(key) for key in moved) or "—"
            lines.append(f"| {witness} | × {factor:g} | {len(moved)} | {len(levels)} | {sure} | {names} |")
    return "\n".join(lines)


def main() -> None:
    cells, _ = run(SEEDS)
    print(f"\n## {len(SEEDS)} random layouts\n\n{markdown(cells)}")
    print(f"\n## 40 layouts with twice the damage\n\n{markdown(doubled(range(200_000, 200_040)))}")
    print(f"\n## Reliabilities halved and doubled\n\n{sensitivity()}")
    determined = [cell for cell in cells if not cell.undecided]
    sure = [cell for cell in cells if cell.confidence > 0.95]
    reached = (
        share(cell.right for cell in determined) >= 0.98
        and share(cell.right for cell in sure) >= 0.98
        and len(sure) >= 0.8 * len(cells)
        and all(right >= mean - 0.01 for _, _, mean, right in level_table(cells))
    )
    if not reached:
        sys.exit("the marks are not reached")


if __name__ == "__main__":
    main()
