"""Wells that can be pressed: fillers with their numbers, candidates with their keys, empty places.

A well says its text literally. What is pending has a dashed outline, what was not saved or is
wrong an outline of trouble with its sign; shape goes before colour.
"""

import msgspec
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.widgets.chip import DISC, draw_number
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.keycap import draw_cap, size_of
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown, tooltip
from annotator.gui.widgets.swatch import draw_swatch

_HEIGHT, _COMPACT = 28, 24
_PADDING, _GAP = 6, 6
_SWATCH, _TAB = 16, 14
_CROSS = 16
_LONGEST = 90
_REMOVERS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class WellFace(msgspec.Struct, frozen=True):
    """What a well shows: its words between a disc or a key cap and a swatch or an event's tab.

    `state` is "", "pending", "unsaved", "wrong", "empty" (dashed: nothing is there yet), "hint"
    (the same, in quiet words) or "asking" (empty, and what is pressed next goes there).
    """

    words: str
    is_quote: bool = True
    slot: str = ""
    is_event: bool = False
    number: int = 0
    key: str = ""
    is_removable: bool = False
    state: str = ""
    is_strong: bool = False
    is_small: bool = False
    is_on: bool = False  # chosen, among others that are not
    name: str = ""  # for readers of the screen, where the words are not enough


