"""What a search brings, and one search: a query with its filters over a stretch of articles.

Where clitics are taken, the query is read twice: as it is written, and behind that without its own
(`وبوتين` finds `بوتين` too). What both readings find is found by the first.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
from msgspec.structs import replace

from annotator.arabic.clitics import without_front
from annotator.arabic.finding import Finder, Hit, Query
from annotator.arabic.fold import fold
from annotator.arabic.graphemes import snap_outward
from annotator.core.errors import UserError
from annotator.core.model import ROLES
from annotator.core.places import annotatable_parts
from annotator.services.searchingfilters import ANNOTATABLE
from annotator.services.searchingpatterns import Pattern, PatternFinder
from annotator.store import searching
from annotator.store.project import Project
from annotator.store.queries import known_annotator
from annotator.store.searching import Asked, Candidate

CONTEXT = 40
"""Code points shown on either side of a hit."""
MAX_QUERY = 1000
"""Code points of a query, at most."""
_AT_ONCE = 250
_STRETCH = 2000
"""Articles that one call looks at."""
_LETTERS = 8_000_000
"""Code points that one call looks at, one article apart."""
_SHORTEST_BEGINNING = 4
"""Letters from which on the index is asked for words that begin so: of fewer all articles have."""


class Where(msgspec.Struct, frozen=True):
    """Which hits are wanted; empty fields leave none out.

    `article` is a uid or SHA-256; `status` is that of `who`'s layer, or of anybody's; `source` is a
    part of the article's source, folded; `region` a role, or `annotatable`; `type` the type of a
    label that touches the hit, `who`'s or anybody's; `unlabelled_by` names whose entities and
    triggers do not touch it. Annotators are given by name or uid.
    """

    article: str = ""
    status: str = ""
    who: str = ""
    source: str = ""
    region: str = ""
    type: str = ""
    unlabelled_by: str = ""


ANYWHERE = Where()


class Place(msgspec.Struct, frozen=True):
    """How far a search has come: the article's row id, the hit's start in it, and which reading.

    Of the query as it is written `reading` is 0, of the query without its own clitics 1.
    """

    row: int = 0
    start: int = -1
    reading: int = 0


BEGINNING = Place()


class Found(msgspec.Struct, frozen=True):
    """A hit: `[start, end)` of the article with that SHA-256, and the text around it."""

    article: str
    start: int
    end: int
    quote: str
    left: str
    right: str
    place: Place
    with_clitics_from: int
    """Where the clitics before it begin; `start` where there are none."""


class Page(msgspec.Struct, frozen=True):
    """Some hits in order; the next page begins `after`."""

    hits: tuple[Found, ...]
    after: Place
    is_last: bool


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after `[start, end)`, in whole graphemes.

    >>> context("التقى بوتين وترامب", 6, 11)
    ('التقى ', ' وترامب')
    """
    first, last = snap_outward(text, max(start - CONTEXT, 0), min(end + CONTEXT, len(text)))
    return text[first:start], text[end:last]


def checked(query: Query | Pattern) -> None:
    """Raise `empty_query` or `query_too_long` where nothing can be looked for."""
    if len(query.text) > MAX_QUERY:
        raise UserError("query_too_long", length=len(query.text), limit=MAX_QUERY)
    is_empty = not query.text if isinstance(query, Pattern) else not Finder(query).in_index
    if is_empty:
        raise UserError("empty_query")


# --- one search ----------------------------------------------------------------------------------

_HitsIn = Callable[[str], list[Hit]]


def searches(project: Project, query: Query | Pattern, where: Where) -> "list[Search]":
    """Return the readings of the query, the one as it is written first."""
    written = Search(project, query, where)
    if not isinstance(query, Query):
        return [written]
    bare = _without_clitics(project, query)
    return [written, Search(project, bare, where, Finder(query))] if bare else [written]


def _without_clitics(project: Project, query: Query) -> Query | None:
    """Return `query` without the clitics of its first word, where they are likely such."""
    words = query.text.split()
    is_unfinished = query.is_prefix and len(words) == 1
    if not query.with_clitics or is_unfinished or not words[0][0].isalnum():
        return None
    first = without_front(words[0], functools.partial(searching.occurrences, project))
    return replace(query, text=" ".join([first, *words[1:]])) if first else None


def stretch(searches: "list[Search]", after: Place) -> Iterator[Page]:
    """Yield article after article of a stretch; a reading that has come to its end is followed."""
    for reading, search in enumerate(searches):
        if reading < after.reading:
            continue
        is_over = False
        with search.finder() as hits_in:
            for part in search.stretch(hits_in, after):
                is_over = part.is_last
                if is_over and reading + 1 < len(searches):
                    after = Place(reading=reading + 1)
                    part = Page((), after, False)
                yield part
        if not is_over:
            return


