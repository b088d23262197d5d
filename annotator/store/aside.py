"""A file of an earlier program that cannot be written where it lies: a copy is brought up to date.

That copy is what is read, and it goes with its connection; the file itself stays as it is. Nothing
that anybody does is kept in the copy: the place of the file is asked, and refuses it.
"""

import os
import sqlite3
from pathlib import Path
from typing import cast

from annotator.core.errors import UserError
from annotator.store import opening
from annotator.store.filecopy import read_into
from annotator.store.whereabouts import State, Whereabouts
from annotator.store.workfolder import WorkFolder


class Aside(sqlite3.Connection):
    """A connection to a copy that only we have; closing it lets go of the copy."""

    folder: WorkFolder | None = None

    def close(self) -> None:
        """Close it, and let go of the copy."""
        super().close()
        if self.folder is not None:
            self.folder.throw_away()


class ReadAside(Whereabouts, frozen=True):
    """The place of a file of which a copy is read: it is read-only for as long as that is open."""

    def state(self) -> State:
        """Return how the file stands now: read-only, where nothing worse became of it."""
        found = super().state()
        return "read_only" if found == "there" else found

    def trouble(self) -> UserError | None:
        """Return why no gesture can be kept: where not the file's, its folder's rights."""
        if super().state() == "there":
            return UserError("read_only", path=Path(self.path).name, why="folder")
        return super().trouble()


def cannot_be_written(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether nothing can be written into the file at `path`, on which `connection` is open.

    Beside it SQLite's journal must have room too.
    """
    if Whereabouts.of(path).state() == "read_only":
        return True
    if not os.access(Path(os.path.realpath(path)).parent, os.W_OK):
        return True
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            return True
        raise
    connection.execute("ROLLBACK")
    return False


def opened(path: Path, source: sqlite3.Connection, timeout: float) -> Aside:
    """Return a connection to a copy, brought up to date, of what `source` holds, a file at `path`.

    Raise what `WorkFolder` raises, and SQLite's errors.
    """
    folder = WorkFolder("older")
    try:
        to = folder.path / path.name
        read_into(source, path.name, to, lambda _done, _total: None)
        opening.bring_up_to_date(to)
        connection = cast("Aside", opening.connect(to, timeout=timeout, kind=Aside))
    except BaseException:
        folder.throw_away()
        raise
    connection.folder = folder
    return connection


def place_of(connection: sqlite3.Connection, there: Whereabouts) -> Whereabouts:
    """Return the place of the open file, which was found to stand `there`."""
    if isinstance(connection, Aside):
        return ReadAside(there.path, there.device, there.number)
    return there
