"""The runs of one laid-out line, taken from Qt with what it gets wrong put right.

The ends of a run come from the glyph runs of the whole line, which are where the ink is. Only what
lies inside a run comes from `cursorToX`. Where that puts whole runs beside their ink they are put
back (`displacement`), and where it gives the edge of another run, as in the middle of some
ligatures (`ff`), the graphemes there share the room.
"""

import math
import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import Self

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine

from annotator.arabic.characters import ARABIC_LETTERS, DIGITS, MARKS, TATWEEL, ZWJ, ZWNJ
from annotator.arabic.graphemes import graphemes
from annotator.gui.canvas.displacement import (
    NARROW,
    Item,
    carets,
    displaced,
    is_hanging,
    items_of,
    measured,
)
from annotator.gui.canvas.unseen import has_unseen, is_unseen

# Most lines: no marks, nothing that joins, one unit a character.
_PLAIN = re.compile(f"[ -~\u00a0«»،؛؟–—‘’“”…{DIGITS}{TATWEEL}{ARABIC_LETTERS}]*")
# Blanks at which a line may be broken, with marks over them: they may hang over its end.
_BLANKS_AT_END = re.compile(
    rf"(?:[^\S\u00a0\u2007\u202f][{MARKS}{ZWJ}{ZWNJ}\ufe00-\ufe0f\U000e0100-\U000e01ef]*)+$"
)


class Run(msgspec.Struct, frozen=True):
    """A stretch of one direction, with the `ways` from its leading edge to each of `positions`.

    These are where its graphemes begin, and its end. A grapheme that cannot be seen has no way of
    its own: it begins where the next one begins.
    """

    start: int
    end: int
    left: float
    right: float
    is_rtl: bool
    positions: list[int]
    ways: list[float]

    def x_before(self, position: int) -> float:
        """Return the x at which the grapheme at `position` begins."""
        return self._x(self.ways[max(bisect_right(self.positions, position) - 1, 0)])

    def x_after(self, position: int) -> float:
        """Return the x at which the grapheme ends that reaches up to `position`."""
        return self._x(self.ways[min(bisect_left(self.positions, position), len(self.ways) - 1)])

    def box(self, start: int, end: int) -> tuple[float, float]:
        """Return the box of the part of `[start, end)` that lies in this run."""
        first, last = self.x_before(start), self.x_after(end)
        return (last, first) if self.is_rtl else (first, last)

    def distance(self, x: float) -> float:
        """Return how far beside the run `x` is."""
        return max(self.left - x, x - self.right, 0.0)

    def at(self, x: float) -> tuple[int, bool]:
        """Return where the grapheme nearest to `x` begins, and if `x` is in its second half."""
        way = self.right - x if self.is_rtl else x - self.left
        found = min(max(bisect_right(self.ways, way) - 1, 0), len(self.ways) - 2)
        while found and self.ways[found + 1] - self.ways[found] < NARROW:
            found -= 1
        return self.positions[found], way * 2 > self.ways[found] + self.ways[found + 1]

    def _x(self, way: float) -> float:
        return self.right - way if self.is_rtl else self.left + way


class LineText(msgspec.Struct, frozen=True):
    """A line's `boundaries` between graphemes, both ends too, in units of the paragraph.

    `unseen` are graphemes that are nothing to look at; from `blanks` on there are only blanks. A
    plain line has nothing but letters, digits and the usual signs.
    """

    boundaries: list[int]
    unseen: frozenset[int]
    blanks: int
    is_plain: bool

    @classmethod
    def of(cls, text: str, start: int) -> Self:
        """Read the characters of a line that begins at `start`."""
        is_plain = _PLAIN.fullmatch(text) is not None
        offsets = [*range(len(text) + 1)] if is_plain else [0, *(e for _, e in graphemes(text))]
        boundaries = [start + offset for offset in offsets]
        if not is_plain and max(text) > "\uffff":
            units = list(accumulate((1 + (char > "\uffff") for char in text), initial=start))
            boundaries = [units[offset] for offset in offsets]
        unseen: frozenset[int] = frozenset()
        if not is_plain and has_unseen(text):
            places = zip(offsets[:-1], boundaries, strict=False)
            unseen = frozenset(unit for offset, unit in places if is_unseen(text[offset]))
        blanks = _BLANKS_AT_END.search(text)
        first_blank = bisect_left(offsets, blanks.start()) if blanks else -1
        return cls(boundaries, unseen, boundaries[first_blank], is_plain)


