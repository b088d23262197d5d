"""What a screen reader reads of the canvas: a field of one pixel with the same text and caret.

WORKAROUND(PySide6 6.11: a text interface written in Python crashes when a reader walks the tree).
A field that is a child of the viewport is exported; one that is a child of the area is not.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.arabic import offsets


class Proxy(QPlainTextEdit):
    """Holds the article for readers; it is never read back, and no key goes to it."""

    def __init__(self, viewport: QWidget, name: str) -> None:
        super().__init__(viewport)
        self._text = ""
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setGeometry(0, 0, 1, 1)
        self.show()

    @classmethod
    def where_asked_for(cls, viewport: QWidget, name: str) -> "Proxy | None":
        """Return a proxy where something reads the screen, or None."""
        return cls(viewport, name) if QAccessible.isActive() else None

    def show_text(self, text: str) -> None:
        """Let readers read `text`: safe for Qt, with as many code points as the article."""
        self._text = text
        self.setPlainText(text)

    def show_caret(self, start: int, end: int) -> None:
        """Let readers know the selection `[start, end)`, whose end is where the caret is."""
        cursor = self.textCursor()
        cursor.setPosition(offsets.to_utf16(self._text, start))
        cursor.setPosition(offsets.to_utf16(self._text, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
