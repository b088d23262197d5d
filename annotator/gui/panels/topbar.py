"""The bar on top: the mark, menus, the project's title, the command field, theme and person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.gui import icons
from annotator.gui.actions import NEEDS
from annotator.gui.commands import Commands
from annotator.gui.look import Look
from annotator.gui.panels.personbutton import PersonButton
from annotator.gui.widgets.avatar import Avatar
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.logo import Logo
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

HEIGHT = 44
_FIELD = (280, 30)
_ICON = 16
_WHO = marked("Who labels…")
_BETWEEN = 8
"""Pixels from one menu to the next, the room that Qt leaves there included."""


class TopBar(QFrame):
    """What is always in view: where one is, and who one is."""

    action_asked = Signal(str)

    def __init__(self, look: Look, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty("box", "panel")
        self.setFixedHeight(HEIGHT)
        self._title = Literal(look, "", role="text_2")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.person = self._person_button()
        self._avatar = QWidget()
        theme = IconButton(look, "moon", look.language.text("Light, dark, high contrast"), "F8")
        theme.clicked.connect(lambda: self.action_asked.emit("theme"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 12, 0)
        self._row.setSpacing(8)
        for part in (Logo(look), Words(look, look.language.text("Hashiya"), "title")):
            self._row.addWidget(part)
        menus = commands.menu_bar()
        menus.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        menus.setFixedWidth(_width_of(menus))  # its own hint follows its width, 6 px at a time
        self._row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._title, 1)
        for other in (self._command_field(), theme, self._avatar, self.person):
            self._row.addWidget(other)

    def _command_field(self) -> QPushButton:
        """Return a button that looks like a field: it opens the list of commands."""
        hint = self._look.language.text("Search, or do something")
        field = QPushButton()
        field.setProperty("look", "field")
        field.setAccessibleName(hint)
        field.setFixedSize(*_FIELD)
        inner = QHBoxLayout(field)
        inner.setContentsMargins(9, 0, 8, 0)
        lens = QLabel()
        lens.setPixmap(icons.icon(self._look, "search", "text_3").pixmap(_ICON, _ICON))
        for part in (lens, Words(self._look, hint, "small"), KeyCap(self._look, "Ctrl K")):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner.addWidget(part, int(isinstance(part, Words)))
        field.clicked.connect(lambda: self.action_asked.emit("commands"))
        return field

    def _person_button(self) -> PersonButton:
        button = PersonButton()
        button.clicked.connect(lambda: self.action_asked.emit("who"))
        button.hide()
        return button

    def tell(self, title: str, person: str, *, is_fixed: bool = False) -> None:
        """Show the project's title and who labels; both are people's own words.

        In a file that was handed out it `is_fixed` who labels, and nobody is asked.
        """
        hint = NEEDS["anybody"] if is_fixed else _WHO
        self._title.show_text(title)
        self.person.setVisible(bool(person))
        self.person.show_person(person, self._look.language.text(hint))
        self.person.setEnabled(not is_fixed)
        avatar = Avatar(self._look, person) if person else QWidget()
        self._row.replaceWidget(self._avatar, avatar)
        self._avatar.hide()
        self._avatar.deleteLater()
        self._avatar = avatar
        self._row.activate()  # so that the name knows its room


def _width_of(menus: QMenuBar) -> int:
    """Return the pixels in which every menu's name has room: the bar's own hint has one menu."""
    return sum(menus.actionGeometry(action).width() + _BETWEEN for action in menus.actions()) + 16
