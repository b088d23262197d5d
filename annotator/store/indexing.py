"""The search index: texts folded by `arabic` and put into FTS5, in small chunks that can resume.

Article ids only grow, so the greatest one indexed is the whole state. SQL never folds.
"""

import sqlite3
from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.arabic.fold import index_fold
from annotator.core.errors import UserError
from annotator.store import sealing, trouble
from annotator.store.project import Project

CHUNK = 4000
"""Articles a transaction when nobody waits; a window asks for 100."""
_LETTERS = 8_000_000
"""Code points a transaction at most, one article apart: what is indexed at once is in memory."""
Texts = Mapping[int, tuple[str, str]]
"""Title and text by article id."""
_NONE: Texts = MappingProxyType({})
Take = Callable[[int, str], None]
"""Gets the id of each article that is indexed, and its words."""


def pending(project: Project) -> int:
    """Return how far the index is behind: the greatest article id less the greatest indexed."""
    last = project.connection.execute("SELECT coalesce(max(id),0) FROM articles").fetchone()[0]
    return int(last) - _indexed(project.connection)


def index_pending(
    project: Project, chunk: int = CHUNK, at_hand: Texts = _NONE, take: Take | None = None
) -> None:
    """Index what was imported since the last time, `chunk` articles a transaction.

    `at_hand` are articles whose texts need not be read back; `take` gets what was indexed.
    """
    while index_chunk(project, chunk, at_hand, take):
        pass


def caught_up(
    project: Project, chunk: int = CHUNK, at_hand: Texts = _NONE, take: Take | None = None
) -> UserError | None:
    """Index as `index_pending` does, after what brought the articles is saved.

    Return why that could not be, where the file is in trouble: `index_behind`. Nothing is lost by
    it, and the next that brings articles goes on.
    """
    try:
        with trouble.writing(project):
            index_pending(project, chunk, at_hand, take)
    except UserError as met:
        if met.code not in trouble.OF_FILES:
            raise
        why = "full" if met.code in ("disk_full", "quota") else ""
        return UserError("index_behind", path=project.path.name, why=why)
    return None


def index_chunk(
    project: Project, chunk: int, at_hand: Texts = _NONE, take: Take | None = None
) -> bool:
    """Index the next `chunk` articles; return whether there were any."""
    connection = project.connection
    if pending(project) <= 0:
        return False
    with project.turn.taken(by_person=False), project.committed():
        return index_next(connection, chunk, at_hand, take)


def index_next(
    connection: sqlite3.Connection,
    chunk: int = CHUNK,
    at_hand: Texts = _NONE,
    take: Take | None = None,
) -> bool:
    """Index the next `chunk` articles within the transaction under way; return whether any came."""
    first = _indexed(connection)
    found = _articles(connection, first, _last_of_chunk(connection, first, chunk), at_hand)
    words = ((number, _taken(number, index_fold(text), take)) for number, _, text in found)
    connection.executemany("INSERT INTO words(rowid,text) VALUES(?,?)", words)
    titles = ((number, index_fold(title)) for number, title, _ in found)
    connection.executemany("INSERT INTO titles(rowid,title) VALUES(?,?)", titles)
    if found:
        mark = "UPDATE settings SET value=? WHERE name='indexed'"
        connection.execute(mark, (str(found[-1][0]),))
        sealing.seal_articles(connection, first, found[-1][0])
    return bool(found)


def _taken(number: int, words: str, take: Take | None) -> str:
    if take is not None:
        take(number, words)
    return words


def _articles(
    connection: sqlite3.Connection, first: int, last: int, at_hand: Texts
) -> list[tuple[int, str, str]]:
    """Return id, title and text of the articles after `first`, up to `last`."""
    ids = range(first + 1, last + 1)
    if all(number in at_hand for number in ids):
        return [(number, *at_hand[number]) for number in ids]
    query = (
        "SELECT a.id,a.title,t.text FROM articles a JOIN texts t ON t.article=a.id"
        " WHERE a.id>? AND a.id<=? ORDER BY a.id"
    )
    return connection.execute(query, (first, last)).fetchall()


def _last_of_chunk(connection: sqlite3.Connection, first: int, chunk: int) -> int:
    """Return the id of the last article that is indexed together with the one after `first`."""
    query = "SELECT id,length FROM articles WHERE id>? ORDER BY id LIMIT ?"
    last = n_letters = 0
    for number, length in connection.execute(query, (first, chunk)):
        n_letters += length
        if last and n_letters > _LETTERS:
            break
        last = number
    return last


def _indexed(connection: sqlite3.Connection) -> int:
    query = "SELECT value FROM settings WHERE name='indexed'"
    return int(connection.execute(query).fetchone()[0])
