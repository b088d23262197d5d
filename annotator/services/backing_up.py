"""Backups: what is kept beside the work, when, and which there are."""

from pathlib import Path

from annotator.core.errors import UserError
from annotator.i18n import marked
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import backing, backupfolder, journalpruning
from annotator.store.backing import Made
from annotator.store.backupfolder import Backup
from annotator.store.project import Project

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


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of the file at `path`, which may be gone, oldest first."""
    return backupfolder.backups_of(path)


def backup_of(path: Path, number: int = 0) -> Backup:
    """Return the backup of that number, the newest one for 0.

    Raise `no_backups` where there are none, `unknown_backup` where there is none of that number.
    """
    there = backups_of(path)
    if not there:
        raise UserError("no_backups", path=path.name)
    found = [one for one in there if number in (0, one.number)]
    if not found:
        raise UserError("unknown_backup", number=number, path=path.name)
    return found[-1]
