"""A keyword-in-context list: the word found in the middle, what is before it at the right.

Texts of articles never mirror, so before is at the right in both languages of the interface; the
columns around them do. Space ticks where rows can be ticked, Return goes in.
"""

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
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.kwic import ROW, KwicModel, KwicRow
from annotator.gui.panels.kwicrow import COMPACT, HEAD, HEIGHT, Columns, RowPainter
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import draw_line
from annotator.gui.widgets.tippedrows import TippedRows

_Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KwicList(QListView):
    """Rows of places, a page at a time; a click goes in, where it `has_ticks` a double one."""

    entered = Signal(int)  # the number of the row
    left_up = Signal()  # the keyboard goes back to what is above

    def __init__(self, look: Look, name: str, *, has_ticks: bool = False) -> None:
        super().__init__()
        self._look, self.has_ticks = look, has_ticks
        self.rows = KwicModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setProperty("box", "paper")
        self.setItemDelegate(_Rows(look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._head = _Head(look, self)
        self.setViewportMargins(0, HEAD, 0, 0)
        going_in = self.doubleClicked if has_ticks else self.clicked
        going_in.connect(lambda index: self.entered.emit(index.row()))

    @property
    def row(self) -> int:
        """The number of the current row, -1 for none."""
        return self.currentIndex().row()

    def go_to(self, number: int) -> None:
        """Make a row the current one, the last one where there are fewer."""
        if self.rows.rows:
            number = min(max(number, 0), len(self.rows.rows) - 1)
            self.setCurrentIndex(self.rows.index(number))

    def columns(self) -> Columns:
        """Return where the columns are."""
        return Columns.of(self._look, self.viewport().width(), has_ticks=self.has_ticks)

    def box_of_tick(self, number: int) -> QRect:
        """Return where the box of a row is in the viewport, as large as can be hit."""
        row = self.visualRect(self.rows.index(number))
        box = self.columns().tick
        return QRect(box.left() - 7, row.top(), box.width() + 14, row.height())

    def turn(self, numbers: Sequence[int]) -> None:
        """Tick these rows, or, where all are ticked already, take the ticks away."""
        meant = [number for number in numbers if self.rows.rows[number].can_tick]
        self.rows.turn(meant, is_on=not self.rows.ticked.issuperset(meant))

    # --- Qt's ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick with a click on the box."""
        at = self.indexAt(event.position().toPoint())
        if self.has_ticks and at.isValid():
            is_on_box = self.box_of_tick(at.row()).contains(event.position().toPoint())
            if is_on_box and event.button() == Qt.MouseButton.LeftButton:
                self.setCurrentIndex(at)
                self.turn([at.row()])
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go in with Return, tick with Space, go up out of the first row."""
        if event.key() in _ENTER and self.row >= 0:
            self.entered.emit(self.row)
        elif event.key() == Qt.Key.Key_Space and self.has_ticks and self.row >= 0:
            self.turn([self.row])
        elif event.key() == Qt.Key.Key_Up and self.row <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the titles of the columns over them."""
        super().resizeEvent(event)
        self._head.setGeometry(QRect(0, 0, self.width(), HEAD))
        self._head.offset = self.viewport().x()


class _Head(QWidget):
    """The titles of the columns."""

    def __init__(self, look: Look, view: KwicList) -> None:
        super().__init__(view)
        self._look, self._view, self.offset = look, view, 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, text = self._look.theme, self._look.language.text
        painter.fillRect(self.rect(), theme["panel"])
        painter.fillRect(0, HEAD - 1, self.width(), 1, theme["line"])
        painter.translate(self.offset, 0)
        columns = self._view.columns()
        painter.setFont(fonts.window(12, strong=True))
        painter.setPen(theme["text_2"])
        self._write(painter, columns.title, text("Article"), at_right=self._look.is_rtl)
        self._write(painter, columns.label, text("Label"), at_right=self._look.is_rtl)
        found = QRect(columns.left, 0, columns.middle - columns.left, HEAD)
        before = QRect(columns.middle, 0, columns.right - columns.middle, HEAD)
        self._write(painter, found, text("Found"), at_right=True)
        self._write(painter, before, text("What is before"), at_right=True)
        self._write(painter, found, text("What is after"), at_right=False)

    def _write(self, painter: QPainter, box: QRect, words: str, *, at_right: bool) -> None:
        place = QRect(box.left(), 0, box.width(), HEAD - 2)
        draw_line(painter, place, words, is_rtl=self._look.is_rtl, at_right=at_right)


class _Rows(TippedRows):
    def __init__(self, look: Look, view: KwicList) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self._painter = RowPainter(look)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: KwicRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        self._draw_ground(painter, option, box)
        painter.translate(box.left(), 0)
        columns = Columns.of(self._look, box.width(), has_ticks=self._view.has_ticks)
        is_ticked = index.row() in self._view.rows.ticked if row.can_tick else None
        top = box.top() + (box.height() - HEIGHT) // 2
        self._painter.paint(painter, row, columns, top, is_ticked=is_ticked)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        theme = self._look.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme["accent_soft"])
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme["hover"])
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme["line"])
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, QRectF(box))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, COMPACT if self._look.is_compact else HEIGHT)

    def said(self, index: _Index) -> str:
        """Return what the whole row says."""
        return str(index.data(ROW).said)
