"""A note on a label, or a question about it to the lead: plain text of several lines."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame
from annotator.gui.look import Look
from annotator.gui.widgets.fields import TextField
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

LONGEST = 2_000
"""Code points of a note: what is longer belongs into the guidelines."""
_TOLD_FROM = 200
"""How many characters are left when it is said how many."""
_KINDS = {
    "note": (marked("Note"), marked("For yourself and for whoever settles this label.")),
    "doubt": (
        marked("Question to the lead"),
        marked("The label stays; the lead sees the question and can answer it."),
    ),
}


class NoteDialog(Frame):
    """Asks for the `note` or the `doubt` of the label that quotes `quote`."""

    written = Signal(str)  # the text, without blank lines around it; empty: there is none any more

    def __init__(
        self, look: Look, kind: str, written: str, quote: str = "", parent: QWidget | None = None
    ) -> None:
        title, about = _KINDS[kind]
        text = look.language.text
        super().__init__(look, text(title), parent)
        self._before = written
        self._is_leaving = False
        self.field = TextField(look, text(title), written)
        self.field.textChanged.connect(self._on_text_changed)
        if quote:
            self.body.addWidget(Literal(look, quote, font=fonts.article(16)))
        self.body.addWidget(Words(look, text(about), "small", wraps=True))
        self.body.addWidget(self.field, 1)
        self.count = Words(look, "", "hint")
        self.add_to_foot(self.count)
        self.remove = self.add_button(text("Remove it"), "quiet")
        self.remove.setVisible(bool(written))
        self.remove.clicked.connect(self._on_remove_clicked)
        self.save = self.add_button(text("Save"), "primary", is_default=True)
        self.save.clicked.connect(self._on_save_asked)
        self.add_cap("Ctrl Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_save_asked)
        self.resize(460, 300)
        self._on_text_changed()
        self.field.setFocus()

    @property
    def text(self) -> str:
        """What is written in the field."""
        return self.field.toPlainText()

    @property
    def _left(self) -> int:
        return LONGEST - len(self.text.strip())

    def _on_text_changed(self) -> None:
        self._is_leaving = False
        self.trouble.say("")
        language = self.look.language
        is_near = self._left < _TOLD_FROM
        self.count.setText(
            language.text("{n} of {limit} characters", n=LONGEST - self._left, limit=f"{LONGEST:,}")
            if is_near
            else ""
        )
        self.save.setEnabled(self._left >= 0 and self.text != self._before)
        if self._left < 0:
            self.trouble.say(
                language.plural("{n} character too many.", "{n} characters too many.", -self._left)
            )

    def _on_save_asked(self) -> None:
        if self.save.isEnabled():
            self._before = self.text
            self.written.emit(self.text.strip())
        elif self._left < 0:
            return
        self.accept()

    def _on_remove_clicked(self) -> None:
        self._before = self.text
        self.written.emit("")
        self.accept()

    def reject(self) -> None:
        """Close; where something was typed that is not saved, say so first and stay once."""
        if self.text == self._before or self._is_leaving:
            super().reject()
            return
        self._is_leaving = True
        self.trouble.say(
            self.look.language.text("Not saved yet: Ctrl Enter saves it, Esc again drops it.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc go through `reject`."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
            return
        super().keyPressEvent(event)
