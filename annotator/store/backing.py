"""Copies of a project file in the local data folder, each checked before it counts as one.

They are numbered, because a clock may jump, and the last ones are kept. A copy that does not pass
the check pushes none of the good ones out.
"""

import os
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.store import opening, trouble
from annotator.store.project import Project
from annotator.store.replica import key_of

KEPT = 12
_NAME = re.compile(r"(\d{6})-[a-z-]+\.hashiya")
_OK = [("ok",)]


def backed_up(project: Project, reason: str) -> Path:
    """Copy `project` as it is now; return the copy. `reason` is a word of its name.

    Raise `UserError("no_backup")` where there is no room or the copy is not sound.
    """
    folder = folder_of(project)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = _numbered(folder)
        number = found[-1][0] + 1 if found else 1
        copy = folder / f"{number:06}-{reason}.hashiya"
        _copy(project.connection, copy)
        for _, old in found[: max(0, len(found) + 1 - KEPT)]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise UserError("no_backup", path=folder.name) from error
    return copy


def folder_of(project: Project) -> Path:
    """Return where the copies of `project`, at its place, are kept."""
    return paths.data_folder() / "backups" / key_of(project.uid, project.path)


def opened_copy(path: Path, to: Path) -> Project:
    """Copy the project file at `path`, as it is in this moment, to `to`, and open the copy.

    The file itself is only read. Raise `UserError` with what it is, where it is no sound project.
    """
    opening.check_place(path)
    with trouble.sound(path.name):
        with closing(opening.connect(path, "ro")) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
        return Project.open(to)


def _copy(connection: sqlite3.Connection, copy: Path) -> None:
    """Write the copy under another name, check it, and let it appear whole."""
    handle, name = tempfile.mkstemp(dir=copy.parent, suffix=".part")
    os.close(handle)
    temporary = Path(name)
    try:
        temporary.unlink()
        connection.execute("VACUUM INTO ?", (name,))
        with closing(sqlite3.connect(temporary)) as made:
            if made.execute("PRAGMA quick_check").fetchall() != _OK:
                raise sqlite3.DatabaseError("the copy is not sound")
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(copy)
    finally:
        temporary.unlink(missing_ok=True)


def _numbered(folder: Path) -> list[tuple[int, Path]]:
    """Return the copies that are there with their numbers, oldest first."""
    found = ((_NAME.fullmatch(path.name), path) for path in folder.iterdir())
    return sorted((int(match[1]), path) for match, path in found if match)
