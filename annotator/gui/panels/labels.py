"""All labels of the article: by kind, found by words, each a way to its place."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.look import Look
from annotator.gui.models.labellist import LabelList, LabelRole
from annotator.gui.models.labelorder import GROUPS
from annotator.gui.models.naming import Naming
from annotator.gui.models.types import KIND_NAMES
from annotator.gui.panels.labelrows import LabelDelegate
from annotator.gui.session import Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.fields import SearchField
from annotator.gui.widgets.tabs import Tabs

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LabelsPanel(QWidget):
    """The labels in the order of the text; the one in hand is marked."""

    label_asked = Signal(str)
    action_asked = Signal(str)

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        schema, text = session.schema, look.language.text
        naming = Naming(look.language, schema, slots_of(schema.entities))
        self.model = LabelList(session, naming, self)
        names = [text("All"), *(text(KIND_NAMES[group]) for group in GROUPS if group)]
        self.tabs = Tabs(look, text("Kind of label"), names)
        self.field = SearchField(look, text("Find a label"))
        self.list = self._list()
        self._none = Empty(look, text("No labels here yet"))
        self._no_fit = Empty(look, text("No label fits"), text("Show all"))
        self._stack = QStackedWidget()
        for part in (self.list, self._none, self._no_fit):
            self._stack.addWidget(part)
        self._put_together()
        self._listen()
        self._on_rows_changed()

    def _put_together(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(self.field)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.field)

    def _list(self) -> QTableView:
        """Return the view: a table, since a list asks its model for every row at each change."""
        view = QTableView()
        view.setModel(self.model)
        delegate = LabelDelegate(self._look, view)
        view.setItemDelegate(delegate)
        view.setProperty("box", "panel")
        view.setShowGrid(False)
        view.setMouseTracking(True)
        view.setTabKeyNavigation(False)
        view.horizontalHeader().hide()
        view.horizontalHeader().setStretchLastSection(True)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setMinimumSectionSize(1)
        view.verticalHeader().setDefaultSectionSize(delegate.height)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setAccessibleName(self._look.language.text("All labels of the article"))
        view.installEventFilter(self)
        return view

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _: self._on_filter_changed())
        self.field.text_changed.connect(lambda _: self._on_filter_changed())
        self.field.line.installEventFilter(self)
        self.list.clicked.connect(self._on_row_chosen)
        self._no_fit.acted.connect(self._on_show_all)
        self.model.modelReset.connect(self._on_rows_changed)
        self.model.rowsInserted.connect(self._on_rows_changed)
        self.model.rowsRemoved.connect(self._on_rows_changed)
        self._session.hand_changed.connect(self._mark)

    def _on_filter_changed(self) -> None:
        group = list(GROUPS)[max(self.tabs.currentIndex(), 0)]
        self.model.show_group(group, self.field.text())

    def _on_show_all(self) -> None:
        self.field.line.clear()
        self.tabs.setCurrentIndex(0)

    def _on_rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        is_whole = self.tabs.currentIndex() <= 0 and not self.field.text().strip()
        nothing = self._none if is_whole else self._no_fit
        self._stack.setCurrentWidget(nothing if is_empty else self.list)
        self._mark()

    def _mark(self) -> None:
        """Mark the label in hand, and bring it into view."""
        place, selection = self.model.place_of(self._session.hand), self.list.selectionModel()
        if place < 0:
            selection.clearSelection()
            return
        index = self.model.index(place)
        if not selection.isSelected(index):
            selection.select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _on_row_chosen(self, index: QModelIndex) -> None:
        self.label_asked.emit(str(index.data(LabelRole.UID)))

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid() and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def _on_field_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
            self.label_asked.emit(self.model.uid(0))
            return True
        if event.key() == Qt.Key.Key_Down:
            self._go_to_list()
            return True
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.line.clear()
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead to the list, and to the label that the keyboard is on."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.field.line:
            return self._on_field_key(event)
        index = self.list.currentIndex()
        if event.key() in _OPENING and not event.modifiers() and index.isValid():
            self._on_row_chosen(index)
            return True
        return super().eventFilter(watched, event)
