"""Where the items of a figure lie: what two readings say of the same, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.agreement import counting, edges, events, statistics
from annotator.agreement.argumentitems import disputed_arguments
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
    Items,
    Spans,
)
from annotator.agreement.stances import Item, items_of

FAMILIES = {
    "entities": statistics.ENTITIES,
    "events": statistics.TRIGGERS,
    "roles": statistics.ROLES,
    "arguments": statistics.ARGUMENTS,
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


def found_in(batch: Batch, what: str, question: int = -1, figure: str = "") -> Iterator[Found]:
    """Yield every item of the articles of `batch`; `what` is of `FAMILIES`.

    Of arguments only those come that `figure` (ai, ac) counts as not shared.
    """
    ready = counting.prepared(batch)
    if what == "entities":
        items = counting.comparison(ready, ready.entities).items.in_order()
        yield from _spans(ready, ready.entities, items)
    elif what in ("events", "roles", "arguments"):
        yield from _of_events(ready, what, figure)
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


def _of_events(ready: Prepared, what: str, figure: str) -> Iterator[Found]:
    framed, _, _ = events.frames(ready)
    if what == "arguments":
        yield from _arguments(ready, framed, disputed_arguments(ready, framed, figure))
        return
    items = events.aligned(ready, framed).items.in_order()
    if what == "events":
        yield from _spans(ready, framed.spans, items)
    else:
        yield from _arguments(ready, framed, events.role_items(framed, items)[0])


def _arguments(ready: Prepared, framed: Frames, items: Items) -> Iterator[Found]:
    def marked(at: int) -> Marked | None:
        if at < 0:
            return None
        place = (int(framed.start[at]), int(framed.end[at]))
        row = int(framed.spans.row[framed.event[at]])
        return Marked(int(framed.role[at]), (place,), row)

    columns = (items.meeting, items.one, items.other, items.kind)
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
    mine = given.question == question
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
