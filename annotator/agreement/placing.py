"""Where the items of a figure lie: what two readings say of the same, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from annotator.agreement import counting, edges, events, statistics
from annotator.agreement.arrays import Flags, Ints
from annotator.agreement.batch import Batch, Statement
from annotator.agreement.counting import Prepared
from annotator.agreement.events import Frames
from annotator.agreement.identity import by_article, identities
from annotator.agreement.relations import relation_items
from annotator.agreement.spans import (
    AGREE,
    KINDS,
    LABEL,
    MISSING,
    MISSING_REASONS,
    NONE,
    Items,
    Spans,
)
from annotator.agreement.stances import Item, items_of
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import TextPage

FAMILIES = {
    "entities": statistics.ENTITIES,
    "events": statistics.TRIGGERS,
    "roles": statistics.ROLES,
    "stances": statistics.STANCES,
    "relations": statistics.RELATIONS,
    "answers": statistics.ANSWERS,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """What one reading has: the number of its type, where, and which label (row or uid)."""

    type: int
    spans: tuple[tuple[int, int], ...]
    row: int = -1
    uid: str = ""
    key: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One item: the article (its number in the batch), both annotators, and what they have."""

    article: int
    first: int
    second: int
    kind: str
    reason: str
    one: Marked | None
    other: Marked | None

    @property
    def at(self) -> tuple[int, ...]:
        """Where it lies, for putting items in the order of the text."""
        spans = [mark.spans for mark in (self.one, self.other) if mark and mark.spans]
        return min((span[0] for span in spans), default=(0, 0))


def reason_name(kind: int, reason: int) -> str:
    """Return the name of a reason of a kind, empty where there is none."""
    if kind == MISSING:
        return MISSING_REASONS[reason]
    return edges.REASONS[reason] if reason else ""


def found_in(batch: Batch, what: str, question: int = -1) -> Iterator[Found]:
    """Yield every item of the articles of `batch`; `what` is of `FAMILIES`."""
    ready = counting.prepared(batch)
    if what == "entities":
        items = counting.comparison(ready, ready.entities).items
        yield from _spans(ready, ready.entities, items)
    elif what in ("events", "roles"):
        framed, _, _ = events.frames(ready)
        items = events.aligned(ready, framed).items
        found = _spans(ready, framed.spans, items) if what == "events" else None
        yield from _roles(ready, framed, items) if found is None else found
    elif what == "relations":
        yield from _relations(ready)
    elif what == "stances":
        yield from _stances(ready)
    else:
        yield from _answers(ready, question)


def _meeting(ready: Prepared, meeting: int) -> tuple[int, int, int]:
    article, (first, second) = ready.of_meetings
    return int(article[meeting]), int(first[meeting]), int(second[meeting])


def _spans(ready: Prepared, spans: Spans, items: Items) -> Iterator[Found]:
    def marked(at: int) -> Marked | None:
        if at < 0:
            return None
        place = (int(spans.start[at]), int(spans.end[at]))
        return Marked(int(spans.label[at]), (place,), int(spans.row[at]), key=int(spans.key[at]))

    columns = (items.meeting, items.one, items.other, items.kind, items.reason)
    for meeting, one, other, kind, reason in zip(*(c.tolist() for c in columns), strict=True):
        where = _meeting(ready, meeting)
        yield Found(*where, KINDS[kind], reason_name(kind, reason), marked(one), marked(other))


def _roles(ready: Prepared, framed: Frames, items: Items) -> Iterator[Found]:
    roles, _ = events.role_items(framed, items)

    def marked(at: int) -> Marked | None:
        if at < 0:
            return None
        place = (int(framed.start[at]), int(framed.end[at]))
        row = int(framed.spans.row[framed.event[at]])
        return Marked(int(framed.role[at]), (place,), row)

    columns = (roles.meeting, roles.one, roles.other, roles.kind)
    for meeting, one, other, kind in zip(*(c.tolist() for c in columns), strict=True):
        yield Found(*_meeting(ready, meeting), KINDS[kind], "", marked(one), marked(other))


def _relations(ready: Prepared) -> Iterator[Found]:
    places = {(one.reading, one.uid): (one.start, one.end) for one in ready.batch.mentions}
    annotator = ready.batch.annotator
    for article, one, other, pair in relation_items(ready):
        marks = [
            None
            if link is None
            else Marked(
                link.type,
                tuple(
                    places[link.reading, uid]
                    for uid in (link.source, link.target)
                    if (link.reading, uid) in places
                ),
                uid=link.uid,
            )
            for link in pair
        ]
        types = [mark.type for mark in marks if mark is not None]
        kind = MISSING if len(types) < 2 else AGREE if types[0] == types[1] else LABEL
        who = (int(annotator[one]), int(annotator[other]))
        yield Found(article, *who, KINDS[kind], "", marks[0], marks[1])


def _stances(ready: Prepared) -> Iterator[Found]:
    batch = ready.batch
    mentions, links = by_article(batch, batch.mentions), by_article(batch, batch.links)
    said: dict[int, dict[Item, Statement]] = {}
    for article, found in by_article(batch, batch.statements).items():
        known = identities(batch.texts[article], mentions.get(article, ()), links.get(article, ()))
        for item, statement in items_of(batch, article, found, known):
            said.setdefault(statement.reading, {}).setdefault(item, statement)
    for one, other in zip(*(side.tolist() for side in ready.meetings), strict=True):
        ours, theirs = said.get(one, {}), said.get(other, {})
        for item in sorted(ours.keys() | theirs.keys()):
            marks = [_stated(side.get(item)) for side in (ours, theirs)]
            yield _valued(batch, one, other, marks)


