"""A question about the article with its form, and a note on the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.labelschema import Question
from annotator.core.model import Answer
from annotator.gui import fonts
from annotator.gui.forms import TextForm, form_for
from annotator.gui.look import Look
from annotator.gui.models.drawing import name_of
from annotator.gui.panels.part import Part
from annotator.gui.panels.topicrow import STATES
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words, hairline


class QuestionRow(QWidget):
    """Asks one question; its note can be written where there is an answer."""

    answered = Signal(tuple)
    noted = Signal(str)

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self._look = look
        name = name_of(look.language, question)
        say = look.language
        self.form = form_for(look, question)
        self.form.answered.connect(self.answered)
        self._state = Part()
        self.take_back = _button(look, "undo-2", say.text("Take the answer back"))
        self.take_back.clicked.connect(lambda: self.answered.emit(()))
        self.write_note = _button(look, "message-square", say.text("Note on the answer"))
        self.write_note.clicked.connect(self._on_note_asked)
        self.note = TextForm(look, say.text("Note on the answer"))
        self.note.answered.connect(lambda values: self.noted.emit("".join(values)))
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(hairline())
        column.addLayout(self._head(name))
        column.addWidget(self.form)
        column.addWidget(self.note)

    def _head(self, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(Literal(self._look, name, font=fonts.window(13, strong=True), lines=3), 1)
        row.addWidget(self._state)
        row.addWidget(self.write_note)
        row.addWidget(self.take_back)
        return row

    def show_answer(self, answer: Answer | None, *, state: str = "", is_closed: bool) -> None:
        """Show what was answered, or that nothing was."""
        self.form.show_values(answer.values if answer else ())
        self.form.setEnabled(not is_closed)
        has_note = answer is not None and answer.note != ""
        self.note.show_values((answer.note,) if answer and has_note else ())
        self.note.setEnabled(not is_closed)
        if has_note or answer is None:
            self.note.setVisible(has_note)
        for button in (self.take_back, self.write_note):
            button.setVisible(answer is not None and not is_closed)
        said, kind = STATES[state]
        words = self._look.language.text(said)
        self._state.show_value(
            said or None, lambda column: column.addWidget(Words(self._look, words, kind))
        )

    def _on_note_asked(self) -> None:
        self.note.show()
        self.note.field.setFocus(Qt.FocusReason.OtherFocusReason)


def _button(look: Look, icon: str, name: str) -> IconButton:
    button = IconButton(look, icon, name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.hide()
    return button
