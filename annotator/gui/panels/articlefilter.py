"""The filter over the list of articles: words of the title, and a status."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from annotator.core.model import STATUSES
from annotator.gui.look import Look
from annotator.gui.models.statuses import status_name
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.fields import SearchField
from annotator.i18n import marked
from annotator.services.browsing import Wanted

_TYPED = 120
"""Milliseconds without a key until what was typed is looked for."""
_ANY_STATUS = marked("Any status")
_ICON = "circle-check"


class ArticleFilter(QWidget):
    """A field and a menu of statuses."""

    changed = Signal(object)  # Wanted
    entered = Signal()  # Return: the first that fits is meant
    left_down = Signal()  # the keyboard goes on to the list

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._wanted = Wanted()
        hint = look.language.text("Filter articles")
        self.field = SearchField(look, hint, icon="funnel", latin="Ctrl 1")
        self.status = self._status_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.status)
        self.setFocusProxy(self.field)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED)
        self._typed.timeout.connect(self.flush)
        self.field.text_changed.connect(lambda _: self._typed.start())
        self.field.line.installEventFilter(self)

    def clear(self) -> None:
        """Filter nothing."""
        self.field.line.clear()
        self.choose_status("")
        self.flush()

    def flush(self) -> None:
        """Look for what is typed now."""
        self._typed.stop()
        wanted = Wanted(self._wanted.status, self.field.text())
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit(wanted)

    def choose_status(self, status: str) -> None:
        """Show the articles of one status, or with "" of any."""
        for action in self.status.menu().actions():
            action.setChecked(action.data() == status)
        self.status.setChecked(bool(status))
        self.status.show_as(_ICON, self._name_of(status))
        if status != self._wanted.status:
            self._wanted = Wanted(status, self.field.text())
            self.changed.emit(self._wanted)

    def _status_button(self) -> IconButton:
        button = IconButton(self._look, _ICON, self._look.language.text(_ANY_STATUS))
        button.setCheckable(True)
        menu = QMenu(button)
        group = QActionGroup(menu)
        for status in ("", *STATUSES):
            action = QAction(self._name_of(status), menu, checkable=True, checked=not status)
            action.setData(status)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(lambda action: self.choose_status(str(action.data())))
        menu.aboutToHide.connect(lambda: button.setChecked(bool(self._wanted.status)))
        button.setMenu(menu)
        button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _name_of(self, status: str) -> str:
        language = self._look.language
        return status_name(status, language) if status else language.text(_ANY_STATUS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead out of the field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.flush()
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.line.clear()
            return True
        return False
