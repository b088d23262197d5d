"""The text of a label with the letters that are written together with it: `و|بوتين`.

What was left out of the label is quiet, before and behind a stroke, on the side where it stands in
the text whatever way the interface runs.
"""

import msgspec
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from annotator.arabic.tokens import attached
from annotator.core.model import Extent, hull
from annotator.gui.look import Look
from annotator.gui.widgets.literal import Literal, broken, draw_line, is_rtl, shown

STROKE = "|"
_LONGEST, _NEAR = 12, 48
"""Code points of the letters that are shown, and that are looked at."""


class Attached(msgspec.Struct, frozen=True):
    """Letters written together with a label that it leaves out, before it and behind it."""

    before: str = ""
    after: str = ""

    def around(self, quote: str) -> str:
        """Return `quote` between them, for readers of the screen and for hints.

        >>> Attached("و").around("بوتين")
        'و|بوتين'
        """
        before = f"{self.before}{STROKE}" if self.before else ""
        return f"{before}{quote}{STROKE}{self.after}" if self.after else f"{before}{quote}"


NONE = Attached()


def attached_to(text: str, extent: Extent) -> Attached:
    """Return what is written together with the ends of `extent`, as it may be shown."""
    start, end = hull(extent)
    first = max(start - _NEAR, 0)
    before, after = attached(text[first : end + _NEAR], start - first, end - first)
    return Attached(shown(before, _LONGEST), shown(after, _LONGEST))


def width_of(quote: str, face: QFont, letters: Attached) -> int:
    """Return the room that `quote` takes with its letters, in pixels."""
    return QFontMetrics(face).horizontalAdvance(letters.around(quote)) + 2


def draw_quote(
    painter: QPainter, look: Look, box: QRect, quote: str, letters: Attached, role: str = "text"
) -> None:
    """Draw `quote` with its letters on one line, in the painter's font; its end is cut for room."""
    face, metrics = painter.font(), painter.fontMetrics()
    runs_rtl = is_rtl(letters.around(quote))
    before = f"{letters.before}{STROKE}" if letters.before else ""
    after = f"{STROKE}{letters.after}" if letters.after else ""
    taken = [metrics.horizontalAdvance(one) for one in (before, after)]
    line = broken(quote, face, max(box.width() - sum(taken), 0), 1)[0]
    widths = (taken[0], metrics.horizontalAdvance(line), taken[1])
    x = box.left() + (max(box.width() - sum(widths), 0) if look.is_rtl else 0)
    pieces = list(zip((before, line, after), widths, ("text_3", role, "text_3"), strict=True))
    for words, width, ink in reversed(pieces) if runs_rtl else pieces:
        painter.setPen(look.theme[ink])
        place = QRect(x, box.top(), width, box.height())
        draw_line(painter, place, words, is_rtl=runs_rtl, at_right=runs_rtl)
        x += width


class Quote(Literal):
    """The text of a label on one line, with the letters that it leaves out."""

    def __init__(
        self, look: Look, quote: str, letters: Attached = NONE, *, font: QFont | None = None
    ) -> None:
        self._quote, self._letters = quote, letters
        super().__init__(look, letters.around(quote), font=font)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(self._face)
        draw_quote(painter, self._look, self.rect(), shown(self._quote), self._letters)
