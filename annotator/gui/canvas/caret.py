"""Where a caret goes when a key is pressed. Pure: it asks a laid-out page and changes nothing.

A caret moves as the eye does: left is left, whatever the direction of what it passes, one thing
that can be seen at a time. A selection grows as one reads: `forward` and `backward` go through the
text itself, so that Shift never drops what was just added where the direction changes.

Where the direction changes, and where a line is wrapped, one offset is in two places; a caret
therefore says which side it belongs to. Who keeps a caret keeps both its fields.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence, Sized
from typing import Literal, NamedTuple, Protocol

import msgspec

from annotator.arabic.graphemes import is_boundary, snap_outward
from annotator.gui.canvas import reading
from annotator.gui.canvas.linemap import Cell, LineMap
from annotator.gui.canvas.paragraphs import Paragraph, has_arabic, paragraph_at
from annotator.gui.canvas.words import word_holding

Movement = Literal[
    "left", "right", "word_left", "word_right", "up", "down",
    "line_start", "line_end", "paragraph_up", "paragraph_down", "document_start", "document_end",
    "forward", "backward", "word_forward", "word_backward",
]  # fmt: skip


class Caret(NamedTuple):
    """A place between two graphemes of the article: before the one at `offset`, or after another.

    `of_previous` says that it stands at the end of the one before `offset`.
    """

    offset: int
    of_previous: bool = False


class Lines(Protocol):
    """A paragraph that is laid out; positions are in its units."""

    @property
    def lines(self) -> Sized:
        """Its lines."""

    def line_map(self, number: int) -> LineMap:
        """Return the map of a line."""

    def line_of(self, units: int, *, is_end: bool = False) -> int:
        """Return the line of the character at `units`; with `is_end`, of the one before it."""


class Page(Protocol):
    """An article that is laid out where one looks."""

    @property
    def text(self) -> str:
        """The article."""

    @property
    def paragraphs(self) -> Sequence[Paragraph]:
        """Its paragraphs."""

    def lines_of(self, index: int) -> Lines:
        """Return a paragraph, laid out."""


class _At(msgspec.Struct, frozen=True):
    """A line of a page: the index of its paragraph, its number in it and its map."""

    index: int
    number: int
    line: LineMap


def moved(page: Page, caret: Caret, movement: Movement, x: float | None = None) -> Caret:
    """Return where `caret` goes; where it is if there is nowhere to go.

    `x` is what moving up and down keeps: the `x_of` the caret before the first such step.
    """
    if movement in ("up", "down"):
        wanted = x_of(page, caret) if x is None else x
        return _vertically(page, caret, 1 if movement == "down" else -1, wanted)
    return _MOVEMENTS[movement](page, caret)


def x_of(page: Page, caret: Caret) -> float:
    """Return the x of a caret on its line."""
    return _x_on(page, caret, _line_at(page, caret))


# -- by sight


def _by_sight(*, is_left: bool) -> Callable[[Page, Caret], Caret]:
    return lambda page, caret: _step(page, caret, is_left)[0]


def _step(page: Page, caret: Caret, is_left: bool) -> tuple[Caret, Cell | None]:
    """Return where one step leads, and the cell that it passed; none where it changed the line."""
    at = _line_at(page, caret)
    paragraph = page.paragraphs[at.index]
    cells = _cells(paragraph, at.line)
    beside = _cells_before(page, caret, at, cells)
    if 0 <= (passed := beside - is_left) < len(cells):
        return _beside(paragraph, cells[passed], is_left), cells[passed]
    return _over_the_edge(page, caret, at, is_left)


def _cells(paragraph: Paragraph, line: LineMap) -> list[Cell]:
    """Return the graphemes of a line that begin on it; Qt may have broken it inside of one."""
    is_whole = is_boundary(paragraph.text, paragraph.offset(line.start) - paragraph.start)
    return [cell for cell in line.cells() if is_whole or cell.start > line.start]


def _cells_before(page: Page, caret: Caret, at: _At, cells: list[Cell]) -> int:
    """Return how many cells stand to the left of a caret."""
    units = page.paragraphs[at.index].units(caret.offset)
    of_previous = caret.of_previous and units > 0
    for number, cell in enumerate(cells):
        if of_previous and cell.end == units:
            return number + (not cell.is_rtl)
        if not of_previous and cell.start == units:
            return number + cell.is_rtl
    x = _x_on(page, caret, at)
    return bisect_left(cells, x, key=lambda cell: (cell.left + cell.right) / 2)


def _over_the_edge(page: Page, caret: Caret, at: _At, is_left: bool) -> tuple[Caret, Cell | None]:
    """Return the caret on the line that comes next, or its first step if it stands for the same."""
    is_onward = is_left == page.paragraphs[at.index].is_rtl
    following = _line_beside(page, at, is_onward) or _paragraph_beside(page, at, is_left)
    if following is None:
        return caret, None
    paragraph = page.paragraphs[following.index]
    cells = _cells(paragraph, following.line)
    if not cells:
        return _first_on(paragraph, following.line), None
    entered = cells[-1] if is_left else cells[0]
    entry = _beside(paragraph, entered, not is_left)
    if entry.offset == caret.offset:
        return _beside(paragraph, entered, is_left), entered
    return entry, None


def _line_beside(page: Page, at: _At, is_onward: bool) -> _At | None:
    """Return the line after or before a line in its paragraph."""
    lines, number = page.lines_of(at.index), at.number + (1 if is_onward else -1)
    if not 0 <= number < len(lines.lines):
        return None
    return _At(at.index, number, lines.line_map(number))


def _paragraph_beside(page: Page, at: _At, is_left: bool) -> _At | None:
    """Return the line on which one comes into another paragraph.

    Left leads on where the page is Arabic, through every paragraph, and right the same way back:
    one enters a paragraph that runs the other way at its end, and leaves it at its start.
    """
    index = at.index + (1 if is_left == has_arabic(page.text) else -1)
    if not 0 <= index < len(page.paragraphs):
        return None
    lines = page.lines_of(index)
    is_at_start = is_left == page.paragraphs[index].is_rtl
    number = 0 if is_at_start else len(lines.lines) - 1
    return _At(index, number, lines.line_map(number))


def _beside(paragraph: Paragraph, cell: Cell, is_left: bool) -> Caret:
    """Return the caret at the left or the right edge of a cell."""
    if is_left == cell.is_rtl:
        return _after(paragraph, cell.end)
    return _before(paragraph, cell.start)


def _before(paragraph: Paragraph, units: int) -> Caret:
    """Return the caret at `units`, or before the grapheme that they are inside of."""
    offset = paragraph.offset(units) - paragraph.start
    return Caret(paragraph.start + snap_outward(paragraph.text, offset, offset)[0])


def _after(paragraph: Paragraph, units: int) -> Caret:
    """Return the caret at `units`, or behind the grapheme that they are inside of."""
    offset = paragraph.offset(units) - paragraph.start
    return Caret(paragraph.start + snap_outward(paragraph.text, offset, offset)[1], True)


def _by_sight_and_word(*, is_left: bool) -> Callable[[Page, Caret], Caret]:
    return lambda page, caret: _word_step(page, caret, is_left)


def _word_step(page: Page, caret: Caret, is_left: bool) -> Caret:
    """Return the far edge of the next word to that side, or the next paragraph."""
    index = paragraph_at(page.paragraphs, caret.offset)
    paragraph = page.paragraphs[index]
    word: tuple[int, int] | None = None
    while True:
        following, cell = _step(page, caret, is_left)
        if following == caret or paragraph_at(page.paragraphs, following.offset) != index:
            return caret if word else following
        if cell is not None:
            offset = paragraph.offset(cell.start)
            is_in_word = word is not None and word[0] <= offset < word[1]
            if word is not None and not is_in_word:
                return caret
            word = word if is_in_word else word_holding(page.text, offset)
        caret = following


def _vertically(page: Page, caret: Caret, step: int, x: float) -> Caret:
    """Return the caret nearest to `x` on the next or the previous line."""
    found = _below(page, _line_at(page, caret), step)
    if found is None:
        return caret
    grapheme = found.line.at(x)
    paragraph = page.paragraphs[found.index]
    if grapheme.is_second_half:
        return _after(paragraph, grapheme.end)
    return _before(paragraph, grapheme.start)


def _line_start(page: Page, caret: Caret) -> Caret:
    at = _line_at(page, caret)
    return _first_on(page.paragraphs[at.index], at.line)


def _first_on(paragraph: Paragraph, line: LineMap) -> Caret:
    """Return the first caret on a line; where that was broken inside a grapheme, behind it."""
    caret = _before(paragraph, line.start)
    is_whole = caret.offset == paragraph.offset(line.start)
    return caret if is_whole else _after(paragraph, line.start)


def _line_end(page: Page, caret: Caret) -> Caret:
    """Return the end of what can be seen of the line: before blanks that hang over its edge."""
    at = _line_at(page, caret)
    paragraph, runs = page.paragraphs[at.index], at.line.runs
    if not runs:
        return _first_on(paragraph, at.line)
    end = _before(paragraph, runs[-1].end)
    is_whole = end.offset == paragraph.offset(runs[-1].end)
    return Caret(end.offset, True) if is_whole else end


def _line_at(page: Page, caret: Caret) -> _At:
    """Return the line that a caret stands on."""
    index = paragraph_at(page.paragraphs, caret.offset)
    paragraph, lines = page.paragraphs[index], page.lines_of(index)
    units = paragraph.units(caret.offset)
    number = lines.line_of(units, is_end=caret.of_previous and units > 0)
    return _At(index, number, lines.line_map(number))


def _x_on(page: Page, caret: Caret, at: _At) -> float:
    units = page.paragraphs[at.index].units(caret.offset)
    return at.line.edge(units, of_previous=caret.of_previous and units > 0)


def _below(page: Page, at: _At, step: int) -> _At | None:
    """Return the line below (`step` 1) or above (-1) a line, over the ends of paragraphs too."""
    beside = _line_beside(page, at, step > 0)
    index = at.index + step
    if beside is not None or not 0 <= index < len(page.paragraphs):
        return beside
    lines = page.lines_of(index)
    number = 0 if step > 0 else len(lines.lines) - 1
    return _At(index, number, lines.line_map(number))


# -- as one reads


def _reading(
    step: Callable[[str, Sequence[Paragraph], int], int], *, of_previous: bool
) -> Callable[[Page, Caret], Caret]:
    def go(page: Page, caret: Caret) -> Caret:
        return Caret(step(page.text, page.paragraphs, caret.offset), of_previous)

    return go


_MOVEMENTS: dict[Movement, Callable[[Page, Caret], Caret]] = {
    "left": _by_sight(is_left=True),
    "right": _by_sight(is_left=False),
    "word_left": _by_sight_and_word(is_left=True),
    "word_right": _by_sight_and_word(is_left=False),
    "line_start": _line_start,
    "line_end": _line_end,
    "paragraph_up": _reading(reading.paragraph_backward, of_previous=False),
    "paragraph_down": _reading(reading.paragraph_forward, of_previous=True),
    "document_start": lambda page, caret: Caret(0),
    "document_end": lambda page, caret: Caret(len(page.text), True),
    "forward": _reading(reading.forward, of_previous=True),
    "backward": _reading(reading.backward, of_previous=False),
    "word_forward": _reading(reading.word_forward, of_previous=True),
    "word_backward": _reading(reading.word_backward, of_previous=False),
}
