"""From columns as a project file gives them to a batch: layers become readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from annotator.agreement.arrays import Flags, Ints, ints
from annotator.agreement.batch import Batch, Filled, Given, Link, Mention, Placed, Statement
from annotator.agreement.identity import AUTHOR
from annotator.agreement.texts import AS_STORED, Trim

Numbers = Sequence[int]
Listed = Numbers | str
"""Numbers, or a text of them with commas between."""
_BITS = 21
"""Offsets are below 2 to the power of this."""


class Columns(Protocol):
    """Some articles with their readings; what each column holds is said where they are read."""

    @property
    def texts(self) -> Sequence[str]:
        """The text of each article."""

    @property
    def parts(self) -> Sequence[tuple[int, int, int]]:
        """The stretches that count: place of the article, start, end."""

    @property
    def readings(self) -> Sequence[Numbers]:
        """Layer, place of the article, annotator, whether suggestions were seen."""

    @property
    def entities(self) -> Sequence[Listed]:
        """Layer, hull (start · 2 to the power of 21 + end), type, row."""

    @property
    def events(self) -> Sequence[Listed]:
        """Layer, hull (start · 2 to the power of 21 + end), type, row."""

    @property
    def arguments(self) -> Sequence[Listed]:
        """Row of the event, role, hull of the filler."""

    @property
    def gaps(self) -> Mapping[tuple[str, int], str]:
        """What tells extents of several spans apart, by kind and row."""

    @property
    def mentions(self) -> Sequence[tuple[int, str, int, int, str]]:
        """Layer, uid, start, end, link."""

    @property
    def stances(self) -> Sequence[tuple[int, str, str, str, str, str, int, str, int]]:
        """Layer, uid, both parties as kind and name, value, voice, topic."""

    @property
    def evidence(self) -> Mapping[tuple[int, str], Sequence[tuple[int, int]]]:
        """Where stances are seen, by layer and uid."""

    @property
    def relations(self) -> Sequence[tuple[int, str, str, str, str]]:
        """Layer, uid, type, source, target."""

    @property
    def answers(self) -> Sequence[Numbers]:
        """Layer, question, value."""


@dataclass(frozen=True, slots=True)
class Relating:
    """What the label schema says of relations.

    `numbers` of types; `symmetric` have no direction, `joining` say that both ends are the same.
    """

    numbers: Mapping[str, int]
    symmetric: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Readings:
    """The readings that are taken, and where each layer went; -1 for one that is left out."""

    layers: Ints
    place: Ints

    def of(self, layers: object) -> Ints:
        """Return the reading of each layer, or -1."""
        wanted = ints(layers)
        if not len(self.layers):
            return np.full(len(wanted), -1)
        rank = np.minimum(np.searchsorted(self.layers, wanted), len(self.layers) - 1)
        return np.where(self.layers[rank] == wanted, self.place[rank], -1)


def batch_of(
    told: Columns,
    relating: Relating,
    trim: Trim = AS_STORED,
    *,
    who: frozenset[int] = frozenset(),
    without_seen: bool = False,
) -> Batch:
    """Return the batch of `told`: of all annotators, or of `who`; `without_seen` suggestions."""
    layer, article, annotator, seen = (ints(column) for column in told.readings)
    taken = np.isin(annotator, list(who)) if who else np.ones(len(layer), dtype=bool)
    if without_seen:
        taken &= seen == 0
    readings = _Readings(layer, np.where(taken, np.cumsum(taken) - 1, -1))
    of, start, end = zip(*told.parts, strict=True) if told.parts else ((), (), ())
    return Batch(
        told.texts,
        (ints(of), ints(start), ints(end)),
        article[taken],
        annotator[taken],
        seen[taken],
        _placed(told.entities, readings, told.gaps, "entity"),
        _placed(told.events, readings, told.gaps, "event"),
        _filled(told.arguments),
        _mentions(told, readings),
        _statements(told, readings),
        _links(told, readings, relating),
        _answers(told.answers, readings),
        trim,
    )


def _placed(
    columns: Sequence[Listed], readings: _Readings, gaps: Mapping[tuple[str, int], str], kind: str
) -> Placed:
    layer, hull, label, row = map(_numbers, columns)
    start, end = _ends(hull)
    reading = readings.of(layer)
    kept = reading >= 0
    shape = _shapes(row, gaps, kind)
    return Placed(*(column[kept] for column in (reading, start, end, shape, label, row)))


def _filled(columns: Sequence[Listed]) -> Filled:
    event, role, hull = map(_numbers, columns)
    if not hull.all():  # some fillers do not stand
        event, role, hull = (column[hull > 0] for column in (event, role, hull))
    return Filled(event, role, *_ends(hull))


def _numbers(column: Listed) -> Ints:
    if isinstance(column, str):
        return np.fromstring(column, dtype=np.int64, sep=",")
    return ints(column)


def _ends(hull: Ints) -> tuple[Ints, Ints]:
    return hull >> _BITS, hull & ((1 << _BITS) - 1)


def _shapes(row: Ints, gaps: Mapping[tuple[str, int], str], kind: str) -> Ints:
    """Return 0 for extents without gaps, and one number for those whose spans lie the same."""
    shape = np.zeros(len(row), dtype=np.int64)
    if not gaps:
        return shape
    numbers: dict[str, int] = {}
    mine = {number: told for (of, number), told in gaps.items() if of == kind}
    for at in np.flatnonzero(np.isin(row, list(mine))).tolist():
        shape[at] = numbers.setdefault(mine[int(row[at])], len(numbers) + 1)
    return shape


def _mentions(told: Columns, readings: _Readings) -> tuple[Mention, ...]:
    reading = readings.of([row[0] for row in told.mentions]).tolist()
    rows = zip(reading, told.mentions, strict=True)
    return tuple(Mention(at, *row[1:]) for at, row in rows if at >= 0)


def _statements(told: Columns, readings: _Readings) -> tuple[Statement, ...]:
    reading = readings.of([row[0] for row in told.stances]).tolist()
    found = []
    for at, row in zip(reading, told.stances, strict=True):
        layer, uid, holder_kind, holder, target_kind, target, value, voice, topic = row
        who = AUTHOR if holder_kind == AUTHOR else holder
        where = tuple(told.evidence.get((layer, uid), ()))
        if at >= 0:
            found.append(Statement(at, uid, who, target_kind, target, value, voice, topic, where))
    return tuple(found)


def _links(told: Columns, readings: _Readings, relating: Relating) -> tuple[Link, ...]:
    reading = readings.of([row[0] for row in told.relations]).tolist()
    return tuple(
        Link(
            at,
            uid,
            relating.numbers[type_],
            source,
            target,
            type_ in relating.symmetric,
            type_ in relating.joining,
        )
        for at, (_, uid, type_, source, target) in zip(reading, told.relations, strict=True)
        if at >= 0
    )


def _answers(columns: Sequence[Numbers], readings: _Readings) -> Given:
    layer, question, value = (ints(column) for column in columns)
    reading = readings.of(layer)
    kept: Flags = reading >= 0
    return Given(reading[kept], question[kept], value[kept])
