"""Figures of values without each article in turn: what their jackknife intervals are made of.

All are sums over articles: what one article adds is taken off the whole. The formulas are those of
`categorical`, over arrays of shape (articles,); NaN where a figure would be undefined.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from annotator.agreement import distances
from annotator.agreement.answers import Values
from annotator.agreement.arrays import Flags, Floats, Ints, news
from annotator.agreement.counted import with_interval
from annotator.agreement.figures import NO_ITEMS, NO_PAIRS, Figure, undefined
from annotator.agreement.intervals import jackknife, why_not_shown

Without = Callable[[], Floats]
"""Returns a figure without each article in turn, shape (articles,)."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """Counts of items (items, values), in the order of their articles.

    `place` is the number of an item's article among the `n_articles` that are left out in turn, -1
    for one that never is.
    """

    counts: Floats
    place: Ints
    n_articles: int

    @property
    def sizes(self) -> Floats:
        """How many gave a value, by item."""
        sizes: Floats = self.counts.sum(axis=1)
        return sizes

    @property
    def several(self) -> "Tallied":
        """The items that two or more gave a value of."""
        some = self.sizes > 1
        return Tallied(self.counts[some], self.place[some], self.n_articles)

    @property
    def n_disputed(self) -> int:
        """How many items were given different values."""
        return int((self.counts.max(axis=1, initial=0) < self.sizes).sum())

    def of_one(self, value: int) -> "Tallied":
        """Return how many gave `value`, and how many another, by item."""
        mine = self.counts[:, value]
        two = np.stack([mine, self.sizes - mine], axis=1)
        return Tallied(two, self.place, self.n_articles)

    def without(self, column: Floats) -> Floats:
        """Return the sum of a column of items without each article; its first axis is of items."""
        mine = np.flatnonzero(self.place >= 0)
        place = self.place[mine]
        found = np.zeros((self.n_articles, *column.shape[1:]))
        starts = np.flatnonzero(news(place))
        if len(starts):
            found[place[starts]] = np.add.reduceat(column[mine], starts)
        left: Floats = column.sum(axis=0) - found
        return left


def with_its_interval(
    figure: Figure, items: Tallied, without: Without, floor: float = -1.0
) -> Figure:
    """Return a figure over `items` (of two values or more) with its interval, or why it has none.

    What has no value keeps its reason.
    """
    n_articles = items.n_articles
    if figure.value is None:
        is_of_nobody = figure.reason == NO_ITEMS and not n_articles
        return undefined(NO_PAIRS if is_of_nobody else figure.reason, figure.n, n_articles)
    bounds = np.full(2, np.nan)
    if not why_not_shown(n_articles, items.n_disputed):
        with np.errstate(invalid="ignore", divide="ignore"):
            left = without()
        middle, half = jackknife(np.array([figure.value]), left[:, None])
        bounds = np.clip([middle[0] - half[0], middle[0] + half[0]], floor, 1)
    n_items = len(items.counts)
    return with_interval(figure.value, figure.n, n_articles, items.n_disputed, bounds, n_items)


def tallied(told: Values, joint: Flags) -> Tallied:
    """Return the counts of all items; the articles in `joint` are left out in turn."""
    return Tallied(told.counts.astype(float), _places(told.article, joint), int(joint.sum()))


def _places(article: Ints, joint: Flags) -> Ints:
    rank = np.where(joint, np.cumsum(joint) - 1, -1)
    return rank[article] if len(rank) else article


# --- alpha ---------------------------------------------------------------------------------------


def alpha(found: Tallied, metric: Floats) -> Floats:
    """Return alpha under a metric without each article; items are of two values or more."""
    counts = found.counts
    observed = ((counts @ metric) * counts).sum(axis=1) / (found.sizes - 1)
    margins = found.without(counts)
    chance = ((margins @ metric) * margins).sum(axis=1)
    return _alpha(found.without(observed), chance, margins.sum(axis=1))


def ordinal_alpha(found: Tallied) -> Floats:
    """Return ordinal alpha without each article: its ranks, too, are those of what is left.

    The sum of n_ck (r_c - r_k)², r being ranks, is twice that of n_c r_c² less that of
    n_ck r_c r_k.
    """
    counts, sizes = found.counts, found.sizes
    share = counts / (sizes - 1)[:, None]
    pairs = share.T @ counts - np.diag(share.sum(axis=0))
    margins = found.without(counts)
    rank = distances.middle_ranks(margins)
    mine = rank[np.maximum(found.place, 0)]
    crossed = ((counts * mine).sum(axis=1) ** 2 - (counts * mine**2).sum(axis=1)) / (sizes - 1)
    own = crossed.sum() - found.without(crossed)
    squares = (margins * rank**2).sum(axis=1)
    observed = 2 * squares - 2 * (((rank @ pairs) * rank).sum(axis=1) - own)
    n = margins.sum(axis=1)
    chance = 2 * n * squares - 2 * (margins * rank).sum(axis=1) ** 2
    return _alpha(observed, chance, n)


def _alpha(observed: Floats, chance: Floats, n: Floats) -> Floats:
    left: Floats = 1 - observed * (n - 1) / np.where(chance > 0, chance, np.nan)
    return left


# --- the other coefficients ----------------------------------------------------------------------


def percent(found: Tallied) -> Floats:
    """Return the observed agreement 1 - D_o without each article."""
    counts = found.counts
    apart = ((counts @ distances.nominal(counts.shape[1])) * counts).sum(axis=1)
    left: Floats = 1 - found.without(apart / (found.sizes - 1)) / found.without(found.sizes)
    return left


def scott_pi(found: Tallied) -> Floats:
    """Return Scott's pi of pooled pairs without each article."""
    counts, others = found.counts, found.sizes - 1
    n = found.without(found.sizes * others)
    agreed = found.without((counts * (counts - 1)).sum(axis=1))
    shares = found.without(counts * others[:, None]) / n[:, None]
    return _corrected(agreed / n, (shares**2).sum(axis=1))


