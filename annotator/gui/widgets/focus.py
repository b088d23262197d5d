"""The ring around what has the keyboard, for widgets that paint themselves."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui.look import Look

_THICK = 2


def draw_ring(painter: QPainter, look: Look, box: QRectF, radius: float = 6) -> None:
    """Draw the ring just inside `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme["focus"], _THICK))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inside = _THICK / 2
    painter.drawRoundedRect(box.adjusted(inside, inside, -inside, -inside), radius, radius)
    painter.restore()
