"""Recovering: a project file made anew from all that is left of one that cannot be read.

What is left of the file, its newest backup and its second record are united; the file itself stays
as it is.
"""

import contextlib
import weakref
from collections.abc import Collection, Iterator
from pathlib import Path

from annotator.core.errors import UserError
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import doctor, recovering, walking
from annotator.store.project import Project, utc_minute
from annotator.store.recovering import Recovery
from annotator.store.workfolder import WorkFolder

RECOVERED = frozenset({"damaged", "not_a_project"})
"""Trouble of a file of which something may be left."""


class Recovered:
    """What was recovered, in a folder that goes with it: to look at, or to keep."""

    def __init__(self, source: Path, recovery: Recovery, folder: WorkFolder) -> None:
        """Take over `folder`, in which the new file is."""
        self.source = source
        self.recovery = recovery
        self._end = weakref.finalize(self, folder.throw_away)

    def keep(self, to: Path) -> None:
        """Make it the new project file `to`; raise `file_exists` where there is something."""
        recovering.kept(self.recovery.path, to)

    def opened(self) -> Project:
        """Open it to be read; nothing can be written there."""
        return recovering.opened_to_read(self.recovery.path)

    def throw_away(self) -> None:
        """Let go of it."""
        self._end()


def recover(
    path: Path, to: Path, progress: Progress = SILENT, journals: Collection[str] = ()
) -> Recovery:
    """Make a new project file at `to` of what is left of the one at `path`, which may be gone.

    Of `journals` that other files of the project keep on this machine, by replica or `all`, what
    the file lacks is taken too. Raise `file_exists`, `too_new`, `unknown_journal`, and
    `cannot_repair` where nothing is left.
    """
    if to.exists():
        raise UserError("file_exists", path=to.name)
    step = lambda done, total: go_on(progress, done, total)  # noqa: E731
    with contextlib.ExitStack() as stack:
        copy = stack.enter_context(doctor.copied(path)) if path.exists() else None
        at = utc_minute()
        return recovering.recovered(path, copy, to, at=at, step=step, asked=journals)


def recovered(path: Path, progress: Progress = SILENT, journals: Collection[str] = ()) -> Recovered:
    """Recover into a folder of its own, which goes with what is returned; raise as `recover`."""
    folder = WorkFolder("recovered")
    try:
        recovery = recover(path, folder.path / path.name, progress, journals)
    except BaseException:
        folder.throw_away()
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
