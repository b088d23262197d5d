"""The places of a search in an order other than that of the articles.

Sorting needs all of them, so no more than the first few thousand are sorted, and that is said. What
is before and after is compared as it is read, from the place outwards: folded, word by word.
"""

import contextlib
import json
import re
from datetime import UTC, datetime
from typing import Literal

import msgspec

from annotator.arabic.fold import fold
from annotator.services.progress import SILENT, Progress
from annotator.services.searching import BEGINNING, Found, Pattern, Query, Where, page
from annotator.services.searchingcontext import Spot
from annotator.store.project import Project

Order = Literal["date", "before", "after"]
ORDERS: tuple[Order, ...] = ("date", "before", "after")
SORTED = 5_000
"""Places that are sorted, at most."""
_AT_ONCE = 500
_DATES = ("published", "date")
"""Where the details of an article have its date, in the order in which they are asked."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_DAY_LETTERS = len("2025-05-06")
_NEVER = datetime.min.replace(tzinfo=UTC)
"""Before every date: so an article without one comes last."""


class InOrder(msgspec.Struct, frozen=True):
    """Places in the order asked for, in how many articles; there are more where it is not whole.

    `is_undated` where they were to be sorted by dates and no article has one.
    """

    spots: tuple[Spot, ...]
    n_articles: int
    is_whole: bool
    is_undated: bool = False


def in_order(
    project: Project,
    query: Query | Pattern,
    where: Where,
    order: Order,
    progress: Progress = SILENT,
    most: int = SORTED,
) -> InOrder:
    """Return the first `most` places sorted: the newest article first, or by what stands around.

    A date begins as ISO 8601 spells a day, `2025-05-06`; a time behind it counts, in UTC where it
    names no other. Articles whose details say it otherwise, or not at all, come last: which of
    `06/05/2025` is the month nobody can tell. What compares alike stays in the order of the
    articles. Raise what a page of the search does.
    """
    found: list[Found] = []
    after, is_last = BEGINNING, False
    while not is_last and len(found) < most:
        limit = min(_AT_ONCE, most - len(found))
        part = page(project, query, where, after, limit, progress)
        found += part.hits
        after, is_last = part.after, part.is_last
    articles = {hit.article for hit in found}
    dates = {one: _date(project, one) for one in articles} if order == "date" else {}
    _sort(found, order, dates)
    spots = tuple((hit.article, hit.start, hit.end) for hit in found)
    is_undated = bool(dates) and set(dates.values()) == {_NEVER}
    return InOrder(spots, len(articles), is_last, is_undated)


def _sort(found: list[Found], order: Order, dates: dict[str, datetime]) -> None:
    if order == "date":
        found.sort(key=lambda hit: dates[hit.article], reverse=True)
    elif order == "before":
        found.sort(key=lambda hit: (words_before(hit), words_after(hit)))
    else:
        found.sort(key=lambda hit: (words_after(hit), words_before(hit)))


def _date(project: Project, sha256: str) -> datetime:
    """Return when an article was published, as its details say; `_NEVER` where no date is there."""
    meta = json.loads(project.article(sha256).meta)
    dates = (_moment(str(meta.get(key, ""))) for key in _DATES)
    return next((date for date in dates if date != _NEVER), _NEVER)


def _moment(told: str) -> datetime:
    """Return what `told` says if it begins with a day; of a time that is none the day alone.

    >>> _moment("2025-05-06T23:30:00-02:00 ") == _moment("2025-05-07T01:30:00Z")
    True
    >>> _moment("٢٠٢٥-٠٥-٠٦") == _moment("2025-05-06")
    True
    """
    told = told.strip()
    if not told.isascii():
        from annotator.arabic.spelling import with_ascii_digits  # pyarabic, where it is asked for

        told = with_ascii_digits(told)
    if not _DAY.match(told):
        return _NEVER
    for part in (told, told[:_DAY_LETTERS]):
        with contextlib.suppress(ValueError):
            found = datetime.fromisoformat(part)
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    return _NEVER


def words_before(hit: Found) -> list[str]:
    """Return the words before a place in its paragraph, the nearest first, without its clitics."""
    n_clitics = hit.start - hit.with_clitics_from
    line = hit.left[: len(hit.left) - n_clitics].rpartition("\n")[2]
    return _words(line)[::-1]


def words_after(hit: Found) -> list[str]:
    """Return the words after a place in its paragraph, the nearest first."""
    return _words(hit.right.partition("\n")[0])


def _words(line: str) -> list[str]:
    folded = "".join(one if one.isalnum() else " " for one in fold(line))
    return folded.split()
