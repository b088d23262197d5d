"""Agreement on labels that lie in the text: spans of two readings paired, and what became of each.

A meeting is two readings of one article. Every span of a meeting ends up in one item: a pair, or a
span that the other reading lacks. All scores are sums over items, so they add up over articles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotator.agreement import matching
from annotator.agreement.arrays import Flags, Ints, spread
from annotator.agreement.matching import Affinity, Pairs, Side

AGREE, LABEL, BOUNDARY, BOTH, MISSING = range(5)
KINDS = ("agree", "label", "boundary", "both", "missing")
"""What becomes of an item: same span and label; label differs; edges differ; both; not there."""
PLAIN, ELSEWHERE, INNER = range(3)
MISSING_REASONS = ("missing", "missing_elsewhere", "missing_inner")
"""Why a span is missing: no more is known; the other reading marks the same text elsewhere; it lies
inside one on which both agree."""
NONE = 0xFFFF
"""The label of the side on which there is no span."""
_BITS = 21
"""Offsets are below 2 to the power of this."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of many readings, sorted by (reading, start, end, label), without duplicates.

    `[start, end)` are code points, `[first, last)` base characters of the article. `shape` is 0 for
    one stretch and tells apart extents with gaps. `key` is equal for equal text. `outer` is the
    place of the span of the same reading around this one, or -1. `row` is the caller's.
    """

    reading: Ints
    start: Ints
    end: Ints
    shape: Ints
    label: Ints
    first: Ints
    last: Ints
    key: Ints
    row: Ints
    outer: Ints

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self.reading)

    def side(self, which: Ints, group: Ints) -> Side:
        """Return the spans at `which` in groups that may be paired with one another."""
        columns = (self.start, self.end, self.shape, self.first, self.last, self.label)
        return Side(group, *(column[which] for column in columns))


def spans_of(
    reading: Ints,
    offsets: tuple[Ints, Ints],
    base: tuple[Ints, Ints],
    label: Ints,
    *,
    shape: Ints | None = None,
    key: Ints | None = None,
    row: Ints | None = None,
    is_set: bool = True,
) -> tuple[Spans, int]:
    """Return spans sorted, and how many duplicates were dropped (none unless `is_set`).

    All are of one length. `offsets` are code points, `base` the same in base characters.
    """
    n = len(reading)
    zeros = np.zeros(n, dtype=np.int64)
    shape = zeros if shape is None else shape
    key = zeros if key is None else key
    row = np.arange(n) if row is None else row
    place = _place(reading, *offsets)
    order = np.lexsort((shape, label, place))
    if is_set:
        columns = [column[order] for column in (place, label, shape)]
        same = np.logical_and.reduce([column[1:] == column[:-1] for column in columns])
        order = order[np.concatenate([[True], ~same])[:n]]
    reading, start, end = reading[order], offsets[0][order], offsets[1][order]
    spans = Spans(
        reading,
        start,
        end,
        shape[order],
        label[order],
        base[0][order],
        base[1][order],
        key[order],
        row[order],
        _outer(reading, start, end),
    )
    return spans, n - len(order)


def _place(reading: Ints, start: Ints, end: Ints) -> Ints:
    return (reading << (2 * _BITS)) | (start << _BITS) | end


def _outer(reading: Ints, start: Ints, end: Ints) -> Ints:
    """Return for each span the place of one of its reading that holds it and more, or -1."""
    n = len(reading)
    if not n:
        return np.zeros(0, dtype=np.int64)
    order = np.argsort(_place(reading, start, (1 << _BITS) - 1 - end), kind="stable")
    reading, start, end = reading[order], start[order], end[order]
    reach = (reading << _BITS) | end
    running = np.maximum.accumulate(reach)
    is_new = np.concatenate([[True], running[1:] > running[:-1]])
    widest = np.maximum.accumulate(np.where(is_new, np.arange(n), 0))
    differs = (np.diff(reading) != 0) | (np.diff(start) != 0) | (np.diff(end) != 0)
    first_of_place = np.concatenate([[True], differs])
    run = np.maximum.accumulate(np.where(first_of_place, np.arange(n), 0))
    before = np.maximum(run - 1, 0)
    holder = widest[before]
    holds = (run > 0) & (reading[holder] == reading) & (end[holder] >= end)
    outer = np.full(n, -1)
    outer[order] = np.where(holds, order[holder], -1)
    return outer


@dataclass(frozen=True, slots=True)
class Items:
    """What became of every span of some meetings.

    `one` and `other` are places in `Spans`, -1 where that reading has none; `kind` is of `KINDS`,
    `reason` of `MISSING_REASONS` for what is missing and else 0 until it is asked for.
    """

    meeting: Ints
    one: Ints
    other: Ints
    kind: Ints
    reason: Ints

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self.meeting)

    def taken(self, which: Ints | Flags) -> "Items":
        """Return the items at `which`."""
        return Items(*(getattr(self, name)[which] for name in Items.__slots__))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The items of some meetings, and the pairs of the matching within labels (for overlap)."""

    items: Items
    of_one_label: Pairs


def bounds_of(reading: Ints, n_readings: int) -> tuple[Ints, Ints]:
    """Return where the spans of each reading begin and end among sorted ones."""
    every = np.arange(n_readings)
    return np.searchsorted(reading, every, "left"), np.searchsorted(reading, every, "right")


