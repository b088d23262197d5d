"""Tabs over a part of a panel: words and a count, the chosen one underlined."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from annotator.gui.look import Look
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import shown

_LONGEST = 40


class Tabs(QTabBar):
    """A bar of tabs; Tab comes to it, arrows along it; `currentChanged` says which."""

    def __init__(self, look: Look, name: str, tabs: list[str]) -> None:
        """Show `tabs`; `name` is for readers of the screen."""
        super().__init__()
        self._look, self._names = look, list(tabs)
        self.setAccessibleName(shown(name))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for tab in tabs:
            self.addTab(_words(tab, None))

    def show_count(self, index: int, count: int | None) -> None:
        """Show how many there are behind a tab; None takes the number away."""
        self.setTabText(index, _words(self._names[index], count))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs, and the ring around the chosen one where it has the keyboard."""
        super().paintEvent(event)
        if self.hasFocus():
            box = QRectF(self.tabRect(self.currentIndex())).adjusted(2, 2, -2, 0)
            draw_ring(QPainter(self), self._look, box)


def _words(name: str, count: int | None) -> str:
    words = shown(name, _LONGEST).replace("&", "&&")
    return words if count is None else f"{words} {count}"
