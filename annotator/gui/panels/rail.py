"""The rail of pages at the reading side of the window; the settings at its foot."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from annotator.gui import icons
from annotator.gui.look import Look
from annotator.i18n import marked

WIDTH = 68
_ICON = 20
_PAGES = (
    ("labelling", marked("Labelling"), "highlighter"),
    ("search", marked("Search"), "search"),
    ("names", marked("Names"), "link"),
    ("agreement", marked("Agreement"), "chart-no-axes-column"),
)
"""Pages with their names and icons; a page that is not built yet does not stand here."""
_FOOT = (
    ("statistics", marked("Statistics"), "layers"),
    ("settings", marked("Settings"), "settings"),
)


class Rail(QWidget):
    """Icons over words, the current page in a soft box."""

    action_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(4)
        group = QButtonGroup(self)
        self.pages: dict[str, QToolButton] = {}
        for page in _PAGES:
            button = self._button(*page)
            button.setCheckable(True)
            group.addButton(button)
            column.addWidget(button)
            self.pages[page[0]] = button
        self.show_page(_PAGES[0][0])
        column.addStretch(1)
        for foot in _FOOT:
            column.addWidget(self._button(*foot))

    def show_page(self, id: str) -> None:
        """Mark the page that is in view."""
        self.pages[id].setChecked(True)

    def _button(self, id: str, name: str, icon: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "rail")
        button.setProperty("language", self._look.language.code)
        button.setText(self._look.language.text(name))
        button.setAccessibleName(button.text())
        button.setIcon(icons.icon(self._look, icon, size=_ICON))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setFixedSize(WIDTH - 12, 50)
        button.clicked.connect(lambda: self.action_asked.emit(id))
        return button
