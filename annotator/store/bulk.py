"""Writing many rows at once: the file's own checks, asked at the end instead of row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def checked_at_the_end(connection: sqlite3.Connection) -> Iterator[None]:
    """Within a transaction: write many new articles and layers, and check the quotes at the end.

    Texts are measured where they are written, in `ahead`: no text has a NUL, so SQLite counts it as
    Python does. The triggers that check each row cost half of a large import. They are put back
    before COMMIT as they were, and a kill or an error brings them back with the transaction.
    """
    last_layer = last_id(connection, "layers")
    query = f"SELECT name,sql FROM sqlite_master WHERE type='trigger' AND name IN ({_ROW_BY_ROW})"
    triggers = connection.execute(query).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    wrong = next(_not_the_text(connection, last_layer), None)
    if wrong is not None:
        raise sqlite3.IntegrityError(f"a quote is not what it says: {wrong}")
    for _, sql in triggers:
        connection.execute(sql)


def last_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the greatest id in `table`, 0 where it is empty."""
    query = f"SELECT coalesce(max(id),0) FROM main.{table}"
    return int(connection.execute(query).fetchone()[0])


_ROW_BY_ROW = "'articles_once','articles_whole','spans_quoted'"
"""The first says again what the keys say, for those who would REPLACE."""
_TEXTS = "SELECT l.id,t.text FROM layers l CROSS JOIN texts t ON t.article=l.article WHERE l.id>?"
_SPANS = 'SELECT label,start,"end",quote FROM spans WHERE layer=?'


def _not_the_text(connection: sqlite3.Connection, after: int) -> Iterator[str]:
    """Yield the labels of the layers after `after` whose quotes are not the text under them.

    SQLite would walk a text from its beginning for each span.
    """
    for layer, text in connection.execute(_TEXTS, (after,)):
        for label, start, end, quote in connection.execute(_SPANS, (layer,)):
            if text[start:end] != quote:
                yield label
