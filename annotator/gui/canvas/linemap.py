"""Exact geometry of one laid-out line: ranges to boxes, places to graphemes.

Positions are UTF-16 units of the paragraph, x is in the coordinates of its layout. Qt's own answers
are wrong in three ways for Arabic, so they are not asked for (all measured, Qt 6.8 to 6.12):

* `xToCursor` is shifted on every wrapped right-to-left line by the space that hangs at its end;
* `cursorToX` of the first character of a run gives the end of the run before it;
* glyph runs and selections of a part of a right-to-left ligature are mirrored.

The ends of runs are taken from glyph runs of the whole line, and only what lies inside a run from
`cursorToX`.
"""

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QTextLayout, QTextLine

from annotator.gui.canvas.displacement import NARROW, caret_x
from annotator.gui.canvas.runs import LineText, Run, is_right_to_left, runs_of

__all__ = ["Cell", "Grapheme", "LineMap", "Run"]

# Boxes that are nearer than this, in pixels, are one.
_TOUCHING = 0.75


class Grapheme(NamedTuple):
    """What the pointer is over: `[start, end)`, and whether on the half that is read second."""

    start: int
    end: int
    is_second_half: bool


class Cell(NamedTuple):
    """A grapheme that can be seen, in its place."""

    left: float
    right: float
    start: int
    end: int
    is_rtl: bool


class LineMap:
    """Where everything on a line is. Made once for a line, after its layout has ended.

    `runs` are in logical order and cover the line but for blanks that hang over its end.
    """

    __slots__ = ("_boundaries", "_x_at_end", "_x_at_start", "end", "is_rtl", "runs", "start")

    def __init__(self, line: QTextLine, layout: QTextLayout, display: str) -> None:
        self.start = line.textStart()
        self.end = self.start + line.textLength()
        self.is_rtl = is_right_to_left(layout)
        characters = _characters_between(self.start, self.end, layout, display)
        text = LineText.of(characters, self.start)
        self.runs = runs_of(line, text, layout, is_rtl=self.is_rtl)
        self._boundaries = text.boundaries
        self._x_at_start, self._x_at_end = self._outer_edges(line)

    def boxes(self, start: int, end: int) -> list[tuple[float, float]]:
        """Return the boxes of `[start, end)`, whole graphemes, from left to right.

        Nothing where the range is not on the line, or only in blanks that hang over its end. What
        cannot be seen has one box without width if there is nothing else in the range.
        """
        parts = [run.box(start, end) for run in self.runs if start < run.end and run.start < end]
        wide = sorted(part for part in parts if part[1] - part[0] >= NARROW)
        return _merged(wide) if wide else parts[:1]

    def at(self, x: float) -> Grapheme:
        """Return the grapheme at `x`, or the nearest one beside the line's ends.

        It always is one that can be seen, unless the line has none: then it is the first.
        """
        if not self.runs:
            return Grapheme(self.start, self._boundaries[min(1, len(self._boundaries) - 1)], False)
        run = min(self.runs, key=lambda run: run.distance(x))
        position, is_second_half = run.at(x)
        return Grapheme(*self._whole(position), is_second_half)

    def cells(self) -> list[Cell]:
        """Return the graphemes that can be seen, from left to right; side by side, they tile it.

        A grapheme in two directions (U+0600 with a letter) is one cell, in that of its paragraph.
        """
        cells: dict[int, Cell] = {}
        for run in self.runs:
            for position, end in pairwise(run.positions):
                left, right = run.box(position, end)
                if right - left >= NARROW:
                    start, end = self._whole(position)
                    cell = Cell(left, right, start, end, run.is_rtl)
                    cells[start] = self._joined(cells[start], cell) if start in cells else cell
        return sorted(cells.values())

    def edge(self, position: int, *, of_previous: bool = False) -> float:
        """Return the x of a caret at `position`: before the grapheme there, or after the previous.

        The two differ where the direction changes.
        """
        for run in self.runs:
            if of_previous and run.start < position <= run.end:
                return run.x_after(position)
            if not of_previous and run.start <= position < run.end:
                return run.x_before(position)
        return self._x_at_start if position <= self.start else self._x_at_end

    def _whole(self, position: int) -> tuple[int, int]:
        """Return the grapheme that `position` is in; a run may begin inside one."""
        after = bisect_right(self._boundaries, position)
        return self._boundaries[after - 1], self._boundaries[after]

    def _joined(self, cell: Cell, part: Cell) -> Cell:
        """Return `cell` with another part of it, where that lies beside it."""
        if part.left - cell.right > _TOUCHING or cell.left - part.right > _TOUCHING:
            return cell
        left, right = min(cell.left, part.left), max(cell.right, part.right)
        return Cell(left, right, cell.start, cell.end, self.is_rtl)

    def _outer_edges(self, line: QTextLine) -> tuple[float, float]:
        """Return the x at which the line begins and ends to a reader of its paragraph."""
        if not self.runs:
            x = caret_x(line, self.start)
            return x, x
        left, right = self.runs[0].left, self.runs[0].right
        for run in self.runs[1:]:
            left, right = min(left, run.left), max(right, run.right)
        return (right, left) if self.is_rtl else (left, right)


def _characters_between(start: int, end: int, layout: QTextLayout, display: str) -> str:
    """Return the characters at these positions; only where there are astral ones it reads all."""
    last = layout.lineAt(layout.lineCount() - 1)
    if last.textStart() + last.textLength() == len(display):
        return display[start:end]
    encoded = display.encode("utf-16-le")
    return encoded[2 * start : 2 * end].decode("utf-16-le", "replace")


def _merged(boxes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return `boxes`, which are in order, those that touch made one."""
    merged = boxes[:1]
    for left, right in boxes[1:]:
        if left - merged[-1][1] < _TOUCHING:
            merged[-1] = merged[-1][0], max(right, merged[-1][1])
        else:
            merged.append((left, right))
    return merged
