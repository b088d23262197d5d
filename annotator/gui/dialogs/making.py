"""Making the project of a draft: the file, the annotator, and then the articles in a job."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import UserError
from annotator.core.model import Annotator
from annotator.gui.dialogs import importwork
from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.importwork import Stopped
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.services import annotators, projects
from annotator.services.importing import ImportReport
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Made:
    """A project that is there: its file, who labels, and what was read in, if anything."""

    path: Path
    annotator: Annotator
    report: ImportReport | None = None
    trouble: UserError | None = None
    """Why the articles were not read in; the project is there all the same."""


class Making(QObject):
    """Makes one project; `made` says that it is there, `failed` that nothing is."""

    progressed = Signal(int, int)
    made = Signal(object)  # Made
    failed = Signal(object)  # UserError

    def __init__(self, draft: Draft, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._project: Project | None = None
        self._annotator: Annotator | None = None
        self._running = Running(jobs, self)
        self._running.progressed.connect(self.progressed)
        self._running.finished.connect(self._on_imported)
        self._running.failed.connect(self._on_failed)
        self._running.cancelled.connect(self._on_cancelled)

    @property
    def is_on(self) -> bool:
        """Whether articles are being read in."""
        return self._running.is_on

    def start(self) -> None:
        """Make the file and the annotator now, and begin to read the articles in."""
        draft = self._draft
        trouble = draft.trouble()
        if trouble is not None:
            self.failed.emit(trouble)
            return
        try:
            projects.new(draft.path, draft.schema, draft.title)
            self._open(draft)
        except UserError as error:
            self.failed.emit(error)
            return
        if self._project is not None and draft.sources:
            plan = draft.plan()
            self._running.start(self._project, lambda *at: importwork.run(at[0], plan, at[1]))
        else:
            self._tell()

    def _open(self, draft: Draft) -> None:
        """Open the new file and name the annotator; where that cannot be, no file is left."""
        try:
            self._project = Project.open(draft.path)
            self._annotator = annotators.ensure(self._project, draft.who)
        except UserError:
            self._close()
            draft.path.unlink(missing_ok=True)
            raise

    def stop(self) -> None:
        """Read no more in; the project stays."""
        self._running.cancel()

    def _on_imported(self, report: ImportReport | Stopped) -> None:
        if isinstance(report, Stopped):
            self._tell(ImportReport(report.n_kept, 0, 0), report.trouble)
        else:
            self._tell(report)

    def _on_failed(self, trouble: UserError) -> None:
        self._tell(trouble=trouble)

    def _on_cancelled(self) -> None:
        self._tell(trouble=UserError("cancelled"))

    def _tell(self, report: ImportReport | None = None, trouble: UserError | None = None) -> None:
        self._close()
        if self._annotator is not None:
            self.made.emit(Made(self._draft.path, self._annotator, report, trouble))

    def _close(self) -> None:
        if self._project is not None:
            self._project.close()
            self._project = None
