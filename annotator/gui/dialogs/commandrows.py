"""How a row of the command palette is painted: its sign, its name, and its keys at the far end."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui import fonts, icons
from annotator.gui.dialogs.finding import Entry
from annotator.gui.look import Look
from annotator.gui.widgets.chip import ChipFace, draw_chip
from annotator.gui.widgets.keycap import draw_cap
from annotator.gui.widgets.keycap import size_of as size_of_cap
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown
from annotator.gui.widgets.swatch import draw_swatch

_HEIGHT, _COMPACT = 34, 30
_EDGE, _GAP, _SIGN = 12, 10, 18
_CAP_GAP = 4
_ICONS = {"article": "book-open", "relation": "link", "stance": "quote"}
_Index = QModelIndex | QPersistentModelIndex


class CommandRows(QStyledItemDelegate):
    """Paints entries; what cannot be done now is grey, with the reason where the keys would be."""

    def __init__(self, look: Look, slots: dict[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._slots = look, slots

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row of one entry."""
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._look.theme["accent_soft"])
        self._draw_sign(painter, entry, self._from_start(box, _EDGE, _SIGN))
        end = self._draw_end(painter, entry, box)
        start = _EDGE + _SIGN + _GAP
        name_box = self._from_start(box, start, max(0, box.width() - start - end - _GAP))
        self._draw_name(painter, entry, name_box)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for one row."""
        return QSize(100, _COMPACT if self._look.is_compact else _HEIGHT)

    def _from_start(self, box: QRect, at: int, width: int) -> QRect:
        """Return a piece of `box` that begins `at` pixels after its reading side."""
        left = box.right() + 1 - at - width if self._look.is_rtl else box.left() + at
        return QRect(left, box.top(), width, box.height())

    def _from_end(self, box: QRect, at: int, width: int) -> QRect:
        return self._from_start(box, box.width() - at - width, width)

    def _draw_sign(self, painter: QPainter, entry: Entry, box: QRect) -> None:
        middle = QRectF(box.left(), box.center().y() - 7, _SIGN, 16)
        if entry.kind == "entity":
            draw_swatch(painter, self._look, middle, self._slots[entry.id])
        elif entry.kind == "event":
            draw_chip(painter, self._look, middle.adjusted(0, 2, 0, -2), ChipFace("", "event"))
        else:
            name = entry.icon or _ICONS.get(entry.kind, "")
            if name:
                icons.draw(painter, self._look, name, middle.adjusted(1, 0, -1, 0), "text_3")

    def _draw_name(self, painter: QPainter, entry: Entry, box: QRect) -> None:
        font = fonts.article(14) if entry.kind == "article" else fonts.window()
        painter.setFont(font)
        painter.setPen(self._look.theme["text_3" if entry.why_not else "text"])
        line = broken(shown(entry.name, 300), font, box.width(), 1)[0]
        draw_line(painter, box, line, is_rtl=is_rtl(line), at_right=self._look.is_rtl)

    def _draw_end(self, painter: QPainter, entry: Entry, box: QRect) -> int:
        """Draw what stands at the far end; return how much room it takes from the edge."""
        if entry.why_not:
            return self._draw_words(painter, entry.why_not, box)
        at = _EDGE
        for latin, arabic in reversed(entry.keys):
            size = size_of_cap(latin, arabic)
            place = QRectF(self._from_end(box, at, size.width()))
            place.setTop(place.center().y() - size.height() / 2)
            draw_cap(painter, self._look, place, latin, arabic)
            at += size.width() + _CAP_GAP
        return at if entry.keys else self._draw_words(painter, entry.hint, box)

    def _draw_words(self, painter: QPainter, said: str, box: QRect) -> int:
        font = fonts.window(11)
        width = QFontMetrics(font).horizontalAdvance(said) + 2
        painter.setFont(font)
        painter.setPen(self._look.theme["text_3"])
        place = self._from_end(box, _EDGE, width)
        draw_line(painter, place, said, is_rtl=self._look.is_rtl, at_right=self._look.is_rtl)
        return _EDGE + width
