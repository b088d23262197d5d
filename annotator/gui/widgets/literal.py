"""Text from people, shown literally: names, titles, notes, quotes.

Nothing here is ever read as HTML or as a mnemonic, nothing reorders what stands around it, and
nothing is longer than its place: the end is cut, and the whole stands in a plain tooltip.
"""

import re
import textwrap

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy

from annotator.arabic.characters import ARABIC_LETTERS
from annotator.arabic.graphemes import snap_outward
from annotator.gui import fonts
from annotator.gui.look import Look

ELLIPSIS = "…"
LONGEST = 2_000  # code points of one text that a widget takes in
_IN_MENU, _IN_TOOLTIP = 80, 2_000
_TOOLTIP_WIDTH = 72  # letters in a line of a tooltip: Qt breaks only lines of rich text
_ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
_BLANKS = re.compile("[\\s\x1c-\x1f\x85\u2028\u2029]+")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)  # not the joiners and the three marks, which Arabic needs and which reach no farther than a word
_RTL_ISOLATE, _LTR_ISOLATE, _END_OF_ISOLATE = "\u2067", "\u2066", "\u2069"
_WORD_JOINER = "\u2060"


def shown(text: str, limit: int = LONGEST) -> str:
    r"""Return `text` on one line, its hidden characters spelled out, cut to `limit` code points.

    >>> shown("قال\n\u202eabc")
    'قال [U+202E]abc'
    >>> shown("أوكرانيا", 5)
    'أوكر…'
    """
    head = text if len(text) <= 4 * limit else text[: 4 * limit] + ELLIPSIS
    return _cut(_spelled(_BLANKS.sub(" ", head)), limit)


def literal(text: str, limit: int = _IN_MENU) -> str:
    """Return `shown(text)` isolated, for item views and for the midst of a sentence.

    Its own order and direction stay inside it.
    """
    return isolated(shown(text, limit), is_rtl=is_rtl(text))


def in_menu(text: str, limit: int = _IN_MENU) -> str:
    """Return `literal(text)` for menus, buttons and tabs: `&` is doubled, and no mnemonic."""
    return literal(text, limit).replace("&", "&&")


def in_title(text: str, limit: int = _IN_MENU) -> str:
    """Return `literal(text)` for titles of windows, where Qt would read `[*]` as a mark."""
    return literal(text, limit).replace("[*]", "[*][*]")


def tooltip(text: str, limit: int = _IN_TOOLTIP) -> str:
    """Return `text` for a tooltip: its own lines, long ones broken, and never taken for HTML.

    Qt guesses whether a tooltip is rich from its first `<` or `&`; a word joiner behind each, which
    nobody sees, makes it no tag and no entity.
    """
    lines = [_spelled(line) for line in text[:limit].splitlines() or [""]]
    broken = [part for line in lines for part in textwrap.wrap(line, _TOOLTIP_WIDTH) or [""]]
    said = "\n".join(broken) + (ELLIPSIS if len(text) > limit else "")
    return re.sub("[<&]", lambda found: found[0] + _WORD_JOINER, said)


def isolated(text: str, *, is_rtl: bool) -> str:
    """Return `text` so that its order does not depend on what stands around it, nor that on it."""
    return (_RTL_ISOLATE if is_rtl else _LTR_ISOLATE) + text + _END_OF_ISOLATE


def is_rtl(text: str) -> bool:
    """Whether `text` runs from right to left: whether it has an Arabic letter."""
    return _ARABIC_LETTER.search(text) is not None


def _spelled(text: str) -> str:
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text.replace("\t", " "))


def _cut(text: str, limit: int) -> str:
    """Return at most `limit` code points, cut between graphemes, the ellipsis counted."""
    if len(text) <= limit:
        return text
    start, _ = snap_outward(text, limit - 1, limit)
    return text[:start].rstrip() + ELLIPSIS


