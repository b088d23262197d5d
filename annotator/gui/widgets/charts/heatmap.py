"""The heat map of every two annotators: strict F1 above the diagonal, articles below it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models import agreementpairs as model
from annotator.gui.models.agreementpairs import HeatCell, HeatMap
from annotator.gui.models.agreementplot import Spot
from annotator.gui.theme import mixed
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.inks import hatch, shade
from annotator.gui.widgets.charts.surface import BODY, HEAD, TOP

_BADGE = (40, 18)
_BAR = 3
_HATCH = 0.45


class HeatChart(Chart):
    """Cells print their number; those with few articles are hatched."""

    def __init__(self, look: Look, name: str, heat: HeatMap) -> None:
        super().__init__(look, name, head=model.HEAD, top=model.TOP)
        self._heat = heat
        self.setMinimumHeight(model.TOP + 3 * model.LEAST_HIGH)

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the cells out."""
        return model.heat_spots(self._heat, width, height)

    def draw(self, painter: QPainter) -> None:
        """Draw names and cells."""
        n = len(self._heat.names)
        if not n:
            return
        wide, high = self._content[0] / n, self._content[1] / n
        for part in (TOP, HEAD):
            painter.setClipRect(self.clip_of(part))
            for k, name in enumerate(self._heat.names):
                if part == TOP:
                    box = self.placed(wide * k + 2, 0, wide - 4, self._top - 2, TOP)
                else:
                    box = self.placed(0, high * k, self._head - 8, high, HEAD)
                self.write(painter, box, name, "text_2", strong=True, centred=part == TOP)
        painter.setClipRect(self.clip_of(BODY))
        for cell, spot in zip(self._heat.cells, self.spots, strict=True):
            box = QRectF(self.box_of(spot)).adjusted(1, 1, -1, -1)
            self._draw_cell(painter, cell, box)
        painter.setClipping(False)

    def _draw_cell(self, painter: QPainter, cell: HeatCell, box: QRectF) -> None:
        theme = self._look.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if cell.kind == "same":
            painter.fillRect(box, theme["panel"])
        elif cell.kind == "value":
            self._draw_value(painter, cell, box)
        else:
            painter.setPen(QPen(theme["line"], 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            role = "text_3" if cell.kind == "none" else "text_2"
            self.write(painter, box, cell.text, role, px=11, centred=True)

    def _draw_value(self, painter: QPainter, cell: HeatCell, box: QRectF) -> None:
        theme = self._look.theme
        ground, ink = shade(theme, "accent", cell.share, "panel")
        painter.fillRect(box, ground)
        if cell.is_hatched:
            hatch(painter, box, mixed(ground, ink, _HATCH))
            badge = QRectF(0, 0, *_BADGE).intersected(QRectF(0, 0, box.width(), box.height()))
            badge.moveCenter(box.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(badge, 3, 3)
        if theme.is_contrast:
            self._draw_frame(painter, cell, box)
        painter.setFont(fonts.window(13, strong=True))
        painter.setPen(ink)
        self.write_plain(painter, box, cell.text, centred=True)

    def _draw_frame(self, painter: QPainter, cell: HeatCell, box: QRectF) -> None:
        """Draw what tint says elsewhere: a frame, and a bar as long as the cell would be dark."""
        painter.setPen(QPen(self._look.theme["line"], 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        width = (box.width() - 4) * cell.share
        left = box.right() - 2 - width if self._look.is_rtl else box.left() + 2
        bar = QRectF(left, box.bottom() - 2 - _BAR, width, _BAR)
        painter.fillRect(bar, self._look.theme["accent"])
