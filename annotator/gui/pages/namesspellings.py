"""The spellings of the name in hand, each with a box to tick: some of them can be taken out."""

from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.literal import in_menu
from annotator.services.names import Name, Spelling

_FIRST, _MORE = 12, 60
"""Spellings that are shown at first, and how many more at a press."""


class NamesSpellings(QWidget):
    """Boxes for the spellings of a name that has several; nothing for any other."""

    turned = Signal()  # a box was ticked, or a tick taken away

    def __init__(self, look: Look, before: QWidget) -> None:
        """Stand empty; Tab comes from `before`."""
        super().__init__()
        self._look, self._before = look, before
        self._name: Name | None = None
        self._n = _FIRST
        self.ticks: list[QCheckBox] = []
        self.more = Button(look, "", "quiet")
        self.more.clicked.connect(self._show_more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._column = QVBoxLayout()
        whole.addLayout(self._column)
        whole.addWidget(self.more)
        self.hide()

    def show_name(self, name: Name | None) -> None:
        """Show the spellings of `name`; the same name as before keeps its ticks."""
        known = self._name
        if name is None or known is None or (name.link, name.key) != (known.link, known.key):
            self._n = _FIRST
            self._keep(())
        self._name = name
        self._fill()

    def ticked(self) -> list[str]:
        """Return the spellings that are ticked."""
        return [_spelling(one) for one in self.ticks if one.isChecked()]

    def _fill(self) -> None:
        """Show as many spellings as are to be seen, and those that are ticked."""
        spellings = self._name.spellings if self._name else ()
        spellings = spellings if len(spellings) > 1 else ()
        ticked = set(self.ticked())
        seen = [one for n, one in enumerate(spellings) if n < self._n or one.text in ticked]
        there = self._keep({one.text for one in seen})
        self.ticks = [self._box(one, there.get(one.text)) for one in seen]
        self._show_left(len(spellings) - len(seen))
        self.setVisible(bool(seen))
        for before, after in pairwise([self._before, *self.ticks, self.more]):
            QWidget.setTabOrder(before, after)

    def _keep(self, spellings: Collection[str]) -> dict[str, QCheckBox]:
        """Take away the boxes of all other spellings; return those that stay, by spelling."""
        for one in self.ticks:
            if _spelling(one) not in spellings:
                self._column.removeWidget(one)
                one.hide()
                one.deleteLater()
        self.ticks = [one for one in self.ticks if _spelling(one) in spellings]
        return {_spelling(one): one for one in self.ticks}

    def _box(self, spelling: Spelling, there: QCheckBox | None) -> QCheckBox:
        """Return the box of a spelling, the one that is `there` or a new one, at the end."""
        box = there
        if box is None:
            box = QCheckBox()
            box.setProperty("spelling", spelling.text)
            box.setFont(fonts.article(14))
            box.toggled.connect(lambda _: self.turned.emit())
        box.setText(f"{in_menu(spelling.text, 40)}  {spelling.n}")
        self._column.addWidget(box)
        box.show()
        return box

    def _show_left(self, n: int) -> None:
        plural = self._look.language.plural
        self.more.show_words(plural("{n} more after these", "{n} more after these", n))
        self.more.setVisible(bool(n))

    def _show_more(self) -> None:
        """Show the next ones; the keyboard goes to the first of them."""
        known = set(self.ticks)
        self._n += _MORE
        self._fill()
        next(one for one in self.ticks if one not in known).setFocus()


def _spelling(box: QCheckBox) -> str:
    return str(box.property("spelling"))
