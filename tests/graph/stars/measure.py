"""How right and how sure the reconciliation is on layouts with known truth; for the tests and `make soak`."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.stars.layout import Layout
from graph.stars.reconcile import reconcile
from graph.stars.reliability import Reliability, reliability
from tests.graph.stars.generate import Case, by_majority, by_print, case

TRUST = Path(__file__).parents[3] / "data" / "reliability.toml"
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True)
class Judged:
    """One cell of one layout: what was held, how surely, and whether it, the print and the majority are right."""

    confidence: float
    right: bool
    undecided: bool
    print_right: bool
    majority_right: bool
    level: int | None
    level_right: bool
    filled: bool


def trust() -> Reliability:
    return reliability(TRUST)


def judged(made: Case, layout: Layout) -> list[Judged]:
    printed, majority = by_print(made), by_majority(made)
    found = []
    for cell in layout.cells:
        key = (cell.cluster, cell.city)
        truth = made.truth[key]
        found.append(
            Judged(
                confidence=cell.confidence,
                right=cell.present == (truth > 0),
                undecided=cell.undecided,
                print_right=printed[key] == (truth > 0),
                majority_right=majority[key] == (truth > 0),
                level=cell.level,
                level_right=cell.level == truth,
                filled=layout.tables[cell.cluster] == "甲",
            )
        )
    return found


def run(seeds: Iterable[int]) -> tuple[list[Judged], list[Case]]:
    """Generate, reconcile and judge a layout for each seed."""
    believed = trust()
    cells: list[Judged] = []
    cases: list[Case] = []
    for seed in seeds:
        made = case(seed)
        layout = reconcile(made.facts, believed, earlier=made.earlier)
        assert len(layout.cells) == len(made.truth)
        cells += judged(made, layout)
        cases.append(made)
    return cells, cases


def share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else float("nan")


def brier(cells: Iterable[Judged]) -> float:
    values = [(cell.confidence - cell.right) ** 2 for cell in cells]
    return sum(values) / len(values)


def reliability_table(cells: list[Judged]) -> list[tuple[str, int, float, float]]:
    """Range of confidence, cells in it, mean confidence, share that is right."""
    rows = []
    for low, high in itertools.pairwise(BINS):
        own = [cell for cell in cells if low <= cell.confidence < high]
        if own:
            mean = sum(cell.confidence for cell in own) / len(own)
            rows.append((f"{low:g}–{high:g}", len(own), mean, share(cell.right for cell in own)))
    return rows


def markdown(cells: list[Judged]) -> str:
    """The measured qualities as Markdown."""
    sure = [cell for cell in cells if cell.confidence > 0.95]
    known = [cell for cell in cells if cell.right and cell.level is not None]
    lines = [
        f"{len(cells)} cells. Presence right: {share(c.right for c in cells):.2%}; where determined "
        f"{share(c.right for c in cells if not c.undecided):.2%} (undecided: {share(c.undecided for c in cells):.2%}).",
        f"Wrong: ours {1 - share(c.right for c in cells):.2%}, majority vote "
        f"{1 - share(c.majority_right for c in cells):.2%}, the printed table {1 - share(c.print_right for c in cells):.2%}.",
        f"Above 0.95: {len(sure) / len(cells):.1%} of the cells, right in {share(c.right for c in sure):.2%}. "
        f"Brier score {brier(cells):.4f}.",
        f"Levels stated: {len(known)}, right in {share(c.level_right for c in known):.2%}.",
        "",
        "| confidence | cells | mean | right |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {name} | {size} | {mean:.3f} | {right:.3f} |" for name, size, mean, right in reliability_table(cells)),
    ]
    return "\n".join(lines)
