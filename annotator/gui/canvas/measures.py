"""Every length of the article's page in pixels, and its faces, for one zoom.

Lengths are drawn at a text of 22 px and grow with it; chips grow by half as much.
"""

from functools import cached_property

import msgspec
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.gui import fonts

USUAL, LEAST, MOST = 22, 16, 36  # sizes of the text
COMPACT = 20
TEXT, HEADLINE, DIMMED, EMPTY, EMPTY_DIMMED = range(5)  # how a paragraph is set
_MARGIN, _OTHER_SIDE, _WIDEST = 84, 26, 720
_SAMPLE = "قال الكرملين إن الرئيس فلاديمير بوتين بحث الأزمة الأوكرانية اليوم"


class Face(msgspec.Struct, frozen=True):
    """How the paragraphs of one kind are set; lengths in whole pixels but where text decides."""

    font: QFont
    ascent: float
    descent: float
    advance: float  # of a character, on average
    line: int  # height of a line without anything above and below it
    lift: float  # what the face asks for more than that, taken off above
    box_up: float  # of a tint, above the baseline
    box_down: float
    above: int  # before the first line of a paragraph
    below: int  # behind its last line
    gap: int  # below each line


class Column(msgspec.Struct, frozen=True):
    """Where things stand across the viewport; the same in both interfaces."""

    left: int  # of the page
    text: int  # left edge of the lines
    width: int
    line: int  # the margin line
    right: int  # of the page

    @classmethod
    def of(cls, viewport: int) -> "Column":
        """Return the column of a viewport so wide, in its middle where it is wider than a page."""
        width = max(120, min(_WIDEST, viewport - _MARGIN - _OTHER_SIDE))
        left = max(0, (viewport - width - _MARGIN - _OTHER_SIDE) // 2)
        text = left + _OTHER_SIDE
        return cls(left, text, width, text + width + 14, text + width + _MARGIN)


class Measures:
    """Lengths and faces at a text of `px` pixels; made once for a zoom."""

    def __init__(self, px: int, *, is_compact: bool = False) -> None:
        self.px = px
        grown = px / USUAL
        half = 1 + (grown - 1) / 2
        self.chip = round((14 if is_compact else 16) * half)
        self.chip_font = fonts.window(round(11 * half), strong=True)
        self.sign_font = fonts.window(round(10 * half), strong=True)
        self.fold = 32
        self.fold_font = fonts.window(12)
        self.margin_font = fonts.window(11)
        self.margin_strong = fonts.window(11, strong=True)
        self.lane = round(5 * max(1.0, half))
        self.thick = max(3, round(3 * half))
        self.arc = round(15 * half)
        self.arcs = 5  # above the highest arc
        self.grown = grown
        self.half = half

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The faces of TEXT, HEADLINE, DIMMED, EMPTY and EMPTY_DIMMED paragraphs."""
        px = self.px
        empty = self._face(round(px * 0.5), spare=1)
        return (
            self._face(px, spare=0),
            self._face(px + round(2 * self.grown), spare=0, bold=True),
            self._face(round(px * 0.7), spare=1),
            empty,
            empty,
        )

    def _face(self, px: int, *, spare: int, bold: bool = False) -> Face:
        font = fonts.article(px, bold=bold)
        metrics = QFontMetricsF(font)
        line, grown = round(px * 1.5) + spare, px / USUAL
        is_live = not spare
        return Face(
            font=font,
            ascent=metrics.ascent(),
            descent=metrics.descent(),
            advance=metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE),
            line=line,
            lift=(metrics.height() - line) * 0.55,
            box_up=round(21 * grown),
            box_down=round(11 * grown),
            above=4 if is_live else 0,
            below=8 if is_live else 2,
            gap=5 if is_live else 0,
        )

    @cached_property
    def _chip_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.chip_font)

    @cached_property
    def _widths(self) -> dict[str, float]:
        return {}

    def chip_width(self, words: str) -> float:
        """Return how wide `words` are in the face of chips."""
        width = self._widths.get(words)
        if width is None:
            width = self._widths[words] = self._chip_metrics.horizontalAdvance(words)
        return width

    @cached_property
    def _ladders(self) -> dict[tuple[tuple[str, ...], int], tuple[float, ...]]:
        return {}

    def chip_widths(self, ladder: tuple[str, ...], around: int) -> tuple[float, ...]:
        """Return how wide chips are that say these words, with so many pixels around them."""
        widths = self._ladders.get((ladder, around))
        if widths is None:
            widths = tuple(float(round(self.chip_width(words)) + around) for words in ladder)
            self._ladders[ladder, around] = widths
        return widths
