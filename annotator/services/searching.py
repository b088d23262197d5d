"""Searching the project: a page of hits, each verified in its text, and how many there are.

What people type is text. The index names articles, in the order in which they came; a hit is what
the finder finds in the text itself, so its offsets are exact. A page looks at no more than a
stretch of articles, and may be empty though it is not the last: go on from where it ends.
"""

from collections.abc import Iterator

import msgspec

from annotator.arabic.finding import Query
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.searchinghits import (
    ANYWHERE,
    BEGINNING,
    Found,
    Page,
    Place,
    Where,
    checked,
    context,
    searches,
    stretch,
)
from annotator.services.searchingpatterns import Pattern
from annotator.store import searching
from annotator.store.project import Project

__all__ = [
    "ANYWHERE",
    "BEGINNING",
    "Counted",
    "Found",
    "Page",
    "Pattern",
    "Place",
    "Query",
    "Where",
    "checked",
    "context",
    "count",
    "hits",
    "n_articles",
    "page",
]

PAGE = 50
COUNTED = 1000
"""Hits that are counted exactly."""


class Counted(msgspec.Struct, frozen=True):
    """How many hits there are up to `after`; exact where it `is_whole`, else at least so many."""

    n: int = 0
    after: Place = BEGINNING
    is_whole: bool = False


def page(
    project: Project,
    query: Query | Pattern,
    where: Where = ANYWHERE,
    after: Place = BEGINNING,
    limit: int = PAGE,
    progress: Progress = SILENT,
) -> Page:
    """Return the next `limit` hits behind `after`, or those of the next stretch of articles.

    Raise `empty_query` and `query_too_long`; of a pattern `bad_pattern` and `pattern_too_slow`.
    `progress` is told how far through the articles it is, and asked each time whether to stop.
    """
    found: list[Found] = []
    end, last = Page((), after, False), searching.last_row(project)
    for part in stretch(searches(project, query, where), after):
        go_on(progress, part.after.row, max(last, part.after.row))
        found += part.hits
        if len(found) >= limit:
            kept = tuple(found[:limit])
            return Page(kept, kept[-1].place, False)
        end = part
    return Page(tuple(found), end.after, end.is_last)


def hits(
    project: Project,
    query: Query | Pattern,
    where: Where = ANYWHERE,
    limit: int = 0,
    *,
    is_as_written: bool = False,
) -> Iterator[Found]:
    """Yield the hits in order, `limit` of them at most; 0 is all. Raise what `page` does.

    Where it `is_as_written`, the query keeps its own clitics.
    """
    readings = searches(project, query, where)[: 1 if is_as_written else None]
    after, is_last, n = BEGINNING, False, 0
    while not is_last:
        for part in stretch(readings, after):
            for hit in part.hits:
                yield hit
                n += 1
                if n == limit:
                    return
            after, is_last = part.after, part.is_last


def count(
    project: Project,
    query: Query | Pattern,
    where: Where = ANYWHERE,
    so_far: Counted | None = None,
    most: int = COUNTED,
) -> Counted:
    """Count on from `so_far` until all are counted or `most` are."""
    counted = so_far or Counted()
    while not counted.is_whole and counted.n < most:
        found = page(project, query, where, counted.after, most - counted.n)
        counted = Counted(counted.n + len(found.hits), found.after, found.is_last)
    return counted


def n_articles(project: Project, query: Query, where: Where, most: int) -> int:
    """Return in how many articles the index says it may be, `most` at most."""
    return len(searching.candidates(project, searches(project, query, where)[0].asked, 0, most))
