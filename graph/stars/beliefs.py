"""Beliefs about every cell of a sheet, from all witnesses at once, by passing messages until they settle.

Each witness tells each cell its log odds, given what all the others make believed (sum–product on a factor graph:
Kschischang, Frey, Loeliger 2001). What is inferred on the way — alignments, fillers, lost columns, how exhaustive a
box is — becomes the costs of the linear programme in `solve`.
"""

from dataclasses import dataclass

import numpy as np

from graph.stars import counts
from graph.stars.alignment import align, at_items
from graph.stars.prints import PrintReading, Prints, Slips
from graph.stars.reliability import Reliability
from graph.stars.witnesses import Claim, Floats, Sheet

_ROUNDS = 16
_SEARCHES = (2, 5, 9)
_LIMIT = 8.0


@dataclass(frozen=True, slots=True)
class Count:
    """A printed count as the programme takes it: `weight` is the cost of each city more or fewer than `value`."""

    claim: Claim
    weight: float
    right: float
    aligned: float = 1.0


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What the witnesses of a sheet say, ready to be weighed exactly.

    `odds` is R × C: log odds of presence without the counts; `by_witness` what each kind of witness tells each cell,
    the counts too; `rows` and `columns` the printed counts with their weights; `totals` the bottom row's alignment,
    C × number of figures.
    """

    odds: Floats
    by_witness: dict[str, Floats]
    rows: tuple[Count, ...]
    columns: tuple[Count, ...]
    totals: Floats
    print: PrintReading | None
    slips: Slips

    @property
    def figures(self) -> dict[int, int]:
        """The figure of the bottom row of each city: they are each other's likeliest, the rest are nobody's."""
        if not self.totals.size:
            return {}
        figures, cities = self.totals.argmax(axis=1), self.totals.argmax(axis=0)
        return {c: int(k) for c, k in enumerate(figures) if cities[k] == c and self.totals[c, k] > 0}


def sigmoid(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -40, 40))))


def beliefs(sheet: Sheet, trust: Reliability) -> Beliefs:
    """Pass messages among the witnesses of a sheet.

    Args:
        sheet: what is said.
        trust: how far each witness is believed.
    """
    shape = rows, cities = sheet.shape
    prints = Prints(sheet, trust) if sheet.printed.size else None
    lists, before = _lists(sheet, trust), _before(sheet, trust)
    boxes = _boxes(sheet, trust, np.full(shape, 0.5))
    printed, by_row, by_column = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    row_likelihood = _likelihood(sheet.row_claims, rows, cities, trust)
    claimed = _likelihood(sheet.column_claims, cities, rows, trust)
    slips, reading = Slips(), None
    totals = np.zeros((cities, len(sheet.totals)))
    for step in range(_ROUNDS):
        base = lists + before + boxes
        by_row = _settle(by_row, counts.messages(sigmoid(base + printed + by_column), row_likelihood))
        cavity = sigmoid(base + printed + by_row)
        totals, aligned = _totals(sheet, trust, counts.distribution(cavity.T), claimed)
        by_column = _settle(by_column, counts.messages(cavity.T, claimed * aligned).T)
        boxes = _boxes(sheet, trust, sigmoid(lists + before + printed + by_row + by_column))
        if prints is not None:
            belief = sigmoid(lists + before + boxes + by_row + by_column)
            if step in _SEARCHES:
                slips = prints.slips(belief, slips)
            reading = prints.read(belief, slips)
            printed = _settle(printed, reading.odds)
    odds = lists + before + boxes + printed
    return Beliefs(
        odds=odds,
        by_witness={
            "map_list": lists,
            "earlier": before,
            "box": boxes,
            "cell": printed,
            "row_counts": by_row,
            "column_counts": by_column,
        },
        rows=_counts(sheet.row_claims, counts.distribution(sigmoid(odds + by_column)), row_likelihood, trust),
        columns=(
            *_counts(sheet.column_claims, counts.distribution(sigmoid(odds + by_row).T), claimed, trust),
            *_aligned_counts(sheet, totals, counts.distribution(sigmoid(odds + by_row).T) * claimed, trust),
        ),
        totals=totals,
        print=reading,
        slips=slips,
    )


def _settle(old: Floats, new: Floats) -> Floats:
    """Half way to the new message, within bounds: loops then neither oscillate nor become certain."""
    return 0.5 * old + 0.5 * np.clip(new, -_LIMIT, _LIMIT)


def _lists(sheet: Sheet, trust: Reliability) -> Floats:
    kept, added = trust.map_list_kept, trust.map_list_added
    odds = np.where(sheet.listed, np.log(kept / added), np.log((1 - kept) / (1 - added)))
    return np.where(sheet.has_list[None, :], odds, 0.0)


def _before(sheet: Sheet, trust: Reliability) -> Floats:
    kept, added = trust.earlier_kept, trust.earlier_added
    odds = np.where(sheet.before, np.log(kept / added), np.log((1 - kept) / (1 - added)))
    return np.where(sheet.has_before[:, None], odds, 0.0)


def _boxes(sheet: Sheet, trust: Reliability, belief: Floats) -> Floats:
    """Log odds of a box's silence or naming; how exhaustive and how generous each box is follows from the belief."""
    named = sheet.named > 0
    weight = trust.box_weight
    kept = (weight * trust.box_kept + (belief * named).sum(axis=1)) / (weight + belief.sum(axis=1))
    added = (weight * trust.box_added + ((1 - belief) * named).sum(axis=1)) / (weight + (1 - belief).sum(axis=1))
    kept, added = np.clip(kept, 0.05, 0.95)[:, None], np.clip(added, 0.02, 0.95)[:, None]
    odds = np.where(named, np.log(kept / added), np.log((1 - kept) / (1 - added)))
    # A box that names more cities outside the layout than inside is no evidence against any.
    odds = np.where(named, np.maximum(odds, 0.0), np.minimum(odds, 0.0))
    return np.where(sheet.has_box[:, None], odds, 0.0)


