"""What the page of search finds, and the work that runs as jobs. Searching is loaded there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from annotator.gui.jobs import Work
from annotator.gui.models.searchasked import WIDEST, Asked, unfiltered
from annotator.services.progress import Progress
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.searching import Found, Place
    from annotator.services.searchingcontext import InContext, Spot
    from annotator.services.searchingnumbers import Numbers as OfFilters
    from annotator.services.searchingorder import InOrder

FIRST, MORE = 60, 120
"""Rows of the first page, and of those that come while one scrolls."""
_AT_ONCE = 250


class Looked(msgspec.Struct, frozen=True):
    """Places in order; the next ones begin `after`, of sorted ones behind the first `n` of all."""

    places: "tuple[InContext, ...]"
    after: "Place | None"
    is_last: bool
    n: int = 0
    all_sorted: "InOrder | None" = None


class Numbers(msgspec.Struct, frozen=True):
    """How many hits in how many articles there are; at least so many where it is not whole."""

    n: int
    n_articles: int
    is_whole: bool


Change = Literal["level", "clitics", "filters"]
CHANGES: tuple[Change, ...] = ("level", "clitics", "filters")
"""How a query is asked more widely, in the order in which that is tried."""


class Wider(msgspec.Struct, frozen=True):
    """What `asked` would find, where the query that was asked finds nothing.

    It differs from that by `changes` and by nothing else: by one of them where that finds any.
    """

    asked: Asked
    numbers: Numbers
    changes: tuple[Change, ...]


class SearchPlace(msgspec.Struct, frozen=True):
    """What is shown on the page: kept while the window is built anew."""

    asked: Asked = Asked()
    row: int = -1
    is_open: bool | None = None
    """Whether the options are in view; None where there is room for them."""


def looking(asked: Asked, before: Looked | None = None, n: int = FIRST) -> Work:
    """Return the work that looks for `n` places behind those `before`; some are better than none.

    The first look for sorted places looks for all of them.
    """
    if asked.order:
        return _looking_in_order(asked, before, n)

    def work(project: Project, progress: Progress) -> Looked:
        from annotator.services import searching

        found: list[Found] = []
        reached, is_last = (before and before.after) or searching.BEGINNING, False
        while not (found or is_last):
            page = searching.page(project, asked.query(), asked.where(), reached, n, progress)
            found += page.hits
            reached, is_last = page.after, page.is_last
        spots = [(hit.article, hit.start, hit.end) for hit in found]
        return Looked(_in_context(project, spots, asked), reached, is_last)

    return work


def _looking_in_order(asked: Asked, before: Looked | None, n: int) -> Work:
    def work(project: Project, progress: Progress) -> Looked:
        from annotator.services.searchingorder import in_order

        found = before.all_sorted if before else None
        if found is None:
            order = asked.order or "date"
            found = in_order(project, asked.query(), asked.where(), order, progress)
        first = before.n if before else 0
        spots = found.spots[first : first + n]
        reached = first + len(spots)
        is_last = reached == len(found.spots)
        return Looked(_in_context(project, spots, asked), None, is_last, reached, found)

    return work


def _in_context(project: Project, spots: "Sequence[Spot]", asked: Asked) -> "tuple[InContext, ...]":
    from annotator.services.searchingcontext import in_context

    return tuple(in_context(project, spots, asked.who))


def counting(asked: Asked) -> Work:
    """Return the work that counts the hits and their articles, up to where counts are exact."""
    return lambda project, progress: _counted(project, asked, progress)


def numbering(asked: Asked) -> Work:
    """Return the work that counts what each value of each filter would leave."""

    def work(project: Project, progress: Progress) -> "OfFilters":
        from annotator.services.searchingnumbers import numbers

        return numbers(project, asked.query(), asked.where(), asked.who, progress)

    return work


def widening(asked: Asked) -> Work:
    """Return the work that counts what would be found with one thing changed, else with all."""

    def work(project: Project, progress: Progress) -> Wider:
        possible = ways_to_widen(asked)
        ways: list[tuple[Change, ...]] = [(one,) for one in possible]
        if len(possible) > 1:
            ways.append(possible)
        wider = Wider(asked, Numbers(0, 0, True), ())
        for changes in ways:
            changed = _changed(asked, changes)
            wider = Wider(changed, _counted(project, changed, progress), changes)
            if wider.numbers.n:
                break
        return wider

    return work


def _changed(asked: Asked, changes: Sequence[Change]) -> Asked:
    if "level" in changes:
        asked = replace(asked, level=WIDEST)
    if "clitics" in changes:
        asked = replace(asked, with_clitics=True)
    return unfiltered(asked) if "filters" in changes else asked


def ways_to_widen(asked: Asked) -> tuple[Change, ...]:
    """Return which changes may find more."""
    can = {
        "level": asked.level != WIDEST,
        "clitics": not (asked.with_clitics or asked.is_pattern),
        "filters": asked.has_filter,
    }
    return tuple(one for one in CHANGES if can[one])


def _counted(project: Project, asked: Asked, progress: Progress) -> Numbers:
    from annotator.services import searching

    n, articles = 0, set()
    after, is_last = searching.BEGINNING, False
    query, where = asked.query(), asked.where()
    while not is_last and n < searching.COUNTED:
        limit = min(_AT_ONCE, searching.COUNTED - n)
        page = searching.page(project, query, where, after, limit, progress)
        n += len(page.hits)
        articles |= {hit.article for hit in page.hits}
        after, is_last = page.after, page.is_last
    return Numbers(n, len(articles), is_last)
