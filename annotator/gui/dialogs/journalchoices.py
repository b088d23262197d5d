"""The journals of other files of a project, a tick for each: nothing comes from them unasked."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from annotator.core.model import LEAD
from annotator.gui.look import Look
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.words import Words
from annotator.services.recoverywords import journal
from annotator.store.otherjournals import OtherJournal

_MOST = 6
"""Journals for which there is room; the others are offered by the command line."""


class JournalChoices(QWidget):
    """Says whose each journal is and what it has more, and lets it be asked for."""

    changed = Signal()  # other journals are asked for now

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.ticks: dict[str, QCheckBox] = {}

    @property
    def asked(self) -> frozenset[str]:
        """The replicas whose journals are asked for."""
        return frozenset(one for one, tick in self.ticks.items() if tick.isChecked())

    def show_journals(self, found: Sequence[OtherJournal]) -> None:
        """Offer `found`; those that are offered already keep their ticks."""
        for one in found:
            if one.replica not in self.ticks and len(self.ticks) < _MOST:
                self.ticks[one.replica] = self._offered(one)

    def _offered(self, one: OtherJournal) -> QCheckBox:
        language = self._look.language
        names = tuple(name if name == LEAD else literal(name) for name in one.who)
        tick = QCheckBox(language.text("Take it in too"), self)
        said = journal(replace(one, who=names), language)
        tick.setAccessibleDescription(said)
        tick.toggled.connect(lambda _: self.changed.emit())
        self._column.addWidget(Words(self._look, said, "second", wraps=True))
        self._column.addWidget(tick)
        return tick
