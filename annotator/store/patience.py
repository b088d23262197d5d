"""Waiting for what passes by itself: a sync program or a virus scanner holds the file a moment.

SQLite waits for locks of its own. What Windows says where a scanner has the file in hand, it does
not wait for: that is tried again here, with growing pauses, for as long as the caller would wait
for a lock. A window waits a quarter of a second and then goes on by its event loop; a command has
nothing else to do.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

from annotator.core.errors import UserError
from annotator.store import trouble

R = TypeVar("R")
_FIRST, _LONGEST = 0.02, 0.5
"""Seconds until the second attempt, and between two later ones."""
_BEGIN = "BEGIN IMMEDIATE"


def patiently(attempt: Callable[[], R], timeout: float) -> R:
    """Return what `attempt` returns, tried again for `timeout` seconds while its trouble passes.

    What `attempt` waited itself counts. Raise what it raises at the end.
    """
    until, pause = time.monotonic() + timeout, _FIRST
    while True:
        try:
            return attempt()
        except (UserError, sqlite3.Error) as error:
            if not _passes(error) or time.monotonic() + pause > until:
                raise
            trouble.let_go(error)
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST)


def _passes(error: UserError | sqlite3.Error) -> bool:
    known = error if isinstance(error, UserError) else trouble.named(error, "")
    return known is not None and known.code in trouble.PASSING


def begin(connection: sqlite3.Connection) -> None:
    """Begin a transaction that will write, as patient as the connection is with locks."""
    try:
        connection.execute(_BEGIN)
    except sqlite3.Error as error:
        if not _passes(error) or error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise  # SQLite has waited already
        seconds = connection.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
        patiently(lambda: connection.execute(_BEGIN), seconds)
