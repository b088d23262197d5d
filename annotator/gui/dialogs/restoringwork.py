"""What a dialog has a job do with backups: list them, compare one, make the file again. No Qt.

The file may be gone or damaged, so these jobs are given no project.
"""

from collections.abc import Callable
from pathlib import Path

from annotator.services import backing_up, restoring
from annotator.services.progress import Progress
from annotator.services.restoring import Differences, Prepared, RestoreReport
from annotator.store.backupfolder import Backup


def listed(path: Path) -> Callable[[object, Progress], list[Backup]]:
    """Return the work of listing the backups of the file at `path`, newest first.

    Behind them come those that were made where it stood before.
    """

    def work(_: object, progress: Progress) -> list[Backup]:
        return [
            *reversed(backing_up.backups_of(path)),
            *reversed(backing_up.backups_elsewhere(path)),
        ]

    return work


def looked(
    path: Path, backup: Backup, *, as_it_was: bool
) -> Callable[[object, Progress], Differences]:
    """Return the work of comparing `backup` with the file at `path`."""
    return lambda _, progress: restoring.preview(
        path, backup, as_it_was=as_it_was, progress=progress
    )


def prepared(
    path: Path, backup: Backup, *, as_it_was: bool
) -> Callable[[object, Progress], Prepared]:
    """Return the work of making the file that is to stand at `path`."""
    return lambda _, progress: restoring.prepare_in_place(
        path, backup, as_it_was=as_it_was, progress=progress
    )


def restored(
    path: Path, to: Path, backup: Backup, *, as_it_was: bool
) -> Callable[[object, Progress], RestoreReport]:
    """Return the work of making the file at `path` again as the new file `to`."""
    return lambda _, progress: restoring.restore(
        path, to, backup, as_it_was=as_it_was, progress=progress
    )
