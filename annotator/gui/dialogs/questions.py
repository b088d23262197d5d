"""Questions of annotators to the lead, and the answers that they get by the next reply."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs import questionswork as work
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.note import LONGEST
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import questions as told
from annotator.gui.widgets.fields import TextField
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words
from annotator.services.questions import Question, questions
from annotator.store.project import Project

_SIZE = (680, 560)
_LINES = 4


class QuestionsDialog(SummingUp):
    """All questions, those without an answer first; what is chosen is answered below."""

    answered = Signal()

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Questions of annotators"), project, jobs, parent)
        self.found: list[Question] = []
        self._written: dict[str, str] = {}
        self._is_leaving = False
        titles = [text(one) for one in told.TITLES]
        self.view = CellView(look, text("Questions of annotators"), titles, told.ASKED)
        self.summary = Words(look, text("Looking …"), "second", wraps=True)
        self.place = Words(look, "", "small", wraps=True)
        self.question = Literal(look, "", lines=_LINES)
        self.field = TextField(look, text("Answer of the lead"), hint=text("Answer of the lead"))
        self._put_together()
        self._put_foot(text("Answer"))
        self.add_cap("Ctrl Enter")
        self.choices = (self.view, self.field)
        self._listen()
        self.resize(*_SIZE)
        self._look(questions, self._on_found)
        self._offer()

    def _put_together(self) -> None:
        about = self.look.language.text("Whoever asked reads the answer after your next reply.")
        self.body.addWidget(Words(self.look, about, "small", wraps=True))
        for part in (self.summary, self.view, self.place, self.question, self.field):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _listen(self) -> None:
        self.go.clicked.connect(self._on_go_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.field.textChanged.connect(self._on_text_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_go_clicked)

    # --- choosing ---

    @property
    def chosen(self) -> Question | None:
        """The question that is chosen."""
        at = self.view.currentIndex().row()
        return self.found[at] if 0 <= at < len(self.found) else None

    def _on_found(self, found: list[Question]) -> None:
        at = max(self.view.currentIndex().row(), 0)
        self.found = found
        self.view.show_rows([told.row_of(self.look.language, one) for one in found])
        if found:
            self.view.choose(min(at, len(found) - 1))
        self._on_row_changed()
        self.summary.setText(told.n_open(self.look.language, found))

    def _on_row_changed(self) -> None:
        one = self.chosen
        self.trouble.say("")
        for part in (self.place, self.question, self.field):
            part.setVisible(one is not None)
        if one is not None:
            self.place.setText(told.place(self.look.language, one))
            self.question.show_text(one.text)
            self.field.setPlainText(self._written.get(one.uid, one.answer))
        self._offer()

    @property
    def _text(self) -> str:
        return self.field.toPlainText().strip()

    def _on_text_changed(self) -> None:
        self._is_leaving = False
        self.trouble.say("")
        one = self.chosen
        if one is not None:
            self._written[one.uid] = self.field.toPlainText()
        self._offer()

    def _offer(self) -> None:
        text, one = self.look.language.text, self.chosen
        is_gone = one is not None and bool(one.answer) and not self._text
        self.go.show_words(text("Take the answer back") if is_gone else text("Answer"))
        too_many = len(self._text) - LONGEST
        self.go.setEnabled(one is not None and self._text != one.answer and too_many <= 0)
        if too_many > 0:
            said = self.look.language.plural(
                "{n} character too many.", "{n} characters too many.", too_many
            )
            self.trouble.say(said)

    # --- answering ---

    def _on_go_clicked(self) -> None:
        one = self.chosen
        if one is not None and self.go.isEnabled():
            self._do(work.answered(one.uid, self._text), self._on_answered)

    def _on_answered(self, _: None) -> None:
        one = self.chosen
        if one is not None:
            self._written.pop(one.uid, None)
        self._look(questions, self._on_found)
        self.answered.emit()

    def reject(self) -> None:
        """Close; where an answer was typed that is not saved, say so first and stay once."""
        answers = {one.uid: one.answer for one in self.found}
        unsaved = [
            uid for uid, text in self._written.items() if text.strip() != answers.get(uid, "")
        ]
        if unsaved and not self._is_leaving and not self.is_busy:
            self._is_leaving = True
            self.trouble.say(
                self.look.language.text("Not saved yet: Ctrl Enter saves it, Esc again drops it.")
            )
            return
        super().reject()
