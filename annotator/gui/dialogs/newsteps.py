"""The steps of the new project at the reading side: what is answered, what is asked, what comes."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts, icons
from annotator.gui.dialogs.frame import column, row
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words

_DISC = 26
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)
_INKS = {
    "done": ("good_soft", "good", "good_soft"),
    "now": ("accent", "on_accent", "accent"),
    "next": ("panel", "text_3", "line_strong"),
}


class Disc(QWidget):
    """The number of a step, or a tick where it is done."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self._look, self._number, self._state = look, number, "next"
        self.setFixedSize(_DISC, _DISC)

    def show_state(self, state: str) -> None:
        """Show `done`, `now` or `next`."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        ground, ink, edge = _INKS[self._state]
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme[edge], 1))
        painter.setBrush(theme[ground])
        painter.drawEllipse(box)
        if self._state == "done":
            icons.draw(painter, self._look, "check", box.adjusted(6, 6, -6, -6), ink)
            return
        painter.setPen(theme[ink])
        painter.setFont(fonts.window(12, strong=True))
        painter.drawText(box.adjusted(0, -2, 0, 0), _CENTRE, str(self._number))


class Step(Box):
    """One step; one that was reached before can be gone back to."""

    asked = Signal()

    def __init__(self, look: Look, number: int, name: str, hint: str) -> None:
        self._disc = Disc(look, number)
        self._name = Words(look, name)
        self._note = Literal(look, hint, font=fonts.window(11), role="text_3")
        words = column(self._name, self._note, gap=0)
        line = row(self._disc, gap=12, margins=(10, 8, 10, 8))
        line.addLayout(words, 1)
        super().__init__("", line)
        self._hint, self._is_open = hint, False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str, note: str, *, is_open: bool) -> None:
        """Show `done`, `now` or `next`, with the answer in a few words."""
        self._is_open = is_open
        self._disc.show_state(state)
        self._set_kind({"now": "strong", "next": "second"}.get(state, ""))
        self._note.show_text(note or self._hint)
        self.set_ground("soft" if state == "now" else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_open else Qt.CursorShape.ArrowCursor)

    def _set_kind(self, kind: str) -> None:
        """Write the name in another kind of words."""
        self._name.setProperty("kind", kind)
        self._name.style().unpolish(self._name)
        self._name.style().polish(self._name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step."""
        if self._is_open:
            self.asked.emit()
        event.accept()
