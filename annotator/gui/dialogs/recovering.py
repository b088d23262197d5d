"""What can be read of a damaged file: how much that is, as a new file, or to be looked at."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.core.errors import UserError
from annotator.gui.dialogs.journalchoices import JournalChoices
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.literal import isolated, shown
from annotator.gui.widgets.words import Words
from annotator.services import recovering
from annotator.services.progress import Progress
from annotator.services.recovering import Recovered
from annotator.services.recoverywords import missing, sources
from annotator.store.project import Project

_SIZE = (720, 440)
_IN_SENTENCE = 80


class RecoverDialog(SummingUp):
    """Recovers, beside the window, what is left of the file at a path; that stays as it is."""

    read_asked = Signal(object)  # Recovered: to be opened and looked at; it is no longer kept here
    backups_asked = Signal(object)  # Path of the file
    open_asked = Signal(object)  # Path of the new file

    def __init__(
        self,
        look: Look,
        path: Path,
        jobs: Jobs,
        parent: QWidget | None = None,
        *,
        has_backups: bool = False,
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Recover what can be read"), None, jobs, parent)
        self._path = path
        self.found: Recovered | None = None
        name = isolated(shown(path.name, _IN_SENTENCE), is_rtl=False)
        self.body.addWidget(Words(look, text("Of “{path}”", path=name), "second", wraps=True))
        about = text(
            "The file is damaged and stays as it is. What can be read of it, of its newest backup"
            " and of the second record is put together; only what its hash vouches for is taken."
        )
        self.body.addWidget(Words(look, about, "small", wraps=True))
        self.summary = Words(look, text("Looking …"), wraps=True)
        self.missing = Words(look, "", "strong", wraps=True)
        self.journals = JournalChoices(look)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.missing)
        self.body.addWidget(self.journals)
        self.body.addStretch(1)
        self.backups, self.read = self._put_foot(
            text("As a new file…"), text("Backups…"), text("Open to read")
        )
        self.backups.setVisible(has_backups)
        self.backups.clicked.connect(self._on_backups_clicked)
        self.read.clicked.connect(self._on_read_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.journals.changed.connect(self._recover)
        self.resize(*_SIZE)
        self._recover()

    # --- what is left ---

    def _recover(self) -> None:
        """Put together what is left, with the journals of other files that are asked for."""
        asked, path = self.journals.asked, self._path
        if self.found is not None:
            self.found.throw_away()
            self.found = None
        self.summary.setText(self.look.language.text("Looking …"))
        self.missing.setText("")

        def work(_: Project | None, progress: Progress) -> Recovered:
            return recovering.recovered(path, progress, asked)

        self._look(work, self._on_recovered)
        self._offer()

    def _on_recovered(self, found: Recovered) -> None:
        language = self.look.language
        self.found = found
        self.journals.show_journals(found.recovery.journals)
        self.summary.setText("\n".join(sources(found.recovery, language)))
        self.missing.setText("\n".join(missing(found.recovery, language)))
        self._offer()

    def _offer(self) -> None:
        for part in (self.go, self.read):
            part.setEnabled(self.found is not None)

    # --- what is done with it ---

    def _on_go_clicked(self) -> None:
        text = self.look.language.text
        kinds = text("Hashiya projects") + " (*.hashiya)"
        beside = str(self._path.with_name(f"{self._path.stem}-recovered.hashiya"))
        to, _ = QFileDialog.getSaveFileName(self, text("As a new file…"), beside, kinds)
        if to:
            self.keep_as(Path(to))

    def keep_as(self, to: Path) -> None:
        """Make what was recovered the new file `to`, and let it be opened."""
        if self.found is None:
            return
        try:
            self.found.keep(to)
        except UserError as trouble:
            self.trouble.show_trouble(trouble)
            return
        self.open_asked.emit(to)
        self.close()

    def _on_read_clicked(self) -> None:
        found, self.found = self.found, None
        if found is not None:
            self.read_asked.emit(found)
            self.close()

    def _on_backups_clicked(self) -> None:
        self.backups_asked.emit(self._path)
        self.close()
