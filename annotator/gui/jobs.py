"""Long work beside the window: a thread with a project of its own, progress, cancel, one end.

Work is a service that is called with that project and a progress. It touches no widget. Closing
breaks it off, but for what a service does `unbroken`: that it waits for.
"""

import gc
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import UserError
from annotator.services.progress import Progress
from annotator.store import trouble
from annotator.store.project import Project

Work = Callable[[Project, Progress], object]
"""Is called with a project of its own, or with None where no project is open."""

_TICK = 50
"""Milliseconds: progress is told at most twenty times a second."""
_PATIENCE = 10.0
"""Seconds that closing waits for a job that was told to stop."""
_AGAIN = 0.05
_NAME = "job"
"""Of the threads, by which those of all windows of the process are known."""


class _Seen:
    """Progress as the worker reports it and the window looks at it, each on its thread."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._whole = threading.RLock()
        self.at = (0, 0)

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def advance(self, done: int, total: int) -> None:
        self.at = done, total

    def stop(self) -> None:
        self._stop.set()

    def unbroken(self) -> AbstractContextManager[object]:
        """Return what the worker holds while it must not be broken off."""
        return self._whole

    def broke_off(self, project: Project | None) -> bool:
        """Break off what `project` does this moment; say whether that may be."""
        if not self._whole.acquire(blocking=False):
            return False
        try:
            if project is not None:
                project.interrupt()
        finally:
            self._whole.release()
        return True


@dataclass(frozen=True, slots=True)
class _End:
    """How the work ended: with a report, or with trouble."""

    report: object = None
    trouble: UserError | None = None


class Job(QObject):
    """One piece of long work; exactly one of `finished`, `failed` and `cancelled` ends it.

    Signals are sent from the event loop of the thread that made the job, so they may be connected
    after `start`.
    """

    progressed = Signal(int, int)  # done, total; total is 0 where it is not known
    finished = Signal(object)  # the report of the service
    failed = Signal(object)  # UserError; nothing of a source that was not done is in the project
    cancelled = Signal()

    def __init__(self, project: Project | None, work: Work, parent: QObject | None = None) -> None:
        """Prepare `work` on the file of `project`, opened anew by the worker for the same turn.

        Without a project it opens what it needs itself, and is stopped at its next step only.
        """
        super().__init__(parent)
        self._path = project.path if project else None
        self._turn = project.turn if project else None
        self._work: Callable[[Any, Progress], object] = work
        self._seen = _Seen()
        self._told = (0, 0)
        self._end: _End | None = None
        self._own: Project | None = None
        self._thread = threading.Thread(target=self._run, name=_NAME, daemon=True)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._on_tick)

    @property
    def is_running(self) -> bool:
        """Whether the work was begun and its end has not been told."""
        return self._tick.isActive()

    def start(self) -> None:
        """Begin the work."""
        gc.disable()  # see `_collect_here`
        self._tick.start()
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; work that ends before that has finished."""
        self._seen.stop()

    def end(self) -> None:
        """Stop the work at once, roll back what it was writing, wait for it, and tell its end.

        What it does `unbroken` is waited for, however long that takes.
        """
        self.cancel()
        patience = int(_PATIENCE / _AGAIN)
        while patience > 0 and self._thread.is_alive():
            patience -= self._seen.broke_off(self._own)
            self._thread.join(_AGAIN)
        self._on_tick()

    # --- on the worker's thread ---

    def _run(self) -> None:
        try:
            self._end = _End(self._worked())
        except UserError as met:
            self._end = _End(trouble=met)
        except BaseException as error:
            told = (type(error), error, error.__traceback__, self._thread)
            threading.excepthook(threading.ExceptHookArgs(told))
            self._end = _End(trouble=UserError("internal_error"))

    def _worked(self) -> object:
        if self._path is None:
            return self._work(None, self._seen)
        name = self._path.name
        with (
            trouble.told(name, is_reading=True),
            Project.open(self._path, turn=self._turn) as project,
        ):
            self._own = project
            try:
                return self._work(project, self._seen)
            finally:
                self._own = None

    # --- on the window's thread ---

    def _on_tick(self) -> None:
        end = self._end
        _collect_here()
        if self._seen.at != self._told:
            self._told = self._seen.at
            self.progressed.emit(*self._told)
        if end is not None and self.is_running:
            self._tick.stop()
            self._thread.join()
            if not any(thread.name == _NAME for thread in threading.enumerate()):
                gc.enable()
            self._tell(end)

    def _tell(self, end: _End) -> None:
        if end.trouble is None:
            self.finished.emit(end.report)
        elif end.trouble.code == "cancelled":
            self.cancelled.emit()
        else:
            self.failed.emit(end.trouble)


def _collect_here() -> None:
    """Collect garbage on the window's thread, as far as it is due.

    While jobs run Python's own collector is off: it would run on whatever thread allocates, and a
    widget or timer that is destroyed on another thread than its own takes the program down.
    """
    due = [*zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in (2, 1, 0):
        count, threshold = due[generation]
        if count > threshold:
            gc.collect(generation)
            return


class Jobs(QObject):
    """The jobs of one window: alive until they have ended, and ended when it closes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []

    def start(self, project: Project | None, work: Work) -> Job:
        """Begin `work` on the file of `project`, or without one."""
        job = Job(project, work, self)
        for signal in (job.finished, job.failed, job.cancelled):
            signal.connect(self._on_ended)
        self._jobs.append(job)
        job.start()
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended, the oldest first."""
        return tuple(job for job in self._jobs if job.is_running)

    def end(self) -> None:
        """Stop all jobs and wait for them: what they were writing is rolled back."""
        for job in self.running:
            job.cancel()
        for job in self.running:
            job.end()

    def _on_ended(self) -> None:
        for job in [job for job in self._jobs if not job.is_running]:
            self._jobs.remove(job)
            job.deleteLater()