class WellButton(QAbstractButton):
    """A well that is pressed as a button; its cross, Delete and Backspace ask for removal."""

    removal_asked = Signal()

    def __init__(self, look: Look, face: WellFace) -> None:
        super().__init__()
        self._look, self.face = look, face
        self._is_over_cross = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(shown(face.name or face.words))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def cross(self) -> QRect:
        """Return where the cross is; empty where nothing can be removed."""
        if not self.face.is_removable:
            return QRect()
        return self._at_end(QRect(0, 0, _CROSS + _GAP, self.height()), self.width())

    def _font(self) -> QFont:
        if self.face.is_quote:
            return fonts.article(14 if self.face.is_small else 16)
        if self.face.state == "hint":
            return fonts.window(11)
        return fonts.window(13, strong=self.face.is_strong or self.face.is_on)

    def _before(self) -> int:
        if self.face.number:
            return DISC + 2 + _GAP
        return size_of(self.face.key).width() + _GAP if self.face.key else 0

    def _after(self) -> int:
        has_sign = self.face.state in ("unsaved", "wrong")
        ends = (self.face.slot, self.face.is_event, has_sign, self.face.is_removable)
        widths = (_SWATCH + _GAP, _TAB + _GAP, _TAB + _GAP, _CROSS)
        return sum(width for is_there, width in zip(ends, widths, strict=True) if is_there)

    def _at_end(self, box: QRect, width: int) -> QRect:
        """Return `box`, counted from where a line ends, as it is on the screen."""
        left = box.left() if self._look.is_rtl else width - box.left() - box.width()
        return QRect(left, box.top(), box.width(), box.height())

    def _at_start(self, box: QRect) -> QRect:
        left = self.width() - box.left() - box.width() if self._look.is_rtl else box.left()
        return QRect(left, box.top(), box.width(), box.height())

    # --- painting ---

    def _draw_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        is_bare = bool(self.face.key) or self.face.state in ("empty", "hint", "asking")
        ground = None if is_bare else theme["panel"]
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ground = theme["hover" if not self.isDown() else "accent_soft"]
        if self.face.state == "asking" or self.face.is_on:
            ground = theme["accent_soft"]
        painter.setBrush(ground or Qt.BrushStyle.NoBrush)
        painter.setPen(self._outline() or QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(box, 6, 6)

    def _outline(self) -> QPen | None:
        theme = self._look.theme
        inks = {"unsaved": "error", "wrong": "error", "pending": "line_strong", "asking": "accent"}
        if self.face.state in inks or self.face.state == "empty":
            pen = QPen(theme[inks.get(self.face.state, "line_strong")], 1)
            if self.face.state in ("pending", "empty"):
                pen.setStyle(Qt.PenStyle.DashLine)
            return pen
        if self.face.is_on:
            return QPen(theme["accent"], 1)
        is_bare = bool(self.face.key) or self.face.state == "hint"
        return QPen(theme["line"], 1) if theme.is_contrast and not is_bare else None

    def _draw_start(self, painter: QPainter) -> None:
        if self.face.number:
            box = self._at_start(QRect(_PADDING, 0, DISC + 2, self.height()))
            draw_number(painter, self._look, QRectF(box), self.face.number)
        elif self.face.key:
            cap = size_of(self.face.key)
            top = (self.height() - cap.height()) // 2
            box = self._at_start(QRect(QPoint(_PADDING, top), cap))
            draw_cap(painter, self._look, QRectF(box), self.face.key)

    def _draw_words(self, painter: QPainter) -> None:
        role = "text" if self.isEnabled() else "text_2"
        role = "text_3" if self.face.state in ("empty", "hint") else role
        role = "accent" if self.face.state == "asking" or self.face.is_on else role
        painter.setFont(self._font())
        painter.setPen(self._look.theme[role])
        words = shown(self.face.words, _LONGEST)
        line = broken(words, painter.font(), self._room(), 1)[0]
        box = self._at_start(QRect(_PADDING + self._before(), 0, self._room(), self.height()))
        draw_line(painter, box, line, is_rtl=is_rtl(words), at_right=self._look.is_rtl)

    def _draw_end(self, painter: QPainter) -> None:
        at, middle = _PADDING, self.height() / 2
        if self.face.is_removable:
            role = "text" if self._is_over_cross else "text_3"
            box = self._at_end(QRect(_GAP - 2, round(middle) - 7, 14, 14), self.width())
            icons.draw(painter, self._look, "x", QRectF(box), role)
            at += _CROSS
        if self.face.state in ("unsaved", "wrong"):
            box = self._at_end(QRect(at, round(middle) - 7, _TAB, _TAB), self.width())
            self._draw_trouble(painter, QRectF(box))
            at += _TAB + _GAP
        width = _SWATCH if self.face.slot else _TAB
        box = self._at_end(QRect(at, round(middle) - 8, width, 16), self.width())
        if self.face.slot:
            draw_swatch(painter, self._look, QRectF(box), self.face.slot)
        elif self.face.is_event:
            painter.setPen(QPen(self._look.theme["event"], 1.25))
            painter.setBrush(self._look.theme["event_tint"])
            painter.drawRoundedRect(QRectF(box).adjusted(1, 2, -1, -2), 3, 3)

    def _draw_trouble(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme["error"])
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(self._look.theme["panel"])
        painter.setFont(fonts.window(10, strong=True))
        painter.drawText(box.adjusted(0, -1, 0, 0), Qt.AlignmentFlag.AlignCenter, "!")

    def _room(self) -> int:
        return self.width() - 2 * _PADDING - self._before() - self._after()

    # --- what Qt calls ---

    def sizeHint(self) -> QSize:
        """Ask for the room of the words, one pixel more than measured."""
        words = QFontMetrics(self._font()).horizontalAdvance(shown(self.face.words, _LONGEST))
        height = _COMPACT if self._look.is_compact else _HEIGHT
        return QSize(2 * _PADDING + self._before() + words + 2 + self._after(), height)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few letters."""
        least = 2 * _PADDING + self._before() + 40 + self._after()
        return QSize(min(self.sizeHint().width(), least), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter)
        self._draw_start(painter)
        self._draw_words(painter)
        self._draw_end(painter)
        if self.hasFocus():
            draw_ring(painter, self._look, QRectF(self.rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text where it is cut."""
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width() or len(self.face.words) > _LONGEST
        self.setToolTip(tooltip(self.face.words) if is_cut else "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the cross up under the pointer."""
        is_over = self.cross().contains(event.position().toPoint())
        if is_over != self._is_over_cross:
            self._is_over_cross = is_over
            self.update()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for removal where the cross was pressed."""
        if self.isDown() and self.cross().contains(event.position().toPoint()):
            self.setDown(False)
            event.accept()
            self.removal_asked.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for removal by Delete and Backspace."""
        if self.face.is_removable and event.key() in _REMOVERS:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)
