"""Agreement on values: one of a few for each item, by two annotators or more.

Readings are a matrix `values[annotator, item]` of value numbers from 0, -1 where she gave none. An
item counts where two or more annotators gave a value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement import distances
from annotator.agreement.arrays import Floats, Ints
from annotator.agreement.figures import (
    NO_CHANCE,
    NO_ITEMS,
    ONE_LABEL,
    Figure,
    quotient,
    undefined,
)

Chance = Callable[[Floats], float]
Readings = NDArray[np.signedinteger[Any]]
_ZERO = 1e-12
_AT_ONCE = 1 << 16
"""Items whose pairs of values are counted in one go: what they take stays near the processor."""


def counts_of(values: Ints, n_values: int) -> Ints:
    """Return how many annotators gave each value, shape (items, values).

    >>> counts_of(np.array([[0, 1, -1], [0, 0, 1]]), 2).tolist()
    [[2, 0], [1, 1], [0, 1]]
    """
    n_items = values.shape[1]
    given = values >= 0
    at = np.broadcast_to(np.arange(n_items), values.shape)[given] * n_values + values[given]
    return np.bincount(at, minlength=n_items * n_values).reshape(n_items, n_values)


def coincidences(counts: Ints) -> Floats:
    """Return Krippendorff's coincidence matrix of items with `counts` (items, values).

    o_ck sums n_uc · n_uk (less one where c = k) over (m_u - 1), for the items with two or more.
    """
    sizes = counts.sum(axis=1)
    paired = counts[sizes > 1].astype(float)
    share = paired / (sizes[sizes > 1, None] - 1)
    found: Floats = share.T @ paired - np.diag(share.sum(axis=0))
    return found


def coincidences_of(values: Readings, n_values: int) -> Floats:
    """Return the coincidence matrix of readings, `values[annotator, item]` of any whole numbers.

    It is `coincidences` of their counts, two annotators at a time and some items at a time, without
    keeping counts of every item.
    """
    wide = n_values + 1  # the first place is for no value
    size = wide * wide
    found = np.zeros(size)
    for since in range(0, values.shape[1], max(_AT_ONCE, size)):
        some = values[:, since : since + max(_AT_ONCE, size)].astype(np.int32) + 1
        n_given = (some > 0).sum(axis=0)
        share = 1 / np.maximum(n_given - 1, 1)
        for at, mine in enumerate(some):
            row = mine * wide
            for theirs in some[at + 1 :]:
                found += np.bincount(row + theirs, share, minlength=size)
    pairs = found.reshape(wide, wide)[1:, 1:]
    both: Floats = pairs + pairs.T
    return both


def table_of(one: Ints, other: Ints, n_values: int) -> Ints:
    """Return the contingency table of two annotators: rows `one`, columns `other`."""
    both = (one >= 0) & (other >= 0)
    at = one[both] * n_values + other[both]
    return np.bincount(at, minlength=n_values * n_values).reshape(n_values, n_values)


def counts_of_table(table: Ints) -> Ints:
    """Return the counts (items, values) of the items of a contingency table."""
    n = len(table)
    one, other = np.divmod(np.repeat(np.arange(n * n), np.asarray(table).ravel()), n)
    return counts_of(np.stack([one, other]), n)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Observed and expected disagreement: alpha is 1 less the one over the other."""

    observed: float
    expected: float


def disagreement(pairs: Floats, metric: Floats) -> Disagreement:
    """Return D_o and D_e of a coincidence matrix under a metric (Krippendorff 2011)."""
    marginals = pairs.sum(axis=1)
    n = marginals.sum()
    observed = float((pairs * metric).sum() / n) if n else 0.0
    chance = marginals @ metric @ marginals
    return Disagreement(observed, float(chance / (n * (n - 1))) if n > 1 else 0.0)


def krippendorff_alpha(pairs: Floats, metric: Floats | None = None) -> Figure:
    """Return alpha of a coincidence matrix (Krippendorff 2004; 2011); nominal unless said."""
    metric = distances.nominal(len(pairs)) if metric is None else metric
    n = round(float(pairs.sum()))
    if not n:
        return undefined(NO_ITEMS)
    if np.count_nonzero(pairs.sum(axis=1) > _ZERO) < 2:
        return undefined(ONE_LABEL, n)
    found = disagreement(pairs, metric)
    if found.expected <= _ZERO:
        return undefined(NO_CHANCE, n)
    return Figure(1 - found.observed / found.expected, n)


