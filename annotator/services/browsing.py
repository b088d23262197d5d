"""An annotator's list of articles: pages under a filter, what is next, how far she has come.

Every call costs a few milliseconds at most, however large the project is; what would take longer
says how far it got, and is asked again from there.
"""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from annotator.arabic.fold import index_fold, index_query
from annotator.core.model import Annotator
from annotator.store import paging
from annotator.store.paging import Asked, Listed, Stretch
from annotator.store.project import Project
from annotator.store.trouble import reads

__all__ = ["EVERYTHING", "Listed", "Page", "Progress", "Wanted"]

PAGE = 50
_COUNTED_AT_ONCE = 3000
"""Articles that one step of `progress` counts."""
_BEFORE_A_WORD = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال")
"""What may be written before a word of a title without being asked for."""
_FAR = 2**62


class Wanted(msgspec.Struct, frozen=True):
    """Which articles a list shows: of one status, and with these words in the title.

    A word may be the beginning of one, however it is spelled, behind an article or a preposition.
    """

    status: str = ""
    title: str = ""


EVERYTHING = Wanted()


class Page(msgspec.Struct, frozen=True):
    """Some rows of a list. A page can be empty though `is_last` is not: go on from `after`."""

    rows: tuple[Listed, ...]
    after: int
    is_last: bool


class Progress(msgspec.Struct, frozen=True):
    """How many articles there are and how many are done, as far as they are counted.

    `stones` are row ids with the number of articles up to them: a place is counted from the
    nearest.
    """

    done: int = 0
    total: int = 0
    is_whole: bool = False
    stones: tuple[tuple[int, int], ...] = ((0, 0),)


@reads
def page(
    project: Project,
    annotator: Annotator,
    wanted: Wanted = EVERYTHING,
    after: int = 0,
    limit: int = PAGE,
) -> Page:
    """Return the next articles of the list behind the row id `after`."""
    asked = _asked(annotator, wanted)
    if asked is None:
        return Page((), after, True)
    last, _ = paging.ends(project)
    if after >= last:
        return Page((), after, True)
    found = _look(project, asked, wanted, (after, last + 1), limit)
    return Page(found.found, found.reached, found.reached >= last)


@reads
def page_before(
    project: Project,
    annotator: Annotator,
    wanted: Wanted = EVERYTHING,
    before: int = 0,
    limit: int = PAGE,
) -> Page:
    """Return the articles of the list that stand just before the row id `before`, in its order.

    Here `after` is where the way back goes on, and `is_last` says that the list begins here.
    """
    asked = _asked(annotator, wanted)
    if asked is None or before <= 1:
        return Page((), 0, True)
    found = _look(project, replace(asked, is_backward=True), wanted, (0, before), limit)
    return Page(found.found[::-1], found.reached, found.reached <= 1)


@reads
def around(
    project: Project, annotator: Annotator, article: str, wanted: Wanted = EVERYTHING
) -> tuple[str, str]:
    """Return the SHA-256 of the articles before and after `article` in the list, "" for none.

    `article` itself need not be in the list: it may have left it by being finished.
    """
    here = paging.listed(project, annotator.uid, article)
    asked = _asked(annotator, wanted)
    if here is None or asked is None:
        return "", ""
    back = replace(asked, is_backward=True)
    return _nearest(project, back, wanted, here.row), _nearest(project, asked, wanted, here.row)


@reads
def row_of(project: Project, annotator: Annotator, article: str) -> Listed | None:
    """Return the article as its row is now; None for one that is not in the project."""
    return paging.listed(project, annotator.uid, article)


def fits(row: Listed, wanted: Wanted) -> bool:
    """Whether the article belongs in the list that `wanted` shows.

    >>> fits(Listed(1, "", "قمّة الدوحة", 9, "done"), Wanted("done", "دوحه"))
    True
    """
    return wanted.status in ("", row.status) and bool(_with_words([row], wanted.title))


@reads
def label_counts(project: Project, annotator: Annotator, rows: Sequence[int]) -> dict[int, int]:
    """Return how many labels she has on the articles with those row ids, where she has begun."""
    return paging.label_counts(project, annotator.uid, rows)


@reads
def progress(project: Project, annotator: Annotator, so_far: Progress | None = None) -> Progress:
    """Count on from `so_far`, a few thousand articles at a time, until it `is_whole`."""
    before = so_far or Progress()
    start = before.stones[-1][0]
    last, _ = paging.ends(project)
    end = min(last, start + _COUNTED_AT_ONCE)
    n, n_done = paging.counted(project, annotator.uid, start, end)
    total = before.total + n
    return Progress(before.done + n_done, total, end >= last, (*before.stones, (end, total)))


@reads
def place(project: Project, annotator: Annotator, article: str, counted: Progress) -> int:
    """Return which article of all it is, from 1; 0 where it is not counted so far."""
    here = paging.listed(project, annotator.uid, article)
    if here is None or here.row > counted.stones[-1][0]:
        return 0
    stone, n = counted.stones[bisect_right(counted.stones, (here.row, _FAR)) - 1]
    return n + paging.counted(project, annotator.uid, stone, here.row)[0]


# --- the filter ----------------------------------------------------------------------------------


def _asked(annotator: Annotator, wanted: Wanted) -> Asked | None:
    """Return what the store is asked for; None where the filter has no letter to look for."""
    words = index_query(wanted.title)
    if wanted.title.strip() and not words:
        return None
    return Asked(annotator.uid, wanted.status, " AND ".join(map(_any_form, words)))


def _any_form(word: str) -> str:
    forms = " OR ".join(f'"{before}{word}"*' for before in _BEFORE_A_WORD)
    return f"({forms})"


def _with_words(rows: Sequence[Listed], wanted: str) -> tuple[Listed, ...]:
    """Return the rows in whose title every word of `wanted` begins a word, folded."""
    beginnings = [tuple(before + word for before in _BEFORE_A_WORD) for word in index_query(wanted)]
    if not beginnings:
        return tuple(rows)
    return tuple(row for row in rows if _begins(index_fold(row.title).split(), beginnings))


def _begins(words: Sequence[str], beginnings: Sequence[tuple[str, ...]]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in beginnings)


def _nearest(project: Project, asked: Asked, wanted: Wanted, row: int) -> str:
    """Return the first article from `row` on in the direction of `asked`, however far it is."""
    last, _ = paging.ends(project)
    start, end = (0, row) if asked.is_backward else (row, last + 1)
    while end - start > 1:
        found = _look(project, asked, wanted, (start, end), 1)
        if found.found:
            return found.found[0].sha256
        start, end = (start, found.reached) if asked.is_backward else (found.reached, end)
    return ""


def _look(
    project: Project, asked: Asked, wanted: Wanted, between: tuple[int, int], limit: int
) -> Stretch:
    """Look at the next stretch of the list: titles that no index has yet are read one by one."""
    start, end = between
    if not asked.titles:
        return paging.stretch(project, asked, start, end, limit)
    _, indexed = paging.ends(project)
    if end > indexed + 1 if asked.is_backward else start >= indexed:
        near = paging.not_indexed(project, asked, max(start, indexed), end)
        return replace(near, found=_with_words(near.found, wanted.title))
    return paging.stretch(project, asked, start, min(end, indexed + 1), limit)
