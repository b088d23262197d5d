"""A sample of a colour slot: its tint with its underline, and the underline itself."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.look import Look
from annotator.gui.theme import SlotColours

_HEIGHT = 16
_DASH, _PERIOD = 6, 9
_THICK = 3.0
_FINE = 1.25


class Swatch(QWidget):
    """The tint and the underline of a slot; the type's name stands beside it in words."""

    def __init__(self, look: Look, slot: str, width: int = 18) -> None:
        super().__init__()
        self._look, self._slot = look, slot
        self.setFixedSize(width, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        draw_swatch(QPainter(self), self._look, QRectF(self.rect()), self._slot)


def draw_swatch(painter: QPainter, look: Look, box: QRectF, slot: str) -> None:
    """Draw the sample of `slot` at the top of `box`, as wide as it is and 16 px high."""
    colours = look.theme.slot(slot)
    ground = colours.tint if look.theme.is_light else colours.chip
    painter.fillRect(QRectF(box.left(), box.top() + 1, box.width(), 10), ground)
    draw_underline(painter, colours, box.left(), box.right(), box.top() + 12)


def draw_underline(
    painter: QPainter, slot: SlotColours, left: float, right: float, top: float
) -> None:
    """Draw an underline 3 px thick in the pattern of its family; dashes begin at the right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(slot.line)
    if slot.pattern == "double":
        painter.drawRect(QRectF(left, top - 0.25, right - left, _FINE))
        painter.drawRect(QRectF(left, top + 2, right - left, _FINE))
    elif slot.pattern == "dash":
        _draw_dashes(painter, left, right, top)
    else:
        painter.drawRoundedRect(QRectF(left, top, right - left, _THICK), 1.2, 1.2)
    painter.restore()


def _draw_dashes(painter: QPainter, left: float, right: float, top: float) -> None:
    end = right
    while end > left + 1:
        start = max(left, end - _DASH)
        painter.drawRect(QRectF(start, top, end - start, _THICK))
        end -= _PERIOD
