"""Confidence intervals: the delete-one-article jackknife with Student's t, and when to show them.

Articles are the unit that is drawn, because labels of one article are not independent. The rule of
when to show an interval (20 articles, 5 disagreements) keeps to what was simulated: with less, 95 %
intervals of agreement cover the truth far too seldom, whatever the method.
"""

import functools
import math
from statistics import NormalDist

from annotator.agreement.arrays import Floats
from annotator.agreement.figures import FEW_ARTICLES, FEW_DISAGREEMENTS

LEAST_ARTICLES = 20
LEAST_DISPUTED = 5
WIDE_BELOW = 50
_EXACT_UP_TO = 60
_SURE = 0.975


@functools.cache
def t_quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t with `freedom` degrees of freedom.

    Few degrees by bisection of the exact sum (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), many
    by the expansion around the normal quantile (26.7.5).

    >>> round(t_quantile(4), 3), round(t_quantile(19), 3), round(t_quantile(99), 3)
    (2.776, 2.093, 1.984)
    """
    if freedom > _EXACT_UP_TO:
        return _expanded(freedom)
    low, high = 1.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _between(middle, freedom) < 2 * _SURE - 1 else (low, middle)
    return low


def _between(t: float, freedom: int) -> float:
    """Return the probability between -t and t."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    is_odd = freedom % 2
    term = cosine if is_odd else 1.0
    total = term if freedom > 1 else 0.0
    for n in range(2 if is_odd else 1, freedom - 1, 2):
        term *= cosine * cosine * n / (n + 1)
        total += term
    if is_odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def _expanded(freedom: int) -> float:
    x = NormalDist().inv_cdf(_SURE)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return float(x + sum(term / freedom**power for power, term in enumerate(terms, 1)))


def jackknife(whole: Floats, without: Floats) -> tuple[Floats, Floats]:
    """Return the middles and half-widths of the 95 % intervals of `k` figures.

    `whole` has shape (k,), `without` shape (n, k): each figure without each of `n` articles in
    turn. NaN in `without` gives NaN. The interval is mean ± t · sd / √n of the pseudo-values
    n · whole - (n - 1) · without (Tukey 1958).
    """
    n = len(without)
    pseudo = n * whole - (n - 1) * without
    half = t_quantile(n - 1) * pseudo.std(axis=0, ddof=1) / math.sqrt(n)
    return pseudo.mean(axis=0), half


def why_not_shown(n_articles: int, n_disputed: int) -> str:
    """Return why no interval is shown over so few articles or disagreements; empty where it is."""
    if n_articles < LEAST_ARTICLES:
        return FEW_ARTICLES
    return FEW_DISAGREEMENTS if n_disputed < LEAST_DISPUTED else ""


def greatest_rate(n_disputed: int, n: int) -> float:
    """Return the upper 95 % bound of the rate of disagreement, `n_disputed` of `n` items.

    None seen: 3 / n (Hanley and Lippman-Hand 1983); else Wilson's score bound (1927).

    >>> greatest_rate(0, 60)
    0.05
    """
    if not n_disputed:
        return min(1.0, 3 / n)
    z2 = NormalDist().inv_cdf(_SURE) ** 2
    rate = n_disputed / n
    root = math.sqrt(z2 * (rate * (1 - rate) / n + z2 / (4 * n * n)))
    return (rate + z2 / (2 * n) + root) / (1 + z2 / n)


def items_needed(share: float, least: float, z: float = 1.6448536269514722) -> int:
    """Return how many items show an alpha above `least` for a label of that `share`.

    Bloch and Kraemer (1989), as used by Krippendorff; `z` is one-sided, 5 % unless said.

    >>> items_needed(0.5, 0.8), items_needed(0.1, 0.667)
    (103, 172)
    """
    spread = (1 + least) * (3 - least) / (4 * share * (1 - share) * (1 - least)) - least
    return round(2 * z * z * spread)
