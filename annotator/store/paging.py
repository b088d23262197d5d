"""Articles as one annotator's list, a page at a time, in the order in which they came.

By keyset, never by number of rows passed over; and no call looks at more than a stretch of ids
where a row must be read to know whether it is wanted. So a page costs the same at any depth, and
a filter that nothing fits is given up after a stretch and gone on with by whoever asked.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES

_STRETCH = 2000
"""Ids looked at in one call where each row has to be read."""
_OF_TITLES = 10_000
"""The same where only rows with the right title are read."""
_BY_HAND = 250
"""The same where titles are not in the index yet, and are given to be folded."""
_COLUMNS = "a.id,a.sha256,a.title,a.length,coalesce(l.status,'new')"
_WHO = "(SELECT id FROM annotators WHERE uid=:annotator)"
_LAYER = f"LEFT JOIN layers l ON l.article=a.id AND l.annotator={_WHO}"
_OF_STATUS = f"l.annotator={_WHO} AND l.status=:status"


class Listed(msgspec.Struct, frozen=True):
    """An article as a row of the list: `row` is its row id, `status` that of the one layer."""

    row: int
    sha256: str
    title: str
    length: int
    status: str


class Stretch(msgspec.Struct, frozen=True):
    """What was found, and the last row id that was looked at; the next call begins there."""

    found: tuple[Listed, ...]
    reached: int


class Asked(msgspec.Struct, frozen=True):
    """What a list is asked for: whose, which status, and a full-text query over the titles."""

    annotator: str
    status: str = ""
    titles: str = ""
    is_backward: bool = False


def ends(project: Project) -> tuple[int, int]:
    """Return the greatest row id of an article, and the greatest whose title is in the index."""
    query = (
        "SELECT (SELECT coalesce(max(id),0) FROM articles),"
        " (SELECT CAST(value AS INTEGER) FROM settings WHERE name='indexed')"
    )
    last, indexed = project.connection.execute(query).fetchone()
    return last, min(last, indexed)


def stretch(project: Project, asked: Asked, start: int, end: int, limit: int) -> Stretch:
    """Return the first `limit` articles between the row ids `start` and `end`, both left out.

    Backward the way leads from `end` down to `start`.
    """
    first, last = _narrowed(asked, start, end, _widest(asked))
    found = _rows(project, asked, first, last, limit)
    if len(found) == limit:
        return Stretch(found, found[-1].row)
    return Stretch(found, _last_looked_at(asked, first, last))


def not_indexed(project: Project, asked: Asked, start: int, end: int) -> Stretch:
    """Return all articles of a short stretch whose titles are not in the index yet."""
    first, last = _narrowed(asked, start, end, _BY_HAND)
    plain = Asked(asked.annotator, asked.status, is_backward=asked.is_backward)
    found = _rows(project, plain, first, last, last - first)
    return Stretch(found, _last_looked_at(asked, first, last))


def _last_looked_at(asked: Asked, start: int, end: int) -> int:
    return start + 1 if asked.is_backward else end - 1


def _widest(asked: Asked) -> int | None:
    """Return how many ids may be looked at; None where an index gives nothing but what is wanted.

    What has no layer is new too, so that no index knows what is new.
    """
    is_indexed = bool(asked.titles) != bool(asked.status) and asked.status != "new"
    if is_indexed:
        return None
    return _OF_TITLES if asked.titles else _STRETCH


def _narrowed(asked: Asked, start: int, end: int, most: int | None) -> tuple[int, int]:
    if most is None or end - start <= most + 1:
        return start, end
    return (end - most - 1, end) if asked.is_backward else (start, start + most + 1)


def _rows(project: Project, asked: Asked, start: int, end: int, limit: int) -> tuple[Listed, ...]:
    values: dict[str, Any] = {
        "annotator": asked.annotator,
        "status": asked.status,
        "titles": asked.titles,
        "start": start,
        "end": end,
        "limit": limit,
    }
    rows = project.connection.execute(page_query(asked), values)
    return tuple(Listed(*row) for row in rows)


def page_query(asked: Asked) -> str:
    """Return the query of a page; its parameters are named."""
    source, place, wanted = _source(asked)
    order = "DESC" if asked.is_backward else "ASC"
    return (
        f"SELECT {_COLUMNS} FROM {source} WHERE {place}>:start AND {place}<:end"
        f" AND a.withdrawn=0{wanted} ORDER BY {place} {order} LIMIT :limit"
    )


def _source(asked: Asked) -> tuple[str, str, str]:
    """Return where the rows come from, the column they are ordered by, and further conditions."""
    is_begun = asked.status not in ("", "new")
    if is_begun and not asked.titles:
        source = "layers l CROSS JOIN articles a ON a.id=l.article"
        return source, "l.article", f" AND {_OF_STATUS}"
    wanted = " AND coalesce(l.status,'new')=:status" if asked.status else ""
    if asked.titles:
        source = f"titles t CROSS JOIN articles a ON a.id=t.rowid {_LAYER}"
        return source, "t.rowid", f" AND titles MATCH :titles{wanted}"
    return f"articles a {_LAYER}", "a.id", wanted


def listed(project: Project, annotator: str, article: str) -> Listed | None:
    """Return the article with that SHA-256 as a row of the list; None for one that is not there."""
    query = f"SELECT {_COLUMNS} FROM articles a {_LAYER} WHERE a.sha256=:article AND a.withdrawn=0"
    values = {"annotator": annotator, "article": article}
    row = project.connection.execute(query, values).fetchone()
    return Listed(*row) if row else None


def label_counts(project: Project, annotator: str, rows: Sequence[int]) -> dict[int, int]:
    """Return how many labels `annotator` has on the articles `rows`, where she has begun."""
    of_kinds = "+".join(
        f"(SELECT count(*) FROM {table} WHERE layer=l.id)" for table in LABEL_TABLES.values()
    )
    query = (
        f"SELECT l.article,{of_kinds} FROM layers l WHERE l.article=?"
        " AND l.annotator=(SELECT id FROM annotators WHERE uid=?)"
    )
    found = (project.connection.execute(query, (row, annotator)).fetchone() for row in rows)
    return {row[0]: row[1] for row in found if row}


def counted(project: Project, annotator: str, start: int, end: int) -> tuple[int, int]:
    """Return how many articles there are behind `start` up to `end`, and how many of them done."""
    query = (
        f"SELECT count(*),coalesce(sum(l.status='done'),0) FROM articles a {_LAYER}"
        " WHERE a.id>:start AND a.id<=:end AND a.withdrawn=0"
    )
    values = {"annotator": annotator, "start": start, "end": end}
    n, n_done = project.connection.execute(query, values).fetchone()
    return n, n_done
