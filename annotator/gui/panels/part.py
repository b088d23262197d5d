"""A part of a card that is made anew only when what it shows is another, and keeps the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget


class Part(QWidget):
    """Shows one value; whoever owns it knows how the value is built into widgets.

    What had the keyboard has it again afterwards: the widget of the same object name, else the
    first one that can be reached.
    """

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._value: object = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(gap)
        self.hide()

    def show_value(self, value: object, build: Callable[[QVBoxLayout], None]) -> None:
        """Show `value`, which `build` puts into the column; nothing stands for None and ()."""
        if value == self._value:
            return
        self._value = value
        focused = self._focused()
        clear(self.column)
        is_there = value is not None and value != ()
        if is_there:
            build(self.column)
        self.setVisible(is_there)
        if focused is not None:
            self._focus_again(focused)

    def _focused(self) -> str | None:
        """Return the name of what has the keyboard in here; None where nothing here has it."""
        there = self.window().focusWidget()
        return there.objectName() if there and self.isAncestorOf(there) else None

    def _focus_again(self, name: str) -> None:
        reachable = [
            one
            for one in self.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled()
        ]
        named = [one for one in reachable if name and one.objectName() == name]
        for one in (named or reachable)[:1]:
            one.setFocus(Qt.FocusReason.OtherFocusReason)


def clear(layout: QLayout) -> None:
    """Take everything out of `layout`; what it held is deleted when it is safe."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