def _trusted(claim: Claim, trust: Reliability) -> float:
    return trust.row_total_right if claim.fact.source == "row_total" else trust.map_count_right


def _likelihood(claims: tuple[Claim, ...], size: int, highest: int, trust: Reliability) -> Floats:
    likelihood = np.ones((size, highest + 1))
    for claim in claims:
        likelihood[claim.index] *= counts.printed(claim.value, highest, _trusted(claim, trust))
    return likelihood


def _totals(sheet: Sheet, trust: Reliability, belief: Floats, claimed: Floats) -> tuple[Floats, Floats]:
    """Alignment of the bottom row (C × figures), and the likelihood it gives each city's count (C × (R + 1))."""
    rows, cities = sheet.shape
    figures = len(sheet.totals)
    if not figures or not sheet.home:
        return np.zeros((cities, figures)), np.ones((cities, rows + 1))
    slots = np.array(sheet.home)
    band = min(max(4, abs(figures - len(slots)) + 3, round(0.08 * len(slots))), 30)
    believed = belief * claimed
    believed = believed / np.maximum(believed.sum(axis=1, keepdims=True), 1e-300)
    says = np.stack([counts.printed(fact.value or 0, rows, trust.column_total_right) for fact in sheet.totals])
    at_slot = np.where(slots[:, None] >= 0, believed[np.maximum(slots, 0)], 1 / (rows + 1)) @ says.T
    index = np.arange(len(slots))[:, None] + np.arange(-band, band + 1)[None, :]
    inside = (index >= 0) & (index < figures)
    match = np.where(inside, np.take_along_axis(at_slot, np.clip(index, 0, figures - 1), axis=1), 0.0)
    stray = trust.column_total_inserted / (rows + 1)
    extra = at_items(np.full(figures, 1 / (rows + 1)), len(slots), band, 0.0)
    left = figures - len(slots) - np.arange(-band, band + 1)
    tail = np.where(left >= 0, stray ** np.maximum(left, 0), 0.0)
    loss = np.full((1, len(slots)), trust.column_total_dropped)
    found = align(match[None], extra[None], tail[None], loss, trust.column_total_inserted)
    weights = np.zeros((cities, figures))
    likelihood = np.ones((cities, rows + 1))
    for s, city in enumerate(slots):
        if city < 0:
            continue
        own = np.zeros(figures)
        own[index[s][inside[s]]] = found.meets[0, s][inside[s]]
        lost = max(0.0, 1.0 - own.sum())
        likelihood[city] = own @ says + lost / (rows + 1)
        posterior = own * at_slot[s]
        weights[city] = posterior / max(posterior.sum() + lost / (rows + 1), 1e-300)
    return weights, likelihood


def _counts(claims: tuple[Claim, ...], belief: Floats, likelihood: Floats, trust: Reliability) -> tuple[Count, ...]:
    return tuple(
        _count(claim, belief[claim.index], likelihood[claim.index], _trusted(claim, trust)) for claim in claims
    )


def _count(claim: Claim, belief: Floats, likelihood: Floats, right: float, aligned: float = 1.0) -> Count:
    """A count's weight: the log odds of its being right, as far as the other witnesses leave it possible."""
    own = counts.printed(claim.value, len(belief) - 1, right)
    other = belief * likelihood / own if aligned == 1.0 else belief * likelihood
    other = other / max(other.sum(), 1e-300)
    hit = right * (other[claim.value] if claim.value < len(other) else 0.0)
    believed = float(hit / max((own * other).sum(), 1e-300)) * aligned
    return Count(claim, float(np.log(right / (1 - right))) * believed, believed, aligned)


def _aligned_counts(sheet: Sheet, totals: Floats, belief: Floats, trust: Reliability) -> tuple[Count, ...]:
    """The figures of the bottom row as counts of the cities that they most likely belong to."""
    found = []
    for k, fact in enumerate(sheet.totals):
        city = int(totals[:, k].argmax())
        share = float(totals[city, k])
        if share > 0.05:
            claim = Claim(city, fact.value or 0, fact)
            found.append(
                _count(claim, belief[city], np.ones(belief.shape[1]), trust.column_total_right, min(share, 0.999))
            )
    return tuple(found)
