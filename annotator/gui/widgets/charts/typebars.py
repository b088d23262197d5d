"""Every type as a bar of strict F1 with its interval; the diamond is overlap F1."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from annotator.gui.look import Look
from annotator.gui.models import agreementbars as model
from annotator.gui.models.agreementbars import TypeBar
from annotator.gui.models.agreementplot import Scale, Spot, ticks
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.inks import diamond, shade, whiskers
from annotator.gui.widgets.charts.surface import BODY, FOOT
from annotator.gui.widgets.swatch import draw_swatch

_SWATCH, _BAR, _SHARE = 16, 10, 0.55


class TypeBarsChart(Chart):
    """Bars grow from the reading side; n stands behind them, and what has few labels is grey."""

    def __init__(self, look: Look, name: str, shown: tuple[TypeBar, ...]) -> None:
        super().__init__(look, name, foot=model.AXIS)
        self._bars = shown
        self._scale = Scale(0, 1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(model.AXIS + 4 * model.ROW)

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the rows out one below the other."""
        self._scale, high, spots = model.lay_out(self._bars, width)
        return width, high, spots

    def draw(self, painter: QPainter) -> None:
        """Draw the grid, the rows, and the axis below."""
        bottom = min(self._content[1], self.clip_of(BODY).height())
        theme = self._look.theme
        painter.setPen(QPen(theme["line"], 1))
        shift = self.verticalScrollBar().value()
        for value in ticks(self._scale):
            x = self._scale.at(value)
            painter.drawLine(self.point(x, shift), self.point(x, shift + bottom))
        painter.setClipRect(self.clip_of(BODY))
        for bar, spot in zip(self._bars, self.spots, strict=True):
            self._draw_words(painter, bar, spot.box.y)
            if bar.strict is not None:
                self._draw_bar(painter, bar, spot.box.y)
        painter.setClipping(False)
        top = bottom - self.clip_of(BODY).height()
        for value in ticks(self._scale):
            box = self.placed(self._scale.at(value) - 20, top + 1, 40, 15, FOOT)
            self.write(painter, box, f"{value:g}", "text_3", px=10, centred=True)

    def _draw_words(self, painter: QPainter, bar: TypeBar, y: float) -> None:
        start = 0
        if bar.slot:
            box = self.placed(0, y + 3, _SWATCH, 16)
            draw_swatch(painter, self._look, box, bar.slot)
            start = _SWATCH + 6
        name = self.placed(start, y, model.NAME - start - 6, model.ROW)
        self.write(painter, name, bar.name, "text_3" if bar.is_few else "text")
        number = self.placed(self._scale.at(1) + 4, y, model.NUMBER - 4, model.ROW)
        self.write(painter, number, str(bar.n), "text_3", px=11, centred=True)
        if bar.strict is None:
            none = self.placed(self._scale.at(0) + 4, y, 40, model.ROW)
            self.write(painter, none, "—", "text_3")

    def _draw_bar(self, painter: QPainter, bar: TypeBar, y: float) -> None:
        theme, scale = self._look.theme, self._scale
        middle = y + model.ROW / 2
        start = scale.at(0)
        box = self.placed(start, middle - _BAR / 2, scale.at(bar.strict or 0) - start, _BAR)
        self._draw_ground(painter, bar, box)
        painter.setPen(QPen(theme["text_3" if bar.is_few else "text"], 1.3))
        if bar.low is not None and bar.high is not None:
            low, high = (self.point(scale.at(value), middle) for value in (bar.low, bar.high))
            whiskers(painter, low, high, 3)
        if bar.overlap is not None:
            painter.setBrush(theme["raised"])
            diamond(painter, self.point(scale.at(bar.overlap), middle))

    def _draw_ground(self, painter: QPainter, bar: TypeBar, box: QRectF) -> None:
        theme = self._look.theme
        if theme.is_contrast:
            pattern = Qt.PenStyle.DotLine if bar.is_few else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme["line"], 1.3, pattern))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            return
        ground = theme["line"] if bar.is_few else shade(theme, "accent", _SHARE)[0]
        painter.fillRect(box, ground)
