"""The mark of Hashiya: a column of text with its note in the margin."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from annotator.gui.look import Look

_UNITS = 22
_LINES = ((4, 8), (9, 8), (14, 8), (19, 13))  # where a line stands, and where it ends at the left
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


class Logo(QWidget):
    """The mark, `size` px wide and high. It never mirrors: its text is Arabic."""

    def __init__(self, look: Look, size: int = 22) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        draw_logo(QPainter(self), self._look, QRectF(self.rect()))


def window_icon(look: Look) -> QIcon:
    """Return the mark for title bars and task bars, on a ground of its own."""
    icon = QIcon()
    for size in _ICON_SIZES:
        icon.addPixmap(_picture(look, size))
    return icon


def draw_logo(painter: QPainter, look: Look, box: QRectF) -> None:
    """Draw the mark so that it fills the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _UNITS, box.height() / _UNITS)
    cap = Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(look.theme["text"], 2, Qt.PenStyle.SolidLine, cap))
    for y, left in _LINES:
        painter.drawLine(QPointF(left, y), QPointF(20, y))
    painter.setPen(QPen(look.theme["accent"], 2.6, Qt.PenStyle.SolidLine, cap))
    painter.drawLine(QPointF(2.5, 8), QPointF(2.5, 15))
    painter.restore()


def _picture(look: Look, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme["paper"])
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 6, size / 6)
    inside = size / 8
    draw_logo(painter, look, QRectF(inside, inside, size - 2 * inside, size - 2 * inside))
    painter.end()
    return picture
