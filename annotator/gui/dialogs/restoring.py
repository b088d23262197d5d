"""Backups of a file: which there are, what restoring one would change, and restoring it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.restoringwork import listed, looked, prepared, restored
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import backups as told
from annotator.gui.widgets.literal import isolated, shown
from annotator.gui.widgets.words import Words
from annotator.services.restoring import Differences, Prepared, RestoreReport
from annotator.services.restoringwords import of_differences, of_report
from annotator.store.backupfolder import Backup

_SIZE = (840, 560)
_IN_SENTENCE = 80


class RestoreDialog(SummingUp):
    """The backups of the file at a path, newest first; the file itself may be gone or damaged."""

    prepared = Signal(object)  # Prepared: whoever has the file open closes it and puts it there
    restored = Signal(object)  # RestoreReport of a new file

    def __init__(self, look: Look, path: Path, jobs: Jobs, parent: QWidget | None = None) -> None:
        text = look.language.text
        super().__init__(look, text("Backups"), None, jobs, parent)
        self._path = path
        self.listed: list[Backup] = []
        titles = [text(one) for one in told.TITLES]
        self.view = CellView(look, text("Backups"), titles, told.WHY)
        self.as_it_was = QCheckBox(text("As it was then: leave out what was done since"))
        self.summary = Words(look, text("Looking …"), "second", wraps=True)
        name = isolated(shown(path.name, _IN_SENTENCE), is_rtl=False)
        self.body.addWidget(Words(look, text("Of “{path}”", path=name), "second", wraps=True))
        about = text("What the file says now is kept as a backup before it is replaced.")
        self.body.addWidget(Words(look, about, "small", wraps=True))
        self.body.addWidget(self.view)
        self.body.addWidget(self.as_it_was)
        self.body.addWidget(self.summary)
        self.body.addStretch(1)
        (self.elsewhere,) = self._put_foot(text("Restore"), text("As a new file…"))
        self.choices = (self.view, self.as_it_was, self.elsewhere)
        self.go.clicked.connect(self._on_go_clicked)
        self.elsewhere.clicked.connect(self._on_elsewhere_clicked)
        self.as_it_was.toggled.connect(self._compare)
        self.view.selectionModel().currentRowChanged.connect(self._compare)
        self.resize(*_SIZE)
        self._offer()
        self._look(listed(path), self._on_listed)

    # --- what there is ---

    def _on_listed(self, found: list[Backup]) -> None:
        language = self.look.language
        self.listed = found
        self.view.show_rows([told.row_of(language, one) for one in found])
        self.summary.setText("" if found else language.text("There are no backups of it yet."))
        if found:
            self.view.choose(0)
            self.view.setFocus()
        self._offer()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        at = self.view.currentIndex().row()
        return self.listed[at] if 0 <= at < len(self.listed) else None

    def _compare(self) -> None:
        """Look what restoring the chosen backup would change."""
        if self.chosen is not None and not self.is_busy:
            self.summary.setText(self.look.language.text("Looking …"))
            work = looked(self._path, self.chosen, as_it_was=self.as_it_was.isChecked())
            self._look(work, self._on_compared)
        self._offer()

    def _on_compared(self, found: Differences) -> None:
        self.summary.setText(" ".join(of_differences(found, self.look.language)))
        self._offer()

    def _offer(self) -> None:
        is_there = self.chosen is not None and not self.is_busy
        for part in (self.go, self.elsewhere, self.as_it_was):
            part.setEnabled(is_there)

    # --- restoring ---

    def _on_go_clicked(self) -> None:
        if self.chosen is not None:
            work = prepared(self._path, self.chosen, as_it_was=self.as_it_was.isChecked())
            self._do(work, self._on_prepared)

    def _on_prepared(self, made: Prepared) -> None:
        self._offer()
        self.prepared.emit(made)

    def _on_elsewhere_clicked(self) -> None:
        text = self.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        beside = str(self._path.with_name(f"{self._path.stem}-2.hashiya"))
        to, _ = QFileDialog.getSaveFileName(self, text("As a new file…"), beside, kinds)
        if to:
            self.restore_to(Path(to))

    def restore_to(self, to: Path) -> None:
        """Restore the chosen backup as a new file."""
        if self.chosen is not None:
            as_it_was = self.as_it_was.isChecked()
            self._do(restored(self._path, to, self.chosen, as_it_was=as_it_was), self._on_restored)

    def _on_restored(self, report: RestoreReport) -> None:
        self.show_done(report)
        self.restored.emit(report)

    def show_done(self, report: RestoreReport) -> None:
        """Say what was restored, and where what was there before is kept."""
        language = self.look.language
        name = isolated(shown(report.path.name, _IN_SENTENCE), is_rtl=False)
        number = report.backup.number
        said = [language.text("Restored from backup {number}: “{path}”.", number=number, path=name)]
        said += of_report(report, language)
        if report.kept is not None:
            kept = isolated(shown(report.kept.name, _IN_SENTENCE), is_rtl=False)
            said.append(language.text("What was there before is kept: {path}", path=kept))
        self.summary.setText(" ".join(said))
        self._offer()
