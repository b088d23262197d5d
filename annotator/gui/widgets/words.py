"""Our own words in the window: sentences and headings, set in the direction of the interface."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from annotator.gui.look import Look

KINDS = frozenset(
    ("", "display", "title", "head", "strong", "second", "small", "hint", "figure")
) | {"accent", "doubt", "error", "good", "code"}
"""What the style sheet knows words by."""
_ENDLESS = re.compile(r"\S{41,}")
"""A name without blanks: Qt breaks lines at blanks only, and would make the panel wider."""
_PART_OF_WORD = re.compile(r"\S{16}(?!\W)")


class Words(QLabel):
    """A sentence of ours. Text from people inside it is to be put there with `literal`."""

    def __init__(self, look: Look, text: str, kind: str = "", *, wraps: bool = False) -> None:
        """Say `text` as one of `KINDS`; where it `wraps`, it takes as many lines as it needs."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wraps)
        self.setText(text)
        # a QLabel takes its direction from its first letter, and a sentence may begin in Latin
        side = Qt.AlignmentFlag.AlignRight if look.is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        if not wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Say something else; a word that no line has room for can be broken."""
        super().setText(_ENDLESS.sub(_breakable, text) if self.wordWrap() else text)


def _breakable(word: re.Match[str]) -> str:
    return _PART_OF_WORD.sub("\\g<0>\u200b", word[0])


def hairline(*, is_upright: bool = False) -> QFrame:
    """Return a line of one pixel between parts."""
    line = QFrame()
    line.setProperty("rule", "v" if is_upright else "h")
    return line
