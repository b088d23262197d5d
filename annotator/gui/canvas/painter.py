"""Painting of paragraphs: ground, what lies behind the letters, the letters, what lies on them.

The letters of a line are drawn once and over everything but handles and the caret, so their ink is
the same with labels and without. Nothing here decides where things are.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QRegion

from annotator.gui.canvas import ears, fills, saying, strokes, unseensigns
from annotator.gui.canvas.fills import Filler
from annotator.gui.canvas.folds import Fold
from annotator.gui.canvas.geometry import geometry
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.laid import LaidParagraph, Piece
from annotator.gui.canvas.layout import Layout
from annotator.gui.canvas.leftout import left_out
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.measures import Column, Measures
from annotator.gui.canvas.overlays import Overlays, boxes_of
from annotator.gui.canvas.scene import Scene
from annotator.gui.canvas.shown import Shown, handle_places
from annotator.gui.canvas.signs import Signs
from annotator.i18n import Language

_RIGHT = (
    Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
)
_CENTRE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignCenter

# Pixels that handles and marks over marks reach beyond their line, and that frames do.
BEYOND, _FRAME = 20, 4
_EVERYWHERE = QRegion(-10_000, -10_000, 40_000, 40_000)


class Painter:
    """Paints paragraphs of one layout in one look."""

    def __init__(
        self, inks: Inks, signs: Signs, measures: Measures, chips: str, language: Language
    ) -> None:
        self._inks, self._signs, self._measures, self._chips = inks, signs, measures, chips
        self._overlays, self._language = Overlays(inks), language
        self._filler = Filler(inks, signs, measures)

    def paint(
        self,
        painter: QPainter,
        layout: Layout,
        index: int,
        top: int,
        column: Column,
        clip: QRect,
        scene: Scene,
    ) -> None:
        """Paint a paragraph whose top is at `top`, as far as it shows in `clip`."""
        fold = layout.folds.at(index)
        if fold is not None:
            self._fold(painter, fold, top, column)
            return
        laid, _ = layout.lay(index)
        if layout.is_dimmed(index):
            ground = QRect(column.left, top, column.line - column.left, laid.height)
            painter.fillRect(ground & clip, self._inks["shade"])
        if index in layout.roles:
            self._role(painter, layout.roles[index], laid, top, column)
        lines = list(self._lines(laid, top, column, clip))
        dimmed = [self._quiet(painter, shown, layout, index, scene) for shown in lines]
        for shown in lines:
            if shown.y - _FRAME <= clip.bottom() and shown.bottom + _FRAME >= clip.top():
                self._behind(painter, shown, column, scene)
        painter.setPen(self._inks["text_3" if layout.is_dimmed(index) else "text"])
        for shown, boxes in zip(lines, dimmed, strict=True):
            self._letters(painter, shown, boxes)
        for shown in lines:
            self._before(painter, shown, scene)

    def _lines(self, laid: LaidParagraph, top: int, column: Column, clip: QRect) -> Iterator[Shown]:
        for number in laid.lines_between(
            clip.top() - BEYOND - top, clip.bottom() + 1 + BEYOND - top
        ):
            line = laid.lines[number]
            where = geometry(laid, number, self._measures, self._chips)
            yield Shown(laid, number, line, where, column.text, top + laid.tops[number])

    def _letters(self, painter: QPainter, shown: Shown, dimmed: list[QRectF]) -> None:
        """Draw the letters of a line; those in `dimmed` boxes, drawn once too, in their own ink.

        What of them stands out above or below their box has that ink too.
        """
        line = shown.laid.layout.lineAt(shown.number)
        place = QPointF(shown.x, shown.baseline - shown.line.ascent)
        if not dimmed:
            line.draw(painter, place)
            return
        there = QRegion()
        for box in dimmed:
            there += box.toAlignedRect().adjusted(0, -BEYOND, 0, BEYOND)
        for region, ink in ((_EVERYWHERE - there, "text"), (there, "text_3")):
            painter.save()
            painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
            painter.setPen(self._inks[ink])
            line.draw(painter, place)
            painter.restore()

    def _quiet(
        self, painter: QPainter, shown: Shown, layout: Layout, index: int, scene: Scene
    ) -> list[QRectF]:
        """Shade what of a line is not labelled; return where its letters are quiet.

        So are those that the label in hand leaves out of its words.
        """
        boxes = self._overlays.shaded(painter, shown, layout.dimmed_parts.get(index, ()))
        mark = layout.marks.get(scene.current) if scene.current else None
        if mark is None or not mark.spans or layout.is_dimmed(index):
            return boxes
        start, end = scene.moving or (mark.spans[0][0], mark.spans[-1][1])
        spans = left_out(shown.laid.paragraph, start, end)
        return boxes + [box for span in spans for box in boxes_of(shown, *span)]

    # -- behind the letters

    def _behind(self, painter: QPainter, shown: Shown, column: Column, scene: Scene) -> None:
        self._overlays.flash(painter, shown, scene)
        made = self._filler.of(shown, scene, painter.device().devicePixelRatioF())
        fills.paint(painter, made.tints, shown.x, shown.baseline)
        self._overlays.hits(painter, shown, scene)
        self._overlays.selection(painter, shown, scene)
        fills.paint(painter, made.lanes, shown.x, shown.baseline)
        for n in made.rest:
            self._strokes(painter, shown, n, scene, column)
        in_front = {scene.hovered, scene.current} & shown.geometry.uids
        for n, piece in enumerate(shown.line.pieces if in_front else ()):
            if piece.mark.uid in in_front:
                self._frames(painter, shown, n, scene)
        if scene.current in shown.geometry.uids:
            top = fills.chip_top(shown, self._measures)
            ears.paint(painter, shown, scene, top, self._inks, self._measures)
        for place, picture in made.chips:
            painter.drawPixmap(place + QPointF(shown.x, shown.baseline), picture)

    def _boxes(self, shown: Shown, n: int) -> Iterator[QRectF]:
        face = shown.laid.face
        top, height = shown.baseline - face.box_up, face.box_up + face.box_down
        for left, right in shown.geometry.boxes[n]:
            yield QRectF(shown.x + left, top, right - left, height)

    def _strokes(
        self, painter: QPainter, shown: Shown, n: int, scene: Scene, column: Column
    ) -> None:
        mark = shown.line.pieces[n].mark
        if mark.is_suggested:
            for box in self._boxes(shown, n):
                inner = box.adjusted(0, 1, 0, 0).toRect()
                strokes.dashed_frame(painter, inner, self._inks["text_3"])
        elif mark.kind == "event":
            self._trigger(painter, shown, n, scene)
        elif mark.kind == "evidence":
            self._evidence(painter, shown, n, column)
        else:
            self._lane(painter, shown, n)

    def _frames(self, painter: QPainter, shown: Shown, n: int, scene: Scene) -> None:
        mark = shown.line.pieces[n].mark
        if mark.uid == scene.hovered and mark.uid != scene.current:
            pen = QPen(self._inks.of_line(mark), 1)
            for box in self._boxes(shown, n):
                strokes.frame(painter, box, pen)
        if mark.uid == scene.current and not scene.moving:
            pen = QPen(self._inks["accent"], 2)
            for box in self._boxes(shown, n):
                strokes.frame(painter, box.adjusted(-1.5, -1.5, 1.5, 1.5), pen)

    def _lane(self, painter: QPainter, shown: Shown, n: int) -> None:
        """Draw the lane of an entity that is not saved, or has a problem."""
        mark = shown.line.pieces[n].mark
        slot, y = self._inks.slot(mark.slot), fills.lane_y(shown, n, self._measures)
        is_rtl = shown.laid.paragraph.is_rtl
        for left, right in fills.parted(shown, n):
            left, right = shown.x + left, shown.x + right
            box = QRectF(left, y, right - left, self._measures.thick)
            if mark.is_pending or mark.is_unsaved:
                ink = self._inks["error"] if mark.is_unsaved else slot.line
                strokes.hollow_lane(painter, box, ink)
            else:
                fills.paint(
                    painter, [*fills.underline(box, slot.line, slot.pattern, is_rtl=is_rtl)]
                )
            if mark.has_problem:
                strokes.zigzag(painter, left, right, y + 4.5, self._inks["error"])

    def _trigger(self, painter: QPainter, shown: Shown, n: int, scene: Scene) -> None:
        mark = shown.line.pieces[n].mark
        is_in_hand = mark.uid == scene.hand
        width = 2.0 if is_in_hand else 1.0 if mark.is_pending or mark.is_unsaved else 1.25
        ink = self._inks["error"] if mark.is_unsaved else None
        ink = ink or self._inks.of_line(mark, is_in_hand=is_in_hand)
        for box in self._boxes(shown, n):
            strokes.frame(painter, box.adjusted(0, 0.75, 0, -0.75), QPen(ink, width))
            if mark.has_problem:
                y = box.bottom() + 1.5
                strokes.zigzag(painter, box.left(), box.right(), y, self._inks["error"])

    def _evidence(self, painter: QPainter, shown: Shown, n: int, column: Column) -> None:
        piece, ink = shown.line.pieces[n], self._inks.of_tone(shown.line.pieces[n].mark)
        boxes = list(self._boxes(shown, n))
        if not boxes:
            return
        y = fills.lane_y(shown, n, self._measures) + 1
        is_pending = piece.mark.is_pending or piece.mark.is_unsaved
        pen = QPen(ink, 1 if is_pending else 1.6)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        for box in boxes:
            strokes.dots(painter, box.left(), box.right(), y, ink)
        top, sides = boxes[0].top(), (boxes[-1].right(), boxes[0].left())
        inward = -6.0
        if not shown.laid.paragraph.is_rtl:
            sides, inward = sides[::-1], 6.0
        if piece.is_start:
            strokes.bracket(painter, sides[0], top, y, pen, foot=inward, is_start=True)
        if piece.is_end:
            strokes.bracket(painter, sides[1], top, y, pen, foot=-inward, is_start=False)
        if piece.mark.has_problem:
            strokes.zigzag(
                painter, boxes[0].left(), boxes[-1].right(), y + 3.5, self._inks["error"]
            )
        self._sign(painter, piece, top, y, pen, column)

    def _sign(
        self, painter: QPainter, piece: Piece, top: float, bottom: float, pen: QPen, column: Column
    ) -> None:
        """Draw the bar beside evidence, in the far margin, and its sign where it begins."""
        x = column.left + 9
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top), QPointF(x, bottom + 2))
        if not piece.is_start or not piece.mark.sign:
            return
        disc = QRectF(x - 7, (top + bottom) / 2 - 7, 14, 14)
        strokes.frame(painter, disc, QPen(pen.color(), 1.5), self._inks["paper"], 7)
        painter.setFont(self._measures.margin_strong)
        painter.drawText(disc.adjusted(-2, -2, 2, 0), _CENTRE, piece.mark.sign)

    # -- before the letters, and beside them

    def _before(self, painter: QPainter, shown: Shown, scene: Scene) -> None:
        for n, piece in enumerate(shown.line.pieces if not scene.moving else ()):
            if piece.mark.uid == scene.current and len(piece.mark.spans) == 1:
                self._handles(painter, shown, n)
        if scene.shows_unseen:
            unseensigns.paint(painter, shown, self._inks)
        self._overlays.caret(painter, shown, scene)

    def _handles(self, painter: QPainter, shown: Shown, n: int) -> None:
        piece = shown.line.pieces[n]
        for x in handle_places(shown.laid, shown.geometry.boxes[n], piece):
            if x is not None:
                y = shown.baseline - (shown.laid.face.box_up - shown.laid.face.box_down) / 2
                strokes.handle(painter, shown.x + x, y, self._inks["accent"], self._inks["paper"])

    def _fold(self, painter: QPainter, fold: Fold, top: int, column: Column) -> None:
        """Paint the row that stands for folded paragraphs."""
        row = QRectF(column.left, top, column.line - column.left, self._measures.fold)
        painter.fillRect(row, self._inks["shade"])
        said = self._language.plural(
            "{n} line folded, not labelled", "{n} lines folded, not labelled", fold.n
        )
        painter.setFont(self._measures.fold_font)
        painter.setPen(self._inks["text_3"])
        is_rtl = self._language.direction == "rtl"
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        )
        painter.drawText(row.adjusted(0, 0, -18, 0), _RIGHT, f"… {said}")
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(self._measures.margin_font)
        self._name(painter, fold.name, top + self._measures.fold / 2 + 4, column)

    def _role(
        self, painter: QPainter, stretch: Stretch, laid: LaidParagraph, top: int, column: Column
    ) -> None:
        measures = self._measures
        is_live = stretch.is_annotatable
        painter.setFont(measures.margin_strong if is_live else measures.margin_font)
        painter.setPen(self._inks["text_2" if is_live else "text_3"])
        baseline = top + laid.tops[0] + laid.lines[0].baseline
        self._name(painter, stretch.name, baseline, column)

    def _name(self, painter: QPainter, name: str, baseline: float, column: Column) -> None:
        """Write a role in the margin."""
        left = column.line + 6
        box = QRectF(left, baseline - 19, column.right - left - 6, 24)
        elide, name = Qt.TextElideMode.ElideRight, saying.harmless(name)
        name = QFontMetricsF(painter.font()).elidedText(name, elide, box.width())
        painter.drawText(box, _RIGHT, name)
