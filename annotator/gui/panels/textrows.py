"""Rows of texts that are disputed: the text, chips with how often, a note, and a way in."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
)

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.models.agreementnames import TypeFace
from annotator.gui.models.agreementrows import TextRow
from annotator.gui.widgets.chip import HEIGHT, ChipFace, draw_chip, size_of
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown
from annotator.gui.widgets.tippedrows import TippedRows

_ROW, _COMPACT = 38, 32
_TEXT, _LEAST, _EDGE, _GAP, _ICON = 0.34, 110, 6, 6, 16
_WIDEST = 120
_DATA = Qt.ItemDataRole.UserRole + 1
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_Index = QModelIndex | QPersistentModelIndex


class TextRows(QListWidget):
    """A list of rows; `opened` says which was clicked, or entered with Return."""

    opened = Signal(object)  # Opening

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("box", "raised")
        self.setItemDelegate(_Rows(look, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open)

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        """Show these rows and no others."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(shown(row.text, 80))
            item.setData(_DATA, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(row.said))
            self.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_DATA).opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row that the keys are on with Return."""
        item = self.currentItem()
        if event.key() in _OPENING and item is not None:
            self._open(item)
        else:
            super().keyPressEvent(event)


class _Rows(TippedRows):
    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row: TextRow = index.data(_DATA)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        box = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme["hover"])
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme["line"])
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, QRectF(box))
        self._draw_parts(painter, row, box.adjusted(_EDGE, 0, -_EDGE, 0))
        painter.restore()

    def _draw_parts(self, painter: QPainter, row: TextRow, box: QRect) -> None:
        width = self._text_width(row, box)
        face = fonts.article(16)
        painter.setFont(face)
        painter.setPen(self._look.theme["text"])
        line = broken(shown(row.text, 80), face, width, 1)[0]
        place = self._part(box, 0, width).adjusted(0, -2, 0, -2)
        draw_line(painter, place, line, is_rtl=is_rtl(line), at_right=self._look.is_rtl)
        end = box.width() - _ICON - _GAP
        at = self._draw_chips(painter, row, box, width + 2 * _GAP, end)
        if row.note and end - at > 24:
            self._draw_note(painter, row.note, self._part(box, at, end - at))
        chevron = self._part(box, box.width() - _ICON, _ICON)
        icons.draw(painter, self._look, "chevron-right", QRectF(chevron), "text_2")

    def _text_width(self, row: TextRow, box: QRect) -> int:
        """Return the room of the text: what its chips leave, or what its note does."""
        if row.chips:
            return max(round(box.width() * _TEXT), _LEAST)
        note = QFontMetrics(fonts.window(11)).horizontalAdvance(shown(row.note)) + 4
        return max(box.width() - note - _ICON - 4 * _GAP, _LEAST)

    def _draw_chips(self, painter: QPainter, row: TextRow, box: QRect, at: int, end: int) -> int:
        """Draw the chips that have room, each with its number; return where they end."""
        face = fonts.window(12)
        for type_, n in row.chips:
            chip = chip_of(type_)
            width, number = min(size_of(chip).width(), _WIDEST), str(n)
            after = QFontMetrics(face).horizontalAdvance(number) + 2
            if at + width + after + _GAP > end:
                break
            place = self._part(box, at, width)
            top = place.top() + (place.height() - HEIGHT) // 2
            draw_chip(painter, self._look, QRectF(place.left(), top, width, HEIGHT), chip)
            painter.setFont(face)
            painter.setPen(self._look.theme["text_2"])
            told = self._part(box, at + width + _GAP, after)
            draw_line(painter, told, number, is_rtl=False, at_right=self._look.is_rtl)
            at += width + after + 3 * _GAP
        return at

    def _draw_note(self, painter: QPainter, note: str, box: QRect) -> None:
        face = fonts.window(11)
        painter.setFont(face)
        painter.setPen(self._look.theme["text_3"])
        line = broken(shown(note), face, box.width(), 1)[0]
        draw_line(painter, box, line, is_rtl=self._look.is_rtl, at_right=self._look.is_rtl)

    def _part(self, box: QRect, start: int, width: int) -> QRect:
        left = box.right() + 1 - start - width if self._look.is_rtl else box.left() + start
        return QRect(left, box.top(), width, box.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for one row."""
        return QSize(120, _COMPACT if self._look.is_compact else _ROW)

    def said(self, index: _Index) -> str:
        """Return what the whole row says."""
        return str(index.data(_DATA).said)


def chip_of(face: TypeFace) -> ChipFace:
    """Return the chip of a type."""
    return ChipFace(face.name, face.kind, face.slot)
