"""Pairing the spans of all meetings at once: what is the same by sorting, the rest by overlap.

A place (an article's stretch of text) is looked at once, with all readings that marked it, so that
the many spans on which readings agree cost a sort and no search. Only what is left over is
compared meeting by meeting.
"""

from dataclasses import dataclass

import numpy as np

from annotator.agreement import matching
from annotator.agreement.arrays import Flags, Ints, arranged, news, ranked
from annotator.agreement.matching import Affinity, Side
from annotator.agreement.meetings import Meetings, Pairs, pairs_in_runs


@dataclass(frozen=True, slots=True)
class Twins:
    """Spans of two readings that meet, in the same place: `one` of the reading that comes first.

    `is_open` where a reading has several labels in that place, so that pairs compete.
    """

    one: Ints
    other: Ints
    is_open: Flags

    def taken(self, which: Ints | Flags) -> "Twins":
        """Return the twins at `which`."""
        return Twins(self.one[which], self.other[which], self.is_open[which])


def twins(spans: Side, met: Meetings) -> Twins:
    """Return every two spans in one place; the group of `spans` is their reading."""
    group, slot = met.group.take(spans.group), met.slot.take(spans.group)
    order, is_first = arranged(group, spans.start, spans.end, spans.shape, slot)
    columns = (group, spans.start, spans.end, spans.shape)
    is_new = np.logical_or.reduce([news(column.take(order)) for column in columns])
    at, to = pairs_in_runs(is_new)
    found = Twins(order.take(at), order.take(to), np.zeros(len(at), dtype=bool))
    if is_first.all():
        return found
    place = np.cumsum(is_new) - 1
    several = np.bincount(place, ~is_first) > 0
    found = Twins(found.one, found.other, several[place.take(at)])
    return found.taken(spans.group[found.one] != spans.group[found.other])


@dataclass(frozen=True, slots=True)
class Loose:
    """Spans in meetings in which they are not paired, in order: `spans` grouped by meeting.

    `span` is the place of each among all, `cell` that of the span in that meeting.
    """

    spans: Side
    span: Ints
    cell: Ints

    def without(self, taken: Flags) -> "Loose":
        """Return what is still not paired."""
        left = np.flatnonzero(~taken[self.cell])
        return Loose(self.spans.taken(left), self.span[left], self.cell[left])


class Pairing:
    """The spans of all meetings, and which of them are paired; the group is their reading."""

    def __init__(self, spans: Side, met: Meetings, affinity: Affinity | None = None) -> None:
        self._spans, self._met, self._affinity = spans, met, affinity
        self._slot = met.slot.take(spans.group)
        self._taken = (np.arange(met.width) >= met.size.take(spans.group)[:, None]).ravel()
        self._taken[np.arange(len(spans)) * met.width + self._slot] = True
        candidates = twins(spans, met)
        is_same = spans.label.take(candidates.one) == spans.label.take(candidates.other)
        self.same = self._the_same(candidates.taken(is_same))
        self._take(self.same)
        self._others = candidates.taken(~is_same)
        self._loose = self._not_taken()
        self.agrees = self._taken.copy()

    def _the_same(self, found: Twins) -> Pairs:
        """Return the pairs of the same place and label, one to one."""
        if not found.is_open.any():
            return found.one, found.other
        chosen = self._best(found.taken(found.is_open))
        closed = found.taken(~found.is_open)
        one, other = (closed.one, chosen[0]), (closed.other, chosen[1])
        return np.concatenate(one), np.concatenate(other)

    def of_other_labels(self) -> Pairs:
        """Pair what is left of the same places, whatever the labels, in the order of meetings."""
        found = self._others
        ours, theirs = (self._taken[cells] for cells in self._cells(found.one, found.other))
        pairs = self._best(found.taken(~(ours | theirs)))
        self._take(pairs)
        return pairs

    def overlapping(self) -> Pairs:
        """Pair what overlaps among all that is left, the same label first."""
        ours, theirs = (side.without(self._taken) for side in self._loose)
        one, other = matching.overlap_matches(ours.spans, theirs.spans)
        pairs = ours.span[one], theirs.span[other]
        self._take(pairs)
        return pairs

    def within_labels(self) -> Pairs:
        """Return the overlaps within labels among all that is not of the same place and label."""
        ours, theirs = self._loose
        one, other = matching.overlaps_within_labels(ours.spans, theirs.spans)
        return ours.span[one], theirs.span[other]

    def alone(self) -> tuple[Pairs, Pairs]:
        """Return meeting and span of what is not paired, of the first and of the second reading."""
        ours, theirs = (side.without(self._taken) for side in self._loose)
        return (ours.spans.group, ours.span), (theirs.spans.group, theirs.span)

    def meeting(self, pairs: Pairs) -> Ints:
        """Return the meetings of pairs of spans."""
        one, other = (self._spans.group.take(side) for side in pairs)
        return self._met.number(one, other)

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

    def _best(self, found: Twins) -> Pairs:
        """Return pairs one to one out of twins that compete, by affinity and then in order."""
        meeting = self.meeting((found.one, found.other))
        order, _ = arranged(meeting, found.one, found.other)
        found = found.taken(order)
        if self._affinity is not None and found.is_open.any():
            n_shared = order * 0
            n_shared[found.is_open] = self._affinity(
                found.one[found.is_open], found.other[found.is_open]
            )
            found = found.taken(np.argsort(-n_shared, kind="stable"))
        cells, places = zip(*map(ranked, self._cells(found.one, found.other)), strict=True)
        chosen = matching.best_first(*places, *map(len, cells))
        one, other = (of[at] // self._met.width for of, at in zip(cells, chosen, strict=True))
        return one, other

    def _not_taken(self) -> tuple[Loose, Loose]:
        cell = np.flatnonzero(~self._taken)
        span = cell // self._met.width
        to, slot = cell - span * self._met.width, self._slot.take(span)
        is_ours = to > slot
        reading = self._spans.group.take(span)
        partner = self._met.partners()[self._met.group.take(reading), to]
        first = np.where(is_ours, reading, partner)
        meeting = self._met.since.take(first) + np.abs(to - slot) - 1
        sides = []
        for mine in (np.flatnonzero(is_ours), np.flatnonzero(~is_ours)):
            at = mine.take(arranged(meeting.take(mine))[0])
            grouped = self._spans.in_groups(span.take(at), meeting.take(at))
            sides.append(Loose(grouped, span.take(at), cell.take(at)))
        return sides[0], sides[1]
