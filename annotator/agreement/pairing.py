"""Pairing the spans of all meetings at once: what is the same by sorting, the rest by overlap.

A place (an article's stretch of text) is looked at once, with all readings that marked it, so that
the many spans on which readings agree cost a sort and no search. Only places of which something is
left over are compared with one another.
"""

import functools
from dataclasses import dataclass

import numpy as np

from annotator.agreement import matching
from annotator.agreement.arrays import (
    Flags,
    Floats,
    Ints,
    arranged,
    arranged_in_runs,
    news,
    of_several_parts,
    sorted_rows,
    spread,
)
from annotator.agreement.matching import Affinity, Side
from annotator.agreement.meetings import Meetings, Pairs, pairs_in_runs


@dataclass(frozen=True, slots=True)
class Places:
    """Spans by where they lie: `order` sorts them by article, place, label, and slot of reading.

    In that order the flags say where a place is new, a label in it, and a reading with that label;
    what is not even `is_one` is said twice by one reading.
    """

    order: Ints
    is_new: Flags
    is_label: Flags
    is_one: Flags

    @classmethod
    def of(cls, spans: Side, group: Ints, slot: Ints) -> "Places":
        """Return the places of `spans`, whose articles are `group`, and `slot` their readings."""
        at = (group, spans.start, spans.end - spans.start, spans.shape)
        order, (is_new, is_label, is_one) = arranged_in_runs((*at, spans.label, slot), (4, 5, 6))
        return cls(order, is_new, is_label, is_one)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Spans of two readings that meet, which overlap: `one` of the reading that comes first.

    `share` is their IoU; they stand in the order of meetings, and in one in that of spans.
    """

    one: Ints
    other: Ints
    differs: Flags
    share: Floats


class Pairing:
    """The spans of all meetings, and which of them are paired; the group is their reading.

    A cell is a span in its meeting with the reading in a slot.
    """

    def __init__(self, spans: Side, met: Meetings, affinity: Affinity | None = None) -> None:
        self._spans, self._met, self._affinity = spans, met, affinity
        self._slot, self._before = (of.take(spans.group) for of in (met.slot, met.before))
        self._taken = met.alone().take(spans.group, axis=0).ravel()
        self._places = Places.of(spans, met.group.take(spans.group), self._slot)
        self.same = self._the_same()
        self._take(self.same)
        self._near = self._overlaps()
        self.agrees = self._taken.copy()

    def _the_same(self) -> Pairs:
        """Return the pairs of the same place and label, one to one."""
        places = self._places
        at, to = pairs_in_runs(places.is_label)
        one, other = places.order.take(at), places.order.take(to)
        if places.is_one.all():
            return one, other
        run = np.cumsum(places.is_label) - 1
        is_open = (np.bincount(run, ~places.is_one) > 0).take(run.take(at))
        chosen = self._best(*self._left(one[is_open], other[is_open]))
        closed = one[~is_open], other[~is_open]
        return np.concatenate([closed[0], chosen[0]]), np.concatenate([closed[1], chosen[1]])

    def of_other_labels(self) -> Pairs:
        """Pair what is left of the same places, whatever the labels."""
        rows = of_several_parts(self._places.is_new, self._places.is_label)
        span = self._places.order.take(rows)
        at, to = pairs_in_runs(self._places.is_new.take(rows))
        pairs = self._best(*self._left(span.take(at), span.take(to)))
        self._take(pairs)
        return pairs

    def overlapping(self) -> Pairs:
        """Pair what overlaps among all that is left, the same label first."""
        near = self._near
        left = np.flatnonzero(~self._are_taken(near.one, near.other))
        priority = 2.0 * near.differs.take(left) - near.share.take(left)
        pairs = self._first_come(near, left.take(np.argsort(priority, kind="stable")))
        self._take(pairs)
        return pairs

    def within_labels(self) -> Pairs:
        """Return the overlaps within labels among all that is not of the same place and label."""
        same = np.flatnonzero(~self._near.differs)
        order = np.argsort(-self._near.share.take(same), kind="stable")
        return self._first_come(self._near, same.take(order))

    def alone(self) -> tuple[Pairs, Pairs]:
        """Return meeting and span of what is not paired, of the first and of the second reading.

        Both are in the order of meetings.
        """
        cell = np.flatnonzero(~self._taken)
        span = cell // self._met.width
        to, slot = cell - span * self._met.width, self._slot.take(span)
        ours, theirs = np.flatnonzero(to > slot), np.flatnonzero(to < slot)
        mine, yours = span.take(ours), span.take(theirs)
        group = self._met.group.take(self._spans.group.take(yours))
        first = self._met.partners()[group, to.take(theirs)]
        met = self._before.take(mine) + to.take(ours)
        by_them = self._met.before.take(first) + slot.take(theirs)
        one, other = (sorted_rows(*pair) for pair in ((met, mine), (by_them, yours)))
        return (one[0], one[1]), (other[0], other[1])

    def meeting(self, pairs: Pairs) -> Ints:
        """Return the meetings of pairs of spans."""
        return self._before.take(pairs[0]) + self._slot.take(pairs[1])

    def cell(self, span: Ints, reading: Ints) -> Ints:
        """Return the place in `agrees` of spans in their meetings with `reading`."""
        return span * self._met.width + self._met.slot.take(reading)

    def _cells(self, one: Ints, other: Ints) -> Pairs:
        """Return the cells of both spans of pairs, each in its meeting with the other's reading."""
        width, slot = self._met.width, self._slot
        return one * width + slot.take(other), other * width + slot.take(one)

    def _take(self, pairs: Pairs) -> None:
        for cells in self._cells(*pairs):
            self._taken[cells] = True

    def _are_taken(self, one: Ints, other: Ints) -> Flags:
        """Whether either span of pairs is paired; spans of one reading always are."""
        ours, theirs = self._cells(one, other)
        return self._taken.take(ours) | self._taken.take(theirs)

    def _left(self, one: Ints, other: Ints) -> Pairs:
        """Return the pairs that are not taken, the span of the reading that comes first as `one`.

        They stand in the order of meetings, and in one in that of spans.
        """
        left = np.flatnonzero(~self._are_taken(one, other))
        one, other = one.take(left), other.take(left)
        is_first = self._slot.take(one) < self._slot.take(other)
        one, other = np.where(is_first, one, other), np.where(is_first, other, one)
        order, _ = arranged(self.meeting((one, other)), one, other)
        return one.take(order), other.take(order)

    def _best(self, one: Ints, other: Ints) -> Pairs:
        """Return pairs one to one out of spans in one place, by affinity and then in order."""
        cells = self._cells(one, other)
        order = np.arange(len(one))
        if self._affinity is not None:
            n_of = [np.bincount(cell, minlength=1) for cell in cells]
            is_open = (n_of[0].take(cells[0]) > 1) | (n_of[1].take(cells[1]) > 1)
            n_shared = order * 0
            n_shared[is_open] = self._affinity(one[is_open], other[is_open])
            order = np.argsort(-n_shared, kind="stable")
        ours, theirs = (cell.take(order) for cell in cells)
        n_cells = len(self._taken)
        taken = order.take(matching.best_first(ours, theirs, n_cells, n_cells))
        return one.take(taken), other.take(taken)

    def _first_come(self, near: Overlaps, order: Ints) -> Pairs:
        """Return pairs one to one out of what overlaps, those that stand first in `order`."""
        one, other = near.one.take(order), near.other.take(order)
        n_cells = len(self._taken)
        taken = matching.best_first(*self._cells(one, other), n_cells, n_cells)
        return one.take(taken), other.take(taken)

    def _overlaps(self) -> Overlaps:
        """Return what overlaps in meetings in which neither is paired."""
        spans, order = self._spans, self._places.order
        by_slot = self._taken.reshape(-1, self._met.width).T
        is_loose = ~functools.reduce(np.logical_and, by_slot)
        rows = np.flatnonzero(is_loose.take(order))
        place: Ints = np.cumsum(self._places.is_new, dtype=np.int64)
        span = order.take(rows)
        bounds = np.append(np.flatnonzero(news(place.take(rows))), len(rows))
        of_place = span.take(bounds[:-1])
        group = self._met.group.take(spans.group.take(of_place))
        at, to = matching.overlapping(group, spans.first.take(of_place), spans.last.take(of_place))
        since, size = bounds[:-1], np.diff(bounds)
        parts = [
            self._left(*(span.take(row) for row in _crossed(since, size, at[part], to[part])))
            for part in matching.blocks(size.take(at) * size.take(to))
        ]
        one, other = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        differs = spans.label.take(one) != spans.label.take(other)
        return Overlaps(one, other, differs, matching.iou(spans, spans, one, other))


def _crossed(since: Ints, size: Ints, at: Ints, to: Ints) -> Pairs:
    """Return each row of the stretches `at` with each of the stretches `to`."""
    n_to = size.take(to)
    pair, step = spread(n_to * 0, size.take(at) * n_to)
    n_to = n_to.take(pair)
    turn = step // n_to
    return since.take(at).take(pair) + turn, since.take(to).take(pair) + step - turn * n_to
