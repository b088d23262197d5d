"""Links of the event in hand: elbows above the chips, or a flag where the trigger is far away.

They run in room of their own, above chips and below lanes, and never cross letters.
"""

from collections.abc import Iterator

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.gui.canvas import saying
from annotator.gui.canvas.geometry import geometry
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.laid import LaidParagraph
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.measures import Measures
from annotator.gui.canvas.page import Page
from annotator.gui.canvas.scene import Scene
from annotator.i18n import Language

_CORNER = 5.0
_OFF_MARGIN = 18  # pixels that a flag keeps from the edge, for signs of evidence
_CENTRE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignCenter


class _Head(msgspec.Struct, frozen=True):
    """Where a mark begins: its line, the line's top, and what a link holds on to."""

    line: int
    top: int  # of the line, in the viewport
    chip_top: int  # above its chip, or above its box where it has none
    box_bottom: int
    x: float  # of the middle of its chip, or of its box
    x_disc: float


class _Arrow(msgspec.Struct, frozen=True):
    """One link that ends on a line."""

    role: str
    head: _Head
    level: int


class LinkPainter:
    """Paints what of the links of the event in hand ends in a paragraph."""

    def __init__(self, inks: Inks, measures: Measures, language: Language, chips: str) -> None:
        self._inks, self._measures, self._language = inks, measures, language
        self._chips = chips
        is_rtl = language.direction == "rtl"
        self._direction = (
            Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        )
        self._metrics = QFontMetricsF(measures.sign_font)

    def paint(self, painter: QPainter, page: Page, index: int, y: int, scene: Scene) -> None:
        """Paint the links that end in paragraph `index`, whose top is at `y`."""
        trigger = page.layout.marks.get(scene.hand) if scene.links else None
        laid = page.layout.laid(index)
        if trigger is None or laid is None or page.layout.folds.at(index):
            return
        start = self._head(page, laid, y, trigger)
        ends = list(self._ends(page, laid, y, scene))
        if not ends:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # What is said in words runs as the interface does; where it stands, does not.
        painter.setLayoutDirection(self._direction)
        for arrow, n in self._levels(ends, start):
            self._arrow(painter, arrow, n, start, trigger, page)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _ends(
        self, page: Page, laid: LaidParagraph, y: int, scene: Scene
    ) -> Iterator[tuple[str, _Head]]:
        for link in scene.links:
            filler = page.layout.marks.get(link.filler)
            head = self._head(page, laid, y, filler) if filler is not None else None
            if head is not None:
                yield saying.cut(link.role), head

    def _levels(
        self, ends: list[tuple[str, _Head]], start: _Head | None
    ) -> Iterator[tuple[_Arrow, int]]:
        """Yield arrows with how many end on their line; the nearest is the lowest."""
        lines: dict[int, list[tuple[str, _Head]]] = {}
        for role, head in ends:
            lines.setdefault(head.line, []).append((role, head))
        for here in lines.values():
            here.sort(key=lambda end: abs(end[1].x_disc - (start.x if start else 0)))
            for level, (role, head) in enumerate(here):
                yield _Arrow(role, head, level), len(here)

    def _arrow(
        self,
        painter: QPainter,
        arrow: _Arrow,
        n: int,
        start: _Head | None,
        trigger: Mark,
        page: Page,
    ) -> None:
        head, measures = arrow.head, self._measures
        y = head.chip_top - 7 * measures.half - measures.arc * arrow.level
        apart = head.line - start.line if start else -1
        if start is None or apart not in (0, 1):
            quote = page.layout.text[slice(*trigger.spans[0])]
            self._flag(painter, head, y, arrow.role, saying.excerpt(quote), page.column.left)
        elif apart:
            x = start.x + (arrow.level - (n - 1) / 2) * 4
            self._elbow(painter, QPointF(x, start.box_bottom + 1), head, y, arrow.role)
        else:
            x = start.x + (arrow.level - (n - 1) / 2) * 5
            self._elbow(painter, QPointF(x, start.chip_top), head, y, arrow.role)

    def _head(self, page: Page, laid: LaidParagraph, y: int, mark: Mark) -> _Head | None:
        """Return where `mark` begins, or None where it begins in another paragraph."""
        paragraph = laid.paragraph
        if not mark.spans or not paragraph.start <= mark.spans[0][0] <= paragraph.end:
            return None
        number = laid.line_of(paragraph.units(mark.spans[0][0]))
        where = geometry(laid, number, self._measures, self._chips)
        line, face = laid.lines[number], laid.face
        top = y + laid.tops[number]
        boxes = next(
            (
                boxes
                for piece, boxes in zip(line.pieces, where.boxes, strict=True)
                if piece.mark.uid == mark.uid and piece.is_head and boxes
            ),
            None,
        )
        if boxes is None:
            return None
        chip = where.chip_of(mark.uid)
        left, right = (chip.left, chip.right) if chip else (boxes[0][0], boxes[-1][1])
        box_top = top + line.baseline - round(face.box_up)
        x = page.column.text
        disc = x + right - 7.5 * self._measures.half if paragraph.is_rtl else x + left + 7.5
        return _Head(
            number,
            top,
            box_top - (self._measures.chip if chip else 0),
            top + line.baseline + round(face.box_down),
            x + (left + right) / 2,
            disc,
        )

    # -- strokes

    def _elbow(self, painter: QPainter, start: QPointF, head: _Head, y: float, role: str) -> None:
        """Draw from `start` to the height `y`, along it, and down on the filler's chip."""
        end = head.x_disc
        onward = 1 if end > start.x() else -1
        corner = min(_CORNER, abs(end - start.x()) / 2)
        rise = corner if start.y() > y else -corner
        path = QPainterPath(start)
        path.lineTo(start.x(), y + rise)
        path.quadTo(QPointF(start.x(), y), QPointF(start.x() + onward * corner, y))
        path.lineTo(end - onward * corner, y)
        path.quadTo(QPointF(end, y), QPointF(end, y + corner))
        path.lineTo(end, head.chip_top - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._inks["accent"], 1.4))
        painter.drawPath(path)
        self._tip(painter, end, head.chip_top)
        self._role(painter, start.x(), end, y, role)

    def _tip(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._inks["accent"])
        corners = [QPointF(x, y), QPointF(x - 3.5, y - 5), QPointF(x + 3.5, y - 5)]
        painter.drawPolygon(QPolygonF(corners))

    def _role(self, painter: QPainter, start: float, end: float, y: float, role: str) -> None:
        """Write the role on the line, near the filler; behind it where the line is too short."""
        width = self._metrics.horizontalAdvance(role) + 6
        onward = 1 if end > start else -1
        is_on_line = abs(end - start) >= width + 14
        near = end - 8 * onward if is_on_line else end + 4 * onward
        left = near - width if is_on_line == (onward > 0) else near
        box = QRectF(left, y - self._measures.arc / 2, width, self._measures.arc - 2)
        if is_on_line and role:
            painter.fillRect(box, self._inks["paper"])
        self._say(painter, box, role)

    def _flag(
        self, painter: QPainter, head: _Head, y: float, role: str, quote: str, least: int
    ) -> None:
        """Draw the role and the trigger in words, and an arrow down to the filler."""
        language = self._language
        said = language.text("{role} of {trigger}", role=role, trigger=language.quoted(quote))
        width = self._metrics.horizontalAdvance(said) + 10
        height = self._measures.arc - 1
        top = y + 2 * self._measures.half - height
        left = max(head.x_disc + 8 - width, least + _OFF_MARGIN)
        box = QRectF(left, top, width, height)
        painter.setPen(QPen(self._inks["accent"], 1))
        painter.setBrush(self._inks["paper"])
        painter.drawRoundedRect(box, 3, 3)
        self._say(painter, box, said)
        painter.drawLine(
            QPointF(head.x_disc, box.bottom()), QPointF(head.x_disc, head.chip_top - 2)
        )
        self._tip(painter, head.x_disc, head.chip_top)

    def _say(self, painter: QPainter, box: QRectF, said: str) -> None:
        painter.setFont(self._measures.sign_font)
        painter.setPen(self._inks["accent"])
        painter.drawText(box.adjusted(-2, -1, 2, 0), _CENTRE, said)
