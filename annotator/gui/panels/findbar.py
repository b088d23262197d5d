"""Find in the article: hits as one types, folded as an Arabic reader reads, exact on the text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotator.arabic.fold import find_all
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.fields import SearchField

Hits = list[tuple[int, int]]


class FindBar(QWidget):
    """A field, how many hits there are and which one is current, and ways to the others."""

    hits_changed = Signal(object, int)  # Hits, the current one or -1
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = ""
        self._hits: Hits = []
        self._current = -1
        language = look.language
        box = SearchField(look, language.text("Find in the article"))
        self.field = box.line
        self._count = QLabel()
        self._count.setProperty("kind", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(box, 1)
        row.addWidget(self._count)
        for name, icon, step in (
            (language.text("Previous hit"), "chevron-up", -1),
            (language.text("Next hit"), "chevron-down", 1),
        ):
            button = IconButton(look, icon, name)
            button.clicked.connect(lambda _=False, step=step: self.step(step))
            row.addWidget(button)
        close = IconButton(look, "x", language.text("Close"), key="Esc")
        close.clicked.connect(self.close_bar)
        row.addWidget(close)
        self.field.textChanged.connect(self._on_text_changed)
        self.hide()

    def open_on(self, text: str, query: str = "") -> None:
        """Open the bar on the article's `text`, with `query` where something is selected."""
        self._text = text
        self.show()
        if query:
            self.field.setText(query)
        self._search()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def set_text(self, text: str) -> None:
        """Search another article; a bar that is closed stays so."""
        self._text = text
        if self.isVisible():
            self._search()

    def step(self, by: int) -> None:
        """Go to another hit, round and round."""
        if self._hits:
            self._current = (self._current + by) % len(self._hits)
            self._tell()

    def close_bar(self) -> None:
        """Close the bar and take the hits away."""
        self.hide()
        self._hits, self._current = [], -1
        self.hits_changed.emit([], -1)
        self.closed.emit()

    def _on_text_changed(self) -> None:
        self._search()

    def _search(self) -> None:
        query = self.field.text().strip()
        self._hits = list(find_all(self._text, query, whole_word=False)) if query else []
        self._current = 0 if self._hits else -1
        self._tell()

    def _tell(self) -> None:
        language, n = self._look.language, len(self._hits)
        if not self.field.text().strip():
            self._count.setText("")
        elif not n:
            self._count.setText(language.text("No hits"))
        else:
            self._count.setText(language.text("{n} of {total}", n=self._current + 1, total=n))
        self.hits_changed.emit(self._hits, self._current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes on, with Shift back; Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
