"""Agreement on labels that lie in the text: spans of two readings paired, and what became of each.

A meeting is two readings of one article. Every span of a meeting ends up in one item: a pair, or a
span that the other reading lacks. All scores are sums over items, so they add up over articles.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Ints, are_in, arranged, news, of_several_parts
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
_LAST_BITS = (1 << 18) - 1
"""By which numbers are told apart before they are looked for: a table of them stays at hand."""
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
        order = order.compress(is_new)
    reading, start, end = (column.take(order) for column in (reading, *offsets))
    spans = Spans(
        reading,
        start,
        end,
        shape.take(order),
        label.take(order),
        base[0].take(order),
        base[1].take(order),
        key.take(order),
        row.take(order),
        _outer(reading, start, end),
    )
    return spans, n - len(order)


def _outer(reading: Ints, start: Ints, end: Ints) -> Ints:
    """Return for each span the place of one of its reading that holds it and more, or -1."""
    n = len(reading)
    if not n:
        return np.zeros(0, dtype=np.int64)
    is_start = news(reading) | news(start)
    is_first = is_start | news(end)
    order = np.arange(n)
    several = of_several_parts(is_start, is_first)
    if len(several):  # of those that begin together the longest comes first
        columns = reading.take(several), start.take(several), end.max() - end.take(several)
        turned, is_first[several] = arranged(*columns)
        order[several] = several.take(turned)
    reach = (reading << _BITS) | end.take(order)
    widest = _last_where(news(np.maximum.accumulate(reach)))
    run = _last_where(is_first)
    holder = widest.take(np.maximum(run - 1, 0))
    until = reach.take(holder)
    holds = (run > 0) & (until >= reach) & (until >> _BITS == reading)
    outer = np.full(n, -1)
    held = np.flatnonzero(holds)
    outer[order.take(held)] = order.take(holder.take(held))
    return outer


def _last_where(flags: Flags) -> Ints:
    """Return for each row the last one up to it where a flag stands; the first one has a flag."""
    return np.flatnonzero(flags).take(np.cumsum(flags) - 1)


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

    def in_order(self) -> "Items":
        """Return what agrees in the order of meetings, then all else as it stands."""
        agree, rest = np.flatnonzero(self.kind == AGREE), np.flatnonzero(self.kind != AGREE)
        order, _ = arranged(self.meeting.take(agree), self.one.take(agree))
        return self.taken(np.concatenate([agree.take(order), rest]))


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
    one, other, meeting = (column.take(at) for column in (items.one, items.other, items.meeting))
    is_ours = other < 0
    mine = np.where(is_ours, one, other)
    first, second = (side.take(meeting) for side in meetings)
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
    """Whether each of `sought` is among `known`, in any order.

    Numbers are first told apart by their last bits, and only those whose bits are known are looked
    for: few where few are known, and texts' numbers are as good as random.
    """
    last, known_last = sought & _LAST_BITS, known & _LAST_BITS
    found = are_in(last, known_last)
    maybe = np.flatnonzero(found)
    rest = sought.take(maybe)
    known = np.sort(known.compress(are_in(known_last, last.take(maybe))))
    order = np.argsort(rest)  # neighbours are found from one another
    wanted = rest.take(order)
    rank = np.searchsorted(known, wanted)
    found[maybe.take(order)] = known.take(rank, mode="clip") == wanted
    return found


def with_reasons(items: Items, spans: Spans, articles: Ints, tell: "TellReasons") -> Items:
    """Return `items` with why the edges of `BOUNDARY` and `BOTH` differ.

    `articles` are those of the meetings. `tell` is asked once for each pair of places.
    """
    at = np.flatnonzero((items.kind == BOUNDARY) | (items.kind == BOTH))
    if not len(at):
        return items
    sides = items.one.take(at), items.other.take(at)
    ours, theirs = (spans.start.take(side) << _BITS | spans.end.take(side) for side in sides)
    low, high = np.minimum(ours, theirs), np.maximum(ours, theirs)
    mask = (1 << _BITS) - 1
    since, until, start, end = low >> _BITS, low & mask, high >> _BITS, high & mask
    article = articles.take(items.meeting.take(at))
    # they overlap: how far apart their edges lie are smaller numbers than where
    order, is_new = arranged(article, since, until - since, start - since, end - start)
    first = order.compress(is_new)
    told = tell(*(column.take(first) for column in (article, since, until, start, end)))
    reason = items.reason.copy()
    reason[at.take(order)] = told.take(np.cumsum(is_new) - 1)
    return Items(items.meeting, items.one, items.other, items.kind, reason)


TellReasons = Callable[[Ints, Ints, Ints, Ints, Ints], Ints]
"""Takes articles, and start and end of one span and of the other; returns reasons."""
