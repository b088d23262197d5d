"""Check the file: what is wrong with a project file, and a repaired copy of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.journalchoices import JournalChoices
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import doctor as told
from annotator.gui.widgets.literal import isolated, shown
from annotator.gui.widgets.words import Words
from annotator.services import doctoring, doctorsentences
from annotator.services.doctoring import Repair
from annotator.services.progress import Progress
from annotator.store.doctor import Examination
from annotator.store.otherjournals import OtherJournal
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.store.doctorfindings import Finding

_Seen = tuple[Examination, tuple[OtherJournal, ...]]
_SIZE = (760, 520)
_IN_SENTENCE = 80


class DoctorDialog(SummingUp):
    """Examines the open project, or the file at a path that could not be opened."""

    open_asked = Signal(object)  # Path of a repaired copy

    def __init__(
        self,
        look: Look,
        file: Project | Path,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        project = file if isinstance(file, Project) else None
        super().__init__(look, text("Check the file"), project, jobs, parent)
        self._path = file.path if isinstance(file, Project) else file
        self.findings: tuple[Finding, ...] = ()
        self.copy: Path | None = None
        titles = [text(one) for one in told.TITLES]
        self.view = CellView(look, text("What was found"), titles, told.FOUND)
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        self.repair = Words(look, "", "second", wraps=True)
        self.journals = JournalChoices(look)
        self._put_together(shown(self._path.name, _IN_SENTENCE))
        self._examine()

    def _put_together(self, name: str) -> None:
        text = self.look.language.text
        of = text("Of “{path}”", path=isolated(name, is_rtl=False))
        self.body.addWidget(Words(self.look, of, "second", wraps=True))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.view)
        self.body.addWidget(self.repair)
        self.body.addWidget(self.journals)
        self.body.addStretch(1)
        (self.open_copy,) = self._put_foot(text("Repair in a copy…"), text("Open the copy"))
        self.open_copy.hide()
        self.choices = (self.view, self.journals)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._on_go_clicked)
        self.open_copy.clicked.connect(self._on_open_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._show_repair)
        self.resize(*_SIZE)

    # --- examining ---

    def _examine(self) -> None:
        path = self._path

        def work(project: Project | None, progress: Progress) -> _Seen:
            found = doctoring.examine(project or path, progress=progress)
            others = () if found.is_sound else doctoring.other_journals(project or path)
            return found, others

        self._look(work, self._on_examined)

    def _on_examined(self, seen: _Seen) -> None:
        found, others = seen
        self._show(found)
        self.journals.show_journals(others)
        if found.is_sound and self._works_on is not None:
            doctoring.note_examined(self._works_on)

    def _show(self, found: Examination) -> None:
        language = self.look.language
        self.findings = found.findings
        self.summary.setText(told.summary(language, found))
        self.view.show_rows([told.row_of(language, one) for one in found.findings])
        if found.findings:
            self.view.choose(0)
            self.view.setFocus()
        self._offer()

    def _show_repair(self) -> None:
        """Say what a repair does about the finding that is chosen."""
        at = self.view.currentIndex().row()
        is_one = 0 <= at < len(self.findings)
        said = doctorsentences.repair(self.findings[at], self.look.language) if is_one else ""
        self.repair.setText(said)

    def _offer(self) -> None:
        self.go.setEnabled(bool(self.findings) and not self.is_busy)

    # --- repairing ---

    def _on_go_clicked(self) -> None:
        text = self.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        beside = str(self._path.with_name(f"{self._path.stem}-repaired.hashiya"))
        to, _ = QFileDialog.getSaveFileName(self, text("Repair in a copy…"), beside, kinds)
        if to:
            self.repair_to(Path(to))

    def repair_to(self, to: Path) -> None:
        """Make a repaired copy at `to`."""
        path, asked = self._path, self.journals.asked

        def work(project: Project | None, progress: Progress) -> Repair | None:
            return doctoring.repair(project or path, to, progress, asked)

        self._do(work, self._on_repaired)

    def _on_repaired(self, made: Repair | None) -> None:
        if made is None:  # what was found was mended meanwhile
            self._examine()
            return
        self.copy = made.path
        self._show(made.before)
        self.journals.show_journals(made.journals)
        self.summary.setText(" ".join(told.repaired(self.look.language, made)))
        self.open_copy.show()
        self.open_copy.setFocus()

    def _on_open_clicked(self) -> None:
        if self.copy is not None:
            self.open_asked.emit(self.copy)
            self.close()
