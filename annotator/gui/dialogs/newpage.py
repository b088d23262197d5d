"""What a step of the new project is: one question, an answer kept in the draft, and what it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.frame import column
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words


class NewPage(QWidget):
    """One question; the answer goes into `draft` as it is given."""

    answered = Signal()

    def __init__(self, look: Look, draft: Draft, question: str, about: str) -> None:
        super().__init__()
        self.look, self.draft = look, draft
        self.parts = column(gap=14)
        self.parts.addWidget(Words(look, question, "display"))
        self.parts.addWidget(Words(look, about, "second", wraps=True))
        self.parts.addSpacing(2)
        self.setLayout(self.parts)

    @property
    def is_answered(self) -> bool:
        """Whether one can go on."""
        return True

    @property
    def note(self) -> str:
        """The answer in a few words, for the list of steps; empty where there is none yet."""
        return ""

    @property
    def first(self) -> QWidget | None:
        """What gets the keyboard first; None where one may go on right away."""
        return None
