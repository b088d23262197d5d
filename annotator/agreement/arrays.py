"""Names of the arrays that measures take, and the few steps that numpy has no name for."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Counts = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def spread(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Return, for ranges `[starts, ends)`, which range each number is of, and all numbers in order.

    >>> of, numbers = spread(np.array([3, 9]), np.array([5, 10]))
    >>> of.tolist(), numbers.tolist()
    ([0, 0, 1], [3, 4, 9])
    """
    sizes = np.maximum(ends - starts, 0)
    of = np.repeat(np.arange(len(starts)), sizes)
    before = np.cumsum(sizes) - sizes
    return of, np.arange(len(of)) + np.repeat(starts - before, sizes)


def ints(values: object) -> Ints:
    """Return `values` (a list, an `array.array`, an array) as 64-bit integers."""
    return np.asarray(values, dtype=np.int64)
