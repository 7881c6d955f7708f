"""What a printed number of cities says about each cell: exact messages of a cardinality factor."""

import numpy as np

from graph.stars.witnesses import Floats


def messages(belief: Floats, likelihood: Floats) -> Floats:
    """Log odds that the counts give to every cell, its own belief left out.

    Args:
        belief: N × M, probability that each cell is present, as all other witnesses have it.
        likelihood: N × (M + 1), likelihood of what is printed, by the true count.

    Returns:
        N × M log odds.
    """
    size, width = belief.shape
    behind = [likelihood]
    for k in range(width - 1, 0, -1):
        last = behind[-1]
        p = belief[:, k, None]
        behind.append(p * last[:, 1:] + (1 - p) * last[:, :-1])
    ahead = np.zeros((size, width + 1))
    ahead[:, 0] = 1.0
    odds = np.zeros_like(belief)
    for k in range(width):
        rest = behind[width - 1 - k]
        length = rest.shape[1] - 1
        here = ahead[:, :length]
        present = (here * rest[:, 1:]).sum(axis=1)
        absent = (here * rest[:, :-1]).sum(axis=1)
        odds[:, k] = np.log(np.maximum(present, 1e-300)) - np.log(np.maximum(absent, 1e-300))
        p = belief[:, k, None]
        ahead[:, 1:] = p * ahead[:, :-1] + (1 - p) * ahead[:, 1:]
        ahead[:, 0] *= 1 - belief[:, k]
    return odds


def distribution(belief: Floats) -> Floats:
    """Probability of each count, N × (M + 1), of independent cells N × M."""
    size, width = belief.shape
    counts = np.zeros((size, width + 1))
    counts[:, 0] = 1.0
    for k in range(width):
        p = belief[:, k, None]
        counts[:, 1:] = p * counts[:, :-1] + (1 - p) * counts[:, 1:]
        counts[:, 0] *= 1 - belief[:, k]
    return counts


def printed(value: int, highest: int, right: float) -> Floats:
    """Likelihood of a printed figure by the true count 0 … highest; a wrong figure is rather near than far."""
    distance = np.abs(np.arange(highest + 1) - value)
    near = 0.6**distance * (distance > 0)
    total = near.sum()
    wrong = (0.5 * near / total if total else 0.0) + 0.5 / (highest + 1)
    return np.where(distance == 0, right, 0.0) + (1 - right) * wrong
