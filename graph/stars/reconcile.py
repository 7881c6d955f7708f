"""One layout from many damaged witnesses: the way in.

`reconcile` reads the facts of one edition into sheets, infers what happened to them, solves for the layout of least
disbelief, and returns it with confidence, witnesses and the ledger. A pure function.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.stars.beliefs import Beliefs, beliefs
from graph.stars.contradictions import Solved
from graph.stars.layout import STARS, Cell, Layout, Override
from graph.stars.ledger import ledger, notes, override_entries
from graph.stars.overrides import applied
from graph.stars.reliability import Reliability
from graph.stars.solve import solve
from graph.stars.voices import AUDIBLE, Speakers
from graph.stars.witnesses import Sheet, sheets
from ontology.facts import Fact

UNDECIDED = 0.1
"""A cell whose opposite costs less (odds under 1.1 to 1) is undecided."""

KNOWN_LEVEL = 0.8
"""Confidence from which a level is stated."""


def reconcile(
    facts: Sequence[Fact],
    trust: Reliability,
    overrides: Sequence[Override] = (),
    *,
    edition: str = "",
    earlier: Sequence[Fact] = (),
) -> Layout:
    """The layout that an edition of a plan decides.

    Args:
        facts: the edition's witnesses and layout statements; others are ignored.
        trust: how far each kind of witness is believed.
        overrides: corrections by people; those of other editions are ignored.
        edition: id of the edition.
        earlier: layout statements of the edition before, a weak witness.

    Returns:
        One cell for each cluster and city of each table, in the order of the print.
    """
    found, problems = sheets(facts, earlier)
    solved = [_solved(sheet, trust) for sheet in found]
    cells = [cell for one in solved for cell in _cells(one, trust)]
    layout = Layout(
        edition=edition,
        scale=STARS,
        clusters=tuple(cluster for sheet in found for cluster in sheet.clusters),
        cities=tuple(dict.fromkeys(city for sheet in found for city in sheet.cities)),
        cells=tuple(cells),
        tables={cluster: sheet.name for sheet in found for cluster in sheet.clusters},
        ledger=ledger(solved),
        problems=problems,
        notes=tuple(note for one in solved for note in notes(one)),
        cost=sum(one.solution.cost for one in solved),
    )
    if not overrides:
        return layout
    corrected = applied(layout, overrides)
    return override_entries(corrected, solved)


def _solved(sheet: Sheet, trust: Reliability) -> Solved:
    found = beliefs(sheet, trust)
    return Solved(sheet, found, solve(found.odds, found.rows, found.columns))


@dataclass(frozen=True, slots=True)
class _Level:
    level: int | None
    confidence: float | None


def _level(found: Beliefs, row: int, column: int, present: bool) -> _Level:
    if not present or found.print is None:
        return _Level(None, None)
    chances = found.print.levels[row, column]
    best = int(np.argmax(chances))
    confidence = round(float(chances[best]), 4)
    return _Level(best + 1 if confidence >= KNOWN_LEVEL else None, confidence)


def confidence(cost: float, trust: Reliability) -> float:
    """Probability that a cell is right, from the cost of the opposite; between a half and the highest allowed."""
    return round(min(trust.confidence_highest, float(1 / (1 + np.exp(-trust.confidence_slope * cost)))), 4)


def _cells(solved: Solved, trust: Reliability) -> list[Cell]:
    sheet, found, solution = solved.sheet, solved.found, solved.solution
    speakers = Speakers(sheet, found)
    cells = []
    for i, cluster in enumerate(sheet.clusters):
        for j, city in enumerate(sheet.cities):
            present, cost = bool(solution.present[i, j]), float(solution.opposite[i, j])
            level = _level(found, i, j, present)
            heard = tuple(speakers.voices(i, j))
            audible = [v for v in heard if abs(v.odds) >= AUDIBLE]
            cells.append(
                Cell(
                    cluster=cluster,
                    city=city,
                    present=present,
                    level=level.level,
                    confidence=confidence(cost, trust),
                    level_confidence=level.confidence,
                    inferred=(present, level.level),
                    opposite=round(cost, 4),
                    undecided=cost < UNDECIDED,
                    rival=tuple((sheet.clusters[r], sheet.cities[c]) for r, c in solution.rival(i, j)),
                    supports=tuple(v for v in audible if (v.odds > 0) == present),
                    opposes=tuple(v for v in audible if (v.odds > 0) != present),
                    silent=tuple(v for v in heard if abs(v.odds) < AUDIBLE),
                )
            )
    return cells
