"""Sums over items: what reports of labels are made of, by article and by meeting.

Made from the cells of some articles, put together for many, and changed article by article: what
was is taken out, what is comes in. Rows stand for meetings (two readings of one article) and for
articles; counts over all of them stand in tables by code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from annotator.agreement import counting, statistics
from annotator.agreement.arrays import Counts, Flags, Floats, Ints, distinct
from annotator.agreement.codetable import Table
from annotator.agreement.counted import Counted
from annotator.agreement.joint import Joint
from annotator.agreement.spans import AGREE, KINDS, MISSING, NONE
from annotator.agreement.splicing import Splice
from annotator.agreement.statistics import Cells

Rows = TypeVar("Rows", Counts, Floats)
TOTAL, STRICT, SAME_TYPE = range(3)
"""What is counted of a type: its labels on both sides, those that agree, those that meet."""
_WEIGHED = (statistics.ENTITIES, statistics.TRIGGERS, statistics.RELATIONS)
_WITH_OVERLAPS = (statistics.ENTITIES, statistics.TRIGGERS)
_OF_KIND = np.array([0, 2, 1, 2, 2])
"""Which kinds agree strictly (0), at least on the label (1), or neither (2)."""
MOST_CODES = 1 << 20
"""Codes that are counted in a table with room for all of them, used or not."""


@dataclass(frozen=True, slots=True)
class ItemSums:
    """Sums of one family of items.

    By meeting: `kinds` (items), `sides` (labels that count), both by kind; `more` is twice the
    pairs that matching within labels adds; `margins` how often each of `values` was given where
    both have a label, and `apart` how often the two differ there. By article: `by_type` (of
    `TOTAL`, `STRICT`, `SAME_TYPE`) and `depth` (outermost or inner, in total or agreeing); `row` is
    the number of the article.
    """

    values: Ints
    article: Ints
    first: Ints
    second: Ints
    kinds: Counts
    sides: Counts
    more: Counts
    margins: Counts
    apart: Counts
    row: Ints
    by_type: Counts
    depth: Counts
    confusion: Table
    reasons: Table

    def of_meetings(self, which: Flags) -> "ItemSums":
        """Return only some meetings; what is counted by article stays."""
        at = np.flatnonzero(which)
        return replace(self, **{name: getattr(self, name).take(at, axis=0) for name in _BY_MEETING})


_BY_MEETING = ("article", "first", "second", "kinds", "sides", "more", "margins", "apart")


def item_sums(counted: Counted, family: int, joint: Joint) -> ItemSums:
    """Return the sums of the cells of `family`; articles keep their numbers."""
    weigh = counted.weight if family in _WEIGHED and counted.types else _all_but_none
    cells = counted.of(family)
    weights = weigh(cells.a), weigh(cells.b)
    is_used = weights[0] + weights[1] > 0
    if not is_used.all():
        cells, weights = cells.taken(is_used), (weights[0][is_used], weights[1][is_used])
    more = counted.of(family + 1) if family in _WITH_OVERLAPS else statistics.nothing()
    more = more.taken(weigh(more.a) > 0)
    values, ranks = _values(counted.of(family), cells)
    kind, place = counting.of_kind(cells.detail), joint.places(cells)
    n, n_meetings, width = cells.n.astype(float), len(joint.article), len(values)
    is_matched = kind != MISSING
    matched = n * is_matched
    return ItemSums(
        values,
        joint.article,
        joint.first,
        joint.second,
        _two(place, kind, n, (n_meetings, len(KINDS))),
        _two(place, kind, n * (weights[0] + weights[1]), (n_meetings, len(KINDS))),
        _one(joint.places(more), 2 * more.n, n_meetings),
        _both(place, ranks, matched, (n_meetings, width)),
        _one(place, matched * (cells.a != cells.b), n_meetings),
        np.arange(counted.n_articles),
        _by_type(counted, cells, kind, ranks, more, values),
        _depths(counted, cells, kind, weights),
        _confusion(joint, place, n, ranks, values),
        _reasons(joint, place, n, kind, cells),
    )


def _all_but_none(values: Ints) -> Ints:
    counts: Ints = (values != NONE).astype(np.int64)
    return counts


def _values(every: Cells, cells: Cells) -> tuple[Ints, tuple[Ints, Ints]]:
    """Return the labels of `every` cell, ascending, and the places of those of `cells` in them.

    No label has the place after the last one.
    """
    is_there = np.zeros(NONE + 1, dtype=bool)
    is_there[every.a] = is_there[every.b] = True
    values = np.flatnonzero(is_there[:NONE])
    place = np.empty(NONE + 1, dtype=np.int64)  # of which only what is there is asked for
    place[values], place[NONE] = np.arange(len(values)), len(values)
    return values, (place.take(cells.a), place.take(cells.b))


def _one(place: Ints, n: Ints | Floats, size: int) -> Counts:
    return np.bincount(place, n, minlength=size).astype(np.int32)


def _two(place: Ints, column: Ints, n: Floats, shape: tuple[int, int]) -> Counts:
    """Return the sums by both; what lies past the last column must count nothing."""
    size = shape[0] * shape[1]
    found = np.bincount(place * shape[1] + column, n, minlength=size)
    return found[:size].reshape(shape).astype(np.int32)


def _both(place: Ints, ranks: tuple[Ints, Ints], n: Floats, shape: tuple[int, int]) -> Counts:
    return _two(place, ranks[0], n, shape) + _two(place, ranks[1], n, shape)


def _by_type(
    counted: Counted,
    cells: Cells,
    kind: Ints,
    ranks: tuple[Ints, Ints],
    more: Cells,
    values: Ints,
) -> Counts:
    """Return the counts of `TOTAL`, `STRICT` and `SAME_TYPE`, by article and label."""
    width = len(values) + 1
    shape = (counted.n_articles * width, 3)
    row, of_kind, n = cells.article * width, _OF_KIND.take(kind), cells.n.astype(float)
    told = _two(row + ranks[0], of_kind, n, shape) + _two(row + ranks[1], of_kind, n, shape)
    strict, same, rest = np.moveaxis(told.reshape(counted.n_articles, width, 3)[:, :-1], -1, 0)
    rank = np.searchsorted(values, more.a)
    over = _two(more.article, rank, 2 * more.n.astype(float), (counted.n_articles, len(values)))
    return np.stack([strict + same + rest, strict, strict + same + over], axis=-1)


def _depths(counted: Counted, cells: Cells, kind: Ints, weights: tuple[Ints, Ints]) -> Counts:
    """Return how many labels there are and agree, outside all others and inside another."""
    agrees, shape = (kind == AGREE).astype(np.int64), (counted.n_articles, 4)
    told = np.zeros(shape, dtype=np.int32)
    for weight, bit in zip(weights, (1, 0), strict=True):
        column = ((cells.detail >> bit) & 1) << 1 | agrees
        told += _two(cells.article, column, (weight * cells.n).astype(float), shape)
    found = told.reshape(counted.n_articles, 2, 2)
    return np.stack([found.sum(axis=2, dtype=np.int32), found[:, :, 1]], axis=-1)


def _confusion(
    joint: Joint, place: Ints, n: Floats, ranks: tuple[Ints, Ints], values: Ints
) -> Table:
    """Return how often which labels met, by pair: in order of codes, as numbers keep it."""
    known = np.append(values, NONE)
    shape = (len(joint.pairs), len(known), len(known))
    pair, a, b, counts = _counted_by(shape, (joint.pair.take(place), *ranks), n)
    return Table(joint.pairs.take(pair) << 32 | known.take(a) << 16 | known.take(b), counts)


def _reasons(joint: Joint, place: Ints, n: Floats, kind: Ints, cells: Cells) -> Table:
    shape = (len(joint.pairs), len(KINDS), 16)
    columns = joint.pair.take(place), kind, counting.reason_of(cells.detail)
    pair, kind, reason, counts = _counted_by(shape, columns, n)
    return Table(joint.pairs.take(pair) << 16 | kind << 8 | reason, counts)


def _counted_by(
    shape: tuple[int, int, int], columns: tuple[Ints, Ints, Ints], n: Floats
) -> list[Ints]:
    """Return the rows that there are, ascending, and the sums of `n` in each."""
    row = (columns[0] * shape[1] + columns[1]) * shape[2] + columns[2]
    if shape[0] * shape[1] * shape[2] <= MOST_CODES:
        summed = np.bincount(row, n)
        codes = np.flatnonzero(summed)
        counts = summed[codes]
    else:
        table = Table.of(row, n.astype(np.int64))
        codes, counts = table.codes, table.n
    pair, rest = np.divmod(codes, shape[1] * shape[2])
    return [pair, *np.divmod(rest, shape[2]), counts.astype(np.int64)]


# --- together, and changed -----------------------------------------------------------------------


def joined_sums(parts: Sequence[ItemSums], firsts: Sequence[int]) -> ItemSums:
    """Return the sums of `parts`, whose articles are numbered on from `firsts`."""
    values = distinct(np.concatenate([part.values for part in parts]))
    wide = [
        _shifted(_widened(part, values), first) for part, first in zip(parts, firsts, strict=True)
    ]
    return _put_together(
        wide,
        Table.joined([part.confusion for part in parts]),
        Table.joined([part.reasons for part in parts]),
    )


def _put_together(parts: Sequence[ItemSums], confusion: Table, reasons: Table) -> ItemSums:
    """Return the rows of all `parts`, which have the same values, with these tables."""

    def rows(name: str) -> Any:  # noqa: ANN401 - columns are of two types
        return np.concatenate([getattr(part, name) for part in parts])

    return ItemSums(
        parts[0].values,
        rows("article"),
        rows("first"),
        rows("second"),
        rows("kinds"),
        rows("sides"),
        rows("more"),
        rows("margins"),
        rows("apart"),
        rows("row"),
        rows("by_type"),
        rows("depth"),
        confusion,
        reasons,
    )


def _shifted(part: ItemSums, first: int) -> ItemSums:
    return replace(part, article=part.article + first, row=part.row + first)


def _widened(part: ItemSums, values: Ints) -> ItemSums:
    """Return the sums with a column for each of `values`, which hold those of the part."""
    if len(part.values) == len(values):
        return part
    at = np.searchsorted(values, part.values)
    return replace(
        part,
        values=values,
        margins=_spread(part.margins, at, len(values)),
        by_type=_spread(part.by_type, at, len(values)),
    )


def _spread(column: Counts, at: Ints, n: int) -> Counts:
    """Return a column with `n` values, those that it has standing `at` their new places."""
    wide = np.zeros((len(column), n, *column.shape[2:]), dtype=np.int32)
    wide[:, at] = column
    return wide


def changed_sums(
    whole: ItemSums, out: ItemSums, into: ItemSums, gone: Ints, n_articles: int
) -> ItemSums:
    """Return `whole` with the articles `gone` as they are in `into`, no longer as in `out`.

    All are numbered as in `whole`, whose rows stand in the order of their articles.
    """
    values = distinct(np.concatenate([whole.values, into.values]))
    whole, into = _widened(whole, values), _widened(into, values)
    splice = Splice(whole.article, gone, into.article)
    of_meetings = {
        name: splice.rows(getattr(whole, name), getattr(into, name)) for name in _BY_MEETING
    }
    return replace(
        whole,
        **of_meetings,
        row=np.arange(n_articles),
        by_type=changed_rows(whole.by_type, into.row, into.by_type, n_articles),
        depth=changed_rows(whole.depth, into.row, into.depth, n_articles),
        confusion=whole.confusion.changed(out.confusion, into.confusion),
        reasons=whole.reasons.changed(out.reasons, into.reasons),
    )


def changed_rows(whole: Rows, rows: Ints, into: Rows, n: int) -> Rows:
    """Return `whole` with `rows` replaced by those of `into`, in room for `n` rows."""
    more = np.zeros((n - len(whole), *whole.shape[1:]), dtype=whole.dtype)
    found = np.concatenate([whole, more])
    found[rows] = into
    return found
