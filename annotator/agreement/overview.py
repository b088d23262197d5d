"""Who read how much, and which articles are disputed most."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annotator.agreement import statistics
from annotator.agreement.arrays import Floats, across, distinct, ranked
from annotator.agreement.counted import Counted
from annotator.agreement.counted import by_article as _by_article
from annotator.agreement.counting import DUPLICATES, LEFT_OUT, READ_LABELS, READ_SEEN
from annotator.agreement.report import Reader
from annotator.agreement.spans import AGREE
from annotator.agreement.sums import ItemSums

MOST_ARTICLES = 1000
"""Articles that a report lists unless it is asked for all, those with most disputed items."""


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """An annotator with what is compared of hers."""

    reader: Reader
    n_articles: int
    n_joint: int
    n_labels: int
    n_seen: int


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """What is disputed in one article (by its number), over all that is compared in it."""

    article: int
    n_readings: int
    n_items: int
    n_disputed: int
    strict: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is compared: articles that anybody and that several read, readings, what is not."""

    n_articles: int
    n_joint: int
    n_readings: int
    n_seen: int
    n_left_out: int
    n_duplicates: int


def totals(counted: Counted) -> Totals:
    """Return how much is compared."""
    reads = counted.has_read.sum(axis=1)
    cells = counted.of(statistics.READ)
    seen, out, doubled = (
        int(cells.n[cells.detail == detail].sum()) for detail in (READ_SEEN, LEFT_OUT, DUPLICATES)
    )
    return Totals(
        int((reads > 0).sum()), int((reads > 1).sum()), int(reads.sum()), seen, out, doubled
    )


def reader_rows(counted: Counted) -> tuple[ReaderRow, ...]:
    """Return who is compared, in the order in which they came."""
    cells = counted.of(statistics.READ)
    joint = counted.joint
    rows = []
    for at, number in enumerate(counted.annotators):
        mine = cells.taken(cells.first == number)
        n_articles = int(counted.has_read[:, at].sum())
        n_labels = int(mine.n[mine.detail == READ_LABELS].sum()) - n_articles
        n_seen = int(mine.n[mine.detail == READ_SEEN].sum())
        n_joint = int((counted.has_read[:, at] & joint).sum())
        reader = counted.names.readers[number]
        rows.append(ReaderRow(reader, n_articles, n_joint, n_labels, n_seen))
    return tuple(rows)


def article_counts(
    counted: Counted, sums: Mapping[int, ItemSums], most: int | None = MOST_ARTICLES
) -> list[ArticleCounts]:
    """Return the articles that several read, those with most disputed items first."""
    n = counted.n_articles
    items, disputed, agreed, sides = (np.zeros(n) for _ in range(4))
    for family, part in sums.items():
        items += _by_article(part.article, across(part.kinds), n)
        disputed += _by_article(part.article, across(part.kinds[:, 1:]), n)
        if family in (statistics.ENTITIES, statistics.TRIGGERS):
            agreed += _by_article(part.article, part.sides[:, AGREE], n)
            sides += _by_article(part.article, across(part.sides), n)
    _add_values(counted, items, disputed)
    reads = counted.has_read.sum(axis=1)
    order = np.lexsort((np.arange(n), -disputed))
    order = order[reads[order] > 1][:most]
    return [
        ArticleCounts(
            at,
            int(reads[at]),
            int(items[at]),
            int(disputed[at]),
            float(agreed[at] / sides[at]) if sides[at] else None,
        )
        for at in order.tolist()
    ]


def _add_values(counted: Counted, items: Floats, disputed: Floats) -> None:
    """Add the stances and the answers that two or more gave, and those on which they differ."""
    n_readings = counted.has_read.sum(axis=1)
    for family, is_stance in ((statistics.STANCES, True), (statistics.ANSWERS, False)):
        cells = counted.of(family)
        if not len(cells):
            continue
        item = (cells.article << 32) | (cells.a if is_stance else cells.second)
        items_of, place = ranked(item)
        article = items_of >> 32
        value = cells.b if is_stance else cells.a
        n_values, n_who = (
            np.bincount(distinct((place << 16) | column) >> 16, minlength=len(items_of))
            for column in (value, cells.first)
        )
        is_split = np.bincount(place, minlength=len(items_of)) != n_values * n_who
        if is_stance:
            is_split |= n_who < n_readings[article]
        np.add.at(items, article, 1)
        np.add.at(disputed, article, is_split)
