"""Attached letters: all labels of one annotator that break the policy, mended in one gesture."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.core.model import Annotator
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.cells import Row, name_cell, number_cell
from annotator.gui.widgets.words import Words
from annotator.i18n import Language, marked
from annotator.services import clitics, undoing
from annotator.services.clitics import Broken, Change, Mended
from annotator.services.progress import Progress
from annotator.store.project import Project

_ABOUT = {
    "exclude": marked(
        "The label schema leaves attached letters out of labels: و ف ب ك ل."
        " Labels of yours that take them in are cut back to the word itself."
    ),
    "include": marked(
        "The label schema takes attached letters into labels: و ف ب ك ل and pronouns."
        " Labels of yours that leave them out are widened to the whole word."
    ),
}
_TITLES = (marked("Labelled now"), marked("When mended"), marked("Labels"))
_WIDTH = 520


class MendCliticsDialog(SummingUp):
    """Counts the labels at once, and mends them where a person says so."""

    mended = Signal(object)  # Mended
    taken_back = Signal(str)  # the gesture

    def __init__(
        self,
        look: Look,
        project: Project,
        who: Annotator,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Attached letters"), project, jobs, parent)
        self._who = who
        self._broken = Broken()
        self._gesture = ""
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        about = text(_ABOUT[project.label_schema.clitics])
        self.body.addWidget(Words(look, about, "small", wraps=True))
        self.body.addWidget(self.summary)
        titles = [text(one) for one in _TITLES]
        self.view = CellView(look, text("What would be mended"), titles)
        self.body.addWidget(self.view)
        self.body.addStretch(1)
        (self.undo,) = self._put_foot(text("Mend them all"), text("Undo"))
        self.undo.hide()
        self.choices = (self.undo,)
        self.go.clicked.connect(self._on_go_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.resize(_WIDTH, self.sizeHint().height())
        self._look_again()

    def _look_again(self) -> None:
        self._look(_counting(self._who), self._on_counted)
        self._offer()

    def _on_counted(self, found: Broken) -> None:
        self._broken = found
        if not self._gesture:
            self.summary.setText(_to_mend(self.look.language, found))
        self.view.show_rows([_row(change) for change in found.changes])
        self.resize(max(self.width(), _WIDTH), self.sizeHint().height())
        self._offer()
        if self.go.isEnabled() and not self._gesture:
            self.go.setFocus()

    def _offer(self) -> None:
        self.go.setEnabled(self._broken.labels > 0 and not self._running.is_on)
        self.undo.setVisible(bool(self._gesture))

    def _on_go_clicked(self) -> None:
        self._gesture = ""
        self._do(_mending(self._who), self._on_mended)

    def _on_mended(self, made: Mended) -> None:
        self._gesture = made.operations[0].gesture if made.operations else ""
        self.summary.setText(_mended(self.look.language, made))
        if self._gesture:
            self.mended.emit(made)
        self._look_again()
        (self.undo if self._gesture else self.close_button).setFocus()

    def _on_undo_clicked(self) -> None:
        self._do(_taking_back(self._gesture, self._who), self._on_taken_back)

    def _on_taken_back(self, _: int) -> None:
        self.taken_back.emit(self._gesture)
        self._gesture = ""
        self._look_again()


# --- what jobs do ---------------------------------------------------------------------------------


def _counting(who: Annotator) -> Callable[[Project, Progress], Broken]:
    return lambda project, progress: clitics.broken(project, who, progress)


def _mending(who: Annotator) -> Callable[[Project, Progress], Mended]:
    return lambda project, progress: clitics.mend(project, who, progress)


def _taking_back(gesture: str, who: Annotator) -> Callable[[Project, Progress], int]:
    return lambda project, _: len(undoing.undo_gesture(project, who, gesture).operations)


def _row(change: Change) -> Row:
    return name_cell(change.before), name_cell(change.after), number_cell(change.n)


# --- in words -------------------------------------------------------------------------------------


def _to_mend(language: Language, found: Broken) -> str:
    what = _some(language, found.labels, found.articles)
    told = [language.text("To mend: {what}", what=what)] if found.labels else []
    told += _left_out(language, found.done, found.kept)
    return " · ".join(told) or language.text("None of your labels breaks this.")


def _mended(language: Language, made: Mended) -> str:
    what = _some(language, made.labels, len(made.articles))
    told = [language.text("Saved: {what}", what=what)] if made.labels else []
    told += _left_out(language, made.left_out, made.kept)
    return " · ".join(told) or language.text("None of your labels breaks this.")


def _left_out(language: Language, n_done: int, n_kept: int) -> list[str]:
    told = []
    if n_done:
        told.append(language.text("In articles that are done, and left out: {n}", n=n_done))
    if n_kept:
        said = marked("Left as they are, because the same label stands there: {n}")
        told.append(language.text(said, n=n_kept))
    return told


def _some(language: Language, n_labels: int, n_articles: int) -> str:
    labels = language.plural("{n} label", "{n} labels", n_labels)
    articles = language.plural("in {n} article", "in {n} articles", n_articles)
    return f"{labels} {articles}"
