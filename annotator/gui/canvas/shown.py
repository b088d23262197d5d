"""A line of the page as it is painted, and where the handles of a mark are."""

from typing import NamedTuple

from annotator.gui.canvas.geometry import Geometry
from annotator.gui.canvas.laid import LaidParagraph, Line, Piece


class Shown(NamedTuple):
    """A line as it is painted: with the x of its column and the y of its top in the viewport."""

    laid: LaidParagraph
    number: int
    line: Line
    geometry: Geometry
    x: int
    y: int

    @property
    def bottom(self) -> int:
        """The y at which the next line begins."""
        tops = self.laid.tops
        return self.y + tops[self.number + 1] - tops[self.number]

    @property
    def baseline(self) -> int:
        """The y of the baseline."""
        return self.y + self.line.baseline


def handle_places(
    laid: LaidParagraph, boxes: list[tuple[float, float]], piece: Piece
) -> tuple[float | None, float | None]:
    """Return the x of the start handle and of the end handle of a piece; None where it goes on."""
    if not boxes:
        return None, None
    left, right = boxes[0][0] - 1.5, boxes[-1][1] + 1.5
    start, end = (right, left) if laid.paragraph.is_rtl else (left, right)
    return (start if piece.is_start else None), (end if piece.is_end else None)
