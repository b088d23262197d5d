"""Backups: what is kept beside the work, when, and which there are."""

import contextlib
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.i18n import marked
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import (
    backing,
    backuperasing,
    backupfolder,
    journal,
    journalpruning,
    keptreceipts,
    unread,
)
from annotator.store.backing import Made
from annotator.store.backupfolder import Backup, Identity
from annotator.store.bulk import last_id
from annotator.store.project import Project
from annotator.store.replica import Replicas
from annotator.store.trouble import reading

REASONS = {
    "asked": marked("asked for"),
    "bulk": marked("before a change of many labels"),
    "close": marked("when it was closed"),
    "merge": marked("before a merge"),
    "migration": marked("before a newer Hashiya changed the file"),
    "open": marked("when it was opened"),
    "repair": marked("before a repair"),
    "restore": marked("before restoring"),
    "work": marked("while working"),
}
"""Why a backup was made, by the word in its name."""


def back_up(project: Project, reason: str, progress: Progress = SILENT) -> Made:
    """Keep a backup of `project` as it is now; none where the last one says the same.

    `reason` is one of `REASONS`. Raise `no_backup` where it cannot be kept. What a new one holds
    need not stand in the second record any longer.
    """
    made = backing.back_up(project, reason, step=lambda n, total: go_on(progress, n, total))
    if made.is_new:
        journalpruning.prune(project, made.backup.path)
    return made


HANDFUL = 20
"""Changes from which on a gesture is one of many: before it a backup is kept."""

EVERYWHERE = sys.maxsize
"""Changes of what changes how all labels of a type read."""


def before_bulk(project: Project, n_changes: int, progress: Progress = SILENT) -> Made | None:
    """Keep a backup before one gesture that changes `n_changes` labels or places, if they are many.

    Every service that changes in one go what a person has not looked at one by one asks for it, so
    that the window and the commands do alike; what is counted may be a little more than is changed
    in the end. Of a small file it costs 16 ms, of 20,000 articles 0.6 s. Raise as `back_up` does.
    """
    return back_up(project, "bulk", progress) if n_changes > HANDFUL else None


def beside(trouble: UserError) -> UserError:
    """Return `trouble`, why no backup was kept, as it is told where the work is done without it."""
    why = trouble.data.get("why")
    return UserError("no_backup", **trouble.data | {"why": f"{why}_beside" if why else "beside"})


DUE_AFTER = 30 * 60
"""Seconds after the last backup from which a command that changed the file makes another."""
MUCH = 500
"""Operations since the last backup that are kept whatever that costs."""
_AT_LEAST, _BYTES_A_SECOND = 0.05, 100_000_000
"""What a backup takes on a slow machine: measured 0.6 s for 150 MB, and 40 million instructions,
three in a hundred of the smallest command, for a file of three articles."""


def is_due(project: Project, seconds: float) -> bool:
    """Whether a command that changed `project` and took `seconds` makes a backup when it ends.

    One that would take longer than the command itself is put off until much has changed. Raise the
    trouble of a file that is gone or cannot be read, and `no_backup` where none can be kept because
    the data folder cannot be looked into.
    """
    try:
        return _is_due(project, seconds)
    except PermissionError as error:
        raise UserError("no_backup", path=project.path.name, why="rights") from error


def _is_due(project: Project, seconds: float) -> bool:
    newest = backupfolder.newest(backupfolder.folder_of(project))
    with contextlib.suppress(FileNotFoundError):  # another process let go of it meanwhile
        if newest is not None and 0 <= time.time() - newest.stat().st_mtime < DUE_AFTER:
            return False
    if _AT_LEAST + _size(project) / _BYTES_A_SECOND < seconds:
        return True
    there = backupfolder.listed(backupfolder.folder_of(project), only_last=True)
    n_kept = there[0].facts.n_operations if there else 0
    with reading(project):
        return last_id(project.connection, "operations") - n_kept >= MUCH


def _size(project: Project) -> int:
    try:
        return project.path.stat().st_size
    except OSError as error:
        raise UserError("file_gone", path=project.path.name, why="after") from error


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of the file at `path`, which may be gone, oldest first.

    Raise `data_unread` where they cannot be looked for.
    """
    with unread.told():
        return backupfolder.backups_of(path)


def backups_elsewhere(path: Path) -> list[Backup]:
    """Return those that were made where the file at `path` stood before it was moved or renamed.

    Raise as `backups_of` does.
    """
    with unread.told():
        return backupfolder.backups_elsewhere(path)


def backup_of(path: Path, number: int = 0, stood_at: Path | None = None) -> Backup:
    """Return the backup of that number, the newest one for 0, of the file at `path`.

    With `stood_at` it is one that was made there, before the file was moved. Raise `no_backups`
    where there are none, `unknown_backup` where there is none of that number, `other_backups`
    where those there are of another file than the one at `path`, and as `backups_of` does.
    """
    place = path if stood_at is None else stood_at
    there = backups_of(place)
    if not there:
        raise _no_backups(place, is_asked_elsewhere=stood_at is not None)
    found = [one for one in there if number in (0, one.number)]
    if not found:
        raise UserError("unknown_backup", number=number, path=place.name)
    if stood_at is None:
        return found[-1]
    if backupfolder.identity_at(path) not in (None, found[-1].identity):
        raise UserError("other_backups", path=path.name, place=str(stood_at))
    return replace(found[-1], elsewhere=stood_at)


@dataclass(frozen=True, slots=True)
class Erased:
    """Which backups went (their numbers, and the bytes of each), and what remains.

    `records` are the files of the second record in which stands what was done at this place;
    `n_elsewhere` counts backups that were made where the file stood before.
    """

    backups: tuple[tuple[int, int], ...]
    records: tuple[Path, ...]
    n_elsewhere: int


def erase(path: Path, numbers: Collection[int] = ()) -> Erased:
    """Remove the backups of the file at `path` for good: all of them, or those of these `numbers`.

    The file may be gone. Raise `no_backups` and `unknown_backup`, and then nothing is removed.
    """
    there, n_elsewhere = backups_of(path), len(backups_elsewhere(path))
    of_last = [one for one in there if one.path.parent == there[-1].path.parent]
    unknown = sorted({*numbers} - {one.number for one in of_last})
    if unknown:
        raise UserError("unknown_backup", number=unknown[0], path=path.name)
    files = {one.identity for one in there}
    standing = backupfolder.identity_at(path)
    files |= {standing} if standing else set()
    gone = backuperasing.erase(path, numbers)
    if not gone:
        raise UserError("no_backups", path=path.name)
    records = [record for one in sorted(files) for record in _records(path, one)]
    return Erased(tuple(gone), tuple(records), n_elsewhere)


def _records(path: Path, identity: Identity) -> list[Path]:
    names = Replicas("".join(identity), path, paths.data_folder()).names
    kept = (place(identity[0], name) for name in names for place in _RECORDS)
    with unread.told():
        return [one for one in kept if one.exists()]


_RECORDS = (journal.path_of, keptreceipts.path_of)


def _no_backups(path: Path, *, is_asked_elsewhere: bool) -> UserError:
    moved = [] if is_asked_elsewhere else backups_elsewhere(path)
    if moved:
        place = str(moved[-1].elsewhere)
        return UserError("no_backups", path=path.name, why="elsewhere", place=place, n=len(moved))
    return UserError("no_backups", path=path.name)