def broken(text: str, font: QFont, width: int, lines: int) -> list[str]:
    """Return at most `lines` lines of `text` as wide as `width` pixels; the last is cut at its end.

    The lines are to be drawn with `draw_line`.
    """
    layout = QTextLayout(text, font)
    starts = _starts_of_lines(layout, width, lines)
    units = text.encode("utf-16-le", "surrogatepass")
    ends = [*starts[1:], len(units) // 2]
    parts = [
        units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass").strip()
        for start, end in zip(starts, ends, strict=True)
    ]
    metrics = QFontMetrics(font)
    last = metrics.elidedText(parts[-1], Qt.TextElideMode.ElideRight, width)
    return [*parts[:-1], last]


def _starts_of_lines(layout: QTextLayout, width: int, lines: int) -> list[int]:
    """Return where the first `lines` lines begin, in UTF-16 units; there is one at least."""
    starts = [0]
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(width, 1))
        if line.textStart():
            starts.append(line.textStart())
        if len(starts) == lines:
            break
        line = layout.createLine()
    layout.endLayout()
    return starts


def draw_line(painter: QPainter, box: QRect, line: str, *, is_rtl: bool, at_right: bool) -> None:
    """Draw one line of literal text, in the painter's font and pen, at one side of `box`."""
    way = Qt.TextFlag.TextForceRightToLeft if is_rtl else Qt.TextFlag.TextForceLeftToRight
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.drawText(box, int(flags) | int(way) | int(Qt.TextFlag.TextDontClip), line)


class Literal(QLabel):
    """One or more lines of text from people; what does not fit is cut, and told in the tooltip."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        font: QFont | None = None,
        role: str = "text",
        lines: int = 1,
        follows_text: bool = False,
        is_ours: bool = False,
    ) -> None:
        """Show `text`; where `follows_text`, it stands at the side where its own script begins.

        A sentence that `is_ours` runs as the interface does, whatever names it holds.
        """
        super().__init__()
        self._look, self._face, self._role = look, font or fonts.window(), role
        self._n_lines, self._follows_text = lines, follows_text
        self._is_ours = is_ours
        self._full = ""
        self._lines: list[str] = []
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        tall = QSizePolicy.Policy.Preferred if lines > 1 else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, tall)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setText(shown(text))
        self.updateGeometry()
        self._break()

    def set_role(self, role: str) -> None:
        """Write in the colour of another role."""
        self._role = role
        self.update()

    @property
    def is_cut(self) -> bool:
        """Whether the end of the text is not seen."""
        if len(self._full) > LONGEST:
            return True
        return "".join(self._lines).replace(" ", "") != self.text().replace(" ", "")

    @property
    def lines(self) -> list[str]:
        """The lines as they are drawn."""
        return list(self._lines)

    def _break(self) -> None:
        self._lines = broken(self.text(), self._face, self.width(), self._n_lines)
        self.setToolTip(tooltip(self._full) if self.is_cut else "")
        self.update()

    def _line_height(self) -> int:
        return QFontMetrics(self._face).height()

    def _text_width(self) -> int:
        # one more than measured: half pixels must not cut a text that has its room
        return QFontMetrics(self._face).horizontalAdvance(self.text()) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew."""
        super().resizeEvent(event)
        self._break()

    def sizeHint(self) -> QSize:
        """Ask for the room of one line of the whole text."""
        return QSize(self._text_width(), self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Ask for the least that says something."""
        return QSize(min(self._text_width(), 3 * self._line_height()), self._line_height())

    def hasHeightForWidth(self) -> bool:
        """Say whether a narrower one is higher."""
        return self._n_lines > 1

    def heightForWidth(self, width: int) -> int:
        """Ask for the lines that the text takes at `width`."""
        return self._line_height() * len(broken(self.text(), self._face, width, self._n_lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(self._face)
        painter.setPen(self._look.theme[self._role if self.isEnabled() else "text_3"])
        text_rtl = self._look.is_rtl if self._is_ours else is_rtl(self.text())
        at_right = text_rtl if self._follows_text else self._look.is_rtl
        height = self._line_height()
        top = (self.height() - height * len(self._lines)) // 2
        for index, line in enumerate(self._lines):
            box = QRect(0, top + index * height, self.width(), height)
            draw_line(painter, box, line, is_rtl=text_rtl, at_right=at_right)
