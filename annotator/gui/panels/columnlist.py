"""A list whose rows are painted in columns: the titles over them, and the ground of a row."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import draw_line
from annotator.gui.widgets.tippedrows import Index, TippedRows

HEIGHT, COMPACT, HEAD = 33, 30, 30
"""Pixels of a row, of one where the window is compact, and of the titles."""


class ColumnList(QListView):
    """Rows under the titles of their columns; the scroll bar is always there, so columns stay."""

    left_up = Signal()  # the keyboard goes back to what is above

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(name)
        self.setProperty("box", "paper")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._head = _Head(self)
        self.setViewportMargins(0, HEAD, 0, 0)

    def draw_titles(self, painter: QPainter) -> None:
        """Draw the title of each column; x is the viewport's, y begins at the top of the head."""
        raise NotImplementedError

    def draw_title(self, painter: QPainter, box: QRect, title: str, *, at_right: bool) -> None:
        """Draw a title between the left and the right of `box`."""
        place = QRect(box.left(), 0, box.width(), HEAD - 2)
        draw_line(painter, place, title, is_rtl=self.look.is_rtl, at_right=at_right)

    # --- Qt's ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the titles of the columns over them."""
        super().resizeEvent(event)
        self._head.setGeometry(QRect(0, 0, self.width(), HEAD))
        self._head.offset = self.viewport().x()


class _Head(QWidget):
    """The titles of the columns; `offset` is where the viewport begins, in pixels."""

    def __init__(self, view: ColumnList) -> None:
        super().__init__(view)
        self._view, self.offset = view, 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the titles on a ground that a line parts from the rows."""
        painter, theme = QPainter(self), self._view.look.theme
        painter.fillRect(self.rect(), theme["panel"])
        painter.fillRect(0, HEAD - 1, self.width(), 1, theme["line"])
        painter.translate(self.offset, 0)
        painter.setFont(fonts.window(12, strong=True))
        painter.setPen(theme["text_2"])
        self._view.draw_titles(painter)


class ColumnRows(TippedRows):
    """Paints the ground of a row; what stands on it is drawn by `draw_row`."""

    def __init__(self, look: Look, view: ColumnList) -> None:
        super().__init__(view)
        self.look = look

    def draw_row(self, painter: QPainter, index: Index, width: int) -> None:
        """Draw the row at `index`, `HEIGHT` high from 0, in a list that is `width` wide."""
        raise NotImplementedError

    # --- Qt's ---

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground of a row, and in the middle of its height what stands on it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        self._draw_ground(painter, option, box)
        painter.translate(box.left(), box.top() + (box.height() - HEIGHT) // 2)
        self.draw_row(painter, index, box.width())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row: as wide as the list, and lower where it is compact."""
        return QSize(120, COMPACT if self.look.is_compact else HEIGHT)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        theme = self.look.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme["accent_soft"])
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme["hover"])
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme["line"])
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self.look, QRectF(box))
