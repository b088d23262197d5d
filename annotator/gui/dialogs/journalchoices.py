"""The journals of other files of a project, a tick for each: nothing comes from them unasked."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from annotator.core.model import LEAD
from annotator.gui.dialogs.scrolled import scrolled
from annotator.gui.look import Look
from annotator.gui.widgets.literal import isolated, literal
from annotator.gui.widgets.words import Words
from annotator.services.recoverywords import journal
from annotator.store.otherjournals import OtherJournal

_ROOM = 168
"""Pixels that the ticks take at most: three journals; more are scrolled, and counted above them."""
_LEAST = 56


class JournalChoices(QWidget):
    """Says whose each journal is and what it has more, and lets it be asked for."""

    changed = Signal()  # other journals are asked for now

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.ticks: dict[str, QCheckBox] = {}
        self.heading = Words(look, "", "strong", wraps=True)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.area)
        self.hide()

    @property
    def asked(self) -> frozenset[str]:
        """The replicas whose journals are asked for."""
        return frozenset(one for one, tick in self.ticks.items() if tick.isChecked())

    def show_journals(self, found: Sequence[OtherJournal]) -> None:
        """Offer `found`; those that are offered already keep their ticks."""
        for one in found:
            if one.replica not in self.ticks:
                self.ticks[one.replica] = self._offered(one)
        language = self._look.language
        self.heading.setText(language.text("Journals of other files: {n}", n=len(self.ticks)))
        self.setVisible(bool(self.ticks))
        self._fit()

    def _offered(self, one: OtherJournal) -> QCheckBox:
        language = self._look.language
        names = tuple(name if name == LEAD else literal(name) for name in one.who)
        tick = QCheckBox(language.text("Take it in too"), self)
        last = isolated(one.last, is_rtl=False) if one.last else ""
        said = journal(replace(one, who=names, last=last), language)
        tick.setAccessibleDescription(said)
        tick.toggled.connect(lambda _: self.changed.emit())
        self._column.addWidget(Words(self._look, said, "second", wraps=True))
        self._column.addWidget(tick)
        tick.installEventFilter(self)
        return tick

    def _fit(self) -> None:
        """Take as much room as the ticks need, and no more than there is; none without any."""
        if not self.ticks:
            return
        width = self.area.viewport().width()
        needed = self._column.totalHeightForWidth(width)
        self.area.setMinimumHeight(min(needed, _LEAST))
        self.area.setMaximumHeight(min(needed, _ROOM))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll to the tick that the focus comes to."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QCheckBox):
            self.area.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words, which wrap, to another width."""
        super().resizeEvent(event)
        self._fit()
