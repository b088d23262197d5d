"""Cells as a report asks for them: those of the annotators and articles that were chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement import intervals, statistics
from annotator.agreement.arrays import Counts, Flags, Floats, Ints, distinct
from annotator.agreement.counting import READ_LABELS, READ_SEEN
from annotator.agreement.figures import NO_ITEMS, NO_PAIRS, UNSTABLE, Figure, undefined
from annotator.agreement.report import Pair, Reader
from annotator.agreement.statistics import Cells

_OF_TWO = (
    *(statistics.ENTITIES, statistics.ENTITY_OVERLAP, statistics.TRIGGERS),
    *(statistics.TRIGGER_OVERLAP, statistics.ARGUMENTS, statistics.ROLES, statistics.RELATIONS),
)
_OF_ONE = (statistics.STANCES, statistics.ANSWERS, statistics.READ)


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in cells stand for: annotators by number, other names by place."""

    readers: Mapping[int, Reader]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """Cells by family, with who read what: `has_read[article, annotator]`, annotators in order.

    `types` chooses labels: an item counts for each of its sides that has one of them; empty is all.
    """

    families: Mapping[int, Cells]
    n_articles: int
    annotators: tuple[int, ...]
    has_read: Flags
    names: Names
    types: frozenset[str] = frozenset()

    def of(self, family: int) -> Cells:
        """Return the cells of a family."""
        return self.families.get(family, statistics.nothing())

    @property
    def joint(self) -> Flags:
        """Which articles two or more have read."""
        found: Flags = self.has_read.sum(axis=1) > 1
        return found

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every two annotators who have an article in common, by their numbers."""
        reads = self.has_read.astype(np.int64)
        shared = reads.T @ reads
        n = len(self.annotators)
        return [
            (self.annotators[one], self.annotators[other])
            for one in range(n)
            for other in range(one + 1, n)
            if shared[one, other]
        ]

    def readers(self, pair: tuple[int, int]) -> Pair:
        """Return who the two numbers of a pair are."""
        one, other = (self.names.readers[number] for number in pair)
        return one, other

    def both_read(self, pair: tuple[int, int]) -> Flags:
        """Return which articles both of a pair have read."""
        one, other = (self.annotators.index(number) for number in pair)
        both: Flags = self.has_read[:, one] & self.has_read[:, other]
        return both

    def weight(self, values: Ints) -> Ints:
        """Return 1 for the labels that count, 0 for others and where there is none."""
        is_wanted = np.zeros(1 << 16, dtype=np.int64)
        for number, name in enumerate(self.names.names):
            is_wanted[number] = not self.types or name in self.types
        weighed: Ints = is_wanted[values]
        return weighed


def counted(
    families: Mapping[int, Cells],
    n_articles: int,
    names: Names,
    *,
    who: frozenset[int] = frozenset(),
    types: frozenset[str] = frozenset(),
    articles: Flags | None = None,
    without_seen: bool = False,
) -> Counted:
    """Return the cells of the chosen readings: of `who` (empty: all), in `articles` (None: all).

    `without_seen` leaves out readings made with suggestions in view.
    """
    read = families.get(statistics.READ, statistics.nothing())
    read = read.taken(_is_chosen(read, who, articles))
    given = read.taken(read.detail == READ_LABELS)
    annotators = tuple(distinct(given.first).tolist())
    rank = _ranks(annotators)
    has_read = np.zeros((n_articles, len(annotators)), dtype=bool)
    has_read[given.article, rank[given.first]] = True
    if without_seen:
        seen = read.taken(read.detail == READ_SEEN)
        has_read[seen.article, rank[seen.first]] = False
    if who or without_seen or articles is not None:
        kept = (
            (family, _kept(part, family, has_read, rank, articles))
            for family, part in families.items()
        )
        families = {family: part for family, part in kept if len(part)}
    return Counted(families, n_articles, annotators, has_read, names, types)


def _is_chosen(read: Cells, who: frozenset[int], articles: Flags | None) -> Flags:
    chosen: Flags = np.isin(read.first, list(who)) if who else np.ones(len(read), dtype=bool)
    return chosen if articles is None else chosen & articles[read.article]


def _ranks(annotators: Sequence[int]) -> Ints:
    rank = np.full(1 << 16, -1)
    rank[list(annotators)] = np.arange(len(annotators))
    return rank


def _kept(part: Cells, family: int, has_read: Flags, rank: Ints, articles: Flags | None) -> Cells:
    """Return the cells of one family that are of chosen readings."""
    if family in (*_OF_TWO, *_OF_ONE):
        part = _of_readings(part, part.first, has_read, rank)
    if family in _OF_TWO:
        part = _of_readings(part, part.second, has_read, rank)
    return part if articles is None else part.taken(articles[part.article])


def _of_readings(part: Cells, who: Ints, has_read: Flags, rank: Ints) -> Cells:
    place = rank[who]
    is_kept = place >= 0
    if has_read.size:
        is_kept &= has_read[part.article, np.maximum(place, 0)]
    return part if is_kept.all() else part.taken(is_kept)


# --- figures over articles -----------------------------------------------------------------------


def ratio_figures(parts: Floats, wholes: Floats, disputed: Floats, joint: Flags) -> list[Figure]:
    """Return the figures of `figures_of` over the articles in `joint`."""
    return figures_of(parts[joint], wholes[joint], disputed[joint])


def figures_of(parts: Floats, wholes: Floats, disputed: Floats) -> list[Figure]:
    """Return `k` figures, the sums of `parts` over those of `wholes`, with their intervals.

    All have shape (articles, k), for articles that two or more have read. `wholes` counts the
    labels of both sides, so that F1 is 2 · pairs over them.
    """
    n_articles, k = parts.shape
    part, whole = parts.sum(axis=0), wholes.sum(axis=0)
    n_disputed = np.rint(disputed.sum(axis=0)).astype(int)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = part / whole
        without = (part - parts) / (whole - wholes)
    bounds = _bounds(value, without, 0.0)
    n_items = np.rint(part / 2).astype(int) + n_disputed
    return [
        _figure(value[at], whole[at], n_articles, (n_disputed[at], n_items[at]), bounds[:, at])
        for at in range(k)
    ]


def _bounds(value: Floats, without: Floats, floor: float) -> Floats:
    """Return low and high of each figure, NaN where one is undefined; shape (2, k)."""
    if len(without) < intervals.LEAST_ARTICLES:
        return np.full((2, len(value)), np.nan)
    middle, half = intervals.jackknife(value, without)
    return np.clip(np.stack([middle - half, middle + half]), floor, 1.0)


def _figure(
    value: float, whole: float, n_articles: int, items: tuple[int, int], bounds: Floats
) -> Figure:
    n = round(float(whole))
    if not n_articles:
        return undefined(NO_PAIRS)
    if not np.isfinite(value):
        return undefined(NO_ITEMS, n, n_articles)
    n_disputed, n_items = (int(told) for told in items)
    return with_interval(float(value), n, n_articles, n_disputed, bounds, n_items)


def with_interval(
    value: float, n: int, n_articles: int, n_disputed: int, bounds: Floats, n_items: int
) -> Figure:
    """Return a figure with the interval `bounds` where enough was seen to show one.

    Else with the greatest rate of disagreement that `n_disputed` of `n_items` leave open.
    """
    why = intervals.why_not_shown(n_articles, n_disputed)
    if not why and not np.isfinite(bounds).all():
        why = UNSTABLE
    if why:
        rate = intervals.greatest_rate(n_disputed, n_items) if n_items else None
        return Figure(
            value, n, n_articles, n_disputed, no_interval=why, n_items=n_items, greatest_rate=rate
        )
    low, high = (float(bound) for bound in bounds)
    is_wide = n_articles < intervals.WIDE_BELOW
    return Figure(value, n, n_articles, n_disputed, low, high, is_wide=is_wide, n_items=n_items)


def by_article(article: Ints, n: Ints | Floats | Counts, n_articles: int) -> Floats:
    """Return the sums of `n` by article."""
    return np.bincount(article, n, minlength=n_articles).astype(float)


def by_two(article: Ints, other: Ints, n: Ints | Floats, shape: tuple[int, int]) -> Floats:
    """Return the sums of `n` by article and by `other`."""
    found = np.bincount(article * shape[1] + other, n, minlength=shape[0] * shape[1])
    return found.reshape(shape).astype(float)