def compared(
    spans: Spans, meetings: Pairs, n_readings: int, affinity: Affinity | None = None
) -> Comparison:
    """Pair the spans of `meetings`: two arrays of readings, as long as one another."""
    since, until = bounds_of(spans.reading, n_readings)
    one, other = (spread(since[readings], until[readings]) for readings in meetings)
    groups, places = (one[0], other[0]), (one[1], other[1])
    ours, theirs = spans.side(places[0], groups[0]), spans.side(places[1], groups[1])
    told = None if affinity is None else (lambda i, j: affinity(places[0][i], places[1][j]))
    same, rest = matching.exact_matches(ours, theirs, told)
    exact = _both(same, rest)
    found = _both(exact, matching.overlap_matches(ours, theirs, exact))
    within = matching.matched_within_labels(ours, theirs, same)
    items = _items(spans, groups, places, found)
    return Comparison(items, (places[0][within[0]], places[1][within[1]]))


def _both(one: Pairs, other: Pairs) -> Pairs:
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _items(spans: Spans, groups: tuple[Ints, ...], places: tuple[Ints, ...], found: Pairs) -> Items:
    alone = [
        np.setdiff1d(np.arange(len(place)), taken, assume_unique=True)
        for place, taken in zip(places, found, strict=True)
    ]
    missing = [np.full(len(left), -1) for left in alone]
    one = np.concatenate([places[0][found[0]], places[0][alone[0]], missing[1]])
    other = np.concatenate([places[1][found[1]], missing[0], places[1][alone[1]]])
    meeting = np.concatenate([groups[0][found[0]], groups[0][alone[0]], groups[1][alone[1]]])
    kind = np.full(len(meeting), MISSING)
    kind[: len(found[0])] = kinds_of(spans, one[: len(found[0])], other[: len(found[0])])
    items = Items(meeting, one, other, kind, np.zeros(len(meeting), dtype=np.int64))
    return _with_missing_reasons(spans, items)


def kinds_of(spans: Spans, one: Ints, other: Ints) -> Ints:
    """Return the kinds of pairs of spans."""
    columns = (spans.start, spans.end, spans.shape)
    is_exact = np.logical_and.reduce([column[one] == column[other] for column in columns])
    is_same = spans.label[one] == spans.label[other]
    return np.where(is_exact, np.where(is_same, AGREE, LABEL), np.where(is_same, BOUNDARY, BOTH))


def _with_missing_reasons(spans: Spans, items: Items) -> Items:
    """Say of what is missing whether its text is marked elsewhere, or its outer span agrees."""
    reason = items.reason.copy()
    is_missing = items.kind == MISSING
    agreed = np.flatnonzero(items.kind == AGREE)
    word = np.unique(spans.key, return_inverse=True)[1]
    for mine, theirs in ((items.one, items.other), (items.other, items.one)):
        at = np.flatnonzero(is_missing & (mine >= 0))
        there = np.flatnonzero(theirs >= 0)
        is_sought = np.zeros(len(spans) + 1, dtype=bool)
        is_sought[word[mine[at]]] = True
        there = there[is_sought[word[theirs[there]]]]
        sought = _pairs(items.meeting[at], word[mine[at]])
        reason[at[_are_in(sought, _pairs(items.meeting[there], word[theirs[there]]))]] = ELSEWHERE
        at = at[spans.outer[mine[at]] >= 0]
        sought = _pairs(items.meeting[at], spans.outer[mine[at]])
        reason[at[_are_in(sought, _pairs(items.meeting[agreed], mine[agreed]))]] = INNER
    return Items(items.meeting, items.one, items.other, items.kind, reason)


def _pairs(meeting: Ints, place: Ints) -> Ints:
    return (meeting << 32) | place


def _are_in(sought: Ints, known: Ints) -> Flags:
    """Whether each of `sought`, which are few, is among `known`, which are many."""
    if not len(sought):
        return np.zeros(0, dtype=bool)
    wanted, place = np.unique(sought, return_inverse=True)
    rank = np.minimum(np.searchsorted(wanted, known), len(wanted) - 1)
    is_there = np.zeros(len(wanted), dtype=bool)
    is_there[rank[wanted[rank] == known]] = True
    found: Flags = is_there[place]
    return found


def with_reasons(items: Items, spans: Spans, articles: Ints, tell: "TellReasons") -> Items:
    """Return `items` with why the edges of `BOUNDARY` and `BOTH` differ.

    `articles` are those of the meetings. `tell` is asked once for each pair of places.
    """
    at = np.flatnonzero((items.kind == BOUNDARY) | (items.kind == BOTH))
    if not len(at):
        return items
    one, other = items.one[at], items.other[at]
    ours, theirs = (spans.start[side] << _BITS | spans.end[side] for side in (one, other))
    low, high = np.minimum(ours, theirs), np.maximum(ours, theirs)
    article = articles[items.meeting[at]]
    order = np.lexsort((high, low, article))
    article, low, high = article[order], low[order], high[order]
    is_new = np.concatenate(
        [[True], (np.diff(article) != 0) | (np.diff(low) != 0) | (np.diff(high) != 0)]
    )
    mask = (1 << _BITS) - 1
    places = (low >> _BITS, low & mask, high >> _BITS, high & mask)
    told = tell(article[is_new], *(place[is_new] for place in places))
    reason = items.reason.copy()
    reason[at[order]] = told[np.cumsum(is_new) - 1]
    return Items(items.meeting, items.one, items.other, items.kind, reason)


TellReasons = Callable[[Ints, Ints, Ints, Ints, Ints], Ints]
"""Takes articles, and start and end of one span and of the other; returns reasons."""
