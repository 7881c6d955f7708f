"""Proximity and density on a presence matrix.

Hidalgo, Klinger, Barabási, Hausmann: The Product Space Conditions the Development of Nations. Science 317 (2007).
"""

import numpy as np

from queries.industry.layout import Matrix


def proximity(presence: Matrix) -> Matrix:
    """The lower of the two conditional probabilities that who has one column has the other.

    Args:
        presence: rows × columns of 0 and 1.

    Returns:
        columns × columns, symmetric, 0 to 1; 1 on the diagonal; 0 for a column that nobody has.
    """
    together = presence.T @ presence
    having = presence.sum(axis=0)
    # Divided by the greater count, the share is the smaller of the two.
    most = np.maximum(having[:, None], having[None, :])
    shares: Matrix = np.divide(together, most, out=np.zeros_like(together), where=most > 0)
    return shares


def density(presence: Matrix, near: Matrix) -> Matrix:
    """How much of the neighbourhood of each column a row has.

    Args:
        presence: rows × columns of 0 and 1.
        near: proximity of the columns. The diagonal counts, as in the package `ecomplexity`.

    Returns:
        rows × columns, 0 to 1; 0 where a column has no neighbours.
    """
    held = presence @ near
    all_of = near.sum(axis=0)[None, :]
    shares: Matrix = np.divide(held, all_of, out=np.zeros_like(held), where=all_of > 0)
    return shares
