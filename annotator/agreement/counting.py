"""Counting articles: cells of entities, of lengths, and of who read what."""

from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement import edges, statistics, texts, unitizing
from annotator.agreement.arrays import Flags, Ints, arranged, ranked, tallied
from annotator.agreement.batch import Batch, Placed
from annotator.agreement.meetings import Meetings, Pairs
from annotator.agreement.spans import (
    AGREE,
    BOUNDARY,
    KINDS,
    LABEL,
    MISSING,
    NONE,
    Comparison,
    Items,
    Spans,
    TellReasons,
    compared,
    spans_of,
    with_reasons,
)
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import Classes, TextPage

SHARED, OWN, SQUARES, LENGTH = range(4)
"""Details of `UNITS`: lengths over pairs, over coders, squared, and of the continuum."""
ANY_TYPE = NONE - 1
"""The type of all units together, whatever theirs."""
READ_LABELS, READ_SEEN, LEFT_OUT, DUPLICATES = range(4)
"""Details of `READ`: labels that count (+ 1), whether suggestions were seen, labels outside the
regions that are labelled, and labels that say twice the same."""
DEEPER = 1 << 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch with what is worked out once: its texts, meetings, and the spans of entities."""

    batch: Batch
    page: TextPage
    meetings: Pairs
    entities: Spans
    is_out: Flags
    n_duplicates: Ints

    @property
    def met(self) -> Meetings:
        """Which readings meet, by meeting and by reading."""
        return Meetings.of(self.meetings, self.batch.n_readings)

    @property
    def of_meetings(self) -> tuple[Ints, Pairs]:
        """The article of each meeting, and its two annotators."""
        one, other = self.meetings
        annotator = self.batch.annotator
        return self.batch.article[one], (annotator[one], annotator[other])


def prepared(batch: Batch, classes: Classes | None = None) -> Prepared:
    """Return a batch ready to be counted; `classes` of characters may be shared between batches."""
    page = TextPage(batch.texts, classes)
    spans, is_out, n_duplicates = placed_spans(batch, page, batch.entities)
    return Prepared(batch, page, batch.meetings(), spans, is_out, n_duplicates)


def placed_spans(batch: Batch, page: TextPage, placed: Placed) -> tuple[Spans, Flags, Ints]:
    """Return the spans that count, which labels lie outside the parts that do, and duplicates.

    Duplicates are counted by reading.
    """
    article = batch.article.take(placed.reading)
    inside = texts.within(article, placed.start, placed.end, batch.parts)
    if not inside.all():
        article, placed = article[inside], placed.taken(inside)
    found = page.measured(article, placed.start, placed.end, batch.trim)
    reading = placed.reading
    spans, _ = spans_of(
        reading,
        (found.start, found.end),
        (found.first, found.last),
        placed.label,
        shape=placed.shape,
        key=found.key,
        row=placed.row,
    )
    n = batch.n_readings
    doubled = np.bincount(reading, minlength=n) - np.bincount(spans.reading, minlength=n)
    return spans, ~inside, doubled


def entity_cells(ready: Prepared) -> list[Cells]:
    """Return the cells of entities: items, overlaps, texts treated differently, lengths."""
    found = comparison(ready, ready.entities)
    cells = span_cells(ready, ready.entities, found, statistics.ENTITIES)
    return [*cells, *_strings(ready, found.items), *_units(ready)]


def comparison(ready: Prepared, spans: Spans) -> Comparison:
    """Pair the spans of all meetings, and tell why edges differ."""
    found = compared(spans, ready.meetings, ready.batch.n_readings)
    items = with_reasons(found.items, spans, ready.of_meetings[0], edge_reasons(ready))
    return Comparison(items, found.of_one_label)


def edge_reasons(ready: Prepared) -> TellReasons:
    """Return what tells why the edges of two places of an article differ."""

    def tell(article: Ints, since: Ints, until: Ints, start: Ints, end: Ints) -> Ints:
        found = edges.reasons(ready.batch.texts, article, (since, until), (start, end))
        return np.where(found == edges.SAME, edges.GAPS, found)

    return tell


def detail_of(items: Items, spans: Spans) -> Ints:
    """Return kind, reason and nesting of items as one number."""
    is_deep = np.append(spans.outer >= 0, False)  # where there is no span, -1 takes the last
    one, other = (is_deep.take(side) for side in _sides(items))
    detail: Ints = (items.kind << 6) | (items.reason << 2) | (one.astype(np.int64) << 1) | other
    return detail


def _sides(items: Items) -> tuple[Ints, Ints]:
    return items.one, items.other


def labels_of(items: Items, spans: Spans) -> tuple[Ints, Ints]:
    """Return the labels of both sides of items, `NONE` where a side has no span."""
    label = np.append(spans.label, NONE)  # where there is no span, -1 takes the last
    one, other = (label.take(side) for side in _sides(items))
    return one, other


def span_cells(ready: Prepared, spans: Spans, found: Comparison, family: int) -> list[Cells]:
    """Return the cells of a comparison; `family + 1` holds what matching within labels adds."""
    items = found.items
    labels = labels_of(items, spans)
    detail = detail_of(items, spans)
    cells = statistics.cells_of_items(family, ready.of_meetings, items.meeting, detail, labels)
    return [cells, _more_overlaps(ready, spans, found, family + 1)]


def _more_overlaps(ready: Prepared, spans: Spans, found: Comparison, family: int) -> Cells:
    """Return by type how many more pairs matching within labels finds than matching over all."""
    reading, annotator = spans.reading, ready.batch.annotator
    n_same = int((found.items.kind == AGREE).sum())  # exact pairs stand first, and are in both
    one, other = (side[n_same:] for side in found.of_one_label)
    same = found.items.taken(found.items.kind == BOUNDARY)
    ours = np.concatenate([one, same.one])
    theirs = np.concatenate([other, same.other])
    sign = np.concatenate([np.ones(len(one)), -np.ones(len(same))]).astype(np.int64)
    pair = (annotator[reading[ours]], annotator[reading[theirs]])
    label = spans.label[ours]
    article = ready.batch.article[reading[ours]]
    cells = statistics.cells(family, article, pair, (label, label), n=sign)
    return cells.taken(cells.n != 0)


def _strings(ready: Prepared, items: Items) -> list[Cells]:
    """Return which texts are treated differently: labelled in two ways, or by one only."""
    spans = ready.entities
    disputed = items.taken((items.kind == LABEL) | (items.kind == MISSING))
    if not len(disputed):
        return []
    article = ready.of_meetings[0][disputed.meeting]
    at = np.where(disputed.one >= 0, disputed.one, disputed.other)
    keys, text = ranked(spans.key[at] & ((1 << 46) - 1))
    parts = [
        _text_cells(keys, tallied(article, text, label)) for label in labels_of(disputed, spans)
    ]
    order, is_new = arranged(article, text)
    first = order[is_new]
    place = (spans.start[at[first]] << 21) | spans.end[at[first]]
    told = _text_cells(keys, ([article[first], text[first], first * 0], place))
    return [*parts, replace(told, family=told.family * 0 + statistics.STRING_PLACES, b=told.a * 0)]


def _text_cells(keys: Ints, told: tuple[list[Ints], Ints]) -> Cells:
    """Return the cells of texts: `told` has article, place of the text in `keys`, label, and n."""
    (article, text, label), n = told
    key = keys[text]
    parts = (key >> 32, (key >> 16) & NONE)
    return statistics.rows(statistics.STRINGS, article, parts, (key & NONE, label), n=n)


def _units(ready: Prepared) -> list[Cells]:
    """Return the lengths of which uα is made, by type and for all types together."""
    batch, spans = ready.batch, ready.entities
    n_coders = np.bincount(batch.article, minlength=len(batch.texts))
    types, label = ranked(spans.label)
    types, n_types = np.append(types, ANY_TYPE), len(types) + 1
    at = (spans.first, spans.last)
    (typed, *units), (reading, *any_units) = (
        unitizing.merged(group, *at) for group in (spans.reading * n_types + label, spans.reading)
    )
    of, kind = np.divmod(typed, n_types)
    group = np.concatenate(
        [
            batch.article.take(of) * n_types + kind,
            batch.article.take(reading) * n_types + n_types - 1,
        ]
    )
    told = unitizing.lengths_of(
        group, *(np.concatenate(ends) for ends in zip(units, any_units, strict=True))
    )
    article, label = told.group // n_types, types.take(told.group % n_types)
    keep = n_coders[article] > 1
    article, label = article[keep], label[keep]
    who = (n_coders[article], article * 0)
    columns = ((SHARED, told.shared), (OWN, told.own), (SQUARES, told.squares))
    cells = [
        statistics.rows(
            statistics.UNITS, article, who, (label, label * 0), detail=detail, n=n[keep]
        )
        for detail, n in columns
    ]
    of, since, until = batch.parts
    length = np.zeros(len(batch.texts), dtype=np.int64)
    np.add.at(length, of, ready.page.n_base(of, since, until))
    whole = np.flatnonzero(n_coders > 1)
    nobody = (n_coders[whole], whole * 0)
    value = (np.full(len(whole), NONE), whole * 0)
    n = length[whole]
    return [*cells, statistics.rows(statistics.UNITS, whole, nobody, value, detail=LENGTH, n=n)]


def reading_cells(ready: Prepared, n_labels: Ints, left_out: Ints, n_doubled: Ints) -> list[Cells]:
    """Return who read what, with how many labels of all kinds, and what was left out."""
    batch = ready.batch
    who = (batch.annotator, batch.annotator * 0)
    blank = batch.annotator * 0
    told = (
        (READ_LABELS, n_labels + 1),
        (READ_SEEN, batch.has_seen),
        (LEFT_OUT, left_out),
        (DUPLICATES, n_doubled),
    )
    cells = [
        statistics.rows(statistics.READ, batch.article, who, (blank, blank), detail=detail, n=n)
        for detail, n in told
    ]
    return [part.taken(part.n > 0) for part in cells]


def of_kind(detail: Ints) -> Ints:
    """Return the kind (of `KINDS`) in details of items."""
    kind: Ints = np.minimum(detail >> 6, len(KINDS) - 1)
    return kind


def reason_of(detail: Ints) -> Ints:
    """Return the reason in details of items."""
    return (detail >> 2) & 15
