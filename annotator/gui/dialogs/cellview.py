"""A view of rows of cells: one column takes the room, the others what they need.

It is as high as its rows; from the seventh on it is scrolled.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.cells import CellTable, Row

_ROW = 33
_MOST_SEEN = 6
_WIDEST, _BESIDE = 240, 24


class CellView(QTableView):
    """A table of cells, hidden while it is empty; `widest` is the number of the wide column."""

    def __init__(self, look: Look, name: str, titles: Sequence[str], widest: int = 0) -> None:
        """Put nothing in yet; `name` is for readers of the screen."""
        super().__init__()
        self._titles, self._wide = titles, widest
        self.table = CellTable(look, titles, self)
        self.setModel(self.table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; without any nothing is there."""
        self.table.show_rows(rows)
        for column in range(len(self._titles)):
            if column != self._wide:
                self.setColumnWidth(column, self._width_of(column, rows))
        height = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(height + _ROW * min(len(rows), _MOST_SEEN) + 2)
        self.setVisible(bool(rows))

    def choose(self, row: int) -> None:
        """Choose a row, as a click does.

        WORKAROUND(QTableView.selectRow, Qt 6.11): from right to left it looks for the column at the
        last pixel of the view, and chooses nothing where the columns end before it.
        """
        self.setCurrentIndex(self.table.index(row, self._wide))

    def _width_of(self, column: int, rows: Sequence[Row]) -> int:
        """Return the pixels that a column needs, its title always seen whole."""
        title = QFontMetrics(fonts.window(12, strong=True)).horizontalAdvance(self._titles[column])
        face = QFontMetrics(fonts.window())
        said = max((face.horizontalAdvance(row[column].said) for row in rows), default=0)
        return max(title, min(said, _WIDEST)) + _BESIDE
