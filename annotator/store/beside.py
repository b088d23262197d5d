"""Other files in the folder of a project: whether one of them is of the same project."""

import sqlite3
from contextlib import closing
from pathlib import Path

from annotator.store import opening, tables

_PATIENCE = 0.2
_SETTINGS = (
    "SELECT (SELECT value FROM settings WHERE name='project'),"
    " coalesce((SELECT value FROM settings WHERE name='annotator'),'')"
    " WHERE (SELECT type FROM sqlite_master WHERE name='settings')='table'"
)


def identity_of(path: Path) -> tuple[str, str] | None:
    """Return the uid of the project in the file at `path`, and of the only one who writes in it.

    None where it is no project, or cannot be read now. Nothing of the file runs: it is read only,
    and a table is asked, never a view.
    """
    try:
        with closing(opening.connect(path, "ro", _PATIENCE)) as connection:
            kind = connection.execute("PRAGMA application_id").fetchone()[0]
            found = connection.execute(_SETTINGS).fetchone()
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return None
    is_one = kind == tables.APPLICATION_ID and found is not None
    return (str(found[0]), str(found[1])) if is_one else None
