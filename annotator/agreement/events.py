"""Agreement on events: triggers first, then the arguments of events, then of aligned events.

TI, TC, AI and AC count as Ji and Grishman (2008) do: a trigger by its offsets (and its type), an
argument by its event's type, its filler's offsets (and its role), once for each mention of an
event. AI+ and AC+ ask for the same trigger, too. What is conditional looks at the arguments of
aligned triggers only, whatever the types of their events.
"""

from dataclasses import dataclass

import numpy as np

from annotator.agreement import counting, matching, statistics, texts
from annotator.agreement.arrays import (
    Flags,
    Ints,
    arranged,
    ints,
    numbered,
    others,
    sorted_rows,
    spread,
)
from annotator.agreement.counting import Prepared
from annotator.agreement.matching import Side
from annotator.agreement.meetings import Meetings, Pairs, times_before
from annotator.agreement.pairing import Pairing
from annotator.agreement.spans import (
    AGREE,
    MISSING,
    NONE,
    Comparison,
    Items,
    Spans,
    are_among,
    bounds_of,
    compared,
    spans_of,
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
    order, _ = arranged(spans.row)
    rank = np.searchsorted(spans.row[order], told.event)
    event = order[np.minimum(rank, len(order) - 1)] if len(order) else told.event * 0
    known = (spans.row[event] == told.event) if len(order) else np.zeros(len(event), dtype=bool)
    event, columns = event[known], [c[known] for c in (told.label, told.start, told.end)]
    article = batch.article[spans.reading[event]]
    inside = texts.within(article, columns[1], columns[2], batch.parts)
    event, article = event[inside], article[inside]
    role, start, end = (column[inside] for column in columns)
    found = ready.page.measured(article, start, end, batch.trim)
    by_place, _ = arranged(event, found.start, found.end, role)
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
    of_meetings = ready.of_meetings
    counted = _arguments(ready, framed) | _given(framed, found.items, len(of_meetings[0]))
    roles, labels = role_items(framed, found.items)
    return [
        *counting.span_cells(ready, framed.spans, found, statistics.TRIGGERS),
        statistics.cells_of_meetings(statistics.ARGUMENTS, of_meetings, counted),
        statistics.cells_of_items(
            statistics.ROLES, of_meetings, roles.meeting, roles.kind << 6, labels
        ),
    ]


def _arguments(ready: Prepared, framed: Frames) -> dict[int, Ints]:
    """Return the counts of arguments, of all events, for each meeting."""
    spans, event, met = framed.spans, framed.event, ready.met
    reading, type_ = spans.reading.take(event), spans.label.take(event)
    group = met.group.take(reading)
    filler = numbered(numbered(group, framed.start, framed.end), type_)
    trigger = numbered(met.group.take(spans.reading), spans.start, spans.end).take(event)
    with_trigger = numbered(filler, trigger)
    kinds = {
        AI: filler,
        AC: numbered(filler, framed.role),
        AI_PLUS: with_trigger,
        AC_PLUS: numbered(with_trigger, framed.role),
    }
    found = {name: met.shared(reading, kind) for name, kind in kinds.items()}
    n_of = np.bincount(reading, minlength=len(met.group))
    found[BOTH_SIDES] = n_of[met.one] + n_of[met.other]
    found[AI_OVERLAP] = _overlapping(framed, met, type_)
    return found


def _overlapping(framed: Frames, met: Meetings, type_: Ints) -> Ints:
    """Return how many fillers overlap one to one within a type of event, for each meeting."""
    reading = framed.spans.reading.take(framed.event)
    at, base = (framed.start, framed.end), (framed.first, framed.last)
    fillers, _ = spans_of(reading, at, base, type_, is_set=False)
    pairing = Pairing(fillers.by_reading, met)
    meetings = [pairing.meeting(part) for part in (pairing.same, pairing.within_labels())]
    return np.bincount(np.concatenate(meetings), minlength=len(met.one))


def _given(framed: Frames, items: Items, n_meetings: int) -> dict[int, Ints]:
    """Return the counts of arguments of aligned events, for each meeting."""
    pairs = items.taken(items.kind != MISSING)
    n_pairs = len(pairs)
    both = (pairs.one, pairs.other)
    place = numbered(framed.start, framed.end)
    n_of = np.bincount(framed.event, minlength=len(framed.spans))
    counted = {
        BOTH_ALIGNED: n_of[pairs.one] + n_of[pairs.other],
        AI_GIVEN: shared(framed.event, place, both, n_pairs),
        AC_GIVEN: shared(framed.event, numbered(place, framed.role), both, n_pairs),
    }
    return {
        name: np.rint(np.bincount(pairs.meeting, n, minlength=n_meetings)).astype(np.int64)
        for name, n in counted.items()
    }


def shared(owner: Ints, kind: Ints, pairs: Pairs, n_pairs: int) -> Ints:
    """Return how many things two owners have in common in each of `pairs`, repeated ones counted.

    `owner` and `kind` of things are as long as one another; `pairs` are two columns of owners.
    """
    n_owners = max(int(column.max(initial=-1)) + 1 for column in (owner, *pairs))
    owner, kind = sorted_rows(owner, kind)
    kind = numbered(kind, times_before(owner, kind))
    since, until = bounds_of(owner, n_owners)
    (at, ours), (group, theirs) = (spread(since[side], until[side]) for side in pairs)
    room = len(owner) + 1
    is_shared = are_among(at * room + kind.take(ours), group * room + kind.take(theirs))
    return np.bincount(at[is_shared], minlength=n_pairs)


def role_items(framed: Frames, items: Items) -> tuple[Items, Pairs]:
    """Return the arguments of aligned events, paired by where they lie, and their roles.

    `one` and `other` are places among the arguments; a role is `NONE` where there is no argument.
    """
    pairs = items.taken(items.kind != MISSING)
    sides = [spread(*framed.bounds(events)) for events in (pairs.one, pairs.other)]
    ours, theirs = (_side(framed, at, group) for group, at in sides)
    places = [at for _, at in sides]
    found = matching.matched(ours, theirs)
    one, other, group = _with_single(places, (ours.group, theirs.group), found)
    roles = tuple(np.where(side >= 0, _role(framed, side), NONE) for side in (one, other))
    kind = np.where(roles[0] == roles[1], AGREE, np.where(_lacks(one, other), MISSING, 1))
    meeting = pairs.meeting[group]
    return Items(meeting, one, other, kind, group), (roles[0], roles[1])


def _side(framed: Frames, at: Ints, group: Ints) -> Side:
    """Return the arguments at `at`, which stand by event and place, as spans that can be paired."""
    start, end, first, last, role = (
        column.take(at)
        for column in (framed.start, framed.end, framed.first, framed.last, framed.role)
    )
    return Side(group, start, end, at * 0, first, last, role)


def _role(framed: Frames, places: Ints) -> Ints:
    return framed.role[places] if len(framed.role) else places


def _lacks(one: Ints, other: Ints) -> Flags:
    return (one < 0) | (other < 0)


def _with_single(
    places: list[Ints], groups: tuple[Ints, Ints], found: Pairs
) -> tuple[Ints, Ints, Ints]:
    """Return pairs and what is in no pair, -1 on the side that lacks it, with their groups."""
    alone = [others(len(place), taken) for place, taken in zip(places, found, strict=True)]
    lacking = [np.full(len(left), -1) for left in alone]
    one = np.concatenate([places[0][found[0]], places[0][alone[0]], lacking[1]])
    other = np.concatenate([places[1][found[1]], lacking[0], places[1][alone[1]]])
    group = np.concatenate([groups[0][found[0]], groups[0][alone[0]], groups[1][alone[1]]])
    return one, other, group
