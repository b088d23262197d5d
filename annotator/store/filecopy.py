"""A copy of what a connection reads, of one moment, in stretches: nobody waits for long."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotator.core.errors import UserError

Step = Callable[[int, int], None]
"""Is told how much of how much is done, and may raise to stop."""
_AT_ONCE = 2048
"""Pages that are read before others may write again: 16 MB."""
_MOST_BEGINNINGS = 3
"""Times that a copy begins again because the file was written; then it is read in one go."""


class _Overtaken(Exception):  # noqa: N818
    """The file was written so often that its copy would never end."""


def read_into(source: sqlite3.Connection, name: str, to: Path, step: Step) -> None:
    """Copy what `source` holds, a file called `name`, to `to`; it need not survive a crash.

    Raise `locked` where another program holds the file.
    """
    n_beginnings, left = 0, 0

    def told(status: int, remaining: int, total: int) -> None:
        nonlocal n_beginnings, left
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise UserError("locked", path=name)
        n_beginnings += remaining >= left
        left = remaining
        if n_beginnings > _MOST_BEGINNINGS:
            raise _Overtaken
        step(total - remaining, total)

    with closing(sqlite3.connect(to)) as target:
        target.execute("PRAGMA synchronous=OFF")
        try:
            source.backup(target, pages=_AT_ONCE, progress=told)
        except _Overtaken:
            source.backup(target)
