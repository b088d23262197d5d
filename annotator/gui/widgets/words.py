"""Our own words in the window: sentences and headings, set in the direction of the interface."""

import re
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from annotator.gui.look import Look
from annotator.gui.widgets.literal import is_rtl

KINDS = frozenset(
    ("", "display", "title", "head", "strong", "second", "small", "hint", "figure")
) | {"accent", "doubt", "error", "good", "code"}
"""What the style sheet knows words by."""
_ENDLESS = re.compile(r"\S{41,}")
"""A name without blanks: Qt breaks lines at blanks only, and would make the panel wider."""
_RIGHT_TO_LEFT_MARK = "\u200f"
_PART_OF_WORD = re.compile(r"\S{16}(?!\W)")


class Words(QLabel):
    """A sentence of ours. Text from people inside it is to be put there with `literal`."""

    def __init__(self, look: Look, text: str, kind: str = "", *, wraps: bool = False) -> None:
        """Say `text` as one of `KINDS`; where it `wraps`, it takes as many lines as it needs."""
        super().__init__()
        self._is_rtl = look.is_rtl
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
        said = _ENDLESS.sub(_breakable, text) if self.wordWrap() else text
        super().setText(_anchored(said) if self._is_rtl else said)


def _anchored(text: str) -> str:
    """Return an Arabic `text` so that Qt sets it from the right, even where it begins in Latin.

    A QLabel takes the direction of its text from the first strong character, which may be the mark
    that keeps a name apart.
    """
    kinds = map(unicodedata.bidirectional, text)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    return _RIGHT_TO_LEFT_MARK + text if first == "L" and is_rtl(text) else text


def _breakable(word: re.Match[str]) -> str:
    return _PART_OF_WORD.sub("\\g<0>\u200b", word[0])


def hairline(*, is_upright: bool = False) -> QFrame:
    """Return a line of one pixel between parts."""
    line = QFrame()
    line.setProperty("rule", "v" if is_upright else "h")
    return line
