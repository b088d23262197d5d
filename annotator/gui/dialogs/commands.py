"""The command palette: every action, every type and every article, found by a few letters."""

import itertools
import time
from collections.abc import Collection, Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QListView, QWidget

from annotator.core.labelschema import LabelSchema
from annotator.gui.dialogs import offers
from annotator.gui.dialogs.commandrows import CommandRows
from annotator.gui.dialogs.finding import Entry, Place, Titles, found
from annotator.gui.dialogs.frame import column
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.slots import slots_of
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal, tooltip
from annotator.gui.widgets.words import Words, hairline

_SLICE = 0.006
"""Seconds in which articles are read between two turns of the event loop."""
_MOST_ARTICLES = 50_000
_BELOW_TOP = 52
_SHOWN_UNASKED = 100
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -9,
    Qt.Key.Key_PageDown: 9,
}
_Index = QModelIndex | QPersistentModelIndex


class EntryList(QAbstractListModel):
    """The entries that fit what is typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show_entries(self, entries: list[Entry]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return an entry for the delegate, and its words for readers of the screen."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return literal(entry.name)
        if role == Qt.ItemDataRole.ToolTipRole and len(entry.name) > 40:
            return tooltip(entry.name)
        return None


class CommandPalette(QDialog):
    """Type, choose with the arrows, Enter does it.

    `there` says which needs of actions are met (project, article, hand); `articles` gives uid and
    title, and is read bit by bit while the palette is open.
    """

    action_asked = Signal(str)
    type_asked = Signal(str, str)  # "entity", "event" or "relation"; the id of the type
    article_asked = Signal(str)  # its uid

    def __init__(
        self,
        look: Look,
        there: Collection[str] = (),
        schema: LabelSchema | None = None,
        articles: Iterable[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.look = look
        self._was_active = False
        entries = offers.actions(look.language, there)
        if schema is not None:
            entries += offers.types(look.language, schema, there)
        self._places = [Place.of(entry) for entry in entries]
        self._articles = itertools.islice(articles, _MOST_ARTICLES)
        self._titles = Titles()
        self.setWindowTitle(look.language.text("Find a command…"))
        self.setLayoutDirection(direction_of(look))
        hint = look.language.text("A command, a type or an article")
        self.field = LineField(look, hint, hint=hint)
        self.list = self._made_list(slots_of(schema.entities) if schema else {})
        self.none = Words(look, look.language.text("Nothing is called that."), "second")
        parts = column(self.field, hairline(), self.none, self.list, margins=(8, 8, 8, 8))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setLayout(column(Box("card", parts)))
        self.setMinimumSize(560, 420)
        self._listen()
        self._show_fitting()

    def _made_list(self, slots: dict[str, str]) -> QListView:
        view = QListView()
        self.model = EntryList(view)
        view.setModel(self.model)
        view.setItemDelegate(CommandRows(self.look, slots, view))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setStyleSheet("QListView { background: transparent; }")
        view.setAccessibleName(self.look.language.text("What fits"))
        view.setMouseTracking(True)
        return view

    def _listen(self) -> None:
        self.field.textChanged.connect(self._show_fitting)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._on_row_clicked)
        self._reader = QTimer(self, interval=0)
        self._reader.timeout.connect(self._on_slice_due)
        self._reader.start()

    def show_over(self, window: QWidget) -> None:
        """Show itself over the upper middle of `window`."""
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _BELOW_TOP))
        self.move(corner)
        self.show()
        self.field.setFocus()

    @property
    def shown(self) -> list[Entry]:
        """The entries in the list."""
        return self.model.entries

    def _show_fitting(self) -> None:
        chosen = self._current()
        self.model.show_entries(self._fitting(self.field.text()))
        self.none.setVisible(not self.shown)
        is_same = chosen in self.shown and not self.field.isModified()
        self._go_to(self.shown.index(chosen) if chosen and is_same else 0)
        self.field.setModified(False)

    def _fitting(self, query: str) -> list[Entry]:
        """Return what fits: what can be done, articles, and what cannot be done now."""
        entries = found(query, self._places)
        language = self.look.language
        articles = [offers.article(language, *one) for one in self._titles.found(query)]
        can = [entry for entry in entries if not entry.why_not]
        return [*can, *articles, *entries[len(can) :]]

    def _on_slice_due(self) -> None:
        """Read some more articles."""
        end, n_before = time.monotonic() + _SLICE, len(self._titles)
        while time.monotonic() < end:
            one = next(self._articles, None)
            if one is None:
                self._reader.stop()
                break
            self._titles.add(*one)
        if len(self._titles) > n_before and self._is_seen_of(n_before):
            self._show_fitting()

    def _is_seen_of(self, n_before: int) -> bool:
        """Whether articles read after the first `n_before` may belong into the list."""
        return bool(self.field.text().strip()) or n_before < _SHOWN_UNASKED

    def _current(self) -> Entry | None:
        row = self.list.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def _go_to(self, row: int) -> None:
        if self.shown:
            row = max(0, min(row, len(self.shown) - 1))
            self.list.setCurrentIndex(self.model.index(row))

    def _on_row_clicked(self, index: QModelIndex) -> None:
        self._do(self.shown[index.row()])

    def _do(self, entry: Entry | None) -> None:
        if entry is None or entry.why_not:
            return
        self.accept()
        if entry.kind == "action":
            self.action_asked.emit(entry.id)
        elif entry.kind == "article":
            self.article_asked.emit(entry.id)
        else:
            self.type_asked.emit(entry.kind, entry.id)

    def done(self, result: int) -> None:
        """Close, and read no more articles."""
        self._reader.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        """Close as soon as one turns to another window."""
        super().changeEvent(event)
        is_left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if is_left and self.isVisible() and self._was_active:
            self.reject()
        self._was_active = self.isActiveWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while one types."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _STEPS:
            self._go_to(self.list.currentIndex().row() + _STEPS[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self._current())
            return True
        return super().eventFilter(watched, event)
