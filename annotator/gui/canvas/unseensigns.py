"""Small signs for what is not seen, on demand: each where it stands, none over a letter."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotator.arabic.unseen import (
    BIDI,
    NO_BREAK,
    OVERRIDE,
    SHAPES,
    SPACES,
    ZERO_WIDTH,
    Unseen,
    unseen,
)
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.overlays import boxes_of
from annotator.gui.canvas.shown import Shown

_FLAG = 4.0
"""Pixels: how wide and how high the flag over a control is."""
_INKS = {OVERRIDE: "error", BIDI: "accent", ZERO_WIDTH: "accent"}
_ONE_BY_ONE = frozenset({NO_BREAK, SPACES, OVERRIDE, BIDI, ZERO_WIDTH})
"""Kinds of which each character gets its own sign."""


def paint(painter: QPainter, shown: Shown, inks: Inks) -> None:
    """Paint the signs of one line."""
    paragraph = shown.laid.paragraph
    for one in unseen(paragraph.text):
        ink = inks[_INKS.get(one.kind, "text_3")]
        for part in _parts(one):
            first, last = paragraph.start + part.start, paragraph.start + part.end
            for box in boxes_of(shown, first, last):
                _sign(painter, box, part.kind, ink, shown.baseline)


def _parts(one: Unseen) -> list[Unseen]:
    if one.kind not in _ONE_BY_ONE:
        return [one]
    return [Unseen(at, at + 1, one.kind) for at in range(one.start, one.end)]


def _sign(painter: QPainter, box: QRectF, kind: str, ink: QColor, baseline: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre = QPointF(box.center().x(), baseline - box.height() / 5)
    if kind == SPACES:
        painter.setBrush(ink)
        painter.drawEllipse(centre, 1.2, 1.2)
    elif kind == NO_BREAK:
        painter.drawEllipse(centre, 2.2, 2.2)
    elif kind in _INKS:
        _flag(painter, box, ink)
    else:
        _bracket(painter, box, baseline + 3.5, is_dotted=kind == SHAPES)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _flag(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw a pole where a character without width stands, with a flag on top."""
    x, top = round(box.center().x()) + 0.5, box.top() + 1
    painter.drawLine(QPointF(x, top), QPointF(x, box.bottom() - 1))
    painter.setBrush(ink)
    corners = (QPointF(x - _FLAG, top), QPointF(x + _FLAG, top), QPointF(x, top + _FLAG))
    painter.drawPolygon(QPolygonF(list(corners)))


def _bracket(painter: QPainter, box: QRectF, y: float, *, is_dotted: bool) -> None:
    """Draw a line under a stretch, with its ends turned up."""
    left, right = box.left() + 1, box.right() - 1
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.DotLine if is_dotted else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    for x in (left, right):
        painter.drawLine(QPointF(x, y), QPointF(x, y - 2.5))
