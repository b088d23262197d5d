"""Agreement on events: triggers first, then the arguments of events, then of aligned events.

TI, TC, AI and AC count as Ji and Grishman (2008) do: a trigger by its offsets (and its type), an
argument by its event's type, its filler's offsets (and its role), once for each mention of an
event. AI+ and AC+ ask for the same trigger, too. What is conditional looks at the arguments of
aligned triggers only, whatever the types of their events.
"""

from dataclasses import dataclass

import numpy as np

from annotator.agreement import counting, matching, statistics, texts
from annotator.agreement.arrays import Flags, Ints, ints, spread
from annotator.agreement.counting import Prepared
from annotator.agreement.matching import Pairs, Side
from annotator.agreement.spans import (
    AGREE,
    MISSING,
    NONE,
    Comparison,
    Items,
    Spans,
    bounds_of,
    compared,
    with_reasons,
)
from annotator.agreement.statistics import Cells

BOTH_SIDES, AI, AC, AI_PLUS, AC_PLUS, AI_OVERLAP, BOTH_ALIGNED, AI_GIVEN, AC_GIVEN = range(9)
"""Details of `ARGUMENTS`: arguments of both readings, and how many pairs of them are the same."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Events as spans, and their arguments sorted by event: `event` is a place in `spans`."""

    spans: Spans
    event: Ints
    role: Ints
    start: Ints
    end: Ints
    first: Ints
    last: Ints

    def bounds(self, places: Ints) -> tuple[Ints, Ints]:
        """Return where the arguments of the events at `places` begin and end."""
        low = np.searchsorted(self.event, places, "left")
        return low, np.searchsorted(self.event, places, "right")


def frames(ready: Prepared) -> tuple[Frames, Flags, Ints]:
    """Return the events that count with their arguments, which do not count, and duplicates."""
    batch = ready.batch
    spans, is_out, n_doubled = counting.placed_spans(batch, ready.page, batch.events)
    told = batch.arguments
    order = np.argsort(spans.row, kind="stable")
    rank = np.searchsorted(spans.row[order], told.event)
    event = order[np.minimum(rank, len(order) - 1)] if len(order) else told.event * 0
    known = (spans.row[event] == told.event) if len(order) else np.zeros(len(event), dtype=bool)
    event, columns = event[known], [c[known] for c in (told.label, told.start, told.end)]
    article = batch.article[spans.reading[event]]
    inside = texts.within(article, columns[1], columns[2], batch.parts)
    event, article = event[inside], article[inside]
    role, start, end = (column[inside] for column in columns)
    found = ready.page.measured(article, start, end, batch.trim)
    by_place = np.lexsort((role, found.end, found.start, event))
    columns = [event, role, found.start, found.end, found.first, found.last]
    return Frames(spans, *(column[by_place] for column in columns)), is_out, n_doubled


def aligned(ready: Prepared, framed: Frames) -> Comparison:
    """Pair the triggers of all meetings: of two events on one trigger, those that share more."""

    def shared(one: Ints, other: Ints) -> Ints:
        pairs = zip(one.tolist(), other.tolist(), strict=True)
        return ints([len(_said(framed, ours) & _said(framed, theirs)) for ours, theirs in pairs])

    found = compared(framed.spans, ready.meetings, ready.batch.n_readings, shared)
    items = with_reasons(
        found.items, framed.spans, ready.of_meetings[0], counting.edge_reasons(ready)
    )
    return Comparison(items, found.of_one_label)


def _said(framed: Frames, event: int) -> set[tuple[int, int, int]]:
    low, high = (int(bound[0]) for bound in framed.bounds(np.array([event])))
    columns = (framed.role[low:high], framed.start[low:high], framed.end[low:high])
    return set(zip(*(column.tolist() for column in columns), strict=True))


def event_cells(ready: Prepared, framed: Frames) -> list[Cells]:
    """Return the cells of events: triggers, scores of arguments, and roles of aligned events."""
    found = aligned(ready, framed)
    article, who = ready.of_meetings
    n_meetings = len(article)
    counted = _arguments(ready, framed, n_meetings) | _given(framed, found.items, n_meetings)
    cells = counting.span_cells(ready, framed.spans, found, statistics.TRIGGERS)
    blank = article * 0
    for score, n in counted.items():
        some = statistics.cells(
            statistics.ARGUMENTS, article, who, (blank, blank), detail=score, n=n
        )
        cells.append(some.taken(some.n > 0))
    roles, labels = role_items(framed, found.items)
    meeting = roles.meeting
    pair = (who[0][meeting], who[1][meeting])
    detail = roles.kind << 6
    cells.append(statistics.cells(statistics.ROLES, article[meeting], pair, labels, detail=detail))
    return cells


def _arguments(ready: Prepared, framed: Frames, n_meetings: int) -> dict[int, Ints]:
    """Return the counts of arguments, of all events, for each meeting."""
    spans, event = framed.spans, framed.event
    reading = spans.reading[event]
    type_ = spans.label[event]
    place = (framed.start << 21) | framed.end
    trigger = (spans.start[event] << 21) | spans.end[event]
    keys = {
        AI: (type_, place),
        AC: (type_, place, framed.role),
        AI_PLUS: (type_, place, trigger),
        AC_PLUS: (type_, place, trigger, framed.role),
    }
    found = {
        name: shared(reading, columns, ready.meetings, n_meetings) for name, columns in keys.items()
    }
    since, until = bounds_of(reading, ready.batch.n_readings)
    ours, theirs = (spread(since[readings], until[readings]) for readings in ready.meetings)
    n_sides = [np.bincount(group, minlength=n_meetings) for group, _ in (ours, theirs)]
    found[BOTH_SIDES] = n_sides[0] + n_sides[1]
    one, other = (_side(framed, at, group, type_) for group, at in (ours, theirs))
    same, _ = matching.exact_matches(one, other)
    over = matching.matched_within_labels(one, other, same)
    found[AI_OVERLAP] = np.bincount(one.group[over[0]], minlength=n_meetings)
    return found


