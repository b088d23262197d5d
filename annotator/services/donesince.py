"""What was done in a file since a backup of it: its journals, and the newest backup there is.

A file that was moved did so at two places.
"""

from collections.abc import Iterator
from pathlib import Path

from annotator import paths
from annotator.services import backing_up
from annotator.store import backupfolder, journalreading, keptreceipts, restoring, unread
from annotator.store.backupfolder import Backup
from annotator.store.project import Project
from annotator.store.replica import Replicas


def lines(path: Path, backup: Backup) -> Iterator[bytes]:
    """Yield what was done at `path` after `backup`, and before: operations as canonical JSON.

    Raise `data_unread` where nobody may look for it.
    """
    for place in _places(path, backup):
        for newest in backing_up.backups_of(place)[-1:]:
            if newest.path != backup.path and newest.facts.project == backup.facts.project:
                yield from restoring.lines_in(newest)
        for name in replicas_of(backup, place).names:
            with unread.told():
                yield from journalreading.lines(backup.facts.project, name)


def keep_receipts(project: Project, path: Path, backup: Backup) -> None:
    """Keep in `project`, made again, the receipts of merges that were done since."""
    with project.committed(is_kept_twice=True):
        for place in _places(path, backup):
            keptreceipts.come_back(project, replicas_of(backup, place).names)


def replicas_of(backup: Backup, path: Path) -> Replicas:
    """Return the names that the file of `backup` had, or has, at `path`; raise `data_unread`."""
    found = Replicas(backup.facts.project + backup.facts.handed, path, paths.data_folder())
    if found.is_unread:
        raise unread.trouble()
    return found


def _places(path: Path, backup: Backup) -> list[Path]:
    """Return where the file stood and stands; where another one of it goes on, that is its own."""
    old = backup.elsewhere
    is_moved = old is not None and backupfolder.identity_at(old) != backup.identity
    return [old, path] if old is not None and is_moved else [path]
