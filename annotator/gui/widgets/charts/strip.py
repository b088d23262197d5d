"""A strip of figures: point and interval against a target, on a scale that strips share.

A disc stands above its target, a square below it, and what is undecided is hollow.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annotator.gui.look import Look
from annotator.gui.models import agreementstrips as model
from annotator.gui.models.agreementplot import Scale, Spot, ticks
from annotator.gui.models.agreementstrips import FigureRow, Strip
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.inks import whiskers
from annotator.gui.widgets.charts.surface import CORNER

_INKS = {
    "good": "good",
    "undecided": "doubt",
    "below": "error",
    "open": "text_3",
    "plain": "text_2",
    "undefined": "text_3",
}
_HOLLOW = ("undecided", "open")
_DISC, _SQUARE, _WHISKER, _TARGET = 4.5, 4.0, 4, 9


class StripChart(Chart):
    """The figures of one part; in a funnel a line says how agreement is lost from row to row."""

    def __init__(self, look: Look, shown: Strip, low: float) -> None:
        super().__init__(look, f"{shown.title}: {shown.note}")
        self._strip, self._low = shown, low
        self._scale = Scale(0, 1)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        self.setMinimumHeight(20 * len(shown.rows) + model.AXIS + model.TOP)

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the rows out in the whole height."""
        self._scale, spots = model.lay_out(self._strip.rows, width, height, self._low)
        return width, height, spots

    def draw(self, painter: QPainter) -> None:
        """Draw the axis, the funnel's line, and every row."""
        self._draw_axis(painter)
        if self._strip.is_funnel:
            self._draw_funnel(painter)
        for spot, row in zip(self.spots, self._strip.rows, strict=True):
            middle = spot.box.y + spot.box.height / 2
            self._draw_words(painter, row, middle)
            self._draw_figure(painter, row, middle)

    def _middle(self, n: int) -> float:
        box = self.spots[n].box
        return box.y + box.height / 2

    def _draw_axis(self, painter: QPainter) -> None:
        bottom = self.viewport().height() - model.AXIS
        for value in ticks(self._scale):
            x = self._scale.at(value)
            painter.setPen(QPen(self._look.theme["line"], 1))
            painter.drawLine(self.point(x, model.TOP, CORNER), self.point(x, bottom, CORNER))
            box = self.placed(x - 20, bottom, 40, model.AXIS, CORNER)
            self.write(painter, box, f"{value:g}", "text_3", px=10, centred=True)

    def _draw_funnel(self, painter: QPainter) -> None:
        points = [
            self.point(self._scale.at(row.figure.value), self._middle(n), CORNER)
            for n, row in enumerate(self._strip.rows)
            if row.figure.value is not None
        ]
        painter.setPen(QPen(self._look.theme["line_strong"], 1, Qt.PenStyle.DotLine))
        painter.drawPolyline(points)

    def _draw_words(self, painter: QPainter, row: FigureRow, y: float) -> None:
        is_sure = row.state not in ("open", "undefined")
        name = self.placed(0, y - 12, model.NAME - 4, 24, CORNER)
        self.write(painter, name, row.name, "text_2")
        value = self.placed(model.NAME, y - 13, model.VALUE - 6, 26, CORNER)
        role = "text" if is_sure else "text_3"
        self.write(painter, value, row.value, role, px=15, strong=True, centred=True)

    def _draw_figure(self, painter: QPainter, row: FigureRow, y: float) -> None:
        theme, scale, figure = self._look.theme, self._scale, row.figure
        ends = [self.point(scale.at(value), y, CORNER) for value in (scale.low, scale.high)]
        painter.setPen(QPen(theme["line"], 1))
        painter.drawLine(*ends)
        if row.target is not None:
            x = scale.at(row.target)
            painter.setPen(QPen(theme["text_2"], 1.4))
            painter.drawLine(self.point(x, y - _TARGET, CORNER), self.point(x, y + _TARGET, CORNER))
        ink = theme[_INKS[row.state]]
        painter.setPen(QPen(ink, 2))
        if figure.low is not None and figure.high is not None:
            low, high = (self.point(scale.at(v), y, CORNER) for v in (figure.low, figure.high))
            whiskers(painter, low, high, _WHISKER)
        if figure.value is not None:
            point = self.point(scale.at(figure.value), y, CORNER)
            draw_point(painter, self._look, point, row.state, ink)


def draw_point(painter: QPainter, look: Look, point: QPointF, state: str, ink: QColor) -> None:
    """Draw the point of a figure in the shape of its state."""
    painter.setPen(QPen(ink, 2))
    painter.setBrush(look.theme["raised"] if state in _HOLLOW else ink)
    if state == "below":
        box = QRectF(0, 0, 2 * _SQUARE, 2 * _SQUARE)
        box.moveCenter(point)
        painter.drawRect(box)
    else:
        painter.drawEllipse(point, _DISC, _DISC)
