"""Readings for tests: labels written as tuples, and the cells and reports that come of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement import articles
from annotator.agreement.arrays import Ints, ints
from annotator.agreement.batch import Batch, Filled, Given, Link, Mention, Placed, Statement
from annotator.agreement.counted import Names
from annotator.agreement.report import (
    EventReport,
    Reader,
    RelationReport,
    SpanReport,
    StanceReport,
)
from annotator.agreement.spans import Comparison, Spans, compared, spans_of
from annotator.agreement.texts import AS_STORED, Trim
from annotator.agreement.valuereport import Scale
from annotator.agreement.whole import Choice, Scales, Whole, sums_of, whole_report

Label = tuple[int, int, str]
"""Start, end, type."""
FILLING = "حرف" * 40


def numbers(names: Sequence[str]) -> dict[str, int]:
    """Return a number for each name, the empty one first."""
    return {name: at for at, name in enumerate(dict.fromkeys(["", *names]))}


def two(one: Sequence[Label], other: Sequence[Label]) -> tuple[Spans, Comparison]:
    """Return the spans of two readings, offsets being base characters too, and what became."""
    names = numbers(sorted({label for side in (one, other) for _, _, label in side}))
    rows = [
        (reading, start, end, names[label])
        for reading, side in enumerate((one, other))
        for start, end, label in side
    ]
    columns = [ints([row[at] for row in rows]) for at in range(4)]
    reading, start, end, label = columns
    spans, _ = spans_of(reading, (start, end), (start, end), label, key=(start << 20) | end)
    return spans, compared(spans, (ints([0]), ints([1])), 2)


@dataclass(frozen=True)
class Event:
    """An event with its arguments: role, start, end."""

    start: int
    end: int
    type: str
    arguments: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """What one annotator marked in one article (a place in the texts)."""

    article: int
    annotator: int
    entities: tuple[Label, ...] = ()
    events: tuple[Event, ...] = ()
    mentions: tuple[tuple[str, int, int, str], ...] = ()
    stances: tuple[tuple[str, str, str, str], ...] = ()
    """Holder, kind of target, target, value."""
    relations: tuple[tuple[str, str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    has_seen: bool = False


NAMES = (
    *("", "PER", "LOC", "ORG", "MISC", "A", "B", "C", "X", "Attack", "Meet", "Transport", "Die"),
    *("Attacker", "Target", "Victim", "Place", "Entity", "-1", "0", "1", "t1", "t2", "same_as"),
    *("part_of", "genre", "report", "opinion", "sections", "politics", "sport"),
)
NUMBER = {name: at for at, name in enumerate(NAMES)}


def batch(
    readings: Sequence[Reading], texts: Sequence[str] = (FILLING,), trim: Trim = AS_STORED
) -> Batch:
    """Return the batch of `readings`; all of each text counts."""
    placed = [
        (at, start, end, NUMBER[label])
        for at, one in enumerate(readings)
        for start, end, label in one.entities
    ]
    triggers = [(at, event) for at, one in enumerate(readings) for event in one.events]
    n = len(texts)
    return Batch(
        texts,
        (np.arange(n), np.zeros(n, dtype=np.int64), ints([len(text) for text in texts])),
        ints([one.article for one in readings]),
        ints([one.annotator for one in readings]),
        ints([one.has_seen for one in readings]),
        _placed([(at, s, e, label) for at, s, e, label in placed]),
        _placed([(at, one.start, one.end, NUMBER[one.type]) for at, one in triggers]),
        _filled([event for _, event in triggers]),
        tuple(
            Mention(at, uid, start, end, link)
            for at, one in enumerate(readings)
            for uid, start, end, link in one.mentions
        ),
        tuple(
            Statement(at, f"S{at}", holder, kind, target, NUMBER[value], "author",
                      NUMBER[target] if kind == "topic" else 0)
            for at, one in enumerate(readings)
            for holder, kind, target, value in one.stances
        ),
        tuple(
            Link(at, f"R{at}", NUMBER[type_], source, target, *[type_ == "same_as"] * 2)
            for at, one in enumerate(readings)
            for type_, source, target in one.relations
        ),
        _given(readings),
        trim,
    )  # fmt: skip


def _columns(rows: Sequence[tuple[int, ...]], n: int) -> list[Ints]:
    return [ints([row[at] for row in rows]) for at in range(n)]


def _placed(rows: Sequence[tuple[int, ...]]) -> Placed:
    reading, start, end, label = _columns(rows, 4)
    return Placed(reading, start, end, label * 0, label, np.arange(len(rows)))


def _filled(events: Sequence[Event]) -> Filled:
    rows = [
        (at, NUMBER[role], start, end)
        for at, event in enumerate(events)
        for role, start, end in event.arguments
    ]
    return Filled(*_columns(rows, 4))


def _given(readings: Sequence[Reading]) -> Given:
    rows = [
        (at, NUMBER[question], NUMBER[value])
        for at, one in enumerate(readings)
        for question, value in one.answers
    ]
    return Given(*_columns(rows, 3))


def named(n: int = 9) -> Names:
    """Return names for annotators 1 to `n` and for all types."""
    return Names({at: Reader(f"u{at}", f"a{at}") for at in range(1, n + 1)}, NAMES)


SCALES = Scales(
    Scale("stance", ("-1", "0", "1"), (1.0, 2.0, 3.0)),
    (
        Scale("genre", ("report", "opinion")),
        Scale("sections", ("politics", "sport"), is_set=True),
    ),
    ("t1", "t2"),
)


def reported(told: Batch, scales: Scales = SCALES, choice: Choice | None = None) -> Whole:
    """Return the report of all readings of a batch, or of those that `choice` asks for."""
    asked = choice or Choice()
    sums = sums_of(articles.cells_of(told), len(told.texts), named(), asked)
    return whole_report(sums, named(), asked, scales)


def entities_of(told: Batch) -> SpanReport:
    """Return the report of the entities of a batch."""
    found = reported(told).entities
    assert found is not None
    return found


def events_of(told: Batch) -> EventReport:
    """Return the report of the events of a batch."""
    found = reported(told).events
    assert found is not None
    return found


def stances_of(told: Batch, scales: Scales = SCALES) -> StanceReport:
    """Return the report of the stances of a batch."""
    found = reported(told, scales).stances
    assert found is not None
    return found


def relations_of(told: Batch) -> RelationReport:
    """Return the report of the relations of a batch."""
    found = reported(told).relations
    assert found is not None
    return found
