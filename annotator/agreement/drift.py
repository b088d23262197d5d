"""Whether an annotator drifts: agreement article by article in the order in which they were done.

A rolling window of 20 articles with its interval, and an exponentially weighted average against a
control limit (Roberts 1959) whose baseline are the first 20 articles.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Floats
from annotator.agreement.counted import figures_of
from annotator.agreement.figures import Figure

WINDOW = 20
WEIGHT = 0.2
"""What a new article weighs in the average."""
_SIGMAS = 3


@dataclass(frozen=True, slots=True)
class Moment:
    """One article in the order of work: its value, the window that ends with it, the average.

    They are None where the article, or all of the window, has no labels on either side, or none
    before has. `limit` is None before the baseline is whole. `is_flagged`: the average is below the
    limit, and was at the article before.
    """

    value: float | None
    window: float | None
    average: float | None
    limit: float | None
    is_flagged: bool = False


def timeline(parts: Sequence[float], wholes: Sequence[float]) -> list[Moment]:
    """Return the moments of articles whose values are `parts` over `wholes`, in that order."""
    values = [part / whole if whole else None for part, whole in zip(parts, wholes, strict=True)]
    known = [value for value in values[:WINDOW] if value is not None]
    has_baseline = len(values) >= WINDOW and len(known) > 1
    mean = float(np.mean(known)) if known else 0.0
    sigma = float(np.std(known, ddof=1)) if has_baseline else 0.0
    moments: list[Moment] = []
    windows = _windows(parts, wholes)
    average, n_below = (mean if known else None), 0
    for at, value in enumerate(values):
        if value is not None and average is not None:
            average = WEIGHT * value + (1 - WEIGHT) * average
        limit = mean - _SIGMAS * sigma * _narrowed(at + 1) if has_baseline else None
        is_below = at >= WINDOW and limit is not None and average is not None and average < limit
        n_below = n_below + 1 if is_below else 0
        moments.append(Moment(value, windows[at], average, limit, n_below > 1))
    return moments


def _narrowed(n: int) -> float:
    """Return the standard deviation of the average of `n` values, in that of one."""
    return math.sqrt(WEIGHT / (2 - WEIGHT) * (1 - (1 - WEIGHT) ** (2 * n)))


def window(parts: Sequence[float], wholes: Sequence[float], at: int) -> Figure:
    """Return the value of the window that ends with the article `at`, with its interval."""
    since = max(0, at + 1 - WINDOW)
    part, whole = (np.array(told[since : at + 1], dtype=float)[:, None] for told in (parts, wholes))
    return figures_of(part, whole, (whole - part) / 2)[0]


def _windows(parts: Sequence[float], wholes: Sequence[float]) -> list[float | None]:
    """Return the value of the window that ends with each article; the first are not full."""
    part, whole = (_rolling(told).tolist() for told in (parts, wholes))
    return [one / every if every else None for one, every in zip(part, whole, strict=True)]


def _rolling(told: Sequence[float]) -> Floats:
    """Return the sum over the window that ends with each."""
    summed: Floats = np.cumsum(np.array(told, dtype=float))
    summed[WINDOW:] -= summed[:-WINDOW].copy()
    return summed
