"""How articles are dealt: how many read each, how many are read by two, and the seed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from annotator.gui.dialogs.frame import column, row
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words

_WIDTH = 96
_MOST_READERS, _MOST_ARTICLES, _LARGEST_SEED = 99, 1_000_000, 999_999


class Dealing(QWidget):
    """Three numbers; taking over from somebody needs the seed only."""

    dealing_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        text = look.language.text
        self.overlap = _number(text("Readers of each article"), 1, _MOST_READERS, least=1)
        self.double = _number(text("At least so many read by two"), 0, _MOST_ARTICLES)
        self.seed = _number(text("Seed"), 0, _LARGEST_SEED)
        boxes = (self.overlap, self.double, self.seed)
        parts = [
            column(Words(look, box.accessibleName(), "head"), row(box, None), gap=4)
            for box in boxes
        ]
        self.setLayout(row(*parts, None, gap=24))
        for box in boxes:
            box.valueChanged.connect(self.dealing_changed)

    def set_taking_over(self, *, is_on: bool) -> None:
        """Let only that be chosen which matters for taking over."""
        self.overlap.setEnabled(not is_on)
        self.double.setEnabled(not is_on)


def _number(name: str, value: int, most: int, *, least: int = 0) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setFixedWidth(_WIDTH)
    box.setAccessibleName(name)
    return box
