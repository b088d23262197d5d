"""The report of labels that lie in the text, from sums of items."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Counts, Flags, Floats, Ints, across, distinct
from annotator.agreement.counted import Counted, figures_of, ratio_figures, with_interval
from annotator.agreement.figures import (
    NO_ITEMS,
    NO_PAIRS,
    NOT_BY_TYPE,
    NOT_UNITIZED,
    ONE_LABEL,
    Figure,
    undefined,
)
from annotator.agreement.intervals import LEAST_ARTICLES, jackknife
from annotator.agreement.itemcells import confusion, disagreements
from annotator.agreement.report import PairRow, SpanReport, TypeRow
from annotator.agreement.spans import AGREE, BOTH, BOUNDARY, LABEL
from annotator.agreement.sums import SAME_TYPE, STRICT, TOTAL, ItemSums
from annotator.agreement.unitsums import UnitSums

_AGREEING = (
    (AGREE,),
    (AGREE, LABEL),
    (AGREE, BOUNDARY),
    (AGREE, LABEL, BOUNDARY, BOTH),
)
"""Kinds that agree by strict, boundary, overlap and detection F1."""


@dataclass(frozen=True, slots=True)
class ByArticle:
    """Sums of meetings by article, only of those that count: a row for each of them."""

    kinds: Floats
    sides: Floats
    more: Floats
    margins: Floats
    apart: Floats


def by_article(sums: ItemSums, articles: Flags) -> ByArticle:
    """Return the sums of meetings for each article in `articles`, in their order."""
    rank = np.cumsum(articles) - 1
    n = int(articles.sum())
    at = np.flatnonzero(articles[sums.article])
    place = rank[sums.article[at]]
    if (np.diff(place) < 0).any():  # as they come, but for those that were changed
        order = np.argsort(place, kind="stable")
        at, place = at[order], place[order]
    sizes = np.bincount(place, minlength=n)
    starts = np.cumsum(sizes) - sizes
    columns = (sums.kinds, sums.sides, sums.more, sums.margins, sums.apart)
    return ByArticle(*(_summed(column.take(at, axis=0), starts, n) for column in columns))


def _summed(column: Counts, starts: Ints, n: int) -> Floats:
    """Return the sums of stretches that begin at `starts`; every article has a meeting."""
    if not len(column):
        return np.zeros((n, *column.shape[1:]))
    if len(column) == n:  # each has one
        return column.astype(float)
    summed: Floats = np.add.reduceat(column, starts, axis=0).astype(float)
    return summed


def span_report(counted: Counted, sums: ItemSums, units: UnitSums | None = None) -> SpanReport:
    """Return the report of entities, or of triggers; `units` are what uα is made of."""
    joint = counted.joint
    names = tuple(counted.names.names)
    found = by_article(sums, joint)
    pairs = tuple(_pair_row(counted, sums, pair, names) for pair in counted.pairs)
    told = disagreements(sums)
    outer, inner = _by_depth(sums, joint)
    return SpanReport(
        int(joint.sum()),
        int(sums.sides.sum()),
        int(sums.kinds.sum()),
        *_scores(found),
        label_alpha(found),
        _mean(pairs),
        outer,
        inner,
        told.missing["missing_inner"],
        _of_all_types(counted, units),
        told,
        confusion(sums, names),
        _by_type(counted, sums, units),
        pairs,
    )


def _scores(found: ByArticle) -> tuple[Figure, Figure, Figure, Figure]:
    """Return strict, boundary, overlap and detection F1."""
    parts = np.stack([found.sides[:, kinds].sum(axis=1) for kinds in _AGREEING], axis=1)
    parts[:, 2] += found.more
    total = found.kinds.sum(axis=1)
    disputed = np.stack([total - found.kinds[:, kinds].sum(axis=1) for kinds in _AGREEING], axis=1)
    whole = np.repeat(found.sides.sum(axis=1)[:, None], len(_AGREEING), axis=1)
    strict, boundary, overlap, detection = figures_of(parts, whole, disputed)
    return strict, boundary, overlap, detection


def label_alpha(found: ByArticle) -> Figure:
    """Return nominal alpha of the labels of matched items, with its interval."""
    n_joint = len(found.margins)
    total, n_apart = found.margins.sum(axis=0), found.apart.sum()
    n = int(total.sum()) // 2
    if not n:
        return undefined(NO_ITEMS if n_joint else NO_PAIRS, 0, n_joint)
    if np.count_nonzero(total) < 2:
        return undefined(ONE_LABEL, n, n_joint)
    value = _pair_alpha(total, n_apart)
    bounds = np.full(2, np.nan)
    if n_joint >= LEAST_ARTICLES:
        without = np.asarray(_pair_alpha(total - found.margins, n_apart - found.apart))
        middle, half = jackknife(np.array([value]), without[:, None])
        bounds = np.clip([middle[0] - half[0], middle[0] + half[0]], -1, 1)
    return with_interval(float(value), n, n_joint, int(n_apart), bounds, n)


def _pair_alpha(margins: Floats, apart: Floats) -> Floats:
    """Return nominal alpha of items with two values: its marginals, and how many differ."""
    n = margins.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = 1 - 2 * apart * (n - 1) / (n**2 - (margins**2).sum(axis=-1))
    return found


def _by_depth(sums: ItemSums, joint: Flags) -> list[Figure]:
    """Return strict F1 of labels outside all others of their reading, and of those inside one."""
    depth = sums.depth.astype(float)
    total, agreed = depth[:, :, 0], depth[:, :, 1]
    return ratio_figures(agreed, total, (total - agreed) / 2, joint)


def _of_all_types(counted: Counted, units: UnitSums | None) -> Figure:
    """Return |uα of labels of any type; what is kept of lengths knows no choice of types."""
    if units is None:
        return undefined(NOT_UNITIZED)
    return undefined(NOT_BY_TYPE) if counted.types else units.alpha_of_all()


def _by_type(counted: Counted, sums: ItemSums, units: UnitSums | None) -> tuple[TypeRow, ...]:
    """Return the types that are asked for: of others there is only what met one of them."""
    joint, names = counted.joint, counted.names.names
    is_used = sums.by_type[:, :, TOTAL].any(axis=0)
    used = np.flatnonzero(is_used & (counted.weight(sums.values) > 0))
    table = sums.by_type[:, used].astype(float)
    whole = table[:, :, TOTAL]
    strict, overlap = (
        ratio_figures(table[:, :, at], whole, whole - table[:, :, at], joint)
        for at in (STRICT, SAME_TYPE)
    )
    n = whole.sum(axis=0).astype(int).tolist()
    values = sums.values[used].tolist()
    rows = [
        TypeRow(
            names[value],
            n[at],
            strict[at],
            overlap[at],
            undefined(NOT_UNITIZED) if units is None else units.alpha_of(value),
        )
        for at, value in enumerate(values)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n, row.type)))


def _pair_row(
    counted: Counted, sums: ItemSums, pair: tuple[int, int], names: tuple[str, ...]
) -> PairRow:
    both = counted.both_read(pair)
    mine = sums.of_meetings((sums.first == pair[0]) & (sums.second == pair[1]))
    found = by_article(mine, both)
    return PairRow(
        *counted.readers(pair),
        int(both.sum()),
        int(mine.kinds.sum()),
        *_scores(found),
        label_alpha(found),
        disagreements(sums, pair),
        confusion(sums, names, pair),
    )


def _mean(pairs: Sequence[PairRow]) -> Figure:
    """Return the mean over pairs, and one standard deviation on both sides of it."""
    found = [row.strict.value for row in pairs if row.strict.value is not None]
    if not found:
        return undefined(NO_PAIRS)
    mean, spread = float(np.mean(found)), float(np.std(found))
    return Figure(mean, len(found), low=mean - spread, high=mean + spread)


def sides_against_others(sums: ItemSums, who: int) -> dict[int, tuple[float, float]]:
    """Return by article how many sides agree strictly, and how many there are, in her meetings."""
    at = np.flatnonzero((sums.first == who) | (sums.second == who))
    article, sides = sums.article.take(at), sums.sides.take(at, axis=0)
    agreed, total = (np.bincount(article, told) for told in (sides[:, AGREE], across(sides)))
    met = distinct(article)
    told = zip(agreed[met].tolist(), total[met].tolist(), strict=True)
    return dict(zip(met.tolist(), told, strict=True))
