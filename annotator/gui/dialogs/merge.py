"""Merge: choose what came, see what each would bring, then take all of it in, or nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs import mergetold as told
from annotator.gui.dialogs.figurerow import FigureRow
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.mergeresult import MergeResult
from annotator.gui.dialogs.mergesources import MergeSources
from annotator.gui.dialogs.sources import dropped
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.words import Words
from annotator.services import merging
from annotator.services.merging import MergeReport
from annotator.services.progress import Progress
from annotator.store.project import Project

_SOON = 200
"""Milliseconds after a choice until it is tried out."""
_SIZE = (720, 600)


class MergeDialog(WorkDialog):
    """Merges hand-ins, replies and files of the project; a choice is tried out at once.

    `merged` says that the project is another one now: something came in, or was taken back.
    """

    merged = Signal()

    def __init__(
        self,
        look: Look,
        project: Project,
        jobs: Jobs,
        sources: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Merge hand-ins"), project, jobs, parent)
        self.preview: MergeReport | None = None
        self.sources = MergeSources(look, sources)
        self.summary = Words(look, "", "strong", wraps=True)
        self.figures = FigureRow(look)
        self.remarks = Words(look, "", "doubt", wraps=True)
        self._remarks = Box("doubt", column(self.remarks, margins=(12, 8, 12, 8)))
        self.leave_out = Button(look, text("Leave out what is refused"))
        self.outcome = MergeResult(look, project.role)
        self._later = QTimer(self, singleShot=True, interval=_SOON)
        self._put_together()
        self._put_foot(text("Merge"))
        self.choices = (self.sources, self.leave_out, self.outcome)
        self._listen()
        self.resize(*_SIZE)
        self._on_sources_changed()

    def _put_together(self) -> None:
        text = self.look.language.text
        about = text("Everything that is chosen comes in, or nothing does. A copy is kept before.")
        self.body.addWidget(Words(self.look, about, "small", wraps=True))
        for part in (self.sources, self.summary):
            self.body.addWidget(part)
        self.body.addLayout(row(self.leave_out, None))
        for other in (self.figures, self._remarks, self.outcome):
            self.body.addWidget(other)
        self.body.addStretch(1)
        self.leave_out.hide()
        self._remarks.hide()

    def _listen(self) -> None:
        self.sources.sources_changed.connect(self._on_sources_changed)
        self.leave_out.clicked.connect(self._on_leave_out_clicked)
        self.outcome.taking_back_asked.connect(self._on_taking_back_asked)
        self._later.timeout.connect(self._on_try_due)
        self.go.clicked.connect(self._on_go_clicked)
        self.setAcceptDrops(True)

    # --- trying out ---

    def _on_sources_changed(self) -> None:
        text = self.look.language.text
        self._forget()
        self.trouble.say("")
        self._look_no_more()
        is_any = bool(self.sources.sources)
        self.summary.setText(text("Looking …") if is_any else "")
        self.go.setEnabled(False)
        if is_any:
            self._later.start()
        else:
            self._later.stop()
            self.sources.files.setFocus()

    def _forget(self) -> None:
        """Take back what was said of an earlier choice."""
        self.preview = None
        self.sources.tell({})
        self._show_figures(None)
        self.leave_out.hide()
        self.outcome.show_report(None)

    def _on_try_due(self) -> None:
        self._look(_merging(self.sources.sources, is_dry=True), self._on_seen)
        self.go.setEnabled(False)

    def _on_seen(self, report: MergeReport) -> None:
        self.preview = report
        language = self.look.language
        is_refused = bool(report.refused)
        otherwise = language.text("Waits until what is refused is left out.") if is_refused else ""
        self.sources.tell(told.told_of_sources(language, report), otherwise)
        self.summary.setText(told.would_be(language, report))
        self._show_figures(None if is_refused else report)
        self.leave_out.setVisible(is_refused and len(self.sources.sources) > 1)
        self.go.setEnabled(not is_refused and report.new > 0)
        if self.go.isEnabled():
            self.go.setFocus()
        elif self.leave_out.isVisible():
            self.leave_out.setFocus()

    def _show_figures(self, report: MergeReport | None) -> None:
        language = self.look.language
        self.figures.show_figures(told.figures(language, report) if report else ())
        remarks = told.remarks(language, report) if report else ""
        self.remarks.setText(remarks)
        self._remarks.setVisible(bool(remarks))

    def _on_leave_out_clicked(self) -> None:
        self.sources.leave_out(self.sources.refused)

    # --- merging, and taking back ---

    def _on_go_clicked(self) -> None:
        self._later.stop()
        self.summary.setText(self.look.language.text("Merging …"))
        self._do(_merging(self.sources.sources, is_dry=False), self._on_merged)

    def _on_merged(self, report: MergeReport) -> None:
        if report.refused:  # something has changed since it was tried out
            self._on_seen(report)
            return
        self.preview = None
        language = self.look.language
        self.sources.tell(told.told_of_sources(language, report))
        self.summary.setText(told.merged(language, report))
        self._show_figures(report)
        self.outcome.show_report(report)
        self.go.setEnabled(False)
        self.close_button.setFocus()
        self.merged.emit()

    def _on_taking_back_asked(self) -> None:
        work, said = self.outcome.next_work()

        def tell(gesture: str) -> None:
            self.outcome.show_gesture(gesture)
            self.summary.setText(self.look.language.text(said))
            self.go.setEnabled(False)
            self.merged.emit()

        self._do(work, tell)

    def _on_stopped(self, *, was_doing: bool) -> None:
        text = self.look.language.text
        told_so = text("Stopped. Nothing was merged, and the project is as it was.")
        self.summary.setText(told_so if was_doing else text("Stopped."))
        self._offer_again()

    def _on_trouble(self) -> None:
        self.summary.setText("")
        self._offer_again()

    def _offer_again(self) -> None:
        """Let what could be merged before be tried again: the project is as it was."""
        self.go.setEnabled(self.preview is not None and self.preview.new > 0)

    # --- dropping ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere in the dialog."""
        if dropped(event.mimeData()) and not self.is_busy:
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        self.sources.add(dropped(event.mimeData()))
        event.accept()


def _merging(
    sources: Sequence[Path], *, is_dry: bool
) -> Callable[[Project, Progress], MergeReport]:
    def work(project: Project, progress: Progress) -> MergeReport:
        return merging.merge(project, sources, dry_run=is_dry, progress=progress)

    return work
