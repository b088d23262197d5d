"""Where Qt drew the pieces of a line, and how far beside it `cursorToX` says that they are.

On most lines it is right. It is wrong where blanks hang over the end of a wrapped line and run
against the direction of its paragraph (`CBS ` before `News`), and where a line ends between flags.
"""

import math
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from PySide6.QtGui import QTextLayout, QTextLine

_INDEXES = QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
_POSITIONS = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
)
# Pixels by which a glyph may stand beside its place, for the look of it, and not be displaced.
_SAME = 1.0
# What is narrower than this cannot be seen; Qt counts in 64ths of a pixel.
NARROW = 1 / 64


class Item(NamedTuple):
    """What Qt lays out in one piece: its first position and its box."""

    start: int
    left: float
    right: float
    is_rtl: bool


def caret_x(line: QTextLine, position: int) -> float:
    """Return where Qt puts a caret; right inside a run only."""
    return carets(line, [position])[0]


def carets(line: QTextLine, positions: list[int]) -> list[float]:
    """Return where Qt puts carets."""
    x_of = line.cursorToX
    return [x_of(position)[0] for position in positions]  # type: ignore[index] # it is a pair


def items_of(line: QTextLine) -> list[Item]:
    """Return what Qt laid out on the line, in logical order.

    Parts in a fallback font repeat the box of their item; items without width are left out.
    """
    items: dict[tuple[int, int], Item] = {}
    for glyphs in line.glyphRuns(-1, -1, _INDEXES):
        indexes = glyphs.stringIndexes()
        box = glyphs.boundingRect()
        left, right = box.left(), box.right()
        if not indexes or right - left < NARROW:
            continue
        item = Item(min(indexes), left, right, glyphs.isRightToLeft())
        key = _key(left, right)
        items[key] = min(item, items.get(key, item))
    return sorted(items.values())


def is_hanging(line: QTextLine, blanks: int, last: Item, is_rtl: bool) -> bool:
    """Return whether the blanks at the line's end are in no item of it, not even the last one."""
    if last.start >= blanks:
        return False
    if last.is_rtl != is_rtl:
        return True
    x = caret_x(line, blanks)
    return not last.left + NARROW < x < last.right - NARROW


def displaced(
    line: QTextLine, items: list[Item], blanks: int, width: float, *, is_rtl: bool
) -> list[float]:
    """Return how far right of its ink `cursorToX` puts each item.

    From the position `blanks` on there are only blanks that hang, `width` pixels together.
    It begins to the left of the line by that width where the paragraph runs from right to left,
    and gives them room where their own direction has them, which may be in the middle of the line.
    """
    end = line.textStart() + line.textLength()
    if blanks == end:
        return [0.0] * len(items)
    sides = caret_x(line, blanks), caret_x(line, end)
    x, begin = (max(sides), -width) if is_rtl else (min(sides), 0.0)
    return [begin + (width if x <= item.left + NARROW else 0.0) for item in items]


def measured(
    line: QTextLine, items: list[Item], positions: list[list[int]], displaced: list[float]
) -> list[float]:
    """Return `displaced`, corrected where most glyphs of an item agree that it is otherwise.

    So it is where text that runs against its paragraph holds text that runs against it in turn,
    and where a line ends between two flags.
    """
    drawn = _drawn(line)
    corrected = []
    for item, places, shift in zip(items, positions, displaced, strict=True):
        xs = drawn[_key(item.left, item.right)]
        edges = ((end if item.is_rtl else start, xs.get(start)) for start, end in pairwise(places))
        found = [
            caret_x(line, edge) - x
            for edge, x in edges
            if x is not None and places[0] < edge < places[-1]
        ]
        middle = median(found) if found else shift
        agreeing = sum(abs(other - middle) < _SAME for other in found)
        is_sure = agreeing * 2 > len(found) and abs(middle - shift) > 2 * _SAME
        corrected.append(middle if is_sure and agreeing > 1 else shift)
    return corrected


def _drawn(line: QTextLine) -> dict[tuple[int, int], dict[int, float]]:
    """Return, for the box of each item, the left of the glyphs for each position.

    Nothing for an item in several fonts: Qt counts the positions of its parts from their start.
    """
    drawn: dict[tuple[int, int], dict[int, float]] = {}
    for glyphs in line.glyphRuns(-1, -1, _INDEXES | _POSITIONS):
        box = glyphs.boundingRect()
        key = _key(box.left(), box.right())
        if key in drawn:
            drawn[key] = {}
            continue
        xs: dict[int, float] = {}
        drawn[key] = xs
        for position, point in zip(glyphs.stringIndexes(), glyphs.positions(), strict=False):
            xs[position] = min(point.x(), xs.get(position, math.inf))
    return drawn


def _key(left: float, right: float) -> tuple[int, int]:
    """Return what tells the box of one item from that of another."""
    return round(left * 10), round(right * 10)
