"""How each annotator agrees over time: her moving average as a line, above a dotted limit."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui.look import Look
from annotator.gui.models import agreementtime as model
from annotator.gui.models.agreementplot import Scale, Spot
from annotator.gui.models.agreementtime import TimeRow
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.surface import BODY

_MARGIN, _SQUARE, _DISC, _TICK = 5, 3.0, 2.5, 12


class OverTimeChart(Chart):
    """Lines run from the reading side; what lasts below its limit is marked with squares."""

    def __init__(self, look: Look, name: str, shown: tuple[TimeRow, ...]) -> None:
        super().__init__(look, name)
        self._rows = shown
        self._along = Scale(0, 1)
        self._up = Scale(_MARGIN, model.ROW - 2 * _MARGIN, model.lowest(shown))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(2 * model.ROW)

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the rows out one below the other."""
        high, self._along, spots = model.lay_out(self._rows, width)
        return width, high, spots

    def draw(self, painter: QPainter) -> None:
        """Draw names, values and lines, or why there is none."""
        painter.setClipRect(self.clip_of(BODY))
        for spot, row in zip(self.spots, self._rows, strict=True):
            self._draw_words(painter, row, spot.box.y)
            self._draw_lines(painter, row, spot.box.y)
        painter.setClipping(False)

    def _draw_words(self, painter: QPainter, row: TimeRow, y: float) -> None:
        name = self.placed(0, y, model.NAME - 4, model.ROW)
        self.write(painter, name, row.name, "text_2")
        value = self.placed(model.NAME, y, model.VALUE - 6, model.ROW)
        role = "text_3" if row.why else "text"
        self.write(painter, value, row.value, role, px=15, strong=True, centred=True)

    def _draw_lines(self, painter: QPainter, row: TimeRow, y: float) -> None:
        theme, along = self._look.theme, self._along
        painter.setPen(QPen(theme["line"], 1))
        foot = y + model.ROW - _MARGIN
        painter.drawLine(self.point(along.at(0), foot), self.point(along.at(1), foot))
        if row.why:
            box = self.placed(along.at(0) + 8, y, along.length - 8, model.ROW - _MARGIN)
            self.write(painter, box, row.why, "text_3", px=11)
            return
        for value, top in ((self._up.high, 0), (self._up.low, model.ROW - _TICK)):
            box = self.placed(along.at(1) + 4, y + top, model.END - 4, _TICK)
            self.write(painter, box, f"{value:g}", "text_3", px=9, centred=True)
        painter.setPen(QPen(theme["text_3"], 1.2, Qt.PenStyle.DotLine))
        painter.drawPolyline(self._points(row.limits, y))
        painter.setPen(QPen(theme["accent"], 1.8))
        points = self._points(row.averages, y)
        painter.drawPolyline(points)
        self._draw_flags(painter, row, points)

    def _points(self, values: tuple[float | None, ...], y: float) -> list[QPointF]:
        return [
            self.point(x, y + model.ROW - up) for x, up in model.line(values, self._along, self._up)
        ]

    def _draw_flags(self, painter: QPainter, row: TimeRow, points: list[QPointF]) -> None:
        """Mark what is flagged, and where the line stands now."""
        theme = self._look.theme
        known = [at for at, value in enumerate(row.averages) if value is not None]
        painter.setPen(QPen(theme["error"], 1))
        painter.setBrush(theme["error"])
        for at, point in zip(known, points, strict=True):
            if row.flagged[at]:
                box = QRectF(0, 0, 2 * _SQUARE, 2 * _SQUARE)
                box.moveCenter(point)
                painter.drawRect(box)
        if points and not row.flagged[-1]:
            painter.setPen(QPen(theme["accent"], 1))
            painter.setBrush(theme["accent"])
            painter.drawEllipse(points[-1], _DISC, _DISC)
