"""Rows of cells as a table: words of ours, numbers, and names of people, which stay literal."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.gui.look import Look
from annotator.gui.widgets.literal import isolated, literal, shown, tooltip

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
_AT_RIGHT = int(_RIGHT | Qt.AlignmentFlag.AlignVCenter)
_AT_START = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


class Cell(msgspec.Struct, frozen=True):
    """One cell: what it says, the whole of it for the tooltip, and the role of its colour."""

    said: str
    tip: str = ""
    is_number: bool = False
    role: str = ""


Row = tuple[Cell, ...]


def name_cell(name: str) -> Cell:
    """Return the cell of what people named.

    >>> name_cell("سلمى").tip
    'سلمى'
    """
    return Cell(literal(name), name)


def words_cell(said: str, role: str = "") -> Cell:
    """Return a cell with words of ours."""
    return Cell(said, said, role=role)


def number_cell(n: int) -> Cell:
    """Return the cell of a count."""
    return Cell(f"{n:,}", is_number=True)


def code_cell(code: str) -> Cell:
    """Return the cell of a code, from left to right."""
    return Cell(isolated(shown(code), is_rtl=False), code)


def path_cell(path: Path) -> Cell:
    """Return the cell of a file: its name, and the whole path in the tooltip."""
    return Cell(isolated(shown(path.name, 80), is_rtl=False), str(path))


class CellTable(QAbstractTableModel):
    """The rows under their titles; numbers stand under one another at the right."""

    def __init__(self, look: Look, titles: Sequence[str], parent: QObject | None = None) -> None:
        """Show no rows yet; `titles` are those of the columns, in the language of the window."""
        super().__init__(parent)
        self._look, self._titles = look, titles
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, cut in the cell and whole in its tooltip."""
        cell = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.said
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(cell.tip) if cell.tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if cell.is_number else _AT_START
        if role == Qt.ItemDataRole.ForegroundRole and cell.role:
            return self._look.theme[cell.role]
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column; that of numbers stands over them."""
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        is_of_numbers = any(row[section].is_number for row in self.rows[:1])
        if role == Qt.ItemDataRole.TextAlignmentRole and is_of_numbers:
            return _AT_RIGHT
        return None
