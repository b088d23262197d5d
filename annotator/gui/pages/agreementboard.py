"""The board: all cards of one report, in three rows; it scrolls where the window is low."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.agreement.report import SpanReport
from annotator.core.labelschema import LabelSchema
from annotator.gui.look import Look
from annotator.gui.models import agreementbars, agreementpairs, agreementstrips
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplot import Opening
from annotator.gui.models.agreementstrips import Strip
from annotator.gui.pages.agreementcards import ChartCard
from annotator.gui.pages.agreementlists import DisputedCard
from annotator.gui.pages.agreementmatrix import MatrixCard
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.stacked import Legend, StackedChart
from annotator.gui.widgets.charts.strip import StripChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services.agreeing import AgreementReport

_GAP, _SIDE, _TOP = 12, 20, 14
_HEIGHTS, _MOST = (160, 252, 290), 420
"""The least of each row, in pixels; where there is more they share it in this proportion."""


class BoardPlace(msgspec.Struct, frozen=True):
    """What was chosen on the board: it outlives the board."""

    matrix: str = "entities"
    pair: tuple[str, str] = ("", "")
    list: str = "strings"
    scrolled: int = 0


class Board(QScrollArea):
    """The cards of a report; `opened` says what was clicked in one of them."""

    opened = Signal(object)  # Opening

    def __init__(
        self, look: Look, report: AgreementReport, schema: LabelSchema, place: BoardPlace
    ) -> None:
        super().__init__()
        self._look, self._report = look, report
        self._names = TypeNames(schema, look.language)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.matrix = MatrixCard(look, report, self._names, place.matrix, place.pair)
        self.disputed = DisputedCard(look, report, self._names, place.list)
        self._ground = Box("window", QVBoxLayout())
        self._ground.parts.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        self._ground.parts.setSpacing(_GAP)
        self._fill()
        self.setWidget(self._ground)
        self._scrolled = place.scrolled
        self._last: QWidget | None = None

    def place(self) -> BoardPlace:
        """Return what is chosen, for the board after this one."""
        scrolled = self.verticalScrollBar().value()
        return BoardPlace(self.matrix.kind, self.matrix.pair, self.disputed.shown_list, scrolled)

    def restore_scroll(self) -> None:
        """Scroll to where the board before this one was, now that it has its height."""
        self.verticalScrollBar().setValue(self._scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cards the whole view, or their least heights, whichever is more."""
        super().resizeEvent(event)
        width, height = event.size().width(), event.size().height()
        needed = self._ground.parts.minimumHeightForWidth(width)  # of a legend in two lines
        self._ground.resize(width, max(height, needed, self._ground.minimumHeight()))

    def take_keys(self) -> None:
        """Give the keys to the chart that had them last."""
        (self._last or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, opening: Opening) -> None:
        self._last = QApplication.focusWidget()
        self.opened.emit(opening)

    # --- the cards ---

    def _fill(self) -> None:
        rows: list[list[tuple[QWidget, int]]] = [
            [(card, 1) for card in self._strips()],
            [(card, 1) for card in self._of_spans()],
            [(self.matrix, 3), (self.disputed, 2)],
        ]
        low, middle, least = _HEIGHTS
        high = min(max(self.matrix.wanted_height(), least), _MOST)
        shown = [
            (row, height) for row, height in zip(rows, (low, middle, high), strict=True) if row
        ]
        for row, height in shown:
            line = QHBoxLayout()
            line.setSpacing(_GAP)
            for card, share in row:
                card.setMinimumSize(1, height)  # or the widest words would decide
                line.addWidget(card, share)
            self._ground.parts.addLayout(line, height)
        least = sum(height for _, height in shown) + _GAP * (len(shown) - 1) + 2 * _TOP
        self._ground.setMinimumHeight(least)
        for card in (self.matrix, self.disputed):
            card.opened.connect(self._on_opened)

    def _strips(self) -> list[QWidget]:
        shown = agreementstrips.strips(self._report, self._look.language)
        low = agreementstrips.lowest(shown)
        return [self._strip(strip, low) for strip in shown]

    def _strip(self, strip: Strip, low: float) -> QWidget:
        chart = StripChart(self._look, strip, low)
        chart.opened.connect(self._on_opened)
        return ChartCard(self._look, strip.title, strip.note, chart)

    def _of_spans(self) -> Sequence[QWidget]:
        """Return the cards on entities, or on triggers where there are no entities."""
        report = self._report
        found, what = report.entities, "entities"
        if report.events is not None and (found is None or not found.n_items):
            found, what = report.events.triggers, "events"
        return () if found is None else self._cards_of(found, what)

    def _cards_of(self, found: SpanReport, what: str) -> Sequence[QWidget]:
        look, text = self._look, self._look.language.text
        readers = [row.reader for row in self._report.readers if row.n_joint]
        pairs, types, why = text("Every two"), text("Every type"), text("Why they differ")
        heat = HeatChart(look, pairs, agreementpairs.heat_map(found, what, readers, look.language))
        bars = agreementbars.bars(found, what, self._names, look.language)
        typed = TypeBarsChart(look, types, bars)
        reasons = StackedChart(look, why, agreementpairs.stacks(found, what, look.language))
        for chart in (heat, typed, reasons):
            chart.opened.connect(self._on_opened)
        return (
            ChartCard(look, pairs, text("strict F1 above, number of articles below"), heat),
            ChartCard(look, types, text("bar strict, diamond overlap: the gap is edges"), typed),
            ChartCard(look, why, "", reasons, Legend(look)),
        )
