"""Recovering: a project file made anew from all that is left of one that cannot be read.

What is left of the file, its newest backup and its second record are united; the file itself stays
as it is.
"""

import contextlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

from annotator.core.errors import UserError
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import doctor, recovering, walking
from annotator.store.project import Project, utc_minute
from annotator.store.recovering import Recovery

RECOVERED = frozenset({"damaged", "not_a_project"})
"""Trouble of a file of which something may be left."""


class Recovered:
    """What was recovered, in a folder that goes with it: to look at, or to keep."""

    def __init__(self, source: Path, recovery: Recovery, folder: Path) -> None:
        """Take over `folder`, in which the new file is."""
        self.source = source
        self.recovery = recovery
        self._end = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def keep(self, to: Path) -> None:
        """Make it the new project file `to`; raise `file_exists` where there is something."""
        recovering.kept(self.recovery.path, to)

    def opened(self) -> Project:
        """Open it to be read; nothing can be written there."""
        return recovering.opened_to_read(self.recovery.path)

    def throw_away(self) -> None:
        """Let go of it."""
        self._end()


def recover(path: Path, to: Path, progress: Progress = SILENT) -> Recovery:
    """Make a new project file at `to` of what is left of the one at `path`, which may be gone.

    Raise `file_exists`, `too_new`, and `cannot_repair` where nothing is left.
    """
    if to.exists():
        raise UserError("file_exists", path=to.name)
    step = lambda done, total: go_on(progress, done, total)  # noqa: E731
    if not path.exists():
        return recovering.recovered(path, None, to, at=utc_minute(), step=step)
    with doctor.copied(path) as copy:
        return recovering.recovered(path, copy, to, at=utc_minute(), step=step)


def recovered(path: Path, progress: Progress = SILENT) -> Recovered:
    """Recover into a folder of its own, which goes with what is returned; raise as `recover`."""
    folder = Path(tempfile.mkdtemp(prefix="hashiya-recovered-"))
    try:
        recovery = recover(path, folder / path.name, progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Recovered(path, recovery, folder)


@contextlib.contextmanager
def opened(
    path: Path, trouble: UserError, progress: Progress = SILENT
) -> Iterator[tuple[Project, Recovery]]:
    """Open what can be read of the file at `path`, which met `trouble`, for the length of a block.

    Raise `trouble` where it is no damage, or nothing is left.
    """
    if not may_help(path, trouble):
        raise trouble
    try:
        found = recovered(path, progress)
    except UserError as error:
        raise (trouble if error.code == "cannot_repair" else error) from error
    try:
        with found.opened() as project:
            yield project, found.recovery
    finally:
        found.throw_away()


def may_help(path: Path, trouble: UserError) -> bool:
    """Whether recovery may read something of a file that met `trouble`.

    Of what is no project it is looked first whether it has any page of ours: it may be anything.
    """
    if trouble.code == "not_a_project":
        return walking.is_likely(path)
    return trouble.code in RECOVERED
