"""Articles in which something may be found, in the order in which they came, a stretch at a time.

The full-text index says where folded words stand; whether what is looked for stands there is for
whoever reads the text. Articles that no index has yet come after those that it has.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from annotator.core.model import Region
from annotator.store.project import Project
from annotator.store.trouble import reads

_OF_STATUS = (
    "EXISTS (SELECT 1 FROM layers l JOIN annotators n ON n.id=l.annotator"
    " WHERE l.article=a.id AND l.status=:status AND (:who='' OR n.uid=:who))"
)
_NEW = (
    "NOT EXISTS (SELECT 1 FROM layers l JOIN annotators n ON n.id=l.annotator"
    " WHERE l.article=a.id AND l.status<>'new' AND (:who='' OR n.uid=:who))"
)
_WITH_TYPE = (
    "EXISTS (SELECT 1 FROM layers l WHERE l.article=a.id AND"
    " (EXISTS (SELECT 1 FROM entities e WHERE e.layer=l.id AND e.type=:type)"
    "  OR EXISTS (SELECT 1 FROM events v WHERE v.layer=l.id AND v.type=:type)))"
)
_LABELS_OVER = (
    'SELECT x.type,x.start,x."end",n.uid FROM {table} x JOIN layers l ON l.id=x.layer'
    " JOIN annotators n ON n.id=l.annotator WHERE l.article=? ORDER BY x.start,x.id"
)
_INDEXED = "(SELECT CAST(value AS INTEGER) FROM settings WHERE name='indexed')"


class Asked(msgspec.Struct, frozen=True):
    """Which articles are asked for: empty fields leave nothing out.

    `phrases` are of folded words, of which the article has one; the last word of each may be the
    beginning of one with `is_prefix`. `who` is an annotator's uid, whose `status` is meant.
    """

    phrases: Sequence[str] = ()
    is_prefix: bool = False
    article: str = ""
    status: str = ""
    who: str = ""
    type: str = ""


class Candidate(msgspec.Struct, frozen=True):
    """An article in which it may be: its row id, SHA-256, source and length in code points."""

    row: int
    sha256: str
    source: str
    length: int


class Labelled(msgspec.Struct, frozen=True):
    """A place that carries an entity or a trigger: its type, its hull, and the annotator's uid."""

    kind: str
    type: str
    start: int
    end: int
    annotator: str


@reads
def candidates(project: Project, asked: Asked, after: int, limit: int) -> list[Candidate]:
    """Return the next `limit` candidates behind the row id `after`, withdrawn articles left out."""
    found: list[Candidate] = []
    if asked.phrases:
        found = _rows(project, "words w JOIN articles a ON a.id=w.rowid", asked, after, limit)
    if len(found) < limit:
        rest = limit - len(found)
        found += _rows(project, "articles a", asked, found[-1].row if found else after, rest)
    return found


def _rows(project: Project, tables: str, asked: Asked, after: int, limit: int) -> list[Candidate]:
    is_indexed = tables.startswith("words")
    conditions = ["a.withdrawn=0", "a.id>:after"]
    if is_indexed:
        conditions[1] = "words MATCH :told AND w.rowid>:after"
    elif asked.phrases:
        conditions.append(f"a.id>{_INDEXED}")
    if asked.article:
        conditions.append("a.sha256=:article")
    if asked.status:
        conditions.append(_NEW if asked.status == "new" else _OF_STATUS)
    if asked.type:
        conditions.append(_WITH_TYPE)
    order = "w.rowid" if is_indexed else "a.id"
    query = (
        f"SELECT a.id,a.sha256,a.source,a.length FROM {tables} WHERE {' AND '.join(conditions)}"
        f" ORDER BY {order} LIMIT :limit"
    )
    values: dict[str, Any] = {
        "after": after,
        "limit": limit,
        "told": _told(asked),
        "article": asked.article,
        "status": asked.status,
        "who": asked.who,
        "type": asked.type,
    }
    return [Candidate(*row) for row in project.connection.execute(query, values)]


def _told(asked: Asked) -> str:
    """Return the phrases as the index is asked: words between quotes are never its syntax."""
    star = "*" if asked.is_prefix else ""
    return " OR ".join(f'"{phrase}"{star}' for phrase in asked.phrases)


@reads
def text_of(project: Project, row: int) -> str:
    """Return the text of the article with that row id."""
    query = "SELECT text FROM texts WHERE article=?"
    return str(project.connection.execute(query, (row,)).fetchone()[0])


@reads
def row_of(project: Project, sha256: str) -> int:
    """Return the row id of the article with that SHA-256."""
    query = "SELECT id FROM articles WHERE sha256=?"
    return int(project.connection.execute(query, (sha256,)).fetchone()[0])


@reads
def regions_of(project: Project, row: int) -> list[Region]:
    """Return the regions of the article with that row id, in text order."""
    query = 'SELECT start,"end",role,source FROM regions WHERE article=? ORDER BY start'
    return [Region(*found) for found in project.connection.execute(query, (row,))]


@reads
def labelled(project: Project, row: int) -> list[Labelled]:
    """Return where entities and event triggers lie in the article with that row id."""
    return [
        Labelled(kind, *found)
        for kind, table in (("entity", "entities"), ("event", "events"))
        for found in project.connection.execute(_LABELS_OVER.format(table=table), (row,))
    ]


@reads
def last_row(project: Project) -> int:
    """Return the greatest row id of an article."""
    query = "SELECT coalesce(max(id),0) FROM articles"
    return int(project.connection.execute(query).fetchone()[0])


@reads
def occurrences(project: Project, word: str) -> int:
    """Return how often `word`, folded to `letters`, stands in the articles that are indexed."""
    connection = project.connection
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main,words,row)"
    )
    found = connection.execute("SELECT cnt FROM temp.vocabulary WHERE term=?", (word,)).fetchone()
    return int(found[0]) if found else 0
