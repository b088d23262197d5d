"""A notice: a few sentences under the top bar, until they are read; what to do may be a button."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel

from annotator.gui import icons
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.words import Words

_ICON = 16


class Notice(Box):
    """Explains something of the file, once."""

    read_through = Signal()
    act_asked = Signal()

    def __init__(self, look: Look, sentence: str, button: str = "") -> None:
        """Say `sentence`; `button` names what can be done about it."""
        super().__init__("soft", QHBoxLayout())
        self.parts.setContentsMargins(14, 4, 6, 4)
        self.parts.setSpacing(8)
        picture = QLabel()
        picture.setPixmap(icons.icon(look, "circle-help", "text_2").pixmap(_ICON, _ICON))
        picture.setFixedSize(_ICON, _ICON)
        self.sentence = Words(look, sentence, wraps=True)
        self.act = Button(look, button)
        self.act.setVisible(bool(button))
        self.act.clicked.connect(self.act_asked)
        self.read = IconButton(look, "x", look.language.text("I have read it"))
        self.read.clicked.connect(self.read_through)
        for part, stretch in ((picture, 0), (self.sentence, 1), (self.act, 0), (self.read, 0)):
            self.parts.addWidget(part, stretch)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