def fleiss_kappa(found: Tallied) -> Floats:
    """Return Fleiss' kappa without each article; items with one value are among them."""
    q = found.counts.shape[1]
    return _over_items(found, np.eye(q), lambda shares: (shares**2).sum(axis=1))


def gwet(found: Tallied, weights: Floats) -> Floats:
    """Return Gwet's AC2 with `weights` without each article (AC1: those of identity)."""
    q = found.counts.shape[1]
    spread = float(weights.sum()) / (q * (q - 1))
    return _over_items(found, weights, lambda shares: spread * (shares * (1 - shares)).sum(axis=1))


def _over_items(found: Tallied, weights: Floats, chance: Callable[[Floats], Floats]) -> Floats:
    given = found.sizes > 0
    some = Tallied(found.counts[given], found.place[given], found.n_articles)
    paired = some.several
    counts, sizes = paired.counts, paired.sizes
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1) / (sizes * (sizes - 1))
    observed = paired.without(agreeing) / paired.without(np.ones(len(counts)))
    n = some.without(np.ones(len(some.counts)))
    shares = some.without(some.counts / some.sizes[:, None]) / n[:, None]
    return _corrected(observed, chance(shares))


def cohen_kappa(found: Tallied, one: Ints) -> Floats:
    """Return Cohen's kappa of two without each article; `one` are the values of the first."""
    first = np.eye(found.counts.shape[1])[one]
    rows, columns = found.without(first), found.without(found.counts - first)
    n = rows.sum(axis=1)
    agreed = found.without((found.counts.max(axis=1) > 1).astype(float))
    return _corrected(agreed / n, (rows * columns).sum(axis=1) / n**2)


def _corrected(observed: Floats, expected: Floats) -> Floats:
    left: Floats = (observed - expected) / np.where(expected < 1, 1 - expected, np.nan)
    return left


def of_metric(found: Tallied, metric: Floats | None) -> Without:
    """Return what leaves articles out of an alpha; no metric is the ordinal one."""
    return partial(ordinal_alpha, found) if metric is None else partial(alpha, found, metric)