def _stated(statement: Statement | None) -> Marked | None:
    if statement is None:
        return None
    return Marked(statement.value, statement.evidence, uid=statement.uid)


def _valued(batch: Batch, one: int, other: int, marks: list[Marked | None]) -> Found:
    values = [mark.type for mark in marks if mark is not None]
    kind = MISSING if len(values) < 2 else AGREE if values[0] == values[1] else LABEL
    who = (int(batch.annotator[one]), int(batch.annotator[other]))
    return Found(int(batch.article[one]), *who, KINDS[kind], "", marks[0], marks[1])


def _answers(ready: Prepared, question: int) -> Iterator[Found]:
    """Yield who gave which value: a pair for each value that one of two gave, or both."""
    batch, given = ready.batch, ready.batch.answers
    mine: Flags = given.question == question
    values: dict[int, set[int]] = {}
    for reading, value in zip(
        given.reading[mine].tolist(), given.value[mine].tolist(), strict=True
    ):
        values.setdefault(reading, set()).add(value)
    for one, other in zip(*(side.tolist() for side in ready.meetings), strict=True):
        if one in values and other in values:
            ours, theirs = sorted(values[one]), sorted(values[other])
            if len(ours) == len(theirs) == 1:
                yield _valued(batch, one, other, [Marked(ours[0], ()), Marked(theirs[0], ())])
                continue
            for value in sorted({*ours, *theirs}):
                marks = [Marked(value, ()) if value in side else None for side in (ours, theirs)]
                yield _valued(batch, one, other, marks)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which items are asked for, in numbers; None and empty take any.

    `a` and `b` are the types of the two sides, `NONE` for no label there: of the pair's first and
    second annotator, or in either order where there is no pair. `kind` may be `missing_first`.
    """

    what: str
    pair: tuple[int, int] | None = None
    kind: str = ""
    reason: str = ""
    a: int | None = None
    b: int | None = None
    type: int | None = None
    key: int | None = None
    question: int = -1
    is_disputed: bool = False

    def fits(self, found: Found) -> bool:
        """Whether an item is one of those that are asked for."""
        a, b = (NONE if mark is None else mark.type for mark in (found.one, found.other))
        keys = [mark.key for mark in (found.one, found.other) if mark is not None]
        return (
            self.pair in (None, (found.first, found.second))
            and self._is_kind(found.kind, a)
            and self.reason in ("", found.reason)
            and (self._are(a, b) or (self.pair is None and self._are(b, a)))
            and self.type in (None, a, b)
            and (self.key is None or self.key in keys)
            and not (self.is_disputed and found.kind == KINDS[AGREE])
        )

    def _is_kind(self, kind: str, a: int) -> bool:
        if self.kind in ("missing_first", "missing_second"):
            return kind == KINDS[MISSING] and (a == NONE) == (self.kind == "missing_first")
        return self.kind in ("", kind)

    def _are(self, a: int, b: int) -> bool:
        return self.a in (None, a) and self.b in (None, b)


_OF_TWO = ("entities", "events", "roles", "relations")


def articles_with(cells: Cells, sought: Sought) -> list[int]:
    """Return the numbers of the articles that may have such items, those with most first."""
    mine = cells.of(FAMILIES[sought.what])
    if sought.key is not None:
        mine = cells.of(statistics.STRINGS)
        key = (mine.first << 32) | (mine.second << 16) | mine.a
        mine = mine.taken(key == sought.key & ((1 << 46) - 1))
    elif sought.what in _OF_TWO:
        mine = mine.taken(_fitting(mine, sought))
    elif sought.question >= 0:
        mine = mine.taken(mine.second == sought.question)
    n = np.bincount(mine.article, mine.n) if len(mine) else np.zeros(0)
    order = np.lexsort((np.arange(len(n)), -n))
    found: list[int] = order[n[order] > 0].tolist()
    return found


def _fitting(mine: Cells, sought: Sought) -> Flags:
    """Whether cells count items that are asked for."""
    fits = np.ones(len(mine), dtype=bool)
    if sought.pair is not None:
        fits &= (mine.first == sought.pair[0]) & (mine.second == sought.pair[1])
    kind = counting.of_kind(mine.detail)
    if sought.kind:
        fits &= kind == KINDS.index(sought.kind.removesuffix("_first").removesuffix("_second"))
    if sought.is_disputed:
        fits &= kind != AGREE
    if sought.type is not None:
        fits &= (mine.a == sought.type) | (mine.b == sought.type)
    for one, other in ((sought.a, mine.a), (sought.b, mine.b)):
        if one is not None:
            turned = mine.b if other is mine.a else mine.a
            fits &= (other == one) | ((turned == one) & (sought.pair is None))
    if sought.reason:
        fits &= _of_reason(mine, kind, sought.reason)
    return fits


def _of_reason(mine: Cells, kind: Ints, name: str) -> Flags:
    reason = counting.reason_of(mine.detail)
    if name in MISSING_REASONS:
        is_missing: Flags = (kind == MISSING) & (reason == MISSING_REASONS.index(name))
        return is_missing
    found: Flags = (kind != MISSING) & (reason == edges.REASONS.index(name))
    return found


def text_key(text: str) -> int:
    """Return what `Marked.key` is for spans with the same folded text."""
    nothing = np.zeros(1, dtype=np.int64)
    return int(TextPage([text]).measured(nothing, nothing, nothing + len(text)).key[0])
