"""One paragraph laid out: its lines, what lies on each, how high each is.

Heights follow from offsets alone. Where a piece of a mark is in pixels is asked of the line map,
and only for lines that are looked at. y is relative to the paragraph, x to the text column.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from annotator.gui.canvas import lanes
from annotator.gui.canvas.linemap import LineMap
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.measures import Face, Measures
from annotator.gui.canvas.paragraphs import Paragraph


class Piece(NamedTuple):
    """What of a mark's span lies on one line, in units of the paragraph."""

    mark: Mark
    start: int
    end: int
    is_start: bool  # the span begins here
    is_end: bool  # the span ends here
    is_head: bool  # the mark begins here: its chip stands here


class Line:
    """A line of a paragraph. What changes with labels is set by its paragraph."""

    __slots__ = (
        "ascent", "base", "baseline", "depth", "end", "geometry", "lanes", "links", "map", "more",
        "pieces", "start", "up",
    )  # fmt: skip

    def __init__(self, start: int, end: int, ascent: float, more: int) -> None:
        self.start, self.end = start, end
        self.ascent = ascent
        self.more = more  # pixels that another face in this line needs
        self.pieces: list[Piece] = []
        self.lanes: list[int] = []
        self.depth = self.links = self.up = 0
        self.base = self.baseline = 0  # below the top of the line
        self.map: LineMap | None = None
        self.geometry: object = None  # of the pieces, made and kept by whoever looks


class LaidParagraph:
    """A paragraph with its QTextLayout, lines and marks."""

    def __init__(
        self, paragraph: Paragraph, face: Face, measures: Measures, width: int, *, has_chips: bool
    ) -> None:
        self.paragraph, self.face = paragraph, face
        self._measures, self._has_chips = measures, has_chips
        self.width = width
        self.layout = _laid_out(paragraph, face, width)
        self.lines = [self._line(n) for n in range(self.layout.lineCount())]
        self._starts = [line.start for line in self.lines]
        self._touched: set[int] = set(range(len(self.lines)))
        self.tops: list[int] = []
        self.height = 0

    # -- what lies on it

    def put(self, marks: Iterable[Mark]) -> None:
        """Lay `marks` on the lines; `settle` then makes room."""
        for mark in marks:
            for number, (start, end) in enumerate(mark.spans):
                self._put(mark, start, end, is_first=number == 0)

    def take(self, marks: Iterable[Mark]) -> None:
        """Take `marks` off the lines; `settle` then closes the gaps."""
        uids = {mark.uid for mark in marks}
        for mark in marks:
            for start, end in mark.spans:
                for number in self.lines_of(*self._units(start, end)):
                    line = self.lines[number]
                    line.pieces = [piece for piece in line.pieces if piece.mark.uid not in uids]
                    self._touched.add(number)

    def link(self, heads: Mapping[int, int]) -> None:
        """Make room for links above lines: how many end at each, by number of the line."""
        for number, line in enumerate(self.lines):
            links = heads.get(number, 0)
            if links != line.links:
                line.links = links
                self._touched.add(number)

    def settle(self) -> set[int]:
        """Give the touched lines their room and all lines their place; return the touched."""
        touched, self._touched = self._touched, set()
        for number in touched:
            self._settle(self.lines[number])
        if touched:
            first, rest = self.face.above, self.face
            heights = (line.base + rest.line + self._below(line) for line in self.lines)
            self.tops = list(accumulate(heights, initial=first))
            self.height = self.tops[-1] + rest.below
        return touched

    def _put(self, mark: Mark, start: int, end: int, *, is_first: bool) -> None:
        paragraph = self.paragraph
        if end <= paragraph.start or start > paragraph.end:
            return
        first, last = self._units(start, end)
        for number in self.lines_of(first, last):
            line = self.lines[number]
            begins = start >= paragraph.start and first >= line.start
            ends = end <= paragraph.end and last <= line.end
            piece = Piece(
                mark, max(first, line.start), min(last, line.end), begins, ends, begins and is_first
            )
            line.pieces.append(piece)
            self._touched.add(number)

    def _settle(self, line: Line) -> None:
        # Outer before inner: tints of inner ones are painted over.
        line.pieces.sort(key=lambda piece: (piece.start - piece.end, piece.start))
        laned = [n for n, piece in enumerate(line.pieces) if _has_lane(piece.mark)]
        depths = lanes.assign([(line.pieces[n].start, line.pieces[n].end) for n in laned])
        line.lanes = [-1] * len(line.pieces)
        for n, lane in zip(laned, depths, strict=True):
            line.lanes[n] = lane
        line.depth = max(depths, default=-1) + 1
        line.geometry = None
        measures, face = self._measures, self.face
        has_chips = self._has_chips and any(piece.is_head for piece in line.pieces)
        line.up = measures.chip + 1 if has_chips else 0
        arcs = measures.arc * line.links + measures.arcs if line.links else 0
        line.base = line.up + arcs
        line.baseline = line.base + line.more + round(face.ascent - face.lift)

    def _below(self, line: Line) -> int:
        return line.more + self._measures.lane * line.depth + self.face.gap

    # -- where things are

    def line_map(self, number: int) -> LineMap:
        """Return the line map of a line, made once."""
        line = self.lines[number]
        if line.map is None:
            text_line = self.layout.lineAt(number)
            line.map = LineMap(text_line, self.layout, self.paragraph.display)
        return line.map

    def line_of(self, units: int, *, is_end: bool = False) -> int:
        """Return the line of the character at `units`; with `is_end`, of the one before it."""
        return max(0, bisect_right(self._starts, units - is_end) - 1)

    def line_at(self, y: float) -> int:
        """Return the line at `y`; the first above all, the last below all."""
        return min(max(0, bisect_right(self.tops, y) - 1), len(self.lines) - 1)

    def lines_between(self, top: float, bottom: float) -> range:
        """Return the lines that show between `top` and `bottom`."""
        if bottom <= 0 or top >= self.height:
            return range(0)
        return range(self.line_at(top), self.line_at(bottom) + 1)

    def lines_of(self, start: int, end: int) -> range:
        """Return the lines that `[start, end)` touches."""
        return range(self.line_of(start), self.line_of(max(start + 1, end), is_end=True) + 1)

    def boxes(self, start: int, end: int) -> Iterator[tuple[int, float, float]]:
        """Yield (line, left, right) of what `[start, end)` covers."""
        for number in self.lines_of(start, end):
            line = self.lines[number]
            first, last = max(start, line.start), min(end, line.end)
            for left, right in self.line_map(number).boxes(first, last):
                yield number, left, right

    def _units(self, start: int, end: int) -> tuple[int, int]:
        paragraph = self.paragraph
        first = paragraph.units(start) if start > paragraph.start else 0
        return first, paragraph.units(min(end, paragraph.end))

    def _line(self, number: int) -> Line:
        line: QTextLine = self.layout.lineAt(number)
        start, ascent = line.textStart(), line.ascent()
        rise = max(0.0, ascent - self.face.ascent) + max(0.0, line.descent() - self.face.descent)
        return Line(start, start + line.textLength(), ascent, round(rise))


def _has_lane(mark: Mark) -> bool:
    return mark.kind != "event" and not mark.is_suggested


def _laid_out(paragraph: Paragraph, face: Face, width: int) -> QTextLayout:
    # Never a format range: any border of one breaks ligatures.
    layout = QTextLayout(paragraph.display, face.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    is_rtl = paragraph.is_rtl
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
    )
    # A bare layout does not turn AlignLeft round for text that runs from right to left.
    option.setAlignment(Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return layout
