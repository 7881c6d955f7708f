"""What the printed rows of a table say about each cell, whatever happened to the table.

Inferred beside the layout are how full of fillers each row is, which columns the whole table lost, how often its rows
slide, and how each row slid. All stay uncertain where the witnesses leave them so.
"""

from dataclasses import dataclass

import numpy as np

from graph.stars.alignment import Alignment, align, at_items
from graph.stars.reliability import Reliability
from graph.stars.witnesses import BLANK, ODD, UNPRINTED, Floats, Ints, Sheet, commonest

LEVELS = (1, 2, 3)
FILLED = (0.01, 0.3, 0.7, 0.99)
"""Shares of blank cells that a row may have had filled."""

STANDING = (0.1, 1.0)
"""How often the rows of a table may slide, as shares of `cell_slid`: some tables stand firm, others slide."""

_BAND = 4
_MOST_COLUMNS = 3
_UNSEEN = 0.1


@dataclass(frozen=True, slots=True)
class Slips:
    """Sets of columns that the table may have lost, with their probabilities; columns are those of the header.

    `standing` is the expected share of `cell_slid` with which its rows slide.
    """

    lost: tuple[frozenset[int], ...] = (frozenset(),)
    weight: tuple[float, ...] = (1.0,)
    standing: float = 1.0


@dataclass(frozen=True, slots=True)
class PrintReading:
    """The printed rows, read in the light of a belief.

    `odds` is R × C, log odds of presence that the print alone gives; `levels` R × C × 3, the probability of each level
    of a cell that is present; `filled` R, the expected share of filled blanks; `meets` R × S × O and `lost` R × S the
    alignment of each row.
    """

    odds: Floats
    levels: Floats
    filled: Floats
    meets: Floats
    lost: Floats


