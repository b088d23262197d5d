"""What the page of search asks for, and the work that runs as jobs. Searching is loaded there."""

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from annotator.gui.jobs import Work
from annotator.services.progress import Progress
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.services.searching import Found, Pattern, Place, Query, Where
    from annotator.services.searchingcontext import InContext

FIRST, MORE = 60, 120
"""Rows of the first page, and of those that come while one scrolls."""
_AT_ONCE = 250
Level = Literal["exact", "marks", "letters"]
WIDEST: Level = "letters"


class Asked(msgspec.Struct, frozen=True):
    """A query as it is typed, how it is meant, and which hits are wanted.

    `status`, `type` and `is_unlabelled` are about `who`, an annotator's uid.
    """

    text: str = ""
    level: Level = WIDEST
    with_clitics: bool = True
    is_prefix: bool = False
    is_pattern: bool = False
    who: str = ""
    status: str = ""
    source: str = ""
    region: str = ""
    type: str = ""
    is_unlabelled: bool = False

    @property
    def has_filter(self) -> bool:
        """Whether hits are left out."""
        return bool(self.status or self.source or self.region or self.type or self.is_unlabelled)

    def query(self) -> "Query | Pattern":
        """Return what is looked for."""
        from annotator.services.searching import Pattern, Query

        if self.is_pattern:
            return Pattern(self.text, self.level)
        return Query(self.text, self.level, self.with_clitics, self.is_prefix)

    def where(self) -> "Where":
        """Return which hits are wanted."""
        from annotator.services.searching import Where

        return Where(
            status=self.status,
            who=self.who if self.status or self.type else "",
            source=self.source,
            region=self.region,
            type=self.type,
            unlabelled_by=self.who if self.is_unlabelled else "",
        )


def unfiltered(asked: Asked) -> Asked:
    """Return `asked` without its filters."""
    return replace(asked, status="", source="", region="", type="", is_unlabelled=False)


class Looked(msgspec.Struct, frozen=True):
    """Places in order; the next ones begin `after`."""

    places: "tuple[InContext, ...]"
    after: "Place"
    is_last: bool


class Numbers(msgspec.Struct, frozen=True):
    """How many hits in how many articles there are; at least so many where it is not whole."""

    n: int
    n_articles: int
    is_whole: bool


class Wider(msgspec.Struct, frozen=True):
    """What `asked` would find, where the query that was asked finds nothing."""

    asked: Asked
    numbers: Numbers


class SearchPlace(msgspec.Struct, frozen=True):
    """What is shown on the page: kept while the window is built anew."""

    asked: Asked = Asked()
    row: int = -1
    is_open: bool | None = None
    """Whether the options are in view; None where there is room for them."""


def looking(asked: Asked, after: "Place | None" = None, n: int = FIRST) -> Work:
    """Return the work that looks for `n` places behind `after`; some are better than none."""

    def work(project: Project, progress: Progress) -> Looked:
        from annotator.services import searching
        from annotator.services.searchingcontext import in_context

        found: list[Found] = []
        reached, is_last = after or searching.BEGINNING, False
        while not (found or is_last):
            page = searching.page(project, asked.query(), asked.where(), reached, n, progress)
            found += page.hits
            reached, is_last = page.after, page.is_last
        spots = ((hit.article, hit.start, hit.end) for hit in found)
        return Looked(tuple(in_context(project, spots, asked.who)), reached, is_last)

    return work


def counting(asked: Asked) -> Work:
    """Return the work that counts the hits and their articles, up to where counts are exact."""
    return lambda project, progress: _counted(project, asked, progress)


def widening(asked: Asked) -> Work:
    """Return the work that counts what would be found with letters joined, else without filters."""

    def work(project: Project, progress: Progress) -> Wider:
        wider = replace(asked, level=WIDEST, with_clitics=True)
        numbers = Numbers(0, 0, True)
        if wider != asked:
            numbers = _counted(project, wider, progress)
        if not numbers.n and asked.has_filter:
            wider = unfiltered(wider)
            numbers = _counted(project, wider, progress)
        return Wider(wider, numbers)

    return work


def can_be_wider(asked: Asked) -> bool:
    """Whether another way of asking may find more."""
    is_narrow = asked.level != WIDEST or not (asked.with_clitics or asked.is_pattern)
    return is_narrow or asked.has_filter


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
