"""What a window asks of its project file again and again: did others write in it, is it there.

Cheap enough for twice a second, and never waiting: a window asks on the thread that draws.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from annotator.core.errors import UserError
from annotator.store import trouble
from annotator.store.project import Project
from annotator.store.whereabouts import State

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
BRIEFLY = 0.25
"""Seconds that the thread that draws may wait for another program: it tries again later instead."""


def data_version(project: Project) -> int | None:
    """Return a number that changes when another connection has written; own gestures leave it.

    None where another program is writing this very moment, or a gesture of our own is under way:
    ask again later. Raise `UserError` where the file can no longer be read.
    """
    connection = project.connection
    if connection.in_transaction:
        return None
    try:
        with _not_waiting(connection):
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in _BUSY:
            return None
        raise trouble.named(error, project.path.name) or error from error


@contextmanager
def _not_waiting(connection: sqlite3.Connection) -> Iterator[None]:
    usual = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout={usual}")


def file_state(project: Project) -> State:
    """Return whether the project's file is there, gone, replaced by another, or read-only."""
    return project.whereabouts.state()


def file_trouble(project: Project) -> UserError | None:
    """Return why gestures cannot be kept in the project's file now; None where they can."""
    return project.whereabouts.trouble()


def refuse_unreadable(project: Project) -> None:
    """Raise `UserError` where the file cannot be read, or does not say whose project it is."""
    with trouble.reading(project):
        query = "SELECT value FROM main.settings WHERE name='project'"
        if project.connection.execute(query).fetchone() != (project.uid,):
            raise UserError("damaged", path=project.path.name)


def opened_again(project: Project) -> Project:
    """Open the file that now stands at the place of `project`, with the same turn.

    For a file that was put back as a copy, or exchanged by a sync program. `project` stays open
    and is the caller's to close. Raise `other_project` where it is not a copy of the same project.
    """
    again = Project.open(project.path, turn=project.turn, timeout=BRIEFLY)
    if again.uid != project.uid:
        again.close()
        raise UserError("other_project", path=project.path.name)
    return again
