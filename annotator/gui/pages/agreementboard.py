"""The board: all cards of one report, in four rows; it scrolls where the window is low."""

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

from annotator.agreement.report import Reader, SpanReport
from annotator.core.labelschema import LabelSchema
from annotator.gui.look import Look
from annotator.gui.models import agreementbars, agreementpairs, agreementstrips, agreementtime
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplot import Opening
from annotator.gui.pages.agreementcards import ChartCard
from annotator.gui.pages.agreementlists import DisputedCard
from annotator.gui.pages.agreementmatrix import MatrixCard
from annotator.gui.pages.agreementoverview import StripCard
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.overtime import OverTimeChart
from annotator.gui.widgets.charts.stacked import Legend, StackedChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services.agreeing import AgreementReport

_GAP, _SIDE, _TOP = 12, 20, 14
_STRIPS = 3
_HEIGHTS, _MOST, _HEAD = (160, 252, 290, 130), 420, 46
"""The least of each row, in pixels; where there is more they share it in this proportion."""


class BoardPlace(msgspec.Struct, frozen=True):
    """What was chosen on the board: it outlives the board."""

    matrix: str = "entities"
    pair: tuple[str, str] = ("", "")
    list: str = "strings"
    strip: str = ""
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
        self._strip = place.strip
        self._last_strip: StripCard | None = None
        self._rows = self._fill()
        self.setWidget(self._ground)
        self._scrolled = place.scrolled
        self._last: QWidget | None = None

    def place(self) -> BoardPlace:
        """Return what is chosen, for the board after this one."""
        scrolled = self.verticalScrollBar().value()
        matrix, shown = self.matrix, self.disputed.shown_list
        strip = self._last_strip.chosen if self._last_strip is not None else ""
        return BoardPlace(matrix.kind, matrix.pair, shown, strip, scrolled)

    def restore_scroll(self) -> None:
        """Scroll to where the board before this one was, now that it has its height."""
        self.verticalScrollBar().setValue(self._scrolled)

    def take_keys(self) -> None:
        """Give the keys to what had them last, or to the first chart."""
        (self._last or self.findChild(Chart) or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_keys(self) -> bool:
        """Whether the keys are in one of the cards."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _on_opened(self, opening: Opening) -> None:
        self._last = QApplication.focusWidget()
        self.opened.emit(opening)

    # --- the cards ---

    def _fill(self) -> list[tuple[QWidget, int]]:
        """Return the rows, each with its least height."""
        strips = self._strips()
        rows: list[list[tuple[QWidget, int]]] = [
            [(card, 1) for card in strips],
            [(card, 1) for card in self._of_spans()],
            [(self.matrix, 3), (self.disputed, 2)],
            [(card, 1) for card in self._over_time()],
        ]
        low, middle, least, last = _HEIGHTS
        most_rows = max((card.wanted_height() for card in strips), default=0)
        heights = (
            max(low, most_rows),
            middle,
            min(max(self.matrix.wanted_height(), least), _MOST),
            min(max(last, _HEAD + agreementtime.ROW * len(self._readers())), _MOST),
        )
        for card in (self.matrix, self.disputed):
            card.opened.connect(self._on_opened)
        shown = zip(rows, heights, strict=True)
        return [(self._row(cards), height) for cards, height in shown if cards]

    def _row(self, cards: list[tuple[QWidget, int]]) -> QWidget:
        row = QWidget(self._ground)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        for card, share in cards:
            card.setMinimumWidth(1)  # or the widest words would decide
            line.addWidget(card, share)
        return row

    def _strips(self) -> list[StripCard]:
        """Return the cards of the overview: three at most, so that each has its room."""
        shown = agreementstrips.strips(self._report, self._look.language)
        lows = agreementstrips.lowest(shown)
        groups = [[strip] for strip in shown[:_STRIPS]]
        if groups:
            groups[-1] += shown[_STRIPS:]
        cards = [StripCard(self._look, group, lows, self._strip) for group in groups]
        for card in cards:
            card.opened.connect(self._on_opened)
        self._last_strip = cards[-1] if cards else None
        return cards

    def _of_spans(self) -> Sequence[QWidget]:
        """Return the cards on entities, or on triggers where there are no entities."""
        found, what = self._spans()
        return () if found is None else self._cards_of(found, what)

    def _spans(self) -> tuple[SpanReport | None, str]:
        report = self._report
        if report.events is not None and (report.entities is None or not report.entities.n_items):
            return report.events.triggers, "events"
        return report.entities, "entities"

    def _over_time(self) -> Sequence[QWidget]:
        """Return the card of how each annotator agrees over time, of what `_spans` returns."""
        look, text = self._look, self._look.language.text
        shown = agreementtime.rows(self._report, self._spans()[1], look.language)
        if not shown:
            return ()
        chart = OverTimeChart(look, text("Over time"), shown)
        chart.opened.connect(self._on_opened)
        note = text("strict F1 of the latest 20 articles; line: moving average, dots: its limit")
        return (ChartCard(look, text("Over time"), note, chart),)

    def _readers(self) -> list[Reader]:
        return [row.reader for row in self._report.readers if row.n_joint]

    def _cards_of(self, found: SpanReport, what: str) -> Sequence[QWidget]:
        look, text = self._look, self._look.language.text
        readers = self._readers()
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

    # --- Qt's ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the whole view, or their least heights, whichever is more."""
        super().resizeEvent(event)
        size, between = self.viewport().size(), _GAP * (len(self._rows) - 1) + 2 * _TOP
        least = sum(height for _, height in self._rows)
        whole = max(size.height(), least + between)
        self._ground.resize(size.width(), whole)
        y = _TOP
        for row, height in self._rows:
            shared = height * (whole - between) // max(least, 1)
            row.setGeometry(_SIDE, y, size.width() - 2 * _SIDE, shared)
            y += shared + _GAP
