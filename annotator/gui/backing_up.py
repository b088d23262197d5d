"""Backups while a window works: soon after opening, every half hour of change, and on closing.

Each is a job with a project of its own, so the window never waits for one. The last one goes on
when the window is gone: the program ends with it.
"""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import UserError
from annotator.gui.jobs import Jobs
from annotator.store.project import Project
from annotator.store.trouble import told

_SOON = 4_000
"""Milliseconds after opening: the window has been painted and looked at by then."""
_EVERY = 30 * 60_000
"""Milliseconds between two looks whether the file says something new."""
CLOSING = "closing backup"
"""The name of the threads that make the last one."""


class BackingUp(QObject):
    """Keeps backups of the project that is open."""

    troubled = Signal(object)  # UserError: none can be kept; sent once, until one can

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._project: Project | None = None
        self._is_troubled = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(lambda: self.back_up("open"))
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(lambda: self.back_up("work"))

    def begin(self, project: Project) -> None:
        """Keep backups of `project` from now on."""
        self._project, self._is_troubled = project, False
        self._soon.start()
        self._timer.start()

    def back_up(self, reason: str) -> None:
        """Keep one now, beside the window; nothing where the last one says the same."""
        if self._project is not None:
            from annotator.services.backing_up import back_up

            job = self._jobs.start(
                self._project, lambda project, progress: back_up(project, reason, progress)
            )
            job.finished.connect(self._on_made)
            job.failed.connect(self._on_failed)

    def stop(self) -> None:
        """Keep no more of them."""
        self._project = None
        self._soon.stop()
        self._timer.stop()

    def close(self) -> None:
        """Keep the last one, of a file that the window has just closed; nobody waits for it."""
        if self._project is not None:
            path = self._project.path
            self.stop()
            threading.Thread(target=_keep, args=(path,), name=CLOSING).start()

    def _on_made(self) -> None:
        self._is_troubled = False

    def _on_failed(self, trouble: UserError) -> None:
        """Say that none can be kept; of a file in trouble other parts of the window speak."""
        if trouble.code == "no_backup" and not self._is_troubled:
            from annotator.services.backing_up import beside

            self._is_troubled = True
            self.troubled.emit(beside(trouble))


def _keep(path: Path) -> None:
    """Keep a last backup; where that cannot be, the next opening makes one, or says why not."""
    from annotator.services.backing_up import back_up

    try:
        with told(path.name), Project.open(path) as project:
            back_up(project, "close")
    except UserError:
        return
