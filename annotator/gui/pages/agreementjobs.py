"""What the agreement page does beside the window: comparing, looking for places, writing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.gui.jobs import Job, Jobs, Work
from annotator.gui.pages import agreementwork
from annotator.gui.pages.agreementwork import Computed, Filter
from annotator.gui.session import Session
from annotator.i18n import Language

if TYPE_CHECKING:
    from annotator.gui.models.agreementplot import Opening
    from annotator.services.agreeing import AgreementReport


class AgreementJobs(QObject):
    """At most one comparison and one search at a time; a newer one takes the place of the older."""

    progressed = Signal(int, int)  # of the comparison: done, total
    computed = Signal(object)  # Computed
    ended = Signal()  # the comparison is over, however it went
    found = Signal(object)  # Places
    written = Signal(object)  # Path
    failed = Signal(object)  # UserError

    def __init__(self, session: Session, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._running: dict[str, Job] = {}

    @property
    def is_comparing(self) -> bool:
        """Whether figures are being computed."""
        return "compare" in self._running

    @property
    def is_searching(self) -> bool:
        """Whether places are being looked for."""
        return "find" in self._running

    def compare(self, wanted: Filter, known: Computed | None) -> None:
        """Compute all figures of what `wanted` takes, unless `known` still says them."""
        job = self._begin("compare", agreementwork.computing(wanted, known), self.computed.emit)
        job.progressed.connect(lambda done, total: self._tell(job, done, total))

    def find(self, opening: "Opening", report: "AgreementReport") -> None:
        """Look for the places of an opening, among what `report` compared."""
        self._begin("find", agreementwork.finding(opening, report.asked), self.found.emit)

    def write(self, report: "AgreementReport", path: Path, language: Language) -> None:
        """Write a report."""
        self._begin("write", agreementwork.writing(report, path, language), self.written.emit)

    def cancel(self) -> None:
        """Ask the comparison to stop."""
        if self.is_comparing:
            self._running["compare"].cancel()

    def stop(self) -> None:
        """Leave off everything, and tell nobody."""
        for job in self._running.values():
            job.cancel()
        self._running.clear()

    def _begin(self, name: str, work: Work, tell: Callable[[object], None]) -> Job:
        before = self._running.get(name)
        if before is not None:
            before.cancel()
        job = self._jobs.start(self._session.project, work)
        self._running[name] = job
        job.finished.connect(lambda report: self._end(name, job, lambda: tell(report)))
        job.failed.connect(lambda met: self._end(name, job, lambda: self.failed.emit(met)))
        job.cancelled.connect(lambda: self._end(name, job))
        return job

    def _end(self, name: str, job: Job, tell: Callable[[], None] = lambda: None) -> None:
        """Take note that a job has ended, and tell how where anybody still waits for it."""
        if self._running.get(name) is not job:
            return
        del self._running[name]
        if name == "compare":
            self.ended.emit()
        tell()

    def _tell(self, job: Job, done: int, total: int) -> None:
        if self._running.get("compare") is job:
            self.progressed.emit(done, total)
