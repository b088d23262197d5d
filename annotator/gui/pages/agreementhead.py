"""The head of the agreement page: what is compared, how long it took, and the report."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu

from annotator.core.model import replace
from annotator.gui.look import Look
from annotator.gui.pages.agreementwork import Filter
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import in_menu
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words

HEIGHT = 48
_ALL, _OWN, _TRIM = "all", "own", "trim"
_LINE = 110
_WIDE = 1140
"""Pixels below which it is not said how long it took."""


class AgreementHead(Box):
    """Title, segments, who takes part; progress with its cancel; the export of the report."""

    filter_changed = Signal(object)  # Filter
    cancel_asked = Signal()
    export_asked = Signal()

    def __init__(self, look: Look, chosen: Filter) -> None:
        super().__init__("panel", QHBoxLayout())
        self._look, self._filter = look, chosen
        self._readers: Sequence[tuple[str, str]] = ()
        self.setFixedHeight(HEIGHT)
        self._make_parts()
        self._put_together()
        self.show_running(is_running=False)

    def _make_parts(self) -> None:
        look, text, chosen = self._look, self._look.language.text, self._filter
        articles = [
            Choice(_ALL, text("All readings")),
            Choice(_OWN, text("Without suggestions")),
        ]
        on = _OWN if chosen.without_suggestions else _ALL
        self.readings = Segments(look, text("Which readings"), articles, [on])
        self.readings.values_chosen.connect(self._on_readings_chosen)
        trim = [Choice(_TRIM, text("Trimmed edges"))]
        edges = [_TRIM] if chosen.trim else []
        self.edges = Segments(look, text("Edges of spans"), trim, edges, takes_several=True)
        self.edges.values_chosen.connect(self._on_edges_chosen)
        self.who = Button(look, "", "second", "users")
        self.who.clicked.connect(self._offer_readers)
        self.note = Words(look, "", "hint")
        self.line = ProgressLine(look, text("How far the comparison is"))
        self.line.setFixedWidth(_LINE)
        self.cancel = IconButton(look, "x", text("Stop comparing"))
        self.cancel.clicked.connect(self.cancel_asked)
        self.export = Button(look, text("Export the report"), "second", "download")
        self.export.clicked.connect(self.export_asked)
        self.export.setEnabled(False)
        self._name_who()

    def _put_together(self) -> None:
        row = self.parts
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        text = self._look.language.text
        row.addWidget(Words(self._look, text("Agreement of the annotators"), "title"))
        row.addSpacing(8)
        for part in (self.readings, self.edges, self.who):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for end in (self.note, self.line, self.cancel, self.export):
            row.addWidget(end)

    # --- what it shows ---

    def show_readers(self, readers: Sequence[tuple[str, str]]) -> None:
        """Offer these annotators (uid and name) to be compared."""
        self._readers = readers
        self.who.setEnabled(len(readers) > 1)
        self._name_who()

    def show_seconds(self, seconds: float) -> None:
        """Say how long it took."""
        self.note.setText(
            self._look.language.text("computed in {seconds} s", seconds=f"{seconds:.1f}")
        )
        self.export.setEnabled(True)

    def show_running(self, *, is_running: bool, done: int = 0, total: int = 1) -> None:
        """Show how far the comparison is, or that none runs."""
        self.line.show_progress(done, total)
        for part in (self.line, self.cancel):
            part.setVisible(is_running)
        self._fit()

    def _fit(self) -> None:
        self.note.setVisible(self.line.isHidden() and self.width() >= _WIDE)

    def clear_filter(self) -> None:
        """Compare everything again."""
        self.readings.show_values([_ALL])
        self.edges.show_values([])
        self._choose(Filter())

    # --- who ---

    def _name_who(self) -> None:
        language, n = self._look.language, len(self._filter.who)
        told = (
            language.plural("{n} annotator", "{n} annotators", n)
            if n
            else language.text("Everybody")
        )
        self.who.show_words(told)

    def _offer_readers(self) -> None:
        menu = self.readers_menu()
        menu.popup(self.who.mapToGlobal(self.who.rect().bottomLeft()))

    def readers_menu(self) -> QMenu:
        """Return the menu of who takes part."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        everybody = menu.addAction(self._look.language.text("Everybody"))
        everybody.setCheckable(True)
        everybody.setChecked(not self._filter.who)
        everybody.triggered.connect(lambda: self._choose_who(()))
        menu.addSeparator()
        for uid, name in self._readers:
            action = QAction(in_menu(name), menu)
            action.setCheckable(True)
            action.setChecked(uid in self._filter.who or not self._filter.who)
            action.triggered.connect(lambda _, uid=uid: self._turn(uid))
            menu.addAction(action)
        return menu

    def _turn(self, uid: str) -> None:
        """Let an annotator take part, or not; of fewer than two nothing can be said."""
        everybody = tuple(one for one, _ in self._readers)
        now = self._filter.who or everybody
        chosen = tuple(one for one in everybody if (one in now) != (one == uid))
        self._choose_who(() if chosen == everybody else chosen)

    def _choose_who(self, who: tuple[str, ...]) -> None:
        self._choose(replace(self._filter, who=who))

    # --- slots ---

    def _choose(self, wanted: Filter) -> None:
        self._filter = wanted
        self._name_who()
        self.filter_changed.emit(wanted)

    def _on_readings_chosen(self, chosen: tuple[str, ...]) -> None:
        self._choose(replace(self._filter, without_suggestions=chosen == (_OWN,)))

    def _on_edges_chosen(self, chosen: tuple[str, ...]) -> None:
        self._choose(replace(self._filter, trim=bool(chosen)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is least needed where there is little room."""
        super().resizeEvent(event)
        self._fit()
