"""What is under a point of the viewport: text, a label, its chip, a handle of the label in hand."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF

from annotator.gui.canvas.geometry import Chip, Geometry, geometry
from annotator.gui.canvas.laid import LaidParagraph, Line, Piece
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.page import Page
from annotator.gui.canvas.pointer import End, Hit
from annotator.gui.canvas.scene import Scene, Span
from annotator.gui.canvas.shown import handle_places

_NEAR = 7  # pixels around a handle
_INSIDE = 0.2  # of a character, from its edge, for a point just inside


class _Spot(NamedTuple):
    """The line at a point."""

    laid: LaidParagraph
    number: int
    line: Line
    geometry: Geometry
    x: float  # in the text column
    y: float  # from the top of the line


class PageSurface:
    """Answers what is where on a page; the pointer asks."""

    def __init__(self, page: Page, scene: Scene) -> None:
        self._page, self._scene = page, scene

    def hit(self, point: QPointF) -> Hit:
        """Return what is at `point`."""
        spot = self._spot(point)
        paragraph = spot.laid.paragraph
        found = spot.laid.line_map(spot.number).at(spot.x)
        start, end = paragraph.offset(found.start), paragraph.offset(found.end)
        side = self._handle_at(spot)
        return Hit(
            offset=end if found.is_second_half else start,
            start=start,
            end=end,
            uid=self._scene.current if side else self._uid_at(spot),
            end_of=side,
            is_on_text=self._is_on_text(spot),
            of_previous=found.is_second_half,
        )

    def span_of(self, uid: str) -> Span:
        """Return where the mark `uid` begins and ends."""
        mark = self._page.layout.marks.get(uid)
        if mark is None or not mark.spans:
            return (0, 0)
        return mark.spans[0][0], mark.spans[-1][1]

    def chip_at(self, point: QPointF) -> Chip | None:
        """Return the chip at `point`."""
        return self._chip_at(self._spot(point))

    def marks_at(self, offset: int) -> list[str]:
        """Return the uids of the marks on the character at `offset`, innermost first."""
        index = self._page.layout.marks
        here = [
            (end - start, mark.uid)
            for mark in index[self._page.layout.index_of(offset)]
            for start, end in mark.spans
            if start <= offset < end
        ]
        return [uid for _, uid in sorted(here, key=lambda found: found[0])]

    def point_of(self, offset: int, *, end: bool = False) -> QPoint:
        """Return a point just inside the leading edge of the character at `offset`.

        With `end`, just inside the trailing edge of the character before it.
        """
        page = self._page
        index = page.layout.index_of(offset)
        laid = page.lines_of(index)
        units = laid.paragraph.units(min(max(offset, laid.paragraph.start), laid.paragraph.end))
        number = laid.line_of(units, is_end=end and units > 0)
        line_map, line = laid.line_map(number), laid.lines[number]
        edge = line_map.edge(units, of_previous=end)
        first, last = (units - 1, units) if end else (units, units + 1)
        boxes = line_map.boxes(max(first, line.start), min(last, line.end))
        x = edge
        if boxes:
            left, right = boxes[0][0], boxes[-1][1]
            inward = _INSIDE * (right - left)
            x = edge + inward if edge - left < right - edge else edge - inward
        y = page.y_of(index) + laid.tops[number] + line.baseline - laid.face.box_up / 3
        return QPoint(round(page.column.text + x), round(y))

    # -- parts

    def _spot(self, point: QPointF) -> _Spot:
        page = self._page
        index, top = next(page.between(round(point.y()), round(point.y()) + 1), (0, page.y_of(0)))
        laid = page.lines_of(index)
        number = laid.line_at(point.y() - top)
        where = geometry(laid, number, page.measures, page.chips)
        y = point.y() - top - laid.tops[number]
        return _Spot(laid, number, laid.lines[number], where, point.x() - page.column.text, y)

    def _chip_at(self, spot: _Spot) -> Chip | None:
        bottom = spot.line.baseline - spot.laid.face.box_up
        if not bottom - self._page.measures.chip <= spot.y < bottom:
            return None
        return next((c for c in spot.geometry.chips if c.left <= spot.x < c.right), None)

    def _uid_at(self, spot: _Spot) -> str:
        chip = self._chip_at(spot)
        if chip is not None:
            return chip.marks[0].uid
        face, line = spot.laid.face, spot.line
        lanes = self._page.measures.lane * line.depth
        if not -face.box_up <= spot.y - line.baseline <= face.box_down + 2 + lanes:
            return ""
        return next((mark.uid for mark in self._marks_under(spot)), "")

    def _marks_under(self, spot: _Spot) -> Iterable[Mark]:
        """Yield the marks whose boxes hold the place, innermost first."""
        pieces = list(zip(spot.line.pieces, spot.geometry.boxes, strict=True))
        for piece, boxes in reversed(pieces):
            if any(left <= spot.x < right for left, right in boxes):
                yield piece.mark

    def _handle_at(self, spot: _Spot) -> End:
        for x, side in self._handles(spot):
            face = spot.laid.face
            y = spot.line.baseline - (face.box_up - face.box_down) / 2
            box = QRectF(x - _NEAR, y - face.box_up, 2 * _NEAR, 2 * face.box_up)
            if box.contains(spot.x, spot.y):
                return side
        return ""

    def _handles(self, spot: _Spot) -> Iterator[tuple[float, End]]:
        for piece, boxes in zip(spot.line.pieces, spot.geometry.boxes, strict=True):
            if self._has_handles(piece):
                start, end = handle_places(spot.laid, boxes, piece)
                if start is not None:
                    yield start, "start"
                if end is not None:
                    yield end, "end"

    def _has_handles(self, piece: Piece) -> bool:
        return piece.mark.uid == self._scene.current and len(piece.mark.spans) == 1

    def _is_on_text(self, spot: _Spot) -> bool:
        face, runs = spot.laid.face, spot.laid.line_map(spot.number).runs
        if not -face.box_up <= spot.y - spot.line.baseline <= face.box_down:
            return False
        return any(run.left <= spot.x <= run.right for run in runs)
