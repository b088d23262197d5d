"""Where the backups of one project file lie, which there are, and who may write there.

In the folder of a file at its place: `NNNNNN-reason-digest.backup` (`backupfile`), the texts of all
of them (`backuptexts`), and the lock of whoever is making one. A name vouches for what is in it.
"""

import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.files import make_folder
from annotator.store import backupfile, beside, unread
from annotator.store.backupfile import Facts
from annotator.store.project import Project
from annotator.store.replica import key_of

SUFFIX = ".backup"
PART = ".part"
"""How what is being made is called, until it is whole."""
_NAME = re.compile(r"(\d{6,})-[a-z]+-([0-9a-f]{16})\.backup")
_LOCK = "lock"
_PATIENCE = 20.0
"""Seconds that a backup waits for another of the same file, made by another program."""


Identity = tuple[str, str]
"""The uid of a project, and what tells its handed-out files apart."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is there: `size` in bytes, without the texts; `facts` is what it says.

    `elsewhere` is where its file stood, where that is another place than the one that is asked of.
    """

    number: int
    path: Path
    size: int
    facts: Facts
    elsewhere: Path | None = None

    @property
    def identity(self) -> Identity:
        """Which file it is of."""
        return self.facts.project, self.facts.handed


def name_of(number: int, reason: str, whole: Path) -> str:
    """Return the name of the backup of that number, which is the file `whole`."""
    return f"{number:06}-{reason}-{_digest(whole)}{SUFFIX}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def is_whole(backup: Backup) -> bool:
    """Whether a backup is, byte for byte, what it was when it was made."""
    match = _NAME.fullmatch(backup.path.name)
    try:
        return match is not None and match[2] == _digest(backup.path)
    except OSError:
        return False


def refuse_altered(backup: Backup) -> None:
    """Raise `damaged_backup` where a backup is not whole."""
    if not is_whole(backup):
        raise UserError("damaged_backup", number=backup.number)


def folder_of(project: Project) -> Path:
    """Return where the backups of `project`, at its place, are kept."""
    return folder(project.uid, project.path)


def folder(uid: str, path: Path) -> Path:
    """Return where the backups of the project `uid` at `path` are kept."""
    return _root() / key_of(uid, path)


def _root() -> Path:
    return paths.data_folder() / "backups"


def _folders() -> list[Path]:
    """Return the folders of all files of which there are backups."""
    root = _root()
    return [*root.iterdir()] if unread.is_folder(root) else []


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of the file that stands, or stood, at `path`, oldest first.

    The file itself is not looked at: it may be gone. Where several projects stood there one after
    the other, all their backups are given, those of the last one last. Raise `PermissionError`
    where the folder of backups, or one in it, cannot be looked into.
    """
    found: list[tuple[float, list[Backup]]] = []
    for one in _folders():
        there = _newest_first(one)
        last = next(there, None)
        if last is not None and one.name == key_of(last.facts.project, path):
            found.append((last.path.stat().st_mtime, [last, *there][::-1]))
    return [one for _, there in sorted(found, key=lambda pair: pair[0]) for one in there]


def backups_elsewhere(path: Path) -> list[Backup]:
    """Return the backups of the file at `path` that were made where it stood before, oldest first.

    They are found by what the file says that it is, or its backups where it cannot be read. Where
    such a file still stands, that one's backups are its own. Raise as `backups_of` does.
    """
    there = backups_of(path)
    wanted = identity_at(path) or (there[-1].identity if there else None)
    found: list[tuple[float, list[Backup]]] = []
    for one in _folders() if wanted else ():
        last = listed(one, only_last=True)
        place = last[0].facts.place if last and last[0].identity == wanted else b""
        if place and one.name != key_of(last[0].facts.project, path):
            stood_at = Path(os.fsdecode(place))
            if identity_at(stood_at) != wanted:
                moved = [replace(backup, elsewhere=stood_at) for backup in listed(one)]
                found.append((last[0].path.stat().st_mtime, moved))
    return [one for _, some in sorted(found, key=lambda pair: pair[0]) for one in some]


def identity_at(path: Path) -> Identity | None:
    """Return which file stands at `path`; None where there is none, or it cannot be read."""
    told = beside.told_by(path)
    return (told.project, told.handed) if told else None


def listed(within: Path, *, only_last: bool = False) -> list[Backup]:
    """Return the backups in the folder `within` that can be read, oldest first.

    Raise `PermissionError` where the folder itself cannot be.
    """
    return [*islice(_newest_first(within), 1 if only_last else None)][::-1]


def _newest_first(within: Path) -> Iterator[Backup]:
    """Yield the backups in a folder that can be read; each is opened as it is asked for."""
    for number, path in sorted(_numbered(within), reverse=True):
        found = _read(number, path)
        if found is not None:
            yield found


def _read(number: int, path: Path) -> Backup | None:
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError, UserError):
        with closing(backupfile.opened(path)) as connection:
            facts = backupfile.facts_in(connection)
        return Backup(number, path, path.stat().st_size, facts)
    return None


def _numbered(within: Path) -> Iterator[tuple[int, Path]]:
    """Yield what is named like a backup, with its number."""
    unread.refuse_closed(within)
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in within.iterdir():
            if match := _NAME.fullmatch(path.name):
                yield int(match[1]), path


def numbered(within: Path) -> list[tuple[int, Path]]:
    """Return what in the folder `within` is named like a backup, by its number.

    It may be that it cannot be read.
    """
    return sorted(_numbered(within))


def newest(within: Path) -> Path | None:
    """Return what in the folder `within` is named like the newest backup; None where none is."""
    return max(_numbered(within), default=(0, None))[1]


def next_number(within: Path) -> int:
    """Return the number of the next backup in the folder `within`: numbers only grow."""
    return max((number for number, _ in _numbered(within)), default=0) + 1


@contextmanager
def locked(within: Path) -> Iterator[None]:
    """Make the folder `within` and let nobody else write in it; clear away what a kill left."""
    from filelock import FileLock, Timeout

    make_folder(within)
    try:
        with FileLock(within / _LOCK, timeout=_PATIENCE):
            for left in within.glob(f"*{PART}*"):
                left.unlink(missing_ok=True)
            yield
    except Timeout as error:
        raise BlockingIOError("another program is making a backup") from error
