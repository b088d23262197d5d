"""A banner: one sentence under the top bar, above all pages, for as long as it holds."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel

from annotator.gui import icons
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.words import Words

_ICON = 16


class Banner(Box):
    """Says what is not as it should be, without asking for anything."""

    def __init__(self, look: Look, sentence: str) -> None:
        super().__init__("doubt", QHBoxLayout())
        self.parts.setContentsMargins(14, 4, 14, 4)
        self.parts.setSpacing(8)
        picture = QLabel()
        picture.setPixmap(icons.icon(look, "triangle-alert", "doubt").pixmap(_ICON, _ICON))
        picture.setFixedSize(_ICON, _ICON)
        self.sentence = Words(look, sentence, "doubt", wraps=True)
        self.parts.addWidget(picture)
        self.parts.addWidget(self.sentence, 1)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
