"""One job of a dialog at a time; what an earlier one still says is not listened to."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, SignalInstance

from annotator.core.errors import UserError
from annotator.gui.jobs import Job, Jobs, Work
from annotator.store.project import Project


class Running(QObject):
    """Starts jobs among those of the window, and passes on what the newest one says."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None

    @property
    def is_on(self) -> bool:
        """Whether a job is under way that is listened to."""
        return self._job is not None

    def start(self, project: Project | None, work: Work) -> None:
        """Begin `work`; one that is under way is stopped and forgotten."""
        self.let_go()
        self._job = self._jobs.start(project, work)
        for said, listener in self._listeners(self._job):
            said.connect(listener)

    def cancel(self) -> None:
        """Ask the job to stop; it will say so."""
        if self._job is not None:
            self._job.cancel()

    def let_go(self) -> None:
        """Stop the job and forget it."""
        self.cancel()
        if self._job is not None:
            for said, listener in self._listeners(self._job):
                said.disconnect(listener)
            self._job = None

    def _listeners(self, job: Job) -> list[tuple[SignalInstance, Callable[..., None]]]:
        """Return what listens to which signal; methods, so that none is called after their end."""
        return [
            (job.progressed, self._on_progressed),
            (job.finished, self._on_finished),
            (job.failed, self._on_failed),
            (job.cancelled, self._on_cancelled),
        ]

    def _on_progressed(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    def _on_finished(self, report: object) -> None:
        self._job = None
        self.finished.emit(report)

    def _on_failed(self, trouble: UserError) -> None:
        self._job = None
        self.failed.emit(trouble)

    def _on_cancelled(self) -> None:
        self._job = None
        self.cancelled.emit()
