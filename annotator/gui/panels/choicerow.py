"""What a person decides between, a button each; with the keyboard here a digit is enough."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.look import Look
from annotator.gui.models.filling import DIGITS
from annotator.gui.widgets.buttons import Button, with_key
from annotator.gui.widgets.flow import Flow


class ChoiceRow(QWidget):
    """Buttons with `names`, in rows as wide as there is room; digits choose where `has_keys`."""

    chosen = Signal(int)  # which of them

    def __init__(self, look: Look, names: Sequence[str], *, has_keys: bool = False) -> None:
        super().__init__()
        flow = Flow(self)
        self.buttons = [Button(look, name) for name in names]
        for n, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, n=n: self.chosen.emit(n))
            has_key = has_keys and n < DIGITS
            flow.addWidget(with_key(look, button, str(n + 1)) if has_key else button)

    @property
    def has_focus(self) -> bool:
        """Whether one of the buttons has the keyboard."""
        return any(button.hasFocus() for button in self.buttons)

    def take_focus(self) -> None:
        """Give the keyboard to the first button."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit, of any script, as the number of a button."""
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= min(len(self.buttons), DIGITS):
            self.chosen.emit(int(digit) - 1)
        else:
            super().keyPressEvent(event)
