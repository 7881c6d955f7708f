"""Alignment of a printed sequence with the slots that it should fill: figures or cells may be lost, inserted, or slid.

A slot either meets a printed item or has lost its own; an item may be an extra one. All alignments within a band are
weighed at once by the forward–backward recursions of a pair hidden Markov model (Durbin, Eddy, Krogh, Mitchison 1998,
ch. 4), so that an uncertain alignment gives weak evidence instead of a wrong one.
"""

from dataclasses import dataclass

import numpy as np

from graph.stars.witnesses import Floats, Ints


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the items of B sequences belong, with the slot's own evidence left out.

    `meets` is B × S × O: the weight of slot s meeting item s + o - O // 2, `lost` B × S that of meeting none; together
    they sum to one. `evidence` is B: the log likelihood of the sequence.
    """

    meets: Floats
    lost: Floats
    evidence: Floats


def items_of(slots: int, band: int) -> Ints:
    """Index of the item at each slot and offset, S × (2 · band + 1); may lie outside the sequence."""
    return np.arange(slots)[:, None] + np.arange(-band, band + 1)[None, :]


def at_items(values: Floats, slots: int, band: int, outside: float) -> Floats:
    """Values by item (… × W) laid out by slot and offset (… × S × (2 · band + 1))."""
    index = items_of(slots, band)
    inside = (index >= 0) & (index < values.shape[-1])
    if not values.shape[-1]:
        return np.full((*values.shape[:-1], *index.shape), outside)
    return np.where(inside, values[..., np.clip(index, 0, values.shape[-1] - 1)], outside)


def align(
    match: Floats, extra: Floats, tail: Floats, loss: Floats, insertion: float, *, backward: bool = True
) -> Alignment:
    """Weigh all alignments of B sequences.

    Args:
        match: B × S × O, likelihood of the item at each slot and offset; 1 where no item is printed.
        extra: B × S × O, likelihood of that item as an extra one; 0 where no item is printed.
        tail: B × O, likelihood of what is printed behind the last slot, by the offset there.
        loss: B × S, probability that a slot has lost its item.
        insertion: probability of an extra item before a slot.
        backward: False computes only the evidence.
    """
    forward, logs = _forward(match, extra, loss, insertion)
    evidence = np.log(np.maximum((forward[-1] * tail).sum(axis=1), 1e-300)) + logs
    if not backward:
        empty = np.zeros(0)
        return Alignment(empty, empty, evidence)
    batch, slots, offsets = match.shape
    meets, lost = np.zeros_like(match), np.zeros((batch, slots))
    behind = tail
    for s in range(slots - 1, -1, -1):
        before = forward[s]
        meets[:, s] = before * (1 - loss[:, s, None]) * behind
        lost[:, s] = (before[:, 1:] * behind[:, :-1]).sum(axis=1) * loss[:, s]
        here = match[:, s] * (1 - loss[:, s, None]) * behind
        here[:, 1:] += loss[:, s, None] * behind[:, :-1]
        for d in range(offsets - 2, -1, -1):
            here[:, d] += insertion * extra[:, s, d] * here[:, d + 1]
        behind = here / np.maximum(here.max(axis=1, keepdims=True), 1e-300)
    scale = np.maximum(meets.sum(axis=2) + lost, 1e-300)
    return Alignment(meets / scale[:, :, None], lost / scale, evidence)


def _forward(match: Floats, extra: Floats, loss: Floats, insertion: float) -> tuple[list[Floats], Floats]:
    """Weight of each offset on reaching each slot (extra items before it included), and the logarithms scaled out."""
    batch, slots, offsets = match.shape
    state = np.zeros((batch, offsets))
    state[:, offsets // 2] = 1.0
    logs = np.zeros(batch)
    states = []
    for s in range(slots):
        for d in range(offsets - 1):
            state[:, d + 1] += insertion * extra[:, s, d] * state[:, d]
        states.append(state)
        following = state * match[:, s] * (1 - loss[:, s, None])
        following[:, :-1] += state[:, 1:] * loss[:, s, None]
        top = np.maximum(following.max(axis=1, keepdims=True), 1e-300)
        logs += np.log(top[:, 0])
        state = following / top
    states.append(state)
    return states, logs
