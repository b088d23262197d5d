"""Hollow lanes, frames, brackets, zigzags: strokes of the page, without knowing what they mean."""

from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

_DOTS, _DASHES = 4, 5


def hollow_lane(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw the outline of a lane: of a label that is not saved yet."""
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def frame(
    painter: QPainter,
    box: QRectF,
    pen: QPen,
    ground: QColor | Qt.BrushStyle = Qt.BrushStyle.NoBrush,
    radius: float = 3,
) -> None:
    """Draw a rounded frame, on whole pixels so that it is sharp."""
    inset = (int(pen.widthF()) % 2) / 2
    box = QRectF(box.toRect()).adjusted(inset, inset, -inset, -inset)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def dashed_frame(painter: QPainter, box: QRect, ink: QColor) -> None:
    """Draw the frame of what is only suggested, its corners left open."""
    # By hand: a dashed pen draws a little differently where only a part is painted anew.
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    for x in range(left + 2, right, _DASHES):
        width = min(3, right - x)
        painter.fillRect(x, top, width, 1, ink)
        painter.fillRect(x, bottom, width, 1, ink)
    for y in range(top + 2, bottom, _DASHES):
        height = min(3, bottom - y)
        painter.fillRect(left, y, 1, height, ink)
        painter.fillRect(right, y, 1, height, ink)


def zigzag(painter: QPainter, left: float, right: float, y: float, ink: QColor) -> None:
    """Draw the line under a label that breaks the label schema."""
    points = []
    for n in range(ceil((right - left) / 3) + 1):
        points.append(QPointF(min(left + 3 * n, right), y + (2.6 if n % 2 else 0)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def dots(painter: QPainter, left: float, right: float, y: float, ink: QColor) -> None:
    """Draw the dotted lane of evidence around `y`."""
    for x in range(round(left) + 2, round(right) - 2, _DOTS):
        painter.fillRect(x, round(y) - 1, 2, 2, ink)


def bracket(
    painter: QPainter,
    x: float,
    top: float,
    bottom: float,
    pen: QPen,
    *,
    foot: float,
    is_start: bool,
) -> None:
    """Draw a bracket at `x`: hooked above at the start, below at the end, by `foot` pixels."""
    hook = QPointF(x + foot, top if is_start else bottom)
    points = [QPointF(x, top), QPointF(x, bottom)]
    points = [hook, *points] if is_start else [*points, hook]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def handle(painter: QPainter, x: float, y: float, ink: QColor, ground: QColor) -> None:
    """Draw what the pointer takes to move an end: 7 × 14 around `x`, `y`."""
    frame(painter, QRectF(x - 3.5, y - 7, 7, 14), QPen(ground, 1.5), ink, 3.5)
