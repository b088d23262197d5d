"""Why every two differ: a bar a pair, its parts the reasons; every part says how many."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models import agreementpairs as model
from annotator.gui.models.agreementpairs import GROUP_NAMES, GROUPS, Stack
from annotator.gui.models.agreementplot import Spot
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.inks import hatch, shade
from annotator.gui.widgets.charts.surface import BODY
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.words import Words

_SHADES = {
    "letter": ("accent", 0.9),
    "edge": ("accent", 0.55),
    "type": ("against", 0.8),
    "missing": ("text_3", 0.55),
}
_HATCHED = ("letter", "type")
"""What high contrast hatches: neighbours in a bar then differ without a tint."""
_ROOM = 18
_SAMPLE = 12


class StackedChart(Chart):
    """Bars grow from the reading side; the longest fills the width."""

    def __init__(self, look: Look, name: str, shown: tuple[Stack, ...]) -> None:
        super().__init__(look, name)
        self._stacks = shown
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(3 * model.STACK_ROW)

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Lay the bars out one below the other."""
        high, spots = model.stack_spots(self._stacks, width)
        return width, high, spots

    def draw(self, painter: QPainter) -> None:
        """Draw names and parts."""
        painter.setClipRect(self.clip_of(BODY))
        for row, stack in enumerate(self._stacks):
            y = row * model.STACK_ROW
            box = self.placed(0, y, model.STACK_HEAD - 8, model.STACK_ROW)
            self.write(painter, box, stack.name)
        for spot in self.spots:
            part = self._stacks[spot.row].parts[spot.column]
            box = QRectF(self.box_of(spot)).adjusted(0.5, 5, -0.5, -5)
            ink = draw_group(painter, self._look, box, part.group)
            if box.width() > _ROOM:
                painter.setPen(ink)
                painter.setFont(fonts.window(11, strong=True))
                self.write_plain(painter, box, str(part.n), centred=True)
        painter.setClipping(False)


def draw_group(painter: QPainter, look: Look, box: QRectF, group: str) -> QColor:
    """Draw the ground of a group; return what can be read on it."""
    theme = look.theme
    ground, ink = shade(theme, *_SHADES[group])
    painter.fillRect(box, ground)
    if theme.is_contrast:
        if group in _HATCHED:
            hatch(painter, box, theme[_SHADES[group][0]])
        pattern = Qt.PenStyle.DotLine if group == "missing" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme[_SHADES[group][0]], 1.3, pattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if group in _HATCHED and box.width() > _ROOM:
            middle = QRectF(0, 0, min(28, box.width() - 4), box.height() - 4)
            middle.moveCenter(box.center())
            painter.fillRect(middle, ground)
    return ink


class Legend(QWidget):
    """What the grounds of the parts mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        flow = Flow(self, gap=8)
        for group in GROUPS:
            one = QWidget()
            row = QHBoxLayout(one)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(5)
            row.addWidget(_Sample(look, group))
            row.addWidget(Words(look, look.language.text(GROUP_NAMES[group]), "hint"))
            flow.addWidget(one)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class _Sample(QWidget):
    def __init__(self, look: Look, group: str) -> None:
        super().__init__()
        self._look, self._group = look, group
        self.setFixedSize(QSize(_SAMPLE, _SAMPLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_group(QPainter(self), self._look, QRectF(self.rect()), self._group)
