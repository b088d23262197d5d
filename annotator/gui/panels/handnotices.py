"""What the tab of what is in hand says besides cards: nothing there, all done, not done and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.actions import BY_ID
from annotator.gui.keys import Layout
from annotator.gui.look import Look
from annotator.gui.panels.part import Part
from annotator.gui.session import Session
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

_TOLD = {
    "circle": marked("This would lead back to itself: choose another."),
    "twin": marked("These two are already related so."),
    "bad_filler": marked("By the label schema this cannot stand there."),
    "stance_opened": marked("This stance was there already: it is open now."),
    "no_relation": marked("The label schema has no relation for this label."),
    "no_label": marked("Take an entity or an event in hand first."),
}
_N_KEYS = 3


class Told(Part):
    """Why something was not done, or what was done instead, in one sentence."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def tell(self, code: str) -> None:
        """Say the sentence for `code`; other codes, and none, say nothing."""
        said = self._look.language.text(_TOLD[code]) if code in _TOLD else ""

        def build(column: QVBoxLayout) -> None:
            box = _box("doubt")
            words = Words(self._look, said, "doubt", wraps=True)
            words.setObjectName("told")
            box.parts.addWidget(words)
            column.addWidget(box)

        self.show_value(said or None, build)


class Closed(Part):
    """Says that the article is done, and offers to reopen it."""

    action_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def show_status(self, status: str) -> None:
        """Show the sentence where the article is done."""

        def build(column: QVBoxLayout) -> None:
            box = _box("good")
            said = self._look.language.text("The article is done: its labels are only shown.")
            box.parts.addWidget(Words(self._look, said, "good", wraps=True))
            box.parts.addLayout(self._row())
            column.addWidget(box)

        self.show_value(status if status == "done" else None, build)

    def _row(self) -> QHBoxLayout:
        action = BY_ID["reopen"]
        row = QHBoxLayout()
        button = Button(self._look, self._look.language.text(action.name))
        button.setObjectName("reopen")
        button.clicked.connect(lambda: self.action_asked.emit(action.id))
        row.addWidget(button)
        row.addWidget(KeyCap(self._look, action.keys[0].replace("+", " ")))
        row.addStretch(1)
        return row


class Nothing(Part):
    """Says what to do while nothing is in hand."""

    def __init__(self, look: Look, layout: Layout) -> None:
        super().__init__()
        self._look, self._layout = look, layout

    def show_for(self, session: Session, *, is_there: bool) -> None:
        """Show the sentence that fits the session, or nothing where there is a card."""
        value = (session.reading is not None, session.is_closed) if is_there else None
        self.show_value(value, lambda column: column.addWidget(self._emptiness(session)))

    def _emptiness(self, session: Session) -> QWidget:
        say = self._look.language
        if session.reading is None:
            return Empty(self._look, say.text("Choose an article from the list"))
        if session.is_closed:
            return Empty(self._look, say.text("Press a label in the text to see it here"))
        types = [one for one in session.schema.entities if one.key][:_N_KEYS]
        caps = [(one.key.upper(), self._layout.arabic_legend(one.key)) for one in types]
        return Empty(
            self._look, say.text("Select a word, then press the key of its type"), keys=caps
        )


def _box(ground: str) -> Box:
    box = Box(ground, QVBoxLayout())
    box.parts.setContentsMargins(10, 6, 10, 6)
    return box
