"""Pictures of chips: drawn once for what they say and how they look, then only copied."""

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from annotator.gui.canvas.geometry import Chip
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.measures import Measures

_MOST = 2000  # pictures that are kept; a page shows some dozens
_DASHES = [3.0, 2.4]
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute


class _Key(msgspec.Struct, frozen=True):
    """All that decides how a chip looks."""

    words: str
    width: int
    kind: str
    slot: str
    tone: str
    sign: str
    number: int
    is_in_hand: bool
    is_suggested: bool
    is_unsaved: bool
    is_doubtful: bool
    has_problem: bool
    is_rtl: bool
    ratio: float


class Signs:
    """Chips as pictures, for one theme and zoom."""

    def __init__(self, inks: Inks, measures: Measures, question: str) -> None:
        self._inks, self._measures, self._question = inks, measures, question
        self._pictures: dict[_Key, QPixmap] = {}

    def picture(self, chip: Chip, *, is_in_hand: bool, ratio: float) -> QPixmap:
        """Return the picture of `chip` for a device with so many pixels a pixel."""
        key = _key(chip, is_in_hand=is_in_hand, ratio=ratio)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= _MOST:
                self._pictures.clear()
            found = self._pictures[key] = self._drawn(key)
        return found

    def _drawn(self, key: _Key) -> QPixmap:
        height = self._measures.chip
        picture = QPixmap(QSize(round(key.width * key.ratio), round(height * key.ratio)))
        picture.setDevicePixelRatio(key.ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_rtl = key.is_rtl and key.kind != "more"  # or "+2" would be shown as "2+"
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        )
        box = QRectF(0, 0, key.width, height)
        ink = self._ground(painter, key, box)
        self._say(painter, key, box, ink)
        painter.end()
        return picture

    # -- grounds; each returns the ink to write with

    def _ground(self, painter: QPainter, key: _Key, box: QRectF) -> QColor:
        inks = self._inks
        if key.is_suggested:
            pen = QPen(inks["text_3"], 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern(_DASHES)
            _outline(painter, box, pen, inks["paper"], 3)
            return inks["text_2"]
        if key.kind == "evidence":
            tone = inks[key.tone if key.tone in ("favor", "against") else "neutral"]
            _outline(painter, box, QPen(tone, 1.25), inks["raised"], box.height() / 2)
            return tone
        ground, ink, edge = self._tab(key)
        tab(painter, box, ground, edge)
        return ink

    def _tab(self, key: _Key) -> tuple[QColor, QColor, QColor | None]:
        """Return ground, ink and outline of a tab."""
        inks = self._inks
        unsaved = inks["error"] if key.is_unsaved else None
        if key.kind == "more":
            return inks["hover"], inks["text_2"], inks["line"]
        if key.kind == "event":
            if key.is_in_hand:
                return inks["accent"], inks["on_accent"], unsaved
            return inks["event"], inks["on_event"], unsaved
        slot = inks.slot(key.slot)
        return slot.chip, slot.ink, unsaved or (slot.line if inks.is_contrast else None)

    # -- what stands on them

    def _say(self, painter: QPainter, key: _Key, box: QRectF, ink: QColor) -> None:
        half = self._measures.half
        start = (13 if key.number else 0) + (12 if key.sign else 0)
        end = 13 * (key.is_doubtful + key.has_problem)
        inner = self._between(box, start * half, end * half, key.is_rtl)
        painter.setFont(self._measures.chip_font)
        painter.setPen(ink)
        lift = 0 if key.kind == "evidence" or key.is_suggested else 1
        painter.drawText(inner.adjusted(0, -1 - lift, 0, 0), _CENTRE, key.words)
        if key.sign:
            place = self._between(box, 5 * half, box.width() - 17 * half, key.is_rtl)
            painter.drawText(place.adjusted(0, -1, 0, 0), _CENTRE, key.sign)
        self._badges(painter, key, box)

    def _badges(self, painter: QPainter, key: _Key, box: QRectF) -> None:
        inks, half = self._inks, self._measures.half
        size = min(12 * half, box.height() - 3)
        at_start = self._between(box, 1, box.width() - 1 - size, key.is_rtl)
        at_end = self._between(box, box.width() - 1.5 - size, 1.5, key.is_rtl)
        if key.number:
            self._badge(painter, at_start, str(key.number), "accent", inks["on_accent"], size / 2)
        on = inks["raised"] if not inks.is_contrast else inks["paper"]
        if key.is_doubtful:
            self._badge(painter, at_end, self._question, "doubt", on, size / 2)
            step = (size + 1) * (1 if key.is_rtl else -1)
            at_end = at_end.translated(step, 0)
        if key.has_problem:
            self._badge(painter, at_end, "!", "error", on, 2)

    def _badge(
        self, painter: QPainter, box: QRectF, said: str, role: str, ink: QColor, radius: float
    ) -> None:
        size = box.width()
        box = QRectF(box.left(), 1.5, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._inks[role])
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(ink)
        font = QFont(self._measures.sign_font)
        if len(said) > 1:
            font.setPixelSize(round(font.pixelSize() * 0.85))
        painter.setFont(font)
        painter.drawText(box.adjusted(-2, -1, 2, 0), _CENTRE, said)

    @staticmethod
    def _between(box: QRectF, start: float, end: float, is_rtl: bool) -> QRectF:
        """Return `box` without so much at its start and end."""
        left, right = (end, start) if is_rtl else (start, end)
        return box.adjusted(left, 0, -right, 0)


def _key(chip: Chip, *, is_in_hand: bool, ratio: float) -> _Key:
    mark = chip.marks[0]
    is_one = not chip.is_more
    return _Key(
        words=chip.words,
        width=chip.right - chip.left,
        kind=mark.kind if is_one else "more",
        slot=mark.slot if is_one and mark.kind == "entity" else "",
        tone=mark.tone if is_one else "",
        sign=mark.sign if is_one else "",
        number=mark.number if is_one else 0,
        is_in_hand=is_one and is_in_hand,
        is_suggested=is_one and mark.is_suggested,
        is_unsaved=is_one and mark.is_unsaved,
        is_doubtful=is_one and mark.is_doubtful,
        has_problem=is_one and mark.has_problem,
        is_rtl=chip.is_rtl,
        ratio=ratio,
    )


def _outline(painter: QPainter, box: QRectF, pen: QPen, ground: QColor, radius: float) -> None:
    inset = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def tab(painter: QPainter, box: QRectF, ground: QColor, edge: QColor | None) -> None:
    """Draw a tab: round above, flat below."""
    inset = 0.5 if edge else 0.0
    body = QPainterPath()
    body.addRoundedRect(box.adjusted(inset, inset, -inset, 3), 3, 3)
    square = QPainterPath()
    square.addRect(box.adjusted(0, 0, 0, -inset))
    painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawPath(body.intersected(square))
