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
from annotator.agreement.arrays import Counts, Flags, Floats, Ints
from annotator.agreement.codetable import Table
from annotator.agreement.counted import Counted
from annotator.agreement.spans import AGREE, BOUNDARY, KINDS, MISSING, NONE
from annotator.agreement.statistics import Cells

Rows = TypeVar("Rows", Counts, Floats)
TOTAL, STRICT, SAME_TYPE = range(3)
"""What is counted of a type: its labels on both sides, those that agree, those that meet."""
_WEIGHED = (statistics.ENTITIES, statistics.TRIGGERS, statistics.RELATIONS)
_WITH_OVERLAPS = (statistics.ENTITIES, statistics.TRIGGERS)


@dataclass(frozen=True, slots=True)
class ItemSums:
    """Sums of one family of items.

    By meeting: `kinds` (items), `sides` (labels that count), both by kind; `more` is twice the
    pairs that matching within labels adds; `margins` how often each of `values` was given where
    both have a label, and `apart` how often the two differ there. By article: `by_type` (of
    `TOTAL`, `STRICT`, `SAME_TYPE`) and `depth` (outermost or inner, in total or agreeing); `row` is
    the number of the article. A meeting may have further rows of nothing, where it was changed.
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


def item_sums(counted: Counted, family: int) -> ItemSums:
    """Return the sums of the cells of `family`; articles keep their numbers."""
    cells = counted.of(family)
    values = np.unique(np.concatenate([cells.a, cells.b]))
    values = values[values != NONE]
    weigh = counted.weight if family in _WEIGHED else _all_but_none
    weights = weigh(cells.a), weigh(cells.b)
    used = weights[0] + weights[1] > 0
    cells, weights = cells.taken(used), (weights[0][used], weights[1][used])
    kind = counting.of_kind(cells.detail)
    sides = (weights[0] + weights[1]) * cells.n
    meetings, place = _meetings(counted, cells)
    n_meetings = len(meetings[0])
    more = counted.of(family + 1) if family in _WITH_OVERLAPS else statistics.nothing()
    more = more.taken(weigh(more.a) > 0)
    ranks = [_rank(values, side) for side in (cells.a, cells.b)]
    is_matched = kind != MISSING
    apart = is_matched & (cells.a != cells.b)
    return ItemSums(
        values,
        *meetings,
        _two(place, kind, cells.n, (n_meetings, len(KINDS))),
        _two(place, kind, sides, (n_meetings, len(KINDS))),
        _one(_meetings_of(meetings, more), 2 * more.n, n_meetings),
        _margins(place, ranks, is_matched, cells.n, (n_meetings, len(values))),
        _one(place[apart], cells.n[apart], n_meetings),
        np.arange(counted.n_articles),
        _by_type(counted, cells, kind, ranks, more, values),
        _depths(counted, cells, kind, weights),
        Table.of(_pair(cells) << 32 | cells.a << 16 | cells.b, cells.n),
        Table.of(
            _pair(cells) << 16 | kind << 8 | counting.reason_of(cells.detail), cells.n
        ),
    )  # fmt: skip


def _all_but_none(values: Ints) -> Ints:
    counts: Ints = (values != NONE).astype(np.int64)
    return counts


def _pair(cells: Cells) -> Ints:
    return (cells.first << 15) | cells.second


def pair_code(pair: tuple[int, int]) -> int:
    """Return the number under which tables keep a pair."""
    return (pair[0] << 15) | pair[1]


def _meetings(counted: Counted, cells: Cells) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    """Return the meetings of the chosen readings, and in which of them each cell is."""
    found = []
    for pair in counted.pairs:
        article = np.flatnonzero(counted.both_read(pair))
        found.append((article, article * 0 + pair[0], article * 0 + pair[1]))
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return (nothing, nothing, nothing), nothing
    article, first, second = (np.concatenate([part[at] for part in found]) for at in range(3))
    order = np.argsort(_meeting_code(article, first, second))
    meetings = article[order], first[order], second[order]
    return meetings, _meetings_of(meetings, cells)


def _meeting_code(article: Ints, first: Ints, second: Ints) -> Ints:
    return (article << 30) | (first << 15) | second


def _meetings_of(meetings: tuple[Ints, Ints, Ints], cells: Cells) -> Ints:
    code = _meeting_code(cells.article, cells.first, cells.second)
    place: Ints = np.searchsorted(_meeting_code(*meetings), code)
    return place


def _one(place: Ints, n: Ints, size: int) -> Counts:
    return np.bincount(place, n, minlength=size).astype(np.int32)


def _two(place: Ints, column: Ints, n: Ints, shape: tuple[int, int]) -> Counts:
    found = np.bincount(place * shape[1] + column, n, minlength=shape[0] * shape[1])
    return found.reshape(shape).astype(np.int32)


def _rank(values: Ints, side: Ints) -> Ints:
    """Return the place of each label among `values`, one past the end for none."""
    return np.where(side == NONE, len(values), np.searchsorted(values, side))


def _margins(
    place: Ints, ranks: list[Ints], which: Flags, n: Ints, shape: tuple[int, int]
) -> Counts:
    one, other = (_two(place[which], rank[which], n[which], shape) for rank in ranks)
    return one + other


def _by_type(
    counted: Counted, cells: Cells, kind: Ints, ranks: list[Ints], more: Cells, values: Ints
) -> Counts:
    shape = (counted.n_articles, len(values) + 1)
    found = np.zeros((*shape, 3), dtype=np.int32)
    is_same = (kind == AGREE) | (kind == BOUNDARY)
    for at, which in ((TOTAL, kind >= 0), (STRICT, kind == AGREE), (SAME_TYPE, is_same)):
        for rank in ranks:
            found[:, :, at] += _two(cells.article[which], rank[which], cells.n[which], shape)
    found[:, :, SAME_TYPE] += _two(more.article, _rank(values, more.a), 2 * more.n, shape)
    return found[:, :-1]


def _depths(counted: Counted, cells: Cells, kind: Ints, weights: tuple[Ints, Ints]) -> Counts:
    found = np.zeros((counted.n_articles, 2, 2), dtype=np.int32)
    for weight, bit in zip(weights, (1, 0), strict=True):
        deep = (cells.detail >> bit) & 1
        n = weight * cells.n
        shape = (counted.n_articles, 2)
        agrees = kind == AGREE
        found[:, :, 0] += _two(cells.article, deep, n, shape)
        found[:, :, 1] += _two(cells.article[agrees], deep[agrees], n[agrees], shape)
    return found


# --- together, and changed -----------------------------------------------------------------------


def joined_sums(parts: Sequence[ItemSums], firsts: Sequence[int]) -> ItemSums:
    """Return the sums of `parts`, whose articles are numbered on from `firsts`."""
    values = np.unique(np.concatenate([part.values for part in parts]))
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

    All are numbered as in `whole`, whose rows stand in the order of their articles. Rows are
    emptied rather than taken out, which would move all the others.
    """
    values = np.unique(np.concatenate([whole.values, into.values]))
    whole, into = _widened(whole, values), _widened(into, values)
    emptied = np.flatnonzero(np.isin(whole.article, gone))
    found = _put_together(
        [whole, into],
        whole.confusion.changed(out.confusion, into.confusion),
        whole.reasons.changed(out.reasons, into.reasons),
    )
    for column in (found.kinds, found.sides, found.more, found.margins, found.apart):
        column[emptied] = 0
    return replace(
        found,
        row=np.arange(n_articles),
        by_type=changed_rows(whole.by_type, into.row, into.by_type, n_articles),
        depth=changed_rows(whole.depth, into.row, into.depth, n_articles),
    )


def changed_rows(whole: Rows, rows: Ints, into: Rows, n: int) -> Rows:
    """Return `whole` with `rows` replaced by those of `into`, in room for `n` rows."""
    found = np.zeros((n, *whole.shape[1:]), dtype=whole.dtype)
    found[: len(whole)] = whole
    found[rows] = into
    return found
