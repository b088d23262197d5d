"""Strips: a problem, a question to the lead or waiting suggestions, told at one glance."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal

_ICON = 16
_KINDS = {  # kind: ground, icon, role of the icon and of the sentence
    "problem": ("error", "triangle-alert", "error"),
    "question": ("doubt", "circle-help", "doubt"),
    "suggestion": ("well", "sparkles", "text_2"),
}
_MOST_LINES = 4


class StripText(msgspec.Struct, frozen=True):
    """What a strip says.

    `quote` is the text it is about, `sentence` what is said of it, `note` who or what it is for,
    `act` what may be done about it, with the legends of its key. Any may be empty.
    """

    quote: str = ""
    sentence: str = ""
    note: str = ""
    act: str = ""
    key: tuple[str, str] = ("", "")


class Strip(Box):
    """One strip; `acted` says that its button was pressed, `left` that it is right as it is."""

    acted = Signal()
    left = Signal()

    def __init__(self, look: Look, kind: str, text: StripText) -> None:
        """Show a problem, a question or a suggestion."""
        ground, icon, role = _KINDS[kind]
        super().__init__(ground, QVBoxLayout())
        self._look, self._text = look, text
        self.parts.setContentsMargins(10, 4, 8, 6)
        self.parts.setSpacing(2)
        self.parts.addLayout(self._first_row(icon, role))
        if text.quote and text.sentence:
            self.parts.addWidget(self._sentence(role, _MOST_LINES))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def offer_to_leave(self, words: str) -> None:
        """Offer by a button of these words to leave it as it is."""
        button = Button(self._look, words, "quiet")
        button.setObjectName("leave")
        button.clicked.connect(self.left)
        self.parts.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _first_row(self, icon: str, role: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(_picture(self._look, icon, role))
        row.addWidget(self._subject(role))
        row.addStretch(1)
        if self._text.note:
            row.addWidget(
                Literal(self._look, self._text.note, font=fonts.window(11), role="text_2")
            )
        if self._text.act:
            button = Button(self._look, self._text.act, "quiet")
            button.clicked.connect(self.acted)
            row.addWidget(button)
        if self._text.key[0]:
            row.addWidget(KeyCap(self._look, *self._text.key))
        return row

    def _subject(self, role: str) -> Literal:
        """Return the quote, or the sentence where there is nothing to quote."""
        if not self._text.quote:
            return self._sentence(role, 1)
        return Literal(self._look, self._text.quote, font=fonts.article(14), role="text")

    def _sentence(self, role: str, lines: int) -> Literal:
        face = fonts.window(12)
        return Literal(self._look, self._text.sentence, font=face, role=role, lines=lines)


def _picture(look: Look, icon: str, role: str) -> QLabel:
    picture = QLabel()
    picture.setPixmap(icons.icon(look, icon, role).pixmap(_ICON, _ICON))
    picture.setFixedSize(_ICON, _ICON)
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return picture