def label_alpha(pairs: Floats, value: int) -> Figure:
    """Return nominal alpha of one value against all the rest."""
    other = pairs.sum(axis=1)[value] - pairs[value, value]
    rest = pairs.sum() - pairs[value, value] - 2 * other
    return krippendorff_alpha(np.array([[pairs[value, value], other], [other, rest]]))


def percent(pairs: Floats) -> Figure:
    """Return the observed agreement 1 - D_o, with the weights of alpha."""
    return quotient(float(np.trace(pairs)), float(pairs.sum()))


def _corrected(observed: float, expected: float, n: int) -> Figure:
    if 1 - expected <= _ZERO:
        return undefined(ONE_LABEL, n)
    return Figure(float((observed - expected) / (1 - expected)), n)


def cohen_kappa(table: Ints, weights: Floats | None = None) -> Figure:
    """Return Cohen's kappa of a contingency table (1960), or weighted (1968).

    `weights` is 1 for full agreement; nothing but the diagonal unless said.
    """
    weights = np.eye(len(table)) if weights is None else weights
    n = int(table.sum())
    if not n:
        return undefined(NO_ITEMS)
    shares = table / n
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    return _corrected((shares * weights).sum(), (expected * weights).sum(), n)


def greatest_kappa(table: Ints) -> Figure:
    """Return the greatest kappa that the margins of a table allow (Cohen 1960)."""
    n = int(table.sum())
    if not n:
        return undefined(NO_ITEMS)
    rows, columns = table.sum(axis=1) / n, table.sum(axis=0) / n
    return _corrected(np.minimum(rows, columns).sum(), (rows * columns).sum(), n)


def scott_pi(pairs: Ints | Floats) -> Figure:
    """Return Scott's pi (1955) of a table of pairs, which may be pooled over several."""
    n = int(pairs.sum())
    if not n:
        return undefined(NO_ITEMS)
    shares = (pairs.sum(axis=0) + pairs.sum(axis=1)) / (2 * n)
    return _corrected(np.trace(pairs) / n, (shares**2).sum(), n)


def pairs_of(counts: Ints) -> Ints:
    """Return the ordered pairs of values that annotators of one item gave, pooled over items."""
    pooled: Ints = counts.T @ counts - np.diag(counts.sum(axis=0))
    return pooled


def fleiss_kappa(counts: Ints) -> Figure:
    """Return Fleiss' kappa (1971); with unequal numbers of values an item, after Gwet (2014)."""
    return _over_items(counts, np.eye(counts.shape[1]), lambda shares: float((shares**2).sum()))


def gwet_ac1(counts: Ints) -> Figure:
    """Return Gwet's AC1 (2008); the columns of `counts` are the values of the label schema."""
    return gwet_ac2(counts, np.eye(counts.shape[1]))


def gwet_ac2(counts: Ints, weights: Floats) -> Figure:
    """Return Gwet's AC2 (2014, ch. 3) with `weights`, shape (values, values), 1 on the diagonal."""
    q = counts.shape[1]
    if q < 2:
        return undefined(ONE_LABEL if counts.sum() else NO_ITEMS)
    spread = float(weights.sum()) / (q * (q - 1))
    return _over_items(
        counts, weights, lambda shares: spread * float((shares * (1 - shares)).sum())
    )


def _over_items(counts: Ints, weights: Floats, chance: Chance) -> Figure:
    """Return the corrected mean agreement of items: pairs where there are two, shares of all."""
    sizes = counts.sum(axis=1)
    counts, sizes = counts[sizes > 0], sizes[sizes > 0]
    paired, of_paired = counts[sizes > 1], sizes[sizes > 1]
    if not len(paired):
        return undefined(NO_ITEMS)
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return undefined(ONE_LABEL, len(paired))
    agreeing = (paired * (paired @ weights.T - 1)).sum(axis=1)
    observed = float((agreeing / (of_paired * (of_paired - 1))).mean())
    shares = (counts / sizes[:, None]).mean(axis=0)
    return _corrected(observed, chance(shares), len(paired))


def specific_agreement(table: Ints) -> list[Figure]:
    """Return, for each value, the share of its uses that agree: 2 n_cc over both marginals."""
    totals = table.sum(axis=0) + table.sum(axis=1)
    return [quotient(2 * table[at, at], total) for at, total in enumerate(totals)]
