"""The cards of the overview: a strip each; relations share the card of stances."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.look import Look
from annotator.gui.models.agreementstrips import Strip
from annotator.gui.pages.agreementcards import ChartCard
from annotator.gui.widgets.charts.strip import StripChart
from annotator.gui.widgets.segments import Choice, Segments

_HEAD = 46
"""Pixels of what stands above a chart, and of the margins of a card."""


class StripCard(QWidget):
    """One strip, or one of several that is chosen; `opened` says which figure was clicked."""

    opened = Signal(object)  # Opening

    def __init__(
        self, look: Look, shown: Sequence[Strip], lows: Mapping[str, float], chosen: str = ""
    ) -> None:
        """Show the strip `chosen` of those in `shown`, or the first; axes begin at `lows`."""
        super().__init__()
        self._strips = {strip.what: strip for strip in shown}
        self._charts = {strip.what: StripChart(look, strip, lows[strip.what]) for strip in shown}
        self._stack = QStackedWidget()
        for chart in self._charts.values():
            chart.opened.connect(self.opened)
            self._stack.addWidget(chart)
        self.chosen = chosen if chosen in self._strips else shown[0].what
        first = self._strips[self.chosen]
        beside: tuple[QWidget, ...] = ()
        if len(shown) > 1:
            choices = [Choice(strip.what, strip.title) for strip in shown]
            self.choice = Segments(look, first.title, choices, [self.chosen])
            self.choice.values_chosen.connect(lambda values: self._show(values[0]))
            beside = (self.choice,)
        self._card = ChartCard(look, first.title, first.note, self._stack, beside=beside)
        self._card.title.setVisible(not beside)  # the segments say it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._show(self.chosen)

    def wanted_height(self) -> int:
        """Return how high the card is that shows the longest of its strips whole."""
        return _HEAD + max(chart.minimumHeight() for chart in self._charts.values())

    def _show(self, wanted: str) -> None:
        self.chosen = wanted
        self._card.note.show_text(self._strips[wanted].note)
        self._stack.setCurrentWidget(self._charts[wanted])
