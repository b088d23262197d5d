"""A person as the first letter of her name in a ring; the letter tells people apart, not a hue."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annotator.arabic.graphemes import graphemes
from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.literal import shown, tooltip

_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)


class Avatar(QWidget):
    """The ring with the letter; the name is in its tooltip and for readers of the screen."""

    def __init__(self, look: Look, name: str, size: int = 24, role: str = "accent") -> None:
        super().__init__()
        self._look, self._role = look, role
        self._letter = initial(name)
        self.setFixedSize(QSize(size, size))
        self.setAccessibleName(shown(name))
        self.setToolTip(tooltip(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme[self._role], 1.5))
        painter.setBrush(self._look.theme["raised"])
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(fonts.window(round(self.height() * 0.46), strong=True))
        painter.drawText(QRectF(self.rect()).adjusted(0, -2, 0, 0), _CENTRE, self._letter)


def initial(name: str) -> str:
    """Return the first letter of `name`, with its marks, in capitals; "?" of no name.

    >>> initial("سلمى"), initial("salma"), initial(" ")
    ('س', 'S', '?')
    """
    plain = shown(name).strip()
    if not plain:
        return "?"
    start, end = next(iter(graphemes(plain)))
    return plain[start:end].upper()
