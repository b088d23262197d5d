"""SQLite's errors, for reads, statements and COMMIT alike, as trouble that a person understands."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.core.errors import UserError

_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY_DBMOVED: "file_moved",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_NOTADB: "not_a_project",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_IOERR: "disk_trouble",
    sqlite3.SQLITE_INTERRUPT: "cancelled",
}
_OF_FOLDERS = frozenset({sqlite3.SQLITE_READONLY_DIRECTORY})
"""No journal can be made beside the file: what is read-only is its folder."""


def named(error: sqlite3.Error, path: str) -> UserError | None:
    """Return what `error` means for the file called `path` (its name only); None where it is ours.

    An extended code is looked up first, then its primary one (the low byte).
    """
    number = getattr(error, "sqlite_errorcode", None)
    if number is None:
        return None
    code = _CODES.get(number) or _CODES.get(number & 0xFF)
    if code and number in _OF_FOLDERS:
        return UserError(code, path=path, why="folder")
    return UserError(code, path=path) if code else None


@contextmanager
def told(path: str) -> Iterator[None]:
    """Run the block; what SQLite says of the file called `path` becomes trouble with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise named(error, path) or error from error


@contextmanager
def sound(path: str) -> Iterator[None]:
    """Run the block; what cannot be read of the file called `path` because it is damaged is told.

    For files of others, in which any byte may be wrong.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise named(error, path) or UserError("damaged", path=path) from error
    except (zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise UserError("damaged", path=path) from error