def is_right_to_left(layout: QTextLayout) -> bool:
    """Whether the paragraph was laid out from right to left."""
    return layout.textOption().textDirection() == Qt.LayoutDirection.RightToLeft


def runs_of(
    line: QTextLine, text: LineText, layout: QTextLayout, *, is_rtl: bool
) -> tuple[Run, ...]:
    """Return the runs of a line in logical order; they cover it but for blanks that hang.

    `is_rtl` is the direction of its paragraph.
    """
    items = items_of(line)
    if not items:
        return ()
    end = text.boundaries[-1]
    if text.blanks < end and is_hanging(line, text.blanks, items[-1], is_rtl):
        end = text.blanks
    starts = [text.boundaries[0], *[item.start for item in items[1:]], end]
    positions = [_between(text.boundaries, *limits) for limits in pairwise(starts)]
    shifts = [0.0] * len(items)
    if text.unseen or any(item.is_rtl != is_rtl for item in items):
        blank = QFontMetricsF(layout.font()).horizontalAdvance(" ")
        width = blank * (text.boundaries[-1] - end)
        shifts = displaced(line, items, end, width, is_rtl=is_rtl)
        if not text.is_plain:
            shifts = measured(line, items, positions, shifts)
    each = zip(items, positions, shifts, strict=True)
    return tuple(_run(line, item, inside, text.unseen, shift) for item, inside, shift in each)


def _between(boundaries: list[int], start: int, end: int) -> list[int]:
    """Return `start`, the boundaries inside, and `end`."""
    inside = boundaries[bisect_right(boundaries, start) : bisect_left(boundaries, end)]
    return [start, *inside, end]


def _run(
    line: QTextLine, item: Item, positions: list[int], unseen: frozenset[int], shift: float
) -> Run:
    """Return the run of an item, with where each grapheme in it begins."""
    starts = positions[:-1]
    seen = starts
    if unseen:
        seen = [start for start in starts if start not in unseen] or starts
    origin = (item.right if item.is_rtl else item.left) + shift
    width = item.right - item.left
    xs = carets(line, seen[1:])
    if shift:  # those that fell off the line are lost
        xs = [x if 0 < x < line.width() else math.inf for x in xs]
    if item.is_rtl:
        found = [0.0, *[origin - x for x in xs], width]
    else:
        found = [0.0, *[x - origin for x in xs], width]
    ways = _put_in_order(found)
    if len(seen) < len(starts):
        ways = [*_with_unseen(starts, seen, ways), width]
    return Run(positions[0], positions[-1], *item[1:], positions, ways)


def _put_in_order(ways: list[float]) -> list[float]:
    """Return `ways` rising from the first to the last; those that do not share their gap evenly.

    So everything that can be seen has a box, be it a mark without a letter.
    """
    if ways == sorted(set(ways)):
        return ways
    kept = [0]
    for number, way in enumerate(ways[1:-1], 1):
        if ways[kept[-1]] + NARROW <= way <= ways[-1] - NARROW:
            kept.append(number)
    for first, last in pairwise([*kept, len(ways) - 1]):
        step = (ways[last] - ways[first]) / (last - first)
        ways[first:last] = [ways[first] + step * n for n in range(last - first)]
    return ways


def _with_unseen(starts: list[int], seen: list[int], ways: list[float]) -> list[float]:
    """Return the ways of all `starts`: what is not seen begins where the next thing does."""
    return [ways[bisect_left(seen, start)] for start in starts]