class Prints:
    """The printed rows of a sheet with the likelihoods of every cell, by level and share of filled blanks."""

    def __init__(self, sheet: Sheet, trust: Reliability) -> None:
        self.trust = trust
        self.cities = np.array(sheet.home, dtype=np.int64)
        self.known = self.cities >= 0
        self.shape = sheet.shape
        self.filler = commonest(int(v) for v in sheet.printed.ravel() if v in LEVELS)
        symbols = sheet.printed
        self.unprinted = symbols == UNPRINTED
        by_level, absent = zip(*(_likelihoods(symbols, self.filler, share, trust) for share in FILLED), strict=True)
        self.by_level: Floats = np.stack(by_level)  # G × R × W × 3
        self.absent: Floats = np.stack(absent)  # G × R × W
        self.present: Floats = self.by_level.mean(axis=3)
        chances = np.where(symbols == BLANK, 0.5, 0.5 / 3)
        slots = len(self.cities)
        self.extra = at_items(np.where(self.unprinted, 0.0, chances), slots, _BAND, 0.0)

    def slips(self, belief: Floats, before: Slips) -> Slips:
        """How often the rows slide, and the columns that the table has lost, most likely sets first."""
        slots = len(self.cities)
        weights, _ = self._filled(self._aligned(belief, before.lost[0], before.standing, backward=False))
        mixed = np.einsum("ig,gic->ic", weights, self.present), np.einsum("ig,gic->ic", weights, self.absent)
        standing = self._standing(mixed, belief, before.lost[0])
        sets = [frozenset[int]()]
        best = frozenset[int]()
        evidence = self._evidence(mixed, belief, sets, standing)
        for _ in range(_MOST_COLUMNS):
            more = [best | {s} for s in range(slots) if s not in best]
            sets, evidence = [*sets, *more], np.concatenate([evidence, self._evidence(mixed, belief, more, standing)])
            winner = sets[int(evidence.argmax())]
            if winner == best:
                break
            best = winner
        chance = np.exp(evidence - evidence.max())
        order = sorted(range(len(sets)), key=lambda k: (-chance[k], sorted(sets[k])))
        kept = [k for k in order if chance[k] > 0.02][:4]
        total = sum(chance[k] for k in kept)
        return Slips(tuple(sets[k] for k in kept), tuple(float(chance[k] / total) for k in kept), standing)

    def _standing(self, mixed: tuple[Floats, Floats], belief: Floats, columns: frozenset[int]) -> float:
        """The expected share of `cell_slid`: that all rows stand speaks for a table whose rows rarely slide."""
        evidence = np.concatenate([self._evidence(mixed, belief, [columns], share) for share in STANDING])
        # Every slot ends with no further cell put in; that factor is the same for all alignments, not for all shares.
        evidence += belief.shape[0] * len(self.cities) * np.log(1 - self.trust.cell_slid * np.array(STANDING))
        chance = np.exp(evidence - evidence.max())
        return float(chance @ np.array(STANDING) / chance.sum())

    def read(self, belief: Floats, slips: Slips) -> PrintReading:
        """What the print says about each cell, given what all other witnesses make believed."""
        rows = self.shape[0]
        slots = len(self.cities)
        present, absent = np.zeros((rows, slots)), np.zeros((rows, slots))
        levels = np.zeros((rows, slots, 3))
        filled, lost_all = np.zeros(rows), np.zeros((rows, slots))
        meets_all: Floats = np.zeros((rows, slots, 2 * _BAND + 1))
        for columns, weight in zip(slips.lost, slips.weight, strict=True):
            found = self._aligned(belief, columns, slips.standing)
            shares, _ = self._filled(found)
            for g in range(len(FILLED)):
                mass = weight * shares[:, g, None]
                meets = found.meets.reshape(len(FILLED), rows, slots, -1)[g]
                lost = found.lost.reshape(len(FILLED), rows, slots)[g]
                present += mass * (np.einsum("iso,iso->is", meets, self._laid(self.present[g])) + lost)
                absent += mass * (np.einsum("iso,iso->is", meets, self._laid(self.absent[g])) + lost)
                for k in range(3):
                    own = np.einsum("iso,iso->is", meets, self._laid(self.by_level[g, :, :, k]))
                    levels[:, :, k] += mass * (own + lost)
                seen = meets * self._match(self.present[g], self.absent[g], belief)
                sums = seen.sum(axis=2) + lost
                meets_all += mass[:, :, None] * seen / sums[:, :, None]
                lost_all += mass * lost / sums
                filled += weight * shares[:, g] * FILLED[g]
        odds, by_city = np.zeros(self.shape), np.full((*self.shape, 3), 1 / 3)
        odds[:, self.cities[self.known]] = (np.log(present) - np.log(absent))[:, self.known]
        by_city[:, self.cities[self.known]] = (levels / levels.sum(axis=2, keepdims=True))[:, self.known]
        return PrintReading(odds, by_city, filled, meets_all, lost_all)

    def _laid(self, values: Floats) -> Floats:
        """Likelihoods by printed column laid out by slot and offset."""
        laid = at_items(values, len(self.cities), _BAND, _UNSEEN)
        return np.where(at_items(np.where(self.unprinted, 1.0, 0.0), len(self.cities), _BAND, 0.0) > 0, _UNSEEN, laid)

    def _slots(self, belief: Floats) -> Floats:
        """Belief by slot; a column of no known city is open."""
        return np.where(self.known[None, :], belief[:, np.where(self.known, self.cities, 0)], 0.5)

    def _match(self, present: Floats, absent: Floats, belief: Floats) -> Floats:
        p = self._slots(belief)[:, :, None]
        return p * self._laid(present) + (1 - p) * self._laid(absent)

    def _tail(self, absent: Floats) -> Floats:
        """Likelihood of what is left behind the last city: padding looks like blank cells."""
        width = absent.shape[1]
        padding = np.where(self.unprinted, 1.0, absent)
        tail = np.ones((absent.shape[0], 2 * _BAND + 1))
        for d in range(1, min(_BAND, width) + 1):
            tail[:, _BAND - d] = padding[:, width - d :].prod(axis=1)
        return tail

    def _loss(self, columns: frozenset[int], standing: float) -> Floats:
        loss = np.full(len(self.cities), self.trust.cell_slid * standing)
        loss[sorted(columns)] = 0.97
        return loss

    def _aligned(self, belief: Floats, columns: frozenset[int], standing: float, *, backward: bool = True) -> Alignment:
        """Every row under every share of filled blanks (G · R sequences)."""
        rows, depth = self.shape[0], len(FILLED)
        match = np.concatenate([self._match(self.present[g], self.absent[g], belief) for g in range(depth)])
        tail = np.concatenate([self._tail(self.absent[g]) for g in range(depth)])
        loss = np.broadcast_to(self._loss(columns, standing), (depth * rows, len(self.cities)))
        inserted = self.trust.cell_slid * standing
        return align(match, np.tile(self.extra, (depth, 1, 1)), tail, loss, inserted, backward=backward)

    def _filled(self, found: Alignment) -> tuple[Floats, Floats]:
        """Probability of each share of filled blanks by row (R × G), and for the table (G)."""
        evidence = found.evidence.reshape(len(FILLED), -1).T
        table = np.full(len(FILLED), 1 / len(FILLED))
        for _ in range(10):
            own = np.exp(evidence - evidence.max(axis=1, keepdims=True)) * table
            own /= own.sum(axis=1, keepdims=True)
            table = (own.sum(axis=0) + 0.25) / (len(own) + 0.25 * len(FILLED))
        return own, table

    def _evidence(
        self, mixed: tuple[Floats, Floats], belief: Floats, sets: list[frozenset[int]], standing: float
    ) -> Floats:
        """Log evidence of sets of lost columns, their prior included."""
        rows, slots = self.shape[0], len(self.cities)
        match, tail = self._match(*mixed, belief), self._tail(mixed[1])
        result = np.zeros(len(sets))
        step = max(1, 200_000 // max(1, rows * slots))
        prior = np.log(self.trust.cell_column_lost / max(1, slots))
        for start in range(0, len(sets), step):
            part = sets[start : start + step]
            loss = np.repeat(np.stack([self._loss(columns, standing) for columns in part]), rows, axis=0)
            found = align(
                np.tile(match, (len(part), 1, 1)),
                np.tile(self.extra, (len(part), 1, 1)),
                np.tile(tail, (len(part), 1)),
                loss,
                self.trust.cell_slid * standing,
                backward=False,
            )
            result[start : start + step] = found.evidence.reshape(len(part), rows).sum(axis=1)
        return np.asarray(result + np.array([len(columns) * prior for columns in sets]))


def _likelihoods(symbols: Ints, filler: int, share: float, trust: Reliability) -> tuple[Floats, Floats]:
    """Likelihood of each printed symbol by level (R × W × 3) and where the cell is absent (R × W).

    Args:
        symbols: R × W printed values.
        filler: the level that fills blanks.
        share: of the blank cells of the row that were filled.
        trust: how often cells err.
    """
    by_level = np.zeros((*symbols.shape, 3))
    for k, level in enumerate(LEVELS):
        hit = symbols == level
        other = np.isin(symbols, LEVELS) & ~hit
        kept = 1.0 if level == filler else 1 - trust.cell_overwritten * share
        right = np.where(hit, kept * (1 - trust.cell_misread), np.where(other, kept * trust.cell_misread / 2, 0.0))
        if level != filler:
            right = right + np.where(symbols == filler, 1 - kept, 0.0)
        blank = trust.cell_lost * (1 - share)
        by_level[:, :, k] = np.where(symbols == BLANK, blank, (1 - trust.cell_lost) * right)
        by_level[:, :, k] += np.where(symbols == filler, trust.cell_lost * share, 0.0)
    # A stray star is there before the blanks are filled, so a filled row has no fewer of them than another.
    stray, empty = trust.cell_added / 3, 1 - trust.cell_added
    absent = np.where(symbols == BLANK, (1 - share) * empty, np.where(symbols == filler, share * empty + stray, stray))
    absent = np.where(symbols == ODD, trust.cell_added / 3, absent)
    by_level[symbols == ODD] = 1 / 3
    return np.maximum(by_level, 1e-6), np.maximum(absent, 1e-6)
