"""How right and how sure the reconciliation is on layouts with known truth; for the tests and `make soak`."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.stars.layout import Layout
from graph.stars.reconcile import reconcile
from graph.stars.reliability import Reliability, reliability
from tests.graph.stars.generate import Case, by_majority, by_print, case

TRUST = Path(__file__).parents[3] / "data" / "reliability.toml"
BINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
LEVEL_BINS = (0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True)
class Judged:
    """One cell of one layout: what was held, how surely, and whether it, the print and the majority are right."""

    confidence: float
    present: bool
    right: bool
    undecided: bool
    print_right: bool
    majority_right: bool
    level: int | None
    level_confidence: float | None
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
                present=cell.present,
                right=cell.present == (truth > 0),
                undecided=cell.undecided,
                print_right=printed[key] == (truth > 0),
                majority_right=majority[key] == (truth > 0),
                level=cell.level,
                level_confidence=cell.level_confidence,
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


Row = tuple[str, int, float, float]
"""Range of confidence, cells in it, mean confidence, share that is right."""


def _calibration(sure: Sequence[tuple[float, bool]], bins: Sequence[float]) -> list[Row]:
    rows = []
    for low, high in itertools.pairwise(bins):
        own = [one for one in sure if low <= one[0] < high or one[0] == high == bins[-1]]
        if own:
            mean = sum(confidence for confidence, _ in own) / len(own)
            rows.append((f"{low:g}–{high:g}", len(own), mean, share(right for _, right in own)))
    return rows


def reliability_table(cells: Iterable[Judged]) -> list[Row]:
    """How sure the presence of cells is, and how often right."""
    return _calibration([(cell.confidence, cell.right) for cell in cells], BINS)


def with_level(cells: Iterable[Judged]) -> list[Judged]:
    """The cells that are rightly held present at a stated level."""
    return [cell for cell in cells if cell.level is not None and cell.right]


def level_table(cells: Iterable[Judged]) -> list[Row]:
    """How sure the stated levels of cells are, and how often right."""
    return _calibration([(cell.level_confidence or 0, cell.level_right) for cell in with_level(cells)], LEVEL_BINS)


def markdown(cells: list[Judged]) -> str:
    """The measured qualities as Markdown."""
    sure = [cell for cell in cells if cell.confidence > 0.95]
    present = [cell for cell in cells if cell.right and cell.present]
    stated = with_level(cells)
    lines = [
        f"{len(cells)} cells. Presence right: {share(c.right for c in cells):.2%}; where determined "
        f"{share(c.right for c in cells if not c.undecided):.2%} (undecided: {share(c.undecided for c in cells):.2%}).",
        f"Wrong: ours {1 - share(c.right for c in cells):.2%}, majority vote "
        f"{1 - share(c.majority_right for c in cells):.2%}, the printed table {1 - share(c.print_right for c in cells):.2%}.",
        f"Above 0.95: {len(sure) / len(cells):.1%} of the cells, right in {share(c.right for c in sure):.2%}. "
        f"Brier score {brier(cells):.4f}.",
        f"Levels stated: {len(stated)}, {len(stated) / len(present):.1%} of the cells rightly held present; right in "
        f"{share(c.level_right for c in stated):.2%} (filled table {share(c.level_right for c in stated if c.filled):.2%},"
        f" the other {share(c.level_right for c in stated if not c.filled):.2%}).",
        "",
        *_lines("confidence of presence", reliability_table(cells)),
        "",
        *_lines("confidence of the level", level_table(cells)),
    ]
    return "\n".join(lines)


def _lines(head: str, rows: Iterable[Row]) -> list[str]:
    return [
        f"| {head} | cells | mean | right |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {name} | {size} | {mean:.3f} | {right:.3f} |" for name, size, mean, right in rows),
    ]
