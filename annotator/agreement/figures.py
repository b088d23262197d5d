"""What a measure says: a number, or why there is none; never NaN.

An undefined figure keeps its reason as a code, which `services` words.
"""

from dataclasses import dataclass

NO_ITEMS = "no_items"
"""Nothing was labelled that the figure could be over."""
NO_PAIRS = "no_pairs"
"""No article was read by two annotators."""
ONE_LABEL = "one_label"
"""Only one label was used, so chance would agree too."""
NO_CHANCE = "no_chance"
"""Chance alone would agree as well, so nothing is left to be corrected."""
NOT_ORDERED = "not_ordered"
"""The values are not in an order."""
NOT_NUMBERS = "not_numbers"
"""The values are no numbers, or not above zero, as a ratio needs."""
FREE_TEXT = "free_text"
"""The answers are texts, which are not compared."""
NOT_UNITIZED = "not_unitized"
"""Triggers: words that are found or not, of which no length is measured."""

NOT_BY_TYPE = "not_by_type"
"""Counted over all types together, and only some were asked for."""

FEW_ARTICLES = "few_articles"
"""Fewer articles read by two than an interval needs."""
FEW_DISAGREEMENTS = "few_disagreements"
"""Fewer disagreements than an interval needs."""
UNSTABLE = "unstable"
"""Without one of the articles the figure is undefined."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval, or None with the reason.

    `n` counts what the figure is over (labels of both sides, for F1), `n_articles` the articles
    read by two or more, and `n_disputed` those of the `n_items` on which two readings differ. Where
    the interval is None and the value is not, `no_interval` says why, and `greatest_rate` how many
    of all items may differ at most (95 %); `is_wide` warns of an interval that fewer than 50
    articles give.
    """

    value: float | None
    n: int = 0
    n_articles: int = 0
    n_disputed: int = 0
    low: float | None = None
    high: float | None = None
    reason: str = ""
    no_interval: str = ""
    is_wide: bool = False
    n_items: int = 0
    greatest_rate: float | None = None


def undefined(reason: str, n: int = 0, n_articles: int = 0) -> Figure:
    """Return a figure that has no value, for `reason`."""
    return Figure(None, n, n_articles, reason=reason)


def quotient(part: float, whole: float, reason: str = NO_ITEMS) -> Figure:
    """Return `part / whole` without an interval, undefined where `whole` is 0.

    >>> quotient(3, 4).value, quotient(0, 0).reason
    (0.75, 'no_items')
    """
    return Figure(float(part / whole), round(whole)) if whole else undefined(reason)
