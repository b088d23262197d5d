"""Import: choose what to read, see what would come of it, then read it in beside the window."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.errors import UserError
from annotator.formats.registry import formats
from annotator.gui.dialogs import importwork
from annotator.gui.dialogs.encodings import EncodingPick, name_of
from annotator.gui.dialogs.frame import Frame, row
from annotator.gui.dialogs.glance import ENCODINGS, Glance
from annotator.gui.dialogs.importwork import Plan, Stopped
from annotator.gui.dialogs.looking import Looker
from annotator.gui.dialogs.refusals import refusal_view
from annotator.gui.dialogs.running import Running
from annotator.gui.dialogs.sources import SourcesField, dropped
from annotator.gui.dialogs.told import counts, ignored_of, imported_of
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.words import Words
from annotator.i18n import Language, marked
from annotator.services.importing import ImportReport
from annotator.services.progress import Progress
from annotator.services.sources import Refusal
from annotator.store.project import Project

_SOON = 200
"""Milliseconds after a choice until it is tried out."""
_FORMAT_NAMES = {
    "text": marked("Text, one article a file"),
    "hashiya/1": marked("JSONL of Hashiya"),
}


class ImportDialog(Frame):
    """Reads files into `project`; several things go on one after the other, the window never waits.

    A choice is tried out at once, with nothing written; `imported` says that something came in.
    """

    imported = Signal(object)  # ImportReport

    def __init__(
        self,
        look: Look,
        project: Project,
        jobs: Jobs,
        sources: Sequence[Path] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.language.text("Import articles"), parent)
        self._project = project
        self._running = Running(jobs, self)
        self._is_importing = False
        self.preview: ImportReport | None = None
        self.sources = SourcesField(look, sources)
        self.encodings = EncodingPick(look)
        self.summary = Words(look, "", "strong", wraps=True)
        self.ignored = Words(look, "", "hint", wraps=True)
        self.table, self._refused = refusal_view(look)
        self._looker = Looker(jobs, self)
        self._later = QTimer(self, singleShot=True, interval=_SOON)
        self._put_together()
        self._listen()
        self.resize(760, 640)
        self._on_choice_changed()

    def _put_together(self) -> None:
        text = self.look.language.text
        self.format = self._choice(text("Format"), _formats(self.look.language))
        encodings = [("", text("Found by content")), *((one, name_of(one)) for one in ENCODINGS)]
        self.encoding = self._choice(text("Encoding"), encodings)
        self.body.addWidget(self.sources)
        chosen = row(Words(self.look, text("Format"), "small"), self.format, 16)
        chosen.addWidget(Words(self.look, text("Encoding"), "small"))
        chosen.addWidget(self.encoding)
        chosen.addStretch(1)
        self.body.addLayout(chosen)
        for part in (self.encodings, self.summary, self.ignored):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self.line = ProgressLine(self.look, text("How far the import has come"))
        self.line.setMinimumWidth(160)
        self.line.hide()
        self.add_to_foot(self.line)
        self.stop = self.add_button(text("Stop"))
        self.stop.hide()
        self.close_button = self.add_button(text("Close"))
        self.go = self.add_button(text("Import"), "primary", is_default=True)

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        for value, said in choices:
            box.addItem(said, value)
        box.setAccessibleName(name)
        box.currentIndexChanged.connect(self._on_choice_changed)
        return box

    def _listen(self) -> None:
        self.sources.sources_changed.connect(self._on_choice_changed)
        self.encodings.encoding_picked.connect(self._on_choice_changed)
        self._looker.seen.connect(self._on_seen)
        self._later.timeout.connect(self._on_try_due)
        self.go.clicked.connect(self._on_go_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.close_button.clicked.connect(self.reject)
        self._running.progressed.connect(self.line.show_progress)
        self._running.finished.connect(self._on_finished)
        self._running.failed.connect(self._on_failed)
        self._running.cancelled.connect(self._on_cancelled)
        self.setAcceptDrops(True)

    @property
    def is_busy(self) -> bool:
        """Whether something is being imported."""
        return self._is_importing

    def plan(self) -> Plan:
        """Return what is to be imported, as it is chosen now."""
        is_clean = self.preview is not None and not self.preview.refused
        return Plan(
            self.sources.sources,
            self.format.currentData(),
            self.encoding.currentData(),
            {} if self.encoding.currentData() else self.encodings.picked,
            at_once=is_clean,
        )

    # --- trying out ---

    def _on_choice_changed(self) -> None:
        self.preview = None
        self.trouble.say("")
        self._running.let_go()
        self._show_refused(())
        self.ignored.setText("")
        is_any = bool(self.sources.sources)
        self.go.setEnabled(is_any)
        self.summary.setText(self.look.language.text("Looking …") if is_any else "")
        if is_any:
            self._later.start()
            self._looker.look_at(self.sources.sources)
        else:
            self._later.stop()
            self._looker.stop()
            self.encodings.show_unsure(())

    def _on_seen(self, seen: Glance, is_whole: bool) -> None:
        if is_whole:
            is_asked = not self.encoding.currentData()
            self.encodings.show_unsure(seen.unsure if is_asked else ())

    def _on_try_due(self) -> None:
        self._start(importwork.preview)

    def _on_finished(self, report: ImportReport | Stopped) -> None:
        if self._is_importing:
            self._on_imported(report)
        elif isinstance(report, ImportReport):
            self._on_previewed(report)

    def _on_previewed(self, report: ImportReport) -> None:
        self.preview = report
        self.summary.setText(counts(self.look.language, report))
        self.ignored.setText(ignored_of(self.look.language, report))
        self._show_refused(report.refused, report.remarks)
        self.go.setEnabled(bool(report.added or report.layers))

    # --- importing ---

    def _on_go_clicked(self) -> None:
        self._later.stop()
        self._is_importing = True
        self.trouble.say("")
        self._start(importwork.run)
        self._show_running()

    def _on_imported(self, report: ImportReport | Stopped) -> None:
        self._end()
        if isinstance(report, Stopped):
            self._say_stopped(report.n_kept)
            self.trouble.show_trouble(report.trouble)
            self.imported.emit(ImportReport(report.n_kept, 0, 0))
            return
        self.summary.setText(imported_of(self.look.language, report))
        self.ignored.setText(ignored_of(self.look.language, report))
        self._show_refused(report.refused, report.remarks)
        self.preview = None
        is_in = bool(report.added or report.layers)
        self.go.setEnabled(not is_in and bool(report.refused))
        self.close_button.setFocus()
        if is_in:
            self.imported.emit(report)

    def _on_cancelled(self) -> None:
        is_told = self._is_importing
        self._end()
        if is_told:
            self._say_stopped(0)

    def _on_failed(self, trouble: UserError) -> None:
        self._end()
        self.summary.setText("")
        self.trouble.show_trouble(trouble)

    def _say_stopped(self, n_kept: int) -> None:
        language = self.look.language
        kept = language.plural("{n} article", "{n} articles", n_kept)
        said = language.text("Stopped. The project is as it was.")
        if n_kept:
            said = language.text(
                "Stopped. What was read before is in the project: {kept}.", kept=kept
            )
        self.summary.setText(said)
        self._show_refused(())

    def _on_stop_clicked(self) -> None:
        self.stop.setEnabled(False)
        self._running.cancel()

    # --- jobs ---

    def _start(self, work: Callable[[Project, Plan, Progress], object]) -> None:
        plan = self.plan()
        self._running.start(self._project, lambda project, progress: work(project, plan, progress))

    def _end(self) -> None:
        self._is_importing = False
        self._show_running()

    def _show_running(self) -> None:
        is_on = self._is_importing
        for part in (self.sources, self.format, self.encoding, self.encodings, self.go):
            part.setEnabled(not is_on)
        self.line.setVisible(is_on)
        self.stop.setVisible(is_on)
        self.stop.setEnabled(is_on)
        self.close_button.setVisible(not is_on)
        if is_on:
            self.line.show_progress(0, 1)
            self.summary.setText(self.look.language.text("Importing …"))
            self.stop.setFocus()

    def _show_refused(self, refused: Sequence[Refusal], remarks: Sequence[Refusal] = ()) -> None:
        self._refused.show_refused(refused, remarks)
        self.table.setVisible(bool(refused or remarks))

    def reject(self) -> None:
        """Close; an import that is under way is asked to stop, and told of first."""
        if self._is_importing:
            self._on_stop_clicked()
            return
        self._running.let_go()
        self._looker.stop()
        self._later.stop()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files anywhere in the dialog."""
        if dropped(event.mimeData()) and not self._is_importing:
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        self.sources.add(dropped(event.mimeData()))
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way before the dialog goes."""
        if self._is_importing:
            self._on_stop_clicked()
            event.ignore()
            return
        super().closeEvent(event)


def _formats(language: Language) -> list[tuple[str, str]]:
    known = [one.name for one in formats() if one.reads]
    named = [(name, language.text(_FORMAT_NAMES.get(name, name))) for name in known]
    return [("", language.text("Found by content")), *named]
