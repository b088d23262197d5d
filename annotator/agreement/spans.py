"""Agreement on labels that lie in the text: spans of two readings paired, and what became of each.

A meeting is two readings of one article. Every span of a meeting ends up in one item: a pair, or a
span that the other reading lacks. All scores are sums over items, so they add up over articles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Ints, arranged, news
from annotator.agreement.matching import Affinity, Side
from annotator.agreement.meetings import Meetings, Pairs
from annotator.agreement.pairing import Pairing

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
_APART = 0x2545F4914F6CDD1D
"""Sets the texts of one reading apart from those of the next, as a number of 64 bits."""


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

    @property
    def by_reading(self) -> Side:
        """The spans in groups by their reading."""
        columns = (self.start, self.end, self.shape, self.first, self.last, self.label)
        return Side(self.reading, *columns)

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
    order, is_new = arranged(reading, *offsets, label, shape)
    if is_set:
        order = order[is_new]
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


def _outer(reading: Ints, start: Ints, end: Ints) -> Ints:
    """Return for each span the place of one of its reading that holds it and more, or -1."""
    n = len(reading)
    if not n:
        return np.zeros(0, dtype=np.int64)
    order, is_first = arranged(reading, start, end.max() - end)
    reading, start, end = reading[order], start[order], end[order]
    reach = (reading << _BITS) | end
    running = np.maximum.accumulate(reach)
    widest = np.maximum.accumulate(np.where(news(running), np.arange(n), 0))
    run = np.maximum.accumulate(np.where(is_first, np.arange(n), 0))
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
    """Pair the spans of `meetings`: two arrays of readings, as `Batch.meetings` gives them."""
    pairing = Pairing(spans.by_reading, Meetings.of(meetings, n_readings), affinity)
    parts = [pairing.same, pairing.of_other_labels(), pairing.overlapping()]
    one, other = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    items = _items(spans, pairing, (one, other), [len(part[0]) for part in parts])
    items = _with_missing_reasons(spans, items, pairing, meetings)
    within = pairing.within_labels()
    same = pairing.same
    of_one_label = tuple(np.concatenate(pair) for pair in zip(same, within, strict=True))
    return Comparison(items, (of_one_label[0], of_one_label[1]))


def _items(spans: Spans, pairing: Pairing, found: Pairs, sizes: list[int]) -> Items:
    """Return the items of all pairs, of the same label, of another, and of overlaps, and alone."""
    ours, theirs = pairing.alone()
    one = np.concatenate([found[0], ours[1], np.full(len(theirs[1]), -1)])
    other = np.concatenate([found[1], np.full(len(ours[1]), -1), theirs[1]])
    meeting = np.concatenate([pairing.meeting(found), ours[0], theirs[0]])
    over = slice(sizes[0] + sizes[1], sum(sizes))
    is_same = spans.label[one[over]] == spans.label[other[over]]
    n_alone = len(meeting) - sum(sizes)
    kind = np.repeat([AGREE, LABEL, BOTH, MISSING], [*sizes, n_alone])
    kind[over][is_same] = BOUNDARY
    return Items(meeting, one, other, kind, np.zeros(len(meeting), dtype=np.int64))


def _with_missing_reasons(spans: Spans, items: Items, pairing: Pairing, meetings: Pairs) -> Items:
    """Say of what is missing whether its text is marked elsewhere, or its outer span agrees."""
    at = np.flatnonzero(items.kind == MISSING)
    is_ours = items.other[at] < 0
    mine = np.where(is_ours, items.one[at], items.other[at])
    first, second = (side[items.meeting[at]] for side in meetings)
    reader = np.where(is_ours, second, first)  # who lacks it
    reason = items.reason.copy()
    marked = _texts_of(spans.key, spans.reading)
    reason[at[are_among(_texts_of(spans.key[mine], reader), marked)]] = ELSEWHERE
    outer = spans.outer[mine]
    has_outer = np.flatnonzero(outer >= 0)
    agrees = pairing.agrees[pairing.cell(outer[has_outer], reader[has_outer])]
    reason[at[has_outer[agrees]]] = INNER
    return Items(items.meeting, items.one, items.other, items.kind, reason)


def _texts_of(key: Ints, reading: Ints) -> Ints:
    """Return a number that is the same for the same text in the same reading."""
    return key + reading * _APART


def are_among(sought: Ints, known: Ints) -> Flags:
    """Whether each of `sought` is among `known`, in any order."""
    if not len(known):
        return np.zeros(len(sought), dtype=bool)
    known = np.sort(known)
    order = np.argsort(sought)  # neighbours are found from one another
    wanted = sought[order]
    rank = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    found = np.empty(len(sought), dtype=bool)
    found[order] = known[rank] == wanted
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
    order, is_new = arranged(article, low, high)
    article, low, high = article[order], low[order], high[order]
    mask = (1 << _BITS) - 1
    places = (low >> _BITS, low & mask, high >> _BITS, high & mask)
    told = tell(article[is_new], *(place[is_new] for place in places))
    reason = items.reason.copy()
    reason[at[order]] = told[np.cumsum(is_new) - 1]
    return Items(items.meeting, items.one, items.other, items.kind, reason)


TellReasons = Callable[[Ints, Ints, Ints, Ints, Ints], Ints]
"""Takes articles, and start and end of one span and of the other; returns reasons."""
