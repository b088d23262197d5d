"""Writing many rows at once: the file's own checks, asked at the end instead of row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def checked_at_the_end(connection: sqlite3.Connection) -> Iterator[None]:
    """Within a transaction: write many new articles and layers, and check them all at the end.

    The triggers that check each row cost half of a large import. What they check is asked by two
    queries instead; then they are put back before COMMIT as they were, and a kill or an error
    brings them back with the rest of the transaction.
    """
    marks = [_last(connection, table) for table in ("articles", "layers")]
    query = f"SELECT name,sql FROM sqlite_master WHERE type='trigger' AND name IN ({_ROW_BY_ROW})"
    triggers = connection.execute(query).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    articles, layers = marks
    wrong = connection.execute(_TEXTS_NOT_WHOLE, (articles,)).fetchone()
    wrong = wrong or next(_not_the_text(connection, layers), None)
    if wrong is not None:
        raise sqlite3.IntegrityError(f"a text or a quote is not what it says: {wrong[0]}")
    for _, sql in triggers:
        connection.execute(sql)


def _last(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id),0) FROM {table}").fetchone()[0])


_ROW_BY_ROW = "'articles_once','texts_once','texts_whole','spans_quoted'"
"""The first two say again what the keys say, for those who would REPLACE."""
_TEXTS_NOT_WHOLE = (
    "SELECT a.sha256 FROM articles a LEFT JOIN texts t ON t.article=a.id"
    " WHERE a.id>? AND length(t.text) IS NOT a.length LIMIT 1"
)
_TEXTS = "SELECT l.id,t.text FROM layers l CROSS JOIN texts t ON t.article=l.article WHERE l.id>?"
_SPANS = 'SELECT label,start,"end",quote FROM spans WHERE layer=?'


def _not_the_text(connection: sqlite3.Connection, after: int) -> Iterator[tuple[str]]:
    """Yield the labels of the layers after `after` whose quotes are not the text under them.

    SQLite would walk a text from its beginning for each span.
    """
    for layer, text in connection.execute(_TEXTS, (after,)):
        for label, start, end, quote in connection.execute(_SPANS, (layer,)):
            if text[start:end] != quote:
                yield (label,)
