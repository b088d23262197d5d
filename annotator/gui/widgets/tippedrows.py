"""Rows that are painted by hand, and tell all of themselves where the pointer rests."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from annotator.gui.widgets.literal import tooltip

Index = QModelIndex | QPersistentModelIndex


class TippedRows(QStyledItemDelegate):
    """Asks `said` what the tooltip of a row tells, as plain text."""

    def said(self, index: Index) -> str:
        """Return what the row at `index` tells; nothing where it tells nothing more."""
        raise NotImplementedError

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell the whole row, plainly."""
        if event.type() is not QEvent.Type.ToolTip or not index.isValid():
            return False
        QToolTip.showText(event.globalPos(), tooltip(self.said(index)), view)
        return True
