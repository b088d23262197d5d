"""Files that are not open: which project each is of, and whose."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from annotator.store import opening, tables

_PATIENCE = 0.2
_SETTINGS = (
    "SELECT (SELECT value FROM settings WHERE name='project'),"
    " coalesce((SELECT value FROM settings WHERE name='annotator'),''),"
    " coalesce((SELECT value FROM settings WHERE name='handed'),'')"
    " WHERE (SELECT type FROM sqlite_master WHERE name='settings')='table'"
)


class Told(NamedTuple):
    """What a file says: its project, the only one who writes in it, and what it was handed as."""

    project: str
    annotator: str
    handed: str


def identity_of(path: Path) -> tuple[str, str] | None:
    """Return the uid of the project in the file at `path`, and of the only one who writes in it.

    None as in `told_by`.
    """
    told = told_by(path)
    return (told.project, told.annotator) if told else None


def told_by(path: Path) -> Told | None:
    """Return what the file at `path` says that it is.

    None where it is no project, or cannot be read now. Nothing of the file runs: it is read only,
    and a table is asked, never a view.
    """
    try:
        with closing(opening.connect(path, "ro", _PATIENCE)) as connection:
            kind = connection.execute("PRAGMA application_id").fetchone()[0]
            found = connection.execute(_SETTINGS).fetchone()
    except (sqlite3.Error, UnicodeDecodeError, ValueError, OSError):
        return None
    is_one = kind == tables.APPLICATION_ID and found is not None and found[0]
    return Told(*map(str, found)) if is_one else None
