"""What of an article is in the viewport, and where: no widget, no painting.

Viewport coordinates are pixels of the viewport; `top` is the y of the page at its upper edge.
Paragraphs are laid out as they come into view. What was taken for higher or lower than it is never
moves what is already seen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QPoint, QRect, QSize

from annotator.gui.canvas.laid import LaidParagraph
from annotator.gui.canvas.layout import Layout
from annotator.gui.canvas.measures import Column, Measures
from annotator.gui.canvas.paragraphs import Paragraph

_ABOVE, _BELOW = 10, 40  # before the first paragraph, behind the last
_CONTEXT = 60  # pixels that are left around what is scrolled to


class Place(msgspec.Struct, frozen=True):
    """Where one reads: the offset at which the topmost line begins, and pixels below its top."""

    offset: int
    pixels: int


class View(NamedTuple):
    """What is on the screen: where one reads, and the y of each paragraph's top."""

    place: Place
    tops: dict[int, int]


_BEGINNING = Place(0, -1000)


class Page:
    """An article's layout behind a viewport."""

    def __init__(self, layout: Layout, size: QSize, measures: Measures, chips: str) -> None:
        self.layout = layout
        self.top = 0
        self.set(size, measures, chips)

    def set(self, size: QSize, measures: Measures, chips: str) -> None:
        """Set the article anew: another viewport, zoom or kind of chips. `settle` then lays out."""
        self.size, self.measures, self.chips = size, measures, chips
        self.column = Column.of(size.width())
        self.layout.set_page(measures, self.column.width, has_chips=chips != "off")

    def resize_height(self, size: QSize) -> None:
        """Take another height of the viewport; nothing is laid out anew."""
        self.size = size
        self.settle()

    @property
    def lowest(self) -> int:
        """The greatest `top`."""
        total = _ABOVE + self.layout.heights.total + _BELOW
        return max(0, total - self.size.height())

    # -- what is in view

    def settle(self) -> None:
        """Lay out what is in view; `top` moves with what grows above."""
        while True:
            self.top = min(max(0, self.top), self.lowest)
            self._lay_first()
            self._lay_rest()
            if self.top <= self.lowest:
                return

    def _lay_first(self) -> None:
        heights = self.layout.heights
        while True:
            first = heights.at(self.top - _ABOVE)
            begins_above = heights.top(first) + _ABOVE < self.top
            _, growth = self.layout.lay(first)
            if not growth:
                return
            if begins_above:
                self.top = max(0, self.top + growth)

    def _lay_rest(self) -> None:
        for index, _ in self.visible():
            self.layout.lay(index)

    def lines_of(self, index: int) -> LaidParagraph:
        """Return a paragraph, laid out; what is seen stays where it is."""
        is_above = self.y_of(index) < 0
        laid, growth = self.layout.lay(index)
        if is_above:
            self.top += growth
        return laid

    @property
    def text(self) -> str:
        """The article."""
        return self.layout.text

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """The paragraphs of the article."""
        return self.layout.paragraphs

    def visible(self) -> Iterator[tuple[int, int]]:
        """Yield (paragraph, y of its top in the viewport) of what shows, from the top."""
        yield from self.between(0, self.size.height())

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """Yield (paragraph, y of its top) of what shows between two y of the viewport.

        Of folded paragraphs it is the first, which stands for all.
        """
        heights, folds = self.layout.heights, self.layout.folds
        index = heights.at(self.top + top - _ABOVE)
        y = self.y_of(index)
        while index < len(heights) and y < bottom:
            fold = folds.at(index)
            yield (fold.first if fold else index), y
            y += heights[fold.first if fold else index]  # the caller may have changed it
            index = fold.end if fold else index + 1

    def y_of(self, index: int) -> int:
        """Return the y of a paragraph's top in the viewport."""
        return _ABOVE + self.layout.heights.top(index) - self.top

    def rect_of(self, index: int) -> QRect:
        """Return the rectangle of a paragraph in the viewport, across the whole page."""
        column = self.column
        height = self.layout.heights[index]
        return QRect(column.left, self.y_of(index), column.right - column.left, height)

    def is_in_view(self, index: int) -> bool:
        """Whether a paragraph shows."""
        y = self.y_of(index)
        return y < self.size.height() and y + self.layout.heights[index] > 0

    # -- where one reads

    def place(self) -> Place:
        """Return where one reads; at the very top, without laying out anything for it."""
        if not self.top:
            return _BEGINNING
        index = self.layout.heights.at(self.top - _ABOVE)
        laid = self.lines_of(index)
        y = -self.y_of(index)
        line = laid.line_at(y)
        return Place(laid.paragraph.offset(laid.lines[line].start), y - laid.tops[line])

    def view(self) -> View:
        """Return what is on the screen now, to be compared after a change."""
        return View(self.place(), dict(self.visible()))

    def restore(self, place: Place) -> None:
        """Read again at `place`."""
        laid, index = self._laid_at(place.offset)
        line = laid.line_of(laid.paragraph.units(self._held(place.offset)))
        self.top += self.y_of(index) + laid.tops[line] + place.pixels
        self.settle()

    def reveal(self, start: int, end: int) -> None:
        """Move so that `[start, end)` shows, its start at least, and no further than needed."""
        if self.layout.unfold(self.layout.index_of(self._held(start))):
            self.settle()
        laid, index = self._laid_at(start)
        first, last = self._rows(laid, index, start)
        height, context = self.size.height(), min(_CONTEXT, self.size.height() // 4)
        laid_end, index_end = self._laid_at(end)
        bottom = self._rows(laid_end, index_end, end)[1]
        if bottom - first > height - 2 * context:
            bottom = last
        if first >= context // 4 and bottom <= height - context // 4:
            return
        if first < 0 or first > height or bottom > height * 2:
            self.top += first - height // 3
        elif first < context:
            self.top += first - context
        else:
            self.top += bottom - (height - context)
        self.settle()

    def _rows(self, laid: LaidParagraph, index: int, offset: int) -> tuple[int, int]:
        """Return the y at which the line of `offset` begins and ends."""
        line = laid.line_of(laid.paragraph.units(self._held(offset)))
        y = self.y_of(index)
        return y + laid.tops[line], y + laid.tops[line + 1]

    def _laid_at(self, offset: int) -> tuple[LaidParagraph, int]:
        index = self.layout.index_of(self._held(offset))
        return self.lines_of(index), index

    def _held(self, offset: int) -> int:
        return min(max(0, offset), len(self.layout.text))

    # -- boxes

    def box_of(self, start: int, end: int) -> QRect:
        """Return the rectangle around what is laid out of `[start, end)`."""
        box = QRect()
        first, last = self.layout.index_of(start), self.layout.index_of(max(start, end - 1))
        for index in range(first, last + 1):
            laid = self.layout.laid(index)
            if laid is not None and not self.layout.folds.at(index):
                box = box.united(self._box_in(laid, index, start, end))
        return box

    def _box_in(self, laid: LaidParagraph, index: int, start: int, end: int) -> QRect:
        paragraph, face, box = laid.paragraph, laid.face, QRect()
        first = paragraph.units(max(start, paragraph.start))
        last = paragraph.units(min(end, paragraph.end))
        y = self.y_of(index)
        for number, left, right in laid.boxes(first, last):
            top = y + laid.tops[number] + laid.lines[number].baseline - round(face.box_up)
            x = self.column.text + round(left)
            size = QSize(max(1, round(right - left)), round(face.box_up + face.box_down))
            box = box.united(QRect(QPoint(x, top), size))
        return box
