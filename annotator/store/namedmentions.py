"""The entities that stand, as mentions of names: spelling, type and shared name of each.

Read a stretch of articles at a time, so that no lock is held while all of them are gone through.
The spelling of an entity of several spans is their quotes with blanks between them.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import orjson

from annotator.store.project import Project
from annotator.store.trouble import reads

_SPELLING = (
    'CASE WHEN s."end"=e."end" THEN s.quote ELSE (SELECT group_concat(quote,\' \') FROM'
    " (SELECT quote FROM spans WHERE layer=e.layer AND label=e.uid AND part='extent' ORDER BY n))"
    " END"
)
_MENTIONS = (
    "layers l CROSS JOIN articles a ON a.id=l.article CROSS JOIN annotators n ON n.id=l.annotator"
    " CROSS JOIN entities e ON e.layer=l.id"
    " CROSS JOIN spans s ON s.layer=e.layer AND s.label=e.uid AND s.part='extent' AND s.n=0"
)
_STRETCH = "SELECT max(id),count(*) FROM (SELECT id FROM articles WHERE id>? ORDER BY id LIMIT ?)"
_COUNTED = (
    f"SELECT {_SPELLING},e.type,e.link,l.status<>'done' AND (:me='' OR n.uid=:me),l.article"
    f" FROM {_MENTIONS}"
    " WHERE l.article>:after AND l.article<=:last AND a.withdrawn=0 AND (:who='' OR n.uid=:who)"
    " ORDER BY l.article"
)
_CHOSEN = (
    f'SELECT a.id,a.sha256,n.uid,n.name,l.status,e.uid,e.type,e.link,e.start,e."end",{_SPELLING}'
    f" FROM {_MENTIONS} WHERE l.article>:after AND l.article<=:last AND a.withdrawn=0"
    f" AND (:who='' OR n.uid=:who) AND {_SPELLING} IN (SELECT value FROM json_each(:spellings))"
    ' ORDER BY l.article,e.start,e."end",e.uid'
)

_SHARED = "SELECT EXISTS(SELECT 1 FROM entities WHERE link=? AND link<>'')"

Counted = tuple[str, str, str, int, int]
"""Spelling, type, shared name, whether it can be changed, and the row id of the article."""


class Mention(msgspec.Struct, frozen=True):
    """An entity: its article (row id and SHA-256), whose it is, and its hull."""

    row: int
    article: str
    annotator: str
    annotator_name: str
    status: str
    uid: str
    type: str
    link: str
    start: int
    end: int
    spelling: str


class Stretch(msgspec.Struct, frozen=True):
    """Articles whose row ids are in `(after, last]`; `n` of them."""

    after: int
    last: int
    n: int


@reads
def stretch(project: Project, after: int, n: int) -> Stretch | None:
    """Return the next `n` articles behind the row id `after`, fewer at the end; None behind it."""
    last, found = project.connection.execute(_STRETCH, (after, n)).fetchone()
    return Stretch(after, last, found) if found else None


@reads
def counted(project: Project, there: Stretch, who: str = "", me: str = "") -> list[Counted]:
    """Return the mentions in a stretch, article by article.

    Only those of the annotator with uid `who`, or everyone's; what can be changed is in layers that
    are not done, of `me` where that is somebody.
    """
    values = {"after": there.after, "last": there.last, "who": who, "me": me}
    return project.connection.execute(_COUNTED, values).fetchall()


@reads
def chosen(
    project: Project, there: Stretch, spellings: Sequence[str], who: str = ""
) -> list[Mention]:
    """Return the mentions with one of `spellings` in a stretch, in the order of articles."""
    values = {
        "after": there.after,
        "last": there.last,
        "who": who,
        "spellings": orjson.dumps(list(spellings)).decode(),
    }
    return [Mention(*row) for row in project.connection.execute(_CHOSEN, values)]


@reads
def is_shared(project: Project, link: str) -> bool:
    """Whether any label that stands shares this name, in whose layer and article it may be."""
    (found,) = project.connection.execute(_SHARED, (link,)).fetchone()
    return bool(found)


def stretches(project: Project, n: int) -> Iterator[Stretch]:
    """Yield all articles, `n` at a time."""
    there = stretch(project, 0, n)
    while there is not None:
        yield there
        there = stretch(project, there.last, n)


def of_articles(rows: Iterable[int]) -> Iterator[Stretch]:
    """Yield the articles with these row ids one by one."""
    return (Stretch(row - 1, row, 1) for row in rows)
