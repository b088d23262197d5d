"""What a place says while nothing is in it: one sentence, at most one button, keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.words import Words


class Empty(QWidget):
    """A sentence in the middle; `acted` says that its button was pressed."""

    acted = Signal()

    def __init__(
        self, look: Look, sentence: str, act: str = "", keys: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Say `sentence`; `keys` are the legends of the caps under it."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(12)
        column.addStretch(1)
        self.sentence = _sentence(look, sentence)
        column.addWidget(self.sentence)
        if act:
            button = Button(look, act)
            button.clicked.connect(self.acted)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        if keys:
            column.addLayout(_caps(look, keys))
        column.addStretch(1)


def _sentence(look: Look, sentence: str) -> Words:
    words = Words(look, sentence, "second", wraps=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


def _caps(look: Look, keys: Sequence[tuple[str, str]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    for latin, arabic in keys:
        row.addWidget(KeyCap(look, latin, arabic))
    row.addStretch(1)
    return row
