"""The chip of a label as it stands in cards and lists: its type, in the shape of its kind.

An entity is a tint, an event a dark tab, a stance a pill with its sign: shape before colour.
"""

import msgspec
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown, tooltip

HEIGHT = 20
DISC = 14
SIGNS = {"favor": "+", "neutral": "=", "against": "−"}
_RADIUS = 4
_PADDING = 8
_GAP = 4
_SIGN_WIDTH = 8
_LONGEST = 60
_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)


class ChipFace(msgspec.Struct, frozen=True):
    """What a chip shows.

    `kind` is entity, event, favor, neutral or against; `slot` is an entity's, `number` the disc of
    a filler of the event in hand, 0 for none.
    """

    name: str
    kind: str = "entity"
    slot: str = ""
    number: int = 0


class Chip(QWidget):
    """A chip 20 px high; where there is less room than its name takes, the name is cut."""

    def __init__(self, look: Look, face: ChipFace) -> None:
        super().__init__()
        self._look, self._face = look, face
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(shown(face.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole name where it is cut."""
        super().resizeEvent(event)
        is_cut = self.width() < size_of(self._face, longest=len(self._face.name)).width()
        self.setToolTip(tooltip(self._face.name) if is_cut else "")

    def sizeHint(self) -> QSize:
        """Ask for the room of the name."""
        return size_of(self._face)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few letters."""
        return QSize(min(48, self.sizeHint().width()), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        draw_chip(QPainter(self), self._look, QRectF(self.rect()), self._face)


def size_of(face: ChipFace, longest: int = _LONGEST) -> QSize:
    """Return how large the chip is that cuts nothing of a name up to `longest` letters."""
    words = QFontMetrics(fonts.window(12, strong=True)).horizontalAdvance(shown(face.name, longest))
    return QSize(words + 2 * _PADDING + 1 + _before_name(face), HEIGHT)


def draw_chip(painter: QPainter, look: Look, box: QRectF, face: ChipFace) -> None:
    """Draw a chip that fills `box`; it begins where the interface begins."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setFont(fonts.window(12, strong=True))
    ink = _draw_ground(painter, look, box, face)
    _draw_sign(painter, look, box, face, ink)
    painter.setPen(ink)
    _draw_name(painter, look, box, face)
    painter.restore()


def draw_number(painter: QPainter, look: Look, box: QRectF, number: int) -> None:
    """Draw the numbered disc of a filler in the middle of `box`."""
    disc = QRectF(0, 0, DISC, DISC)
    disc.moveCenter(box.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme["accent"])
    painter.drawEllipse(disc)
    painter.setPen(look.theme["on_accent"])
    painter.setFont(fonts.window(10, strong=True))
    painter.drawText(disc.adjusted(-4, -4, 4, 3), _CENTRE, str(number))
    painter.restore()


def _before_name(face: ChipFace) -> int:
    """Return what a sign or a disc takes before the name."""
    if face.number:
        return DISC + _GAP - 2
    return _SIGN_WIDTH + _GAP if face.kind in SIGNS else 0


def _draw_ground(painter: QPainter, look: Look, box: QRectF, face: ChipFace) -> QColor:
    """Draw the shape; return the colour of what is written on it."""
    if face.kind == "event":
        _draw_shape(painter, box, look.theme["event"], None)
        return look.theme["on_event"]
    if face.kind in SIGNS:
        ink = look.theme[face.kind]
        _draw_shape(painter, box, look.theme["raised"], QPen(ink, 1.25), box.height() / 2)
        return ink
    slot = look.theme.slot(face.slot)
    outline = QPen(slot.line, 1) if look.theme.is_contrast else None
    _draw_shape(painter, box, slot.chip, outline)
    return slot.ink


def _draw_shape(
    painter: QPainter, box: QRectF, ground: QColor, outline: QPen | None, radius: float = _RADIUS
) -> None:
    inside = outline.widthF() / 2 + 0.1 if outline else 0
    painter.setPen(outline or QPen(Qt.PenStyle.NoPen))
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(inside, inside, -inside, -inside), radius, radius)


def _draw_sign(painter: QPainter, look: Look, box: QRectF, face: ChipFace, ink: QColor) -> None:
    before = _before_name(face)
    left = box.right() - _PADDING - before + _GAP if look.is_rtl else box.left() + _PADDING
    place = QRectF(left, box.top() - 1, before - _GAP, box.height())
    if face.number:
        draw_number(painter, look, place.translated(2 if look.is_rtl else -2, 1), face.number)
    elif before:
        painter.setPen(ink)
        painter.drawText(place, _CENTRE, SIGNS[face.kind])


def _draw_name(painter: QPainter, look: Look, box: QRectF, face: ChipFace) -> None:
    name, before = shown(face.name, _LONGEST), _before_name(face)
    left, right = (0, before) if look.is_rtl else (before, 0)
    place = box.adjusted(_PADDING + left, -1, -_PADDING - right, -1).toRect()
    width = round(box.width()) - 2 * _PADDING - before
    line = broken(name, painter.font(), width, 1)[0]
    box_of_name = QRect(place.left(), place.top(), width, place.height())
    draw_line(painter, box_of_name, line, is_rtl=is_rtl(name), at_right=look.is_rtl)
