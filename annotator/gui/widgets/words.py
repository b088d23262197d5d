"""Our own words in the window: sentences and headings, set in the direction of the interface."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from annotator.gui.look import Look

KINDS = frozenset(
    ("", "display", "title", "head", "strong", "second", "small", "hint", "figure")
) | {"accent", "doubt", "error", "good", "code"}
"""What the style sheet knows words by."""


class Words(QLabel):
    """A sentence of ours. Text from people inside it is to be put there with `literal`."""

    def __init__(self, look: Look, text: str, kind: str = "", *, wraps: bool = False) -> None:
        """Say `text` as one of `KINDS`; where it `wraps`, it takes as many lines as it needs."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setWordWrap(wraps)
        # a QLabel takes its direction from its first letter, and a sentence may begin in Latin
        side = Qt.AlignmentFlag.AlignRight if look.is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        if not wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def hairline(*, is_upright: bool = False) -> QFrame:
    """Return a line of one pixel between parts."""
    line = QFrame()
    line.setProperty("rule", "v" if is_upright else "h")
    return line
