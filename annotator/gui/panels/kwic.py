"""A keyword-in-context list: the word found in the middle, what is before it at the right.

Texts of articles never mirror, so before is at the right in both languages of the interface; the
columns around them do. Space ticks where rows can be ticked, Return goes in.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from annotator.gui.look import Look
from annotator.gui.models.kwic import ROW, KwicModel, KwicRow
from annotator.gui.panels.columnlist import HEAD, ColumnList, ColumnRows
from annotator.gui.panels.kwicrow import Columns, RowPainter
from annotator.gui.widgets.tippedrows import Index

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KwicList(ColumnList):
    """Rows of places, a page at a time; a click goes in, where it `has_ticks` a double one."""

    entered = Signal(int)  # the number of the row

    def __init__(self, look: Look, name: str, *, has_ticks: bool = False) -> None:
        super().__init__(look, name)
        self.has_ticks = has_ticks
        self.rows = KwicModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(look, self))
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
        return Columns.of(self.look, self.viewport().width(), has_ticks=self.has_ticks)

    def box_of_tick(self, number: int) -> QRect:
        """Return where the box of a row is in the viewport, as large as can be hit."""
        row = self.visualRect(self.rows.index(number))
        box = self.columns().tick
        return QRect(box.left() - 7, row.top(), box.width() + 14, row.height())

    def turn(self, numbers: Sequence[int]) -> None:
        """Tick these rows, or, where all are ticked already, take the ticks away."""
        meant = [number for number in numbers if self.rows.rows[number].can_tick]
        self.rows.turn(meant, is_on=not self.rows.ticked.issuperset(meant))

    def draw_titles(self, painter: QPainter) -> None:
        """Draw the titles of the columns: of what mirrors at its own side, of the others as is."""
        columns, text = self.columns(), self.look.language.text
        self.draw_title(painter, columns.title, text("Article"), at_right=self.look.is_rtl)
        self.draw_title(painter, columns.label, text("Label"), at_right=self.look.is_rtl)
        found = QRect(columns.left, 0, columns.middle - columns.left, HEAD)
        before = QRect(columns.middle, 0, columns.right - columns.middle, HEAD)
        self.draw_title(painter, found, text("Found"), at_right=True)
        self.draw_title(painter, before, text("What is before"), at_right=True)
        self.draw_title(painter, found, text("What is after"), at_right=False)

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


class _Rows(ColumnRows):
    def __init__(self, look: Look, view: KwicList) -> None:
        super().__init__(look, view)
        self._view, self._painter = view, RowPainter(look)

    def draw_row(self, painter: QPainter, index: Index, width: int) -> None:
        """Draw a place, ticked or not where it can be."""
        row: KwicRow = index.data(ROW)
        columns = Columns.of(self.look, width, has_ticks=self._view.has_ticks)
        is_ticked = index.row() in self._view.rows.ticked if row.can_tick else None
        self._painter.paint(painter, row, columns, 0, is_ticked=is_ticked)

    def said(self, index: Index) -> str:
        """Return what the whole row says."""
        return str(index.data(ROW).said)
