"""What every dialog shares: a head, a body, one line for trouble, and buttons at the foot.

A dialog never blocks the window: it is shown, not executed, and says by a signal what was chosen.
Esc closes it; what a person has typed is kept or said to be unsaved first.
"""

from typing import TypeVar

from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import Words, hairline

Item = QWidget | QLayout | int | None
"""What a row or a column is made of: a part, a space in pixels, or what stretches."""
Margins = tuple[int, int, int, int]
_Layout = TypeVar("_Layout", bound=QBoxLayout)


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Return `items` side by side, in reading order."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Return `items` one below the other."""
    return _filled(QVBoxLayout(), items, gap, margins)


def _filled(layout: _Layout, items: tuple[Item, ...], gap: int, margins: Margins) -> _Layout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item is None:
            layout.addStretch(1)
        else:
            layout.addSpacing(item)
    return layout


class TroubleLine(Box):
    """One sentence on what is wrong, on its ground; not there while nothing is."""

    def __init__(self, look: Look) -> None:
        self._words = Words(look, "", "error", wraps=True)
        super().__init__("error", column(self._words, margins=(12, 8, 12, 8)))
        self._look = look
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty where nothing is wrong."""
        return "" if self.isHidden() else self._words.text()

    def show_trouble(self, trouble: UserError | None) -> None:
        """Say `trouble` in words, or nothing."""
        self.say(worded(trouble, self._look.language) if trouble else "")

    def say(self, words: str) -> None:
        """Say a sentence of ours, or nothing."""
        self._words.setText(words)
        self.setVisible(bool(words))


class Frame(QDialog):
    """A dialog with `title`; its parts are put into `body`, its buttons into the foot."""

    def __init__(
        self, look: Look, title: str, parent: QWidget | None = None, *, says_title: bool = True
    ) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.setLayoutDirection(direction_of(look))
        self.trouble = TroubleLine(look)
        self.body = column(gap=12, margins=(24, 20, 24, 16))
        if says_title:
            self.body.addWidget(Words(look, title, "title"))
        self._foot = row(gap=8, margins=(24, 12, 24, 12))
        self._foot.addStretch(1)
        self._rule = hairline()
        told = column(self.trouble, margins=(24, 0, 24, 12))
        whole = column(self.body, told, self._rule, self._foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def add_button(self, text: str, kind: str = "second", *, is_default: bool = False) -> Button:
        """Add a button at the end of the foot, `primary`, `second` or `quiet`, and return it."""
        button = Button(self.look, text, kind)
        button.setAutoDefault(is_default)
        button.setDefault(is_default)
        self._foot.addWidget(button)
        return button

    def add_cap(self, latin: str) -> None:
        """Show the key of the last button beside it."""
        self._foot.addWidget(KeyCap(self.look, latin))

    def add_to_foot(self, part: QWidget) -> None:
        """Add a part at the beginning of the foot, before its buttons."""
        self._foot.insertWidget(0, part)

    def without_foot(self) -> None:
        """Leave the foot out: there is nothing to press."""
        self._rule.hide()
        self._foot.setContentsMargins(0, 0, 0, 0)