def shared(owner: Ints, columns: tuple[Ints, ...], meetings: Pairs, n_meetings: int) -> Ints:
    """Return how many rows two owners have in common in each meeting, repeated ones counted.

    `owner` and `columns` are as long as one another, `meetings` name two owners each.
    """
    if not len(owner):
        return np.zeros(n_meetings, dtype=np.int64)
    kind = _numbered(columns)
    order = np.lexsort((kind, owner))
    owner, kind = owner[order], kind[order]
    again = _times_before(owner, kind)
    kind = kind * (int(again.max()) + 1) + again
    n_owners = int(owner[-1]) + 1
    since, until = bounds_of(
        owner, max(n_owners, *(int(side.max(initial=0)) + 1 for side in meetings))
    )
    sides = [spread(since[owners], until[owners]) for owners in meetings]
    ours, theirs = (group * (int(kind.max()) + 1) + kind[at] for group, at in sides)
    if not len(theirs):
        return np.zeros(n_meetings, dtype=np.int64)
    rank = np.minimum(np.searchsorted(theirs, ours), len(theirs) - 1)
    return np.bincount(sides[0][0][theirs[rank] == ours], minlength=n_meetings)


def _numbered(columns: tuple[Ints, ...]) -> Ints:
    """Return the same number for equal rows."""
    order = np.lexsort(columns)
    differs = [np.diff(column[order], prepend=-1) != 0 for column in columns]
    number = np.zeros(len(order), dtype=np.int64)
    number[order] = np.cumsum(np.logical_or.reduce(differs)) - 1
    return number


def _times_before(owner: Ints, kind: Ints) -> Ints:
    """Return how often each of sorted rows came before in its owner."""
    is_new = (np.diff(owner, prepend=-1) != 0) | (np.diff(kind, prepend=-1) != 0)
    place = np.arange(len(owner))
    return place - np.maximum.accumulate(np.where(is_new, place, 0))


def _side(framed: Frames, places: Ints, group: Ints, label: Ints) -> Side:
    """Return the fillers at `places` as spans that can be paired."""
    order = np.lexsort((label[places], framed.end[places], framed.start[places], group))
    at = places[order]
    offsets = (framed.start[at], framed.end[at], at * 0, framed.first[at], framed.last[at])
    return Side(group[order], *offsets, label[at])


def _given(framed: Frames, items: Items, n_meetings: int) -> dict[int, Ints]:
    """Return the counts of arguments of aligned events, for each meeting."""
    pairs = items.taken(items.kind != MISSING)
    n_pairs = len(pairs)
    both = (pairs.one, pairs.other)
    place = (framed.start << 21) | framed.end
    n_of = np.bincount(framed.event, minlength=len(framed.spans))
    counted = {
        BOTH_ALIGNED: n_of[pairs.one] + n_of[pairs.other] if len(n_of) else pairs.one,
        AI_GIVEN: shared(framed.event, (place,), both, n_pairs),
        AC_GIVEN: shared(framed.event, (place, framed.role), both, n_pairs),
    }
    return {
        name: np.rint(np.bincount(pairs.meeting, n, minlength=n_meetings)).astype(np.int64)
        for name, n in counted.items()
    }


def role_items(framed: Frames, items: Items) -> tuple[Items, Pairs]:
    """Return the arguments of aligned events, paired by where they lie, and their roles.

    `one` and `other` are places among the arguments; a role is `NONE` where there is no argument.
    """
    pairs = items.taken(items.kind != MISSING)
    sides = [spread(*framed.bounds(events)) for events in (pairs.one, pairs.other)]
    ours, theirs = (_side(framed, at, group, framed.role) for group, at in sides)
    places = [
        at[np.lexsort((framed.role[at], framed.end[at], framed.start[at], group))]
        for group, at in sides
    ]
    found = matching.matched(ours, theirs)
    one, other, group = _with_single(places, (ours.group, theirs.group), found)
    roles = tuple(np.where(side >= 0, _role(framed, side), NONE) for side in (one, other))
    kind = np.where(roles[0] == roles[1], AGREE, np.where(_lacks(one, other), MISSING, 1))
    meeting = pairs.meeting[group]
    return Items(meeting, one, other, kind, group), (roles[0], roles[1])


def _role(framed: Frames, places: Ints) -> Ints:
    return framed.role[places] if len(framed.role) else places


def _lacks(one: Ints, other: Ints) -> Flags:
    return (one < 0) | (other < 0)


def _with_single(
    places: list[Ints], groups: tuple[Ints, Ints], found: Pairs
) -> tuple[Ints, Ints, Ints]:
    """Return pairs and what is in no pair, -1 on the side that lacks it, with their groups."""
    alone = [
        np.setdiff1d(np.arange(len(place)), taken)
        for place, taken in zip(places, found, strict=True)
    ]
    lacking = [np.full(len(left), -1) for left in alone]
    one = np.concatenate([places[0][found[0]], places[0][alone[0]], lacking[1]])
    other = np.concatenate([places[1][found[1]], lacking[0], places[1][alone[1]]])
    group = np.concatenate([groups[0][found[0]], groups[0][alone[0]], groups[1][alone[1]]])
    return one, other, group
