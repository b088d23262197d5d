"""What is painted of a line besides its marks: selection, search hits, a flash, the caret."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui.canvas import strokes
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.scene import Scene, Span
from annotator.gui.canvas.shown import Shown


class Overlays:
    """Paints what a scene shows on a line, in one look."""

    def __init__(self, inks: Inks) -> None:
        self._inks = inks

    def shaded(self, painter: QPainter, shown: Shown, parts: Iterable[Span]) -> list[QRectF]:
        """Shade what of a line is not labelled, with a hairline at its ends; return where it is."""
        boxes = [box for start, end in parts for box in boxes_of(shown, start, end)]
        for box in boxes:
            painter.fillRect(box, self._inks["shade"])
            for x in (box.left(), box.right() - 1):
                painter.fillRect(QRectF(x, box.top(), 1, box.height()), self._inks["line"])
        return boxes

    def selection(self, painter: QPainter, shown: Shown, scene: Scene) -> None:
        """Paint what is selected, and where a held handle would put the label in hand."""
        if scene.selection:
            for box in boxes_of(shown, *scene.selection):
                painter.fillRect(box, self._inks["selection"])
        if scene.moving:
            pen = QPen(self._inks["accent"], 2)
            for box in boxes_of(shown, *scene.moving):
                strokes.frame(painter, box, pen, self._inks["accent_soft"])

    def flash(self, painter: QPainter, shown: Shown, scene: Scene) -> None:
        """Paint what flashes, and what gets another role once an edge is let go."""
        if scene.laid_over:
            for box in boxes_of(shown, *scene.laid_over):
                painter.fillRect(box, self._inks["accent_soft"])
        if scene.flash:
            pen = QPen(self._inks["accent"], 1)
            for box in boxes_of(shown, *scene.flash):
                strokes.frame(painter, box.adjusted(-2, -1, 2, 1), pen, self._inks["accent_soft"])

    def hits(self, painter: QPainter, shown: Shown, scene: Scene) -> None:
        """Frame the search hits."""
        if not scene.hits:
            return
        start, end = shown.laid.paragraph.start, shown.laid.paragraph.end
        for n in scene.hits_between(start, end):
            is_current = n == scene.current_hit
            pen = QPen(self._inks["accent"], 2 if is_current else 1)
            for box in boxes_of(shown, *scene.hits[n]):
                ground = self._inks["accent_soft"] if is_current else Qt.BrushStyle.NoBrush
                strokes.frame(painter, box.adjusted(0, 2, 0, -1), pen, ground)

    def caret(self, painter: QPainter, shown: Shown, scene: Scene) -> None:
        """Paint the caret if it stands on this line."""
        paragraph = shown.laid.paragraph
        if not scene.has_caret or not paragraph.start <= scene.caret <= paragraph.end:
            return
        units = paragraph.units(scene.caret)
        if shown.number != shown.laid.line_of(units, is_end=scene.is_caret_of_previous):
            return
        x = shown.laid.line_map(shown.number).edge(units, of_previous=scene.is_caret_of_previous)
        face = shown.laid.face
        top = shown.baseline - face.box_up
        painter.fillRect(
            QRectF(round(shown.x + x) - 1, top, 2, face.box_up + face.box_down), self._inks["text"]
        )


def boxes_of(shown: Shown, start: int, end: int) -> Iterator[QRectF]:
    """Yield the boxes on a line of `[start, end)` of the article."""
    paragraph, line = shown.laid.paragraph, shown.line
    if end <= paragraph.start or start >= paragraph.end:
        return
    first = paragraph.units(max(start, paragraph.start))
    last = paragraph.units(min(end, paragraph.end))
    if last <= line.start or first >= line.end:
        return
    face = shown.laid.face
    top, height = shown.baseline - face.box_up, face.box_up + face.box_down
    line_map = shown.laid.line_map(shown.number)
    for left, right in line_map.boxes(max(first, line.start), min(last, line.end)):
        yield QRectF(shown.x + left, top, right - left, height)
