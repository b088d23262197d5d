"""What an import does not take, or takes with a remark, as a table: the file, the line, and why."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from annotator.gui.dialogs.importwork import is_unsure
from annotator.gui.look import Look
from annotator.gui.widgets.literal import literal, tooltip
from annotator.gui.widgets.troubles import worded
from annotator.i18n import marked
from annotator.services.sources import Refusal

_FILE, _LINE, _REASON = range(3)
_TITLES = (marked("File"), marked("Line"), marked("Reason"))
_ROW = 33
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class RefusalTable(QAbstractTableModel):
    """One row a refused file or line; below them the remarks on what is taken."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._refused: Sequence[Refusal] = ()
        self._remarks: Sequence[Refusal] = ()

    def show_refused(self, refused: Sequence[Refusal], remarks: Sequence[Refusal] = ()) -> None:
        """Show other refusals, and other remarks."""
        self.beginResetModel()
        self._refused, self._remarks = refused, remarks
        self.endResetModel()

    def _said(self, row: int, column: int) -> str:
        if row >= len(self._refused):
            remark = self._remarks[row - len(self._refused)]
            said = self._of(remark, column)
            text = self._look.language.text
            return text("Remark: {said}", said=said) if column == _REASON else said
        return self._of(self._refused[row], column)

    def _of(self, refusal: Refusal, column: int) -> str:
        if column == _FILE:
            return literal(refusal.source)
        if column == _LINE:
            return str(refusal.line) if refusal.line else ""
        if is_unsure(refusal):
            return self._look.language.text("Its encoding cannot be told.")
        return worded(refusal.trouble, self._look.language)

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Count the refusals and remarks."""
        return 0 if parent.isValid() else len(self._refused) + len(self._remarks)

    def columnCount(self, parent: _Index = _NONE) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, cut in the cell and whole in its tooltip."""
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            if index.column() == _FILE:
                return tooltip((*self._refused, *self._remarks)[row].source)
            return tooltip(self._said(row, index.column()))
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.language.text(_TITLES[section])
        return None


def refusal_view(look: Look) -> tuple[QTableView, RefusalTable]:
    """Return a view of refusals with its model, hidden while it is empty."""
    view = QTableView()
    model = RefusalTable(look, view)
    view.setModel(model)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setAccessibleName(look.language.text("What is not taken, and remarks"))
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(_ROW)
    head = view.horizontalHeader()
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
    head.resizeSection(_FILE, 190)
    head.resizeSection(_LINE, 60)
    view.hide()
    return view, model
