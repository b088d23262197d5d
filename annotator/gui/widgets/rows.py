"""Rows of lists: a disc, a title in the face of articles, and a small line of ours under it."""

from enum import IntEnum

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
)

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown
from annotator.gui.widgets.state import SIZE, draw_state
from annotator.gui.widgets.tippedrows import TippedRows

_HEIGHT, _COMPACT_HEIGHT = 72, 30
_EDGE, _GAP = 10, 8
_TITLE, _NOTE = 24, 16  # heights of their lines
_TOP = 4
_Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a row asks its model for beside Qt.DisplayRole, which is the title as it stands."""

    STATUS = Qt.ItemDataRole.UserRole + 101
    NOTE = Qt.ItemDataRole.UserRole + 102


class RowDelegate(TippedRows):
    """Paints a row of 72 px, or 30 px of one line where the window is compact.

    Titles are text from people: shown literally, cut at their end, whole in the tooltip. A row
    without a status has no disc.
    """

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        """Paint the rows of `view`."""
        super().__init__(view)
        self._look = look

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        role = _ground(option)
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.theme[role])
            painter.drawRoundedRect(box, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, box)

    def _draw_parts(self, painter: QPainter, index: _Index, box: QRect, *, is_on: bool) -> None:
        status, note = _text(index, RowRole.STATUS), _text(index, RowRole.NOTE)
        if status:
            draw_state(painter, self._look, QRectF(self._mirrored(box, 0, SIZE, _TITLE)), status)
        words = self._words_box(box, has_disc=bool(status))
        painter.setPen(self._look.theme["text" if is_on else "text_2"])
        painter.setFont(fonts.article(14, bold=is_on))
        if self._look.is_compact:
            words = self._draw_note_at_end(painter, words, note)
        n_lines = self._draw_title(painter, index, words)
        if not self._look.is_compact:
            below = QRect(words.left(), words.top() + n_lines * _TITLE, words.width(), _NOTE)
            self._draw_note(painter, below, note, at_right=self._look.is_rtl)

    def _words_box(self, box: QRect, *, has_disc: bool) -> QRect:
        before = SIZE + _GAP if has_disc else 0
        return self._mirrored(box, before, box.width() - before, box.height())

    def _draw_title(self, painter: QPainter, index: _Index, box: QRect) -> int:
        title = shown(_text(index, Qt.ItemDataRole.DisplayRole))
        lines = broken(title, painter.font(), box.width(), 1 if self._look.is_compact else 2)
        runs_rtl = is_rtl(title)
        for at, line in enumerate(lines):
            place = QRect(box.left(), box.top() + at * _TITLE, box.width(), _TITLE)
            draw_line(painter, place, line, is_rtl=runs_rtl, at_right=runs_rtl)
        return len(lines)

    def _draw_note_at_end(self, painter: QPainter, box: QRect, note: str) -> QRect:
        """Draw the note at the far end of a row of one line; return what is left for the title."""
        if not note:
            return box
        width = min(_note_width(note), box.width() // 2)
        painter.save()
        place = self._mirrored(box, box.width() - width, width, _TITLE)
        self._draw_note(painter, place, note, at_right=self._look.is_rtl)
        painter.restore()
        return self._mirrored(box, 0, box.width() - width - _GAP, box.height())

    def _draw_note(self, painter: QPainter, box: QRect, note: str, *, at_right: bool) -> None:
        painter.setPen(self._look.theme["text_3"])
        painter.setFont(fonts.window(11))
        line = broken(shown(note), painter.font(), box.width(), 1)[0]
        draw_line(painter, box, line, is_rtl=self._look.is_rtl, at_right=at_right)

    def _mirrored(self, box: QRect, start: int, width: int, height: int) -> QRect:
        """Return the part of `box` that begins `start` px from the reading side."""
        left = box.right() + 1 - start - width if self._look.is_rtl else box.left() + start
        return QRect(left, box.top(), width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option)
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(_EDGE, _TOP, -_EDGE, -_TOP)
        self._draw_parts(painter, index, box, is_on=is_on)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for the height of a row; its width is the view's."""
        return QSize(120, _COMPACT_HEIGHT if self._look.is_compact else _HEIGHT)

    def said(self, index: _Index) -> str:
        """Return the whole title."""
        return _text(index, Qt.ItemDataRole.DisplayRole)


def _text(index: _Index, role: int) -> str:
    return str(index.data(role) or "")


def _note_width(note: str) -> int:
    return QFontMetrics(fonts.window(11)).horizontalAdvance(shown(note)) + 2


def _ground(option: QStyleOptionViewItem) -> str:
    if option.state & QStyle.StateFlag.State_Selected:
        return "accent_soft"
    return "hover" if option.state & QStyle.StateFlag.State_MouseOver else ""
