"""How far the reading of an article has come, as a disc: each status has a shape of its own."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.gui.look import Look

SIZE = 10
_INKS = {"new": "line_strong", "started": "accent", "done": "good", "skipped": "text_3"}
_UP, _HALF = 90 * 16, 180 * 16  # sixteenths of a degree


class StateDisc(QWidget):
    """The disc of a status: new, started, done or skipped; the status stands beside it in words."""

    def __init__(self, look: Look, status: str = "new") -> None:
        super().__init__()
        self._look, self._status = look, status
        self.setFixedSize(SIZE, SIZE)

    def show_status(self, status: str) -> None:
        """Show another status."""
        self._status = status
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        draw_state(QPainter(self), self._look, QRectF(self.rect()), self._status)


def draw_state(painter: QPainter, look: Look, box: QRectF, status: str) -> None:
    """Draw the disc in the middle of `box`: hollow, half full, full, or hollow with a stroke."""
    disc = QRectF(0, 0, SIZE - 2.4, SIZE - 2.4)
    disc.moveCenter(box.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = look.theme[_INKS[status]]
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if status == "done" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if status == "started":
        painter.setBrush(ink)
        painter.drawPie(disc, _UP, _HALF if look.is_rtl else -_HALF)
    if status == "skipped":
        _draw_stroke(painter, disc)
    painter.restore()


def _draw_stroke(painter: QPainter, disc: QRectF) -> None:
    reach = disc.width() / 2 * math.sqrt(0.5)
    middle = disc.center()
    painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))
