"""Examining the search index: against one that is made anew, in memory, from the texts.

Words are compared by how often each stands in how many articles, and by one sum over the places of
all of them: no place can move without it. Titles have no places; they are summed word by word.

That reads the index from end to end. A search finds its way by a list of where pages begin, so some
words of every page, and those on both sides of where one page ends, are looked up as it does.
"""

import itertools
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.arabic.fold import index_fold
from annotator.store import opening

_AT_ONCE = 2000
_IN_MEMORY = 64 * 1024 * 1024
"""Bytes of new index before SQLite begins to merge: what is merged takes twice as long."""
_ARTICLES = (
    "SELECT a.id,a.title,t.text FROM articles a JOIN texts t ON t.article=a.id"
    " WHERE a.id>? AND a.id<=? ORDER BY a.id LIMIT ?"
)
_OF_WORDS = "SELECT term,doc,cnt FROM temp.{schema}_words_by_term"
_SUM_OF_PLACES = "SELECT count(*),sum(doc*(offset+7)) FROM temp.{schema}_words_by_place"
_OF_TITLES = (
    "SELECT term,count(*),sum(doc),sum(doc*doc) FROM temp.{schema}_titles_by_place GROUP BY term"
)
_QUERIES = {"words": (_OF_WORDS, _SUM_OF_PLACES), "titles": (_OF_TITLES,)}
_BETWEEN_LOOKS = 200_000
"""Steps of SQLite's machine, some 10 ms, between two looks whether to stop."""
_SCHEMAS = ("main", "anew")
_LISTS = (
    ("words", "by_term", "row"),
    ("titles", "by_term", "row"),
    ("words", "by_place", "instance"),
    ("titles", "by_place", "instance"),
)


def differing(copy: Path, indexed: int, is_stopped: Callable[[], bool]) -> list[str]:
    """Return the tables of the index of the file at `copy` that say otherwise than its texts.

    Articles up to the row id `indexed` are in it. `is_stopped` is asked while SQLite works.
    """
    with _beside_a_new_one(copy) as connection:
        connection.set_progress_handler(lambda: int(is_stopped()), _BETWEEN_LOOKS)
        _fill(connection, indexed)
        return [
            table
            for table, queries in _QUERIES.items()
            if not all(_is_same(connection, query) for query in queries)
            or not _are_found(connection, table)
        ]


@contextmanager
def _beside_a_new_one(copy: Path) -> Iterator[sqlite3.Connection]:
    """Open the file, with an empty index beside its own in a database in memory."""
    with closing(opening.connect(copy, "ro")) as connection:
        connection.execute("ATTACH DATABASE ':memory:' AS anew")
        for table in ("words", "titles"):
            query = "SELECT sql FROM main.sqlite_master WHERE name=?"
            sql = connection.execute(query, (table,)).fetchone()[0]
            connection.execute(sql.replace(f"VIRTUAL TABLE {table}", f"VIRTUAL TABLE anew.{table}"))
        connection.execute(f"INSERT INTO anew.words(words,rank) VALUES('hashsize',{_IN_MEMORY})")
        for table, name, kind in _LISTS:
            for schema in _SCHEMAS:
                connection.execute(
                    f"CREATE VIRTUAL TABLE temp.{schema}_{table}_{name}"
                    f" USING fts5vocab({schema},{table},{kind})"
                )
        yield connection


def _fill(connection: sqlite3.Connection, indexed: int) -> None:
    after = 0
    connection.execute("BEGIN")
    while some := connection.execute(_ARTICLES, (after, indexed, _AT_ONCE)).fetchall():
        texts = ((row, index_fold(text)) for row, _, text in some)
        connection.executemany("INSERT INTO anew.words(rowid,text) VALUES(?,?)", texts)
        titles = ((row, index_fold(title)) for row, title, _ in some)
        connection.executemany("INSERT INTO anew.titles(rowid,title) VALUES(?,?)", titles)
        after = some[-1][0]
    connection.execute("COMMIT")


def _is_same(connection: sqlite3.Connection, query: str) -> bool:
    """Whether `query` gives the same of the file's own index as of the new one."""
    ours, new = (connection.execute(query.format(schema=schema)) for schema in _SCHEMAS)
    pairs = itertools.zip_longest(ours, new)
    return all(one == other for one, other in pairs)


# --- as a search finds them ----------------------------------------------------------------------

_EVERY = 1000
"""Bytes of index, about, of which one word is looked up: some of each page, which has 4,000."""
_BESIDE = 3
"""Words on each side of where a page ends: there may be several lists, and not all in each."""
_TERMS = "SELECT term,doc FROM temp.anew_{table}_by_term"
_FOUND = "SELECT doc FROM temp.main_{table}_by_term WHERE term=?"
_ENDS = "SELECT coalesce(CAST(substr(term,2) AS BLOB),x'') FROM main.{table}_idx ORDER BY 1"
"""Where pages begin: the first byte says of which index."""


def _are_found(connection: sqlite3.Connection, table: str) -> bool:
    """Whether words that are in the new index are found in the file's own, in as many articles."""
    query = _FOUND.format(table=table)
    try:
        ends = [end for (end,) in connection.execute(_ENDS.format(table=table))]
        return all(
            connection.execute(query, (term,)).fetchone() == (doc,)
            for term, doc in _to_look_up(connection.execute(_TERMS.format(table=table)), ends)
        )
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return False


def _to_look_up(terms: Iterator[tuple[str, int]], ends: list[bytes]) -> Iterator[tuple[str, int]]:
    """Yield of all terms, in order, those near the `ends` of pages and one every so many bytes."""
    last: deque[tuple[str, int]] = deque(maxlen=_BESIDE)
    n_next = n_bytes = at = 0
    for one in terms:
        spelled = one[0].encode("utf-8", "surrogateescape")
        n_bytes += len(spelled) + 3 * one[1]
        if at < len(ends) and ends[at] <= spelled:
            yield from last
            while at < len(ends) and ends[at] <= spelled:
                at += 1
            n_next = _BESIDE
        if n_next or n_bytes >= _EVERY:
            yield one
            n_next = max(n_next - 1, 0)
            n_bytes = 0
            last.clear()
        else:
            last.append(one)
    yield from last
