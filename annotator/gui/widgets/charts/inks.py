"""Inks and shapes that charts share: grounds that can be read on, hatching, points, diamonds."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.gui.theme import Theme, mixed

_READABLE = 4.5
"""The least contrast of a number and its ground (WCAG 2.2, 1.4.3)."""
_STEP = 0.04
_HATCH = 7


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    pale, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (pale + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def shade(theme: Theme, role: str, share: float, ground: str = "raised") -> tuple[QColor, QColor]:
    """Return `share` (0 to 1) of a role's colour on a ground, and what can be read on it.

    Where neither ink can be read the shade is made paler until one can. High contrast has no tints.
    """
    if theme.is_contrast:
        return theme[ground], theme["text"]
    inks = theme["text"], theme["on_accent"]
    while True:
        colour = mixed(theme[ground], theme[role], share)
        ink = max(inks, key=lambda one: contrast(one, colour))
        if contrast(ink, colour) >= _READABLE or share <= 0:
            return colour, ink
        share = max(share - _STEP, 0.0)


def hatch(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw hatching over `box`."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(ink, 1))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += _HATCH
    painter.restore()


def whiskers(painter: QPainter, low: QPointF, high: QPointF, reach: float) -> None:
    """Draw an interval, with an upright `reach` above and below each end."""
    painter.drawLine(low, high)
    for end in (low, high):
        painter.drawLine(QPointF(end.x(), end.y() - reach), QPointF(end.x(), end.y() + reach))


def diamond(painter: QPainter, middle: QPointF, reach: float = 5) -> None:
    """Draw a diamond."""
    path = QPainterPath(QPointF(middle.x(), middle.y() - reach))
    for x, y in ((reach, 0.0), (0.0, reach), (-reach, 0.0)):
        path.lineTo(middle.x() + x, middle.y() + y)
    path.closeSubpath()
    painter.drawPath(path)
