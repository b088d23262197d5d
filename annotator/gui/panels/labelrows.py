"""How a row of the list of labels is painted: chip, quote, what it belongs to, a sign."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
)

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.models.labellist import LabelRole, LabelRow
from annotator.gui.widgets import chip
from annotator.gui.widgets.chip import draw_chip
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown
from annotator.gui.widgets.quote import draw_quote
from annotator.gui.widgets.tippedrows import TippedRows

_Index = QModelIndex | QPersistentModelIndex
_HEIGHT, _COMPACT_HEIGHT = 32, 28
_EDGE, _GAP, _INDENT, _SIGN = 8, 8, 14, 14
_WIDEST_CHIP, _WIDEST_NAME = 110, 96
_NOTE_SHARE = 0.42
_SIGNS = {"!": ("triangle-alert", "error"), "?": ("circle-help", "doubt")}
_SHORT = 120


class LabelDelegate(TippedRows):
    """Paints a label on one line; quotes are shown literally, and whole in the tooltip."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look

    @property
    def height(self) -> int:
        """The height of a row in pixels."""
        return _COMPACT_HEIGHT if self._look.is_compact else _HEIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row = index.data(LabelRole.ROW)
        if not isinstance(row, LabelRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        box = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        start = self._draw_head(painter, box, row)
        end = self._draw_end(painter, box, row, box.width() - start)
        self._draw_quote(painter, self._part(box, start, box.width() - start - end), row)
        painter.restore()

    def _part(self, box: QRect, start: int, width: int) -> QRect:
        """Return the part of `box` that begins `start` px from the reading side."""
        left = box.right() + 1 - start - width if self._look.is_rtl else box.left() + start
        return QRect(left, box.top(), width, box.height())

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme["accent_soft" if is_on else "hover"])
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, box)

    def _draw_head(self, painter: QPainter, box: QRect, row: LabelRow) -> int:
        """Draw the chip, or the name of what has none; return where the quote begins."""
        if row.face is not None:
            width = min(chip.size_of(row.face).width(), _WIDEST_CHIP)
            place = self._part(box, 0, width)
            top = place.top() + (place.height() - chip.HEIGHT) / 2
            ground = QRectF(place.left(), top, width, chip.HEIGHT)
            draw_chip(painter, self._look, ground, row.face)
            return width + _GAP
        indent = _INDENT if row.is_inner else 0
        face = fonts.window(12)
        width = min(_width(row.name, face), _WIDEST_NAME)
        self._draw_words(painter, self._part(box, indent, width), row.name, face, "text_2")
        return indent + width + _GAP

    def _draw_end(self, painter: QPainter, box: QRect, row: LabelRow, room: int) -> int:
        """Draw the sign and the note at the far end; return how much they take."""
        taken = 0
        if row.sign:
            icon, role = _SIGNS[row.sign]
            corner = self._part(box, box.width() - _SIGN, _SIGN)
            top = corner.top() + (corner.height() - _SIGN) / 2
            square = QRectF(corner.left(), top, _SIGN, _SIGN)
            icons.draw(painter, self._look, icon, square, role)
            taken = _SIGN + _GAP
        if row.note:
            face = fonts.window(11)
            width = min(_width(row.note, face), round(room * _NOTE_SHARE))
            place = self._part(box, box.width() - taken - width, width)
            self._draw_words(painter, place, row.note, face, "text_3")
            taken += width + _GAP
        return taken

    def _draw_quote(self, painter: QPainter, box: QRect, row: LabelRow) -> None:
        painter.setFont(fonts.article(14))
        draw_quote(painter, self._look, box, shown(row.quote, _SHORT), row.letters)

    def _draw_words(
        self, painter: QPainter, box: QRect, words: str, face: QFont, role: str
    ) -> None:
        painter.setFont(face)
        painter.setPen(self._look.theme[role])
        line = broken(shown(words, _SHORT), face, box.width(), 1)[0]
        runs_rtl = self._look.is_rtl if role == "text_3" else is_rtl(line)
        draw_line(painter, box, line, is_rtl=runs_rtl, at_right=self._look.is_rtl)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for the height of a row; its width is the view's."""
        return QSize(120, self.height)

    def said(self, index: _Index) -> str:
        """Return what the whole row says."""
        row = index.data(LabelRole.ROW)
        quote = row.letters.around(row.quote)
        return "\n".join(filter(None, (row.name, quote, row.note)))


def _width(words: str, face: QFont) -> int:
    return QFontMetrics(face).horizontalAdvance(shown(words, _SHORT)) + 2
