"""The card of the confusion matrix: of which kind of label, and of which two annotators."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from annotator.agreement.report import PairRow
from annotator.gui.look import Look
from annotator.gui.models import agreementmatrix as model
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementpairs import pair_name
from annotator.gui.pages.agreementcards import ChartCard
from annotator.gui.widgets.charts.matrix import MatrixChart
from annotator.gui.widgets.literal import literal, tooltip
from annotator.gui.widgets.segments import Choice, Segments
from annotator.services.agreeing import AgreementReport

_ALL = ("", "")
_WIDE = 130
_BESIDE = 62
"""Pixels of the card that are not the matrix."""


class MatrixCard(QWidget):
    """The matrix; `opened` says which cell was clicked."""

    opened = Signal(object)  # Opening

    def __init__(
        self,
        look: Look,
        report: AgreementReport,
        names: TypeNames,
        kind: str,
        pair: tuple[str, str],
    ) -> None:
        """Show `kind` of the two annotators `pair`, or of all together."""
        super().__init__()
        self._look, self._report, self._names = look, report, names
        self.kind, self.pair = kind, pair
        text = look.language.text
        title, of_pair = text("Confusion"), text("Of which two annotators")
        self.chart = MatrixChart(look, title)
        self.kinds = Segments(
            look, title, [Choice(one, text(model.KIND_NAMES[one])) for one in model.KINDS], [kind]
        )
        self.pairs = QComboBox()
        self.pairs.setAccessibleName(of_pair)
        self.pairs.setFixedWidth(_WIDE)
        note = text("a click on a cell shows its places")
        card = ChartCard(look, title, note, self.chart, beside=(self.pairs, self.kinds))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.kinds.values_chosen.connect(self._on_kind_chosen)
        self.pairs.activated.connect(self._on_pair_chosen)
        self.chart.opened.connect(self.opened)
        self._offer_pairs()
        self._show()

    def wanted_height(self) -> int:
        """Return the height at which no type of the matrix is out of sight."""
        n = len(model.matrix_types(self._report, self.kind))
        return _BESIDE + model.TOP + n * model.LEAST_HIGH

    def _rows(self) -> tuple[PairRow, ...]:
        report = self._report
        if self.kind == "entities" and report.entities is not None:
            return report.entities.by_pair
        if self.kind == "events" and report.events is not None:
            return report.events.triggers.by_pair
        return ()

    def _offer_pairs(self) -> None:
        """Offer every two annotators of whom the kind is known; roles are known of all only."""
        self.pairs.clear()
        self.pairs.addItem(self._look.language.text("All together"), _ALL)
        for row in self._rows():
            names = pair_name(row.first, row.second)
            self.pairs.addItem(literal(names), (row.first.uid, row.second.uid))
        known = [self.pairs.itemData(n) for n in range(self.pairs.count())]
        self.pairs.setCurrentIndex(known.index(self.pair) if self.pair in known else 0)
        self.pairs.setEnabled(len(known) > 1)

    def _on_kind_chosen(self, chosen: tuple[str, ...]) -> None:
        self.kind = chosen[0]
        self._offer_pairs()
        self._show()

    def _on_pair_chosen(self, index: int) -> None:
        self.pair = self.pairs.itemData(index)
        self._show()

    def _show(self) -> None:
        self.pairs.setToolTip(tooltip(self.pairs.currentText()))
        pair = self.pairs.currentData() or _ALL
        language = self._look.language
        shown = model.matrix(self._report, self.kind, pair, self._names, language)
        self.chart.show_matrix(shown)
