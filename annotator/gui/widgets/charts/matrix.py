"""The confusion matrix: how many one calls this and the other that; the last is no label."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models import agreementmatrix as model
from annotator.gui.models.agreementmatrix import Matrix, MatrixCell
from annotator.gui.models.agreementplot import Spot
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.inks import shade
from annotator.gui.widgets.charts.surface import BODY, CORNER, HEAD, TOP

_SAME, _OTHER, _STRONG = 0.8, 0.75, 0.35
_NAMES = 18
"""Pixels above the heads of columns, for whose columns they are."""


class MatrixChart(Chart):
    """Cells print their number; agreement is petrol, disagreement against's colour."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, head=model.HEAD, top=model.TOP)
        self._matrix = Matrix((), ())
        self.setMinimumHeight(model.TOP + 4 * model.LEAST_HIGH)

    def show_matrix(self, shown: Matrix) -> None:
        """Show another matrix."""
        self._matrix = shown
        self.settle()

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the cells out."""
        return model.lay_out(self._matrix, width, height)

    def draw(self, painter: QPainter) -> None:
        """Draw names and cells."""
        n = len(self._matrix.names)
        if not n:
            return
        self._draw_heads(painter, self._content[0] / n, self._content[1] / n)
        painter.setClipRect(self.clip_of(BODY))
        for cell, spot in zip(self._matrix.cells, self.spots, strict=True):
            box = QRectF(self.box_of(spot)).adjusted(1, 1, -1, -1)
            if cell.row == cell.column == self._matrix.last:
                painter.setPen(QPen(self._look.theme["line"], 1))
                painter.drawLine(*self._diagonal(box))
            else:
                self._draw_cell(painter, cell, box)
        painter.setClipping(False)

    def _diagonal(self, box: QRectF) -> tuple[QPointF, QPointF]:
        if self._look.is_rtl:
            return box.topRight(), box.bottomLeft()
        return box.topLeft(), box.bottomRight()

    def _draw_heads(self, painter: QPainter, wide: float, high: float) -> None:
        shown = self._matrix
        room = self.viewport().width() - self._head
        who = self.placed(self._head, 0, room, _NAMES, CORNER)
        self.write(painter, who, shown.columns, "accent", px=11, strong=True, centred=True)
        rows = self.placed(0, _NAMES, self._head - 6, self._top - _NAMES, CORNER)
        self.write(painter, rows, shown.rows, "accent", px=11, strong=True)
        for part in (TOP, HEAD):
            painter.setClipRect(self.clip_of(part))
            for k, name in enumerate(shown.names):
                if part == TOP:
                    box = self.placed(wide * k + 2, _NAMES, wide - 4, self._top - _NAMES, TOP)
                else:
                    box = self.placed(0, high * k, self._head - 6, high, HEAD)
                is_type = k < shown.last
                self.write(painter, box, name, "text_2", px=11, strong=is_type, centred=part == TOP)

    def _draw_cell(self, painter: QPainter, cell: MatrixCell, box: QRectF) -> None:
        theme = self._look.theme
        role, most = ("accent", _SAME) if cell.is_same else ("against", _OTHER)
        if not cell.n:
            painter.fillRect(box, theme["panel"])
        if theme.is_contrast:
            self._draw_frame(painter, cell, box, role)
        if not cell.n:
            return
        ground, ink = shade(theme, role, cell.share * most)
        if not theme.is_contrast:
            painter.fillRect(box, ground)
        painter.setPen(ink)
        painter.setFont(fonts.window(12, strong=cell.share > _STRONG))
        self.write_plain(painter, box, str(cell.n), centred=True)

    def _draw_frame(self, painter: QPainter, cell: MatrixCell, box: QRectF, role: str) -> None:
        """Draw what tint says elsewhere: agreement has a thick frame, few a dotted one."""
        theme = self._look.theme
        pattern = Qt.PenStyle.SolidLine if cell.n else Qt.PenStyle.DotLine
        width = 2.0 if cell.is_same and cell.n else 1.0
        painter.setPen(QPen(theme[role] if cell.n else theme["line"], width, pattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(1, 1, -1, -1))