class Search:
    """A query with its filters, made ready for a project; what `before` finds it leaves out."""

    def __init__(
        self, project: Project, query: Query | Pattern, where: Where, before: Finder | None = None
    ) -> None:
        checked(query)
        self._before = before
        self._project = project
        self._query = query
        self._where = where
        self._who = known_annotator(project, where.who).uid if where.who else ""
        self._not_by = ""
        if where.unlabelled_by:
            self._not_by = known_annotator(project, where.unlabelled_by).uid
        if where.region and where.region not in (*ROLES, ANNOTATABLE):
            raise UserError("unknown_region_role", role=where.region)
        self._roles = project.annotatable
        if where.region != ANNOTATABLE:
            self._roles = frozenset({where.region})
        self._type = project.label_schema.current(where.type) if where.type else ""
        self._source = fold(where.source)
        self.asked = self._articles()

    def _articles(self) -> Asked:
        where, query = self._where, self._query
        article = self._project.article(where.article).sha256 if where.article else ""
        phrases: list[str] = []
        is_prefix = isinstance(query, Query) and query.is_prefix
        if isinstance(query, Query) and not article:
            phrases = Finder(query).in_index
            if is_prefix and any(len(one.split()[-1]) < _SHORTEST_BEGINNING for one in phrases):
                phrases = list(filter(None, (one.rpartition(" ")[0] for one in phrases)))
                is_prefix = False
        return Asked(phrases, is_prefix, article, where.status, self._who, self._type)

    @contextmanager
    def finder(self) -> Iterator[_HitsIn]:
        """Give what finds hits in a text, for the length of a block."""
        if isinstance(self._query, Query):
            finder = Finder(self._query)
            yield finder.hits if self._before is None else _behind(self._before, finder)
            return
        with PatternFinder(self._query) as process:
            yield process.hits

    def stretch(self, hits_in: _HitsIn, after: Place) -> Iterator[Page]:
        """Yield article after article as a page of its own; the last one says where it ended."""
        row = after.row - 1 if after.start >= 0 else after.row
        n = n_letters = 0
        reached = after
        while n < _STRETCH and n_letters < _LETTERS:
            found = searching.candidates(self._project, self.asked, row, _AT_ONCE)
            for one in found:
                start = after.start if one.row == after.row else -1
                reached = Place(one.row, one.length, after.reading)
                yield Page(self._in_article(hits_in, one, start), reached, False)
                row, n, n_letters = one.row, n + 1, n_letters + one.length
                if n_letters >= _LETTERS:
                    return
            if len(found) < _AT_ONCE:
                last = max(searching.last_row(self._project), reached.row)
                yield Page((), Place(last, reading=after.reading), True)
                return

    def _in_article(self, hits_in: _HitsIn, article: Candidate, after: int) -> tuple[Found, ...]:
        if self._source and self._source not in fold(article.source):
            return ()
        text = searching.text_of(self._project, article.row)
        found = [hit for hit in hits_in(text) if hit.start > after]
        kept = self._filtered(article.row, found) if found else []
        reading = int(self._before is not None)
        return tuple(_found(article, text, hit, reading) for hit in kept)

    def _filtered(self, row: int, found: list[Hit]) -> list[Hit]:
        if self._where.region:
            regions = searching.regions_of(self._project, row)
            parts = annotatable_parts(regions, self._roles)
            found = [hit for hit in found if any(a <= hit.start and hit.end <= b for a, b in parts)]
        if not (found and (self._type or self._not_by)):
            return found
        labels = searching.labelled(self._project, row)
        if self._type:
            wanted = [one for one in labels if one.type == self._type]
            wanted = [one for one in wanted if self._who in ("", one.annotator)]
            found = [hit for hit in found if any(_touch(hit, one) for one in wanted)]
        if self._not_by:
            hers = [one for one in labels if one.annotator == self._not_by]
            found = [hit for hit in found if not any(_touch(hit, one) for one in hers)]
        return found


def _behind(before: Finder, finder: Finder) -> _HitsIn:
    """Return what finds the hits of `finder` that touch none of `before`."""

    def hits_in(text: str) -> list[Hit]:
        found = finder.hits(text)
        earlier = before.hits(text) if found else []
        return [
            hit
            for hit in found
            if not any(one.start < hit.end and hit.start < one.end for one in earlier)
        ]

    return hits_in


def _touch(hit: Hit, label: searching.Labelled) -> bool:
    return label.start < hit.end and hit.start < label.end


def _found(article: Candidate, text: str, hit: Hit, reading: int) -> Found:
    start, end, before = hit
    return Found(
        article.sha256,
        start,
        end,
        text[start:end],
        *context(text, start, end),
        Place(article.row, start, reading),
        before,
    )
