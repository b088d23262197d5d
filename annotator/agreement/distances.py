"""How far two values are apart: the metrics of Krippendorff's alpha, and of sets.

A metric is a square matrix of squared differences, 0 on its diagonal, over the values in the order
of the label schema.
"""

from collections.abc import Sequence

import numpy as np

from annotator.agreement.arrays import Floats

Set = frozenset[str]


def nominal(n_values: int) -> Floats:
    """Return 1 for two values that differ."""
    return 1.0 - np.eye(n_values)


def ordinal(marginals: Floats) -> Floats:
    """Return the squared number of values between two ranks (Krippendorff 2011, p. 6).

    `marginals` holds how often each value was given, and may have leading axes.
    """
    middle = middle_ranks(marginals)
    apart: Floats = (middle[..., :, None] - middle[..., None, :]) ** 2
    return apart


def middle_ranks(marginals: Floats) -> Floats:
    """Return the mean rank of each value among all that were given (leading axes may be)."""
    middle: Floats = np.cumsum(marginals, axis=-1) - marginals / 2
    return middle


def interval(numbers: Sequence[float] | Floats) -> Floats:
    """Return the squared difference of two numbers."""
    scale = np.asarray(numbers, dtype=float)
    apart: Floats = (scale[:, None] - scale[None, :]) ** 2
    return apart


def ratio(numbers: Sequence[float] | Floats) -> Floats:
    """Return the squared difference over the sum; two zeros are not apart."""
    scale = np.asarray(numbers, dtype=float)
    sums = scale[:, None] + scale[None, :]
    parts = (scale[:, None] - scale[None, :]) / np.where(sums == 0, 1.0, sums)
    apart: Floats = parts**2
    return apart


def jaccard(one: Set, other: Set) -> float:
    """Return the Jaccard distance of two sets; two empty ones are the same.

    >>> jaccard(frozenset("a"), frozenset("ab"))
    0.5
    """
    union = one | other
    return 1 - len(one & other) / len(union) if union else 0.0


def masi(one: Set, other: Set) -> float:
    """Return the MASI distance (Passonneau 2006): Jaccard's, weighed by how the sets lie.

    The weight is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap.

    >>> round(masi(frozenset("a"), frozenset("ab")), 4), masi(frozenset("a"), frozenset("b"))
    (0.6667, 1.0)
    """
    shared = one & other
    if one == other:
        return 0.0
    if not shared:
        return 1.0
    weight = 2 / 3 if shared in (one, other) else 1 / 3
    return 1 - weight * len(shared) / len(one | other)


def of_sets(sets: Sequence[Set], distance: str = "jaccard") -> Floats:
    """Return the distances (`jaccard` or `masi`) of all of `sets`, not squared."""
    measure = {"jaccard": jaccard, "masi": masi}[distance]
    return np.array([[measure(one, other) for other in sets] for one in sets], dtype=float)


def quadratic_weights(numbers: Sequence[float] | Floats) -> Floats:
    """Return Gwet's quadratic weights: 1 for the same value, 0 for those furthest apart."""
    squares = interval(numbers)
    return 1 - squares / (squares.max(initial=0) or 1.0)
