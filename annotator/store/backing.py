"""Backups of a project file in the local data folder, each checked before it counts as one.

They are numbered, because a clock may jump. A copy that does not pass the check pushes none of the
good ones out. Also here: copies of whole files, to be read or tried on.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.writetrouble import trouble_of
from annotator.files import sync_folder
from annotator.store import backupfile, backupfolder, opening, rotation, tables, trouble
from annotator.store.backupfile import Step
from annotator.store.backupfolder import (
    PART,
    Backup,
    folder_of,
    is_whole,
    listed,
    locked,
    name_of,
    next_number,
)
from annotator.store.backuptexts import NAME as TEXTS
from annotator.store.backuptexts import NotWholeError, Texts, put_aside, texts_of
from annotator.store.filecopy import read_into
from annotator.store.project import Now, Project, utc_minute
from annotator.store.rotation import Kept
from annotator.store.turn import Turn

_TEXTS_LOOKED_AT = 16
"""Backups in which every text that is kept is looked at once."""
_NO_RIGHTS = frozenset({"cannot_open", "cannot_write", "no_such_folder", "read_only"})
"""Trouble in writing a backup that more room would not help against."""


def _go_on(_n: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Made:
    """What making a backup did: `is_new` is False where the last one says the same already.

    `n_text_bytes` is what new texts took, in UTF-8; `removed` are the numbers of the backups that
    it pushed out.
    """

    backup: Backup
    is_new: bool = True
    n_text_bytes: int = 0
    removed: list[int] = field(default_factory=list)


# --- making -------------------------------------------------------------------------------------


def backed_up(project: Project, reason: str) -> Path:
    """Keep a backup of `project` as it is now; return it. `reason` is a word of its name.

    Raise `UserError("no_backup")` where there is no room or what was written is not sound.
    """
    return back_up(project, reason).backup.path


def back_up(project: Project, reason: str, *, now: Now = utc_minute, step: Step = _go_on) -> Made:
    """Keep a backup of `project` as it is now, unless the last one says the same.

    What was written by then is in it; whoever writes meanwhile waits for a moment. Raise as
    `backed_up` does, and what `step` raises: the backups that were there stay then.
    """
    project.whereabouts.refuse()
    folder = folder_of(project)
    return _made(folder, project.path, reason, now(), project.turn, step)


def kept_before_migration(path: Path) -> None:
    """Keep a backup of the project file of an earlier program at `path`; raise `no_backup`."""
    with closing(opening.connect(path)) as connection:
        uid = backupfile.facts_of(connection, path).project
    _made(backupfolder.folder(uid, path), path, "migration", utc_minute(), Turn(), _go_on)


def _made(folder: Path, path: Path, reason: str, at: str, turn: Turn, step: Step) -> Made:
    try:
        with locked(folder):
            there = listed(folder)
            if there and _says(path, there[-1]):
                return Made(there[-1], is_new=False)
            number = next_number(folder)
            made = _written(path, folder, number, (reason, at), turn, step)
            made.removed = _rotated(folder)
            return made
    except (OSError, sqlite3.OperationalError) as error:
        raise _named(error, path) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise UserError("no_backup", path=path.name, why="unsound") from error


def _says(path: Path, backup: Backup) -> bool:
    """Whether `backup` is whole and says what the file at `path` does."""
    with closing(opening.connect(path)) as source:
        return backup.facts.state == backupfile.state_of(source) and is_whole(backup)


def _named(error: OSError | sqlite3.OperationalError, path: Path) -> UserError:
    """Return why there is no backup: somebody is writing, no rights to it, or no room for it."""
    if isinstance(error, sqlite3.Error):
        told = trouble.named(error, path.name)
        if told is not None and told.code == "locked":
            return told
    else:
        told = trouble_of(error, path)
    if told is not None and told.code in _NO_RIGHTS:
        return UserError("no_backup", path=path.name, why="rights")
    return UserError("no_backup", path=path.name)


def _written(
    path: Path, folder: Path, number: int, why: tuple[str, str], turn: Turn, step: Step
) -> Made:
    """Write a backup under another name, check it, and let it appear whole.

    `why` is the reason, and when it is.
    """
    handle, name = tempfile.mkstemp(dir=folder, suffix=PART)
    os.close(handle)
    temporary = Path(name)
    try:
        facts = backupfile.write(path, temporary, *why, turn, step)
        n_text_bytes = _with_texts(path, temporary, number)
        backupfile.check(temporary, facts)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        copy = folder / name_of(number, why[0], temporary)
        temporary.replace(copy)
        sync_folder(folder)
    finally:
        temporary.unlink(missing_ok=True)
    backup = Backup(number, copy, copy.stat().st_size, facts)
    return Made(backup, n_text_bytes=n_text_bytes)


def _with_texts(path: Path, copy: Path, number: int) -> int:
    """Keep the texts of the backup `copy` of the file at `path`; return how many bytes were new.

    Of those that are kept already a part is looked at, and what is not whole is taken again.
    """
    with closing(backupfile.opened(copy)) as made:
        names = [name for _, name in backupfile.articles_in(made)]
    try:
        return _texts_added(path, copy.parent, names, number)
    except (sqlite3.OperationalError, NotWholeError):
        raise
    except sqlite3.DatabaseError:
        put_aside(copy.parent)
        return _texts_added(path, copy.parent, names, number)


def _texts_added(path: Path, folder: Path, names: list[str], number: int) -> int:
    with Texts.opened(folder) as texts, closing(opening.connect(path)) as source:
        missing = texts.missing(names)
        wanted = missing + texts.damaged(number, _TEXTS_LOOKED_AT)
        n_bytes = texts.add(texts_of(source, wanted)) if wanted else 0
        if missing and texts.missing(missing):
            raise NotWholeError("the text of an article is not there")
    return n_bytes


def _rotated(folder: Path) -> list[int]:
    """Remove the backups that are no longer kept, then texts that none of the others names."""
    there = listed(folder)
    room = rotation.CAP - (folder / TEXTS).stat().st_size
    going = {one.number for one in rotation.outgoing([_kept(one) for one in there], room)}
    for one in there:
        if one.number in going:
            one.path.unlink(missing_ok=True)
    _forget_texts(folder, [one for one in there if one.number not in going])
    return sorted(going)


def _kept(backup: Backup) -> Kept:
    return Kept(backup.number, backup.facts.at, backup.size, backup.facts.n_operations)


def _forget_texts(folder: Path, staying: list[Backup]) -> None:
    """Let go of texts that no backup names: articles that the project was rebuilt without."""
    with Texts.opened(folder) as texts:
        if not staying or len(texts) <= max(one.facts.n_articles for one in staying):
            return
        named: set[str] = set()
        for one in staying:
            with closing(backupfile.opened(one.path)) as connection:
                named.update(name for _, name in backupfile.articles_in(connection))
        texts.forget(texts.names() - named)


@contextmanager
def unwritten(project: Project, backup: Backup) -> Iterator[bool]:
    """Keep all from writing into `project`, and say whether it still says what `backup` does."""
    connection = project.connection
    with trouble.told(project.path.name), project.turn.taken(by_person=False):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield backupfile.state_of(connection) == backup.facts.state
        finally:
            connection.execute("ROLLBACK")


# --- copies of whole files, to read or to try on ------------------------------------------------


def opened_copy(path: Path, to: Path) -> Project:
    """Copy the project file at `path`, as it is in this moment, to `to`, and open the copy.

    The file itself is only read. Raise `UserError` with what it is, where it is no sound project.
    """
    opening.check_place(path)
    with trouble.sound(path.name):
        with closing(opening.connect(path, "ro")) as source:
            (version,) = source.execute("PRAGMA user_version").fetchone()
            read_into(source, path.name, to, _go_on)
        if version != tables.VERSION:
            opening.bring_up_to_date(to)
        return Project.open(to)


def trial_copy(project: Project, to: Path, step: Step = _go_on) -> Project:
    """Copy `project`, as it is in one moment, to `to`, and open the copy: something to try on.

    Whoever writes meanwhile waits for a stretch of the copy at most.
    """
    project.whereabouts.refuse()
    with trouble.told(project.path.name):
        read_into(project.connection, project.path.name, to, step)
    return Project.open(to)
