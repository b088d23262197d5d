"""The list of places: the text there, what both annotators have, and in which article."""

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
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
)

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.agreementplaces import PlaceRow, Voice
from annotator.gui.panels.textrows import chip_of
from annotator.gui.widgets.chip import HEIGHT, draw_chip, size_of
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, literal, shown
from annotator.gui.widgets.tippedrows import TippedRows

_QUOTE, _VOICE, _NOTE, _EDGE, _GAP = 26, 22, 18, 10, 6
_ROW = _QUOTE + 2 * _VOICE + _NOTE + 10
_DATA = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class PlaceList(QListWidget):
    """Rows of places; the arrows go along them, Return or a double click goes in."""

    entered = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Rows(look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda _: self.entered.emit())

    def show_rows(self, rows: Sequence[PlaceRow]) -> None:
        """Show these rows and no others."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(shown(row.quote, 80))
            item.setData(_DATA, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(row.said))
            self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go in with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Rows(TippedRows):
    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a place."""
        row: PlaceRow = index.data(_DATA)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        box = QRect(option.rect).adjusted(_EDGE, 5, -_EDGE, -5)
        top, face = box.top(), fonts.article(14)
        self._write(painter, QRect(box.left(), top - 2, box.width(), _QUOTE), row.quote, face)
        for n, voice in enumerate(row.voices):
            place = QRect(box.left(), top + _QUOTE + n * _VOICE, box.width(), _VOICE)
            self._draw_voice(painter, voice, place)
        note = QRect(box.left(), top + _QUOTE + 2 * _VOICE, box.width(), _NOTE)
        told = " · ".join(filter(None, (row.why, literal(row.title))))
        self._write(painter, note, told, fonts.window(11), "text_3", is_ours=True)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box, theme = QRectF(option.rect).adjusted(2, 1, -2, -1), self._look.theme
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if is_on or is_under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme["accent_soft" if is_on else "hover"])
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, box)

    def _draw_voice(self, painter: QPainter, voice: Voice, box: QRect) -> None:
        """Draw the chip of what one has, and her name behind it."""
        face = fonts.window(12)
        if voice.face is None:
            width = QFontMetrics(face).horizontalAdvance(voice.nothing) + 4
            nothing = self._part(box, 0, width).adjusted(0, -2, 0, -2)
            self._write(painter, nothing, voice.nothing, face, "text_3")
        else:
            chip = chip_of(voice.face)
            width = min(size_of(chip).width(), box.width() // 2)
            place = self._part(box, 0, width)
            draw_chip(painter, self._look, QRectF(place.left(), place.top(), width, HEIGHT), chip)
        at = width + _GAP
        name = self._part(box, at, box.width() - at).adjusted(0, -2, 0, -2)
        self._write(painter, name, voice.reader, face, "text_2")

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        face: QFont,
        role: str = "text",
        *,
        is_ours: bool = False,
    ) -> None:
        painter.setFont(face)
        painter.setPen(self._look.theme[role])
        plain = words if is_ours else shown(words)
        line = broken(plain, face, box.width(), 1)[0]
        runs_rtl = self._look.is_rtl if is_ours else is_rtl(line)
        draw_line(painter, box, line, is_rtl=runs_rtl, at_right=self._look.is_rtl)

    def _part(self, box: QRect, start: int, width: int) -> QRect:
        left = box.right() + 1 - start - width if self._look.is_rtl else box.left() + start
        return QRect(left, box.top(), width, box.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for four lines."""
        return QSize(120, _ROW)

    def said(self, index: _Index) -> str:
        """Return what the whole row says."""
        return str(index.data(_DATA).said)
