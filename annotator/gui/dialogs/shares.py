"""Sharing the articles out for training: three shares that make 100, and the seed of the draw."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from annotator.gui.dialogs.frame import column, row
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words
from annotator.services.exporting import SPLITS

_SHARES = (80, 10, 10)
_LARGEST_SEED = 999_999
_WIDTH = 76


class Shares(QWidget):
    """Off, or three numbers and a seed."""

    shares_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        text = look.language.text
        self.is_wanted = QCheckBox(text("Share out for training"))
        self.numbers = [_number(name, share) for name, share in zip(SPLITS, _SHARES, strict=True)]
        self.seed = _number(text("Seed"), 0, _LARGEST_SEED)
        self._parts = QWidget()
        parts = row(gap=6)
        for name, box in zip(SPLITS, self.numbers, strict=True):
            parts.addWidget(Words(look, name, "code"))
            parts.addWidget(box)
        parts.addStretch(1)
        seed = row(Words(look, text("Seed"), "small"), self.seed, None, gap=6)
        self._parts.setLayout(column(parts, seed, gap=6))
        self._parts.hide()
        self.setLayout(column(self.is_wanted, self._parts, gap=4))
        self.is_wanted.toggled.connect(self._on_wanted)
        for box in (*self.numbers, self.seed):
            box.valueChanged.connect(self.shares_changed)

    def _on_wanted(self) -> None:
        self._parts.setVisible(self.is_wanted.isChecked())
        self.shares_changed.emit()

    @property
    def total(self) -> int:
        """What the shares make together: they must make 100."""
        return sum(box.value() for box in self.numbers)

    def split(self) -> tuple[int, ...]:
        """Return the shares; nothing where nothing is shared out."""
        return tuple(box.value() for box in self.numbers) if self.is_wanted.isChecked() else ()


def _number(name: str, value: int, most: int = 100) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, most)
    box.setValue(value)
    box.setFixedWidth(_WIDTH)
    box.setAccessibleName(name)
    return box
