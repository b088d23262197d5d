"""What runs for the page of search: one look, one count, one counting of the filters at a time."""

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import UserError
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.gui.models.searchasked import Asked
from annotator.gui.pages import searchwork
from annotator.gui.pages.searchwork import Looked
from annotator.gui.session import Session

_SLOW = 150
"""Milliseconds from which on a search says that it is under way."""


class SearchRuns(QObject):
    """Looks for places, and counts when they are there; a new query stops what still runs."""

    looked = Signal(object, bool)  # Looked, and whether it is the first for this query
    failed = Signal(object)  # UserError
    counted = Signal(object)  # Numbers or Wider
    not_counted = Signal(object)  # UserError
    numbered = Signal(object)  # the numbers of the filters
    not_numbered = Signal(object)  # UserError: of the filters only, what is counted stays
    slow = Signal(bool)  # a first look takes a while; or is over
    progressed = Signal(int, int)

    def __init__(self, jobs: Jobs, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._asked = session, Asked()
        self.last: Looked | None = None
        self._looking, self._counting = Running(jobs, self), Running(jobs, self)
        self._numbering = Running(jobs, self)
        self._late = QTimer(self, singleShot=True, interval=_SLOW)
        self._late.timeout.connect(self._on_late)
        self._looking.finished.connect(self._on_looked)
        self._looking.failed.connect(self._on_failed)
        self._looking.progressed.connect(self.progressed)
        self._counting.finished.connect(self.counted)
        self._counting.failed.connect(self.not_counted)
        self._numbering.finished.connect(self.numbered)
        self._numbering.failed.connect(self.not_numbered)

    @property
    def is_on(self) -> bool:
        """Whether something is looked for or counted."""
        return any(one.is_on for one in (self._looking, self._counting, self._numbering))

    @property
    def is_first_on(self) -> bool:
        """Whether the first places of a query are looked for."""
        return self._looking.is_on and self.last is None

    def begin(self, asked: Asked, n: int) -> None:
        """Look for the first `n` places of `asked`; of an empty query for none."""
        self.let_go()
        self._asked, self.last = asked, None
        if asked.text.strip():
            self._late.start()
            self._looking.start(self._session.project, searchwork.looking(asked, n=n))

    def look_on(self) -> None:
        """Look for the places behind those that are there."""
        if self.last is not None and not self._looking.is_on:
            work = searchwork.looking(self._asked, self.last, searchwork.MORE)
            self._looking.start(self._session.project, work)

    def count(self) -> None:
        """Count the places, and in how many articles they are."""
        self._counting.start(self._session.project, searchwork.counting(self._asked))

    def widen(self) -> None:
        """Count what another way of asking would find, where there is one."""
        if searchwork.ways_to_widen(self._asked):
            self._counting.start(self._session.project, searchwork.widening(self._asked))

    def number(self) -> None:
        """Count what each value of each filter would leave."""
        if self.last is not None:
            self._numbering.start(self._session.project, searchwork.numbering(self._asked))

    def let_go(self) -> None:
        """Stop what runs, and listen to it no more."""
        for one in (self._looking, self._counting, self._numbering):
            one.let_go()
        self._over()

    def _on_late(self) -> None:
        self.slow.emit(True)

    def _over(self) -> None:
        self._late.stop()
        self.slow.emit(False)

    def _on_looked(self, looked: Looked) -> None:
        is_first = self.last is None
        self.last = looked
        self._over()
        self.looked.emit(looked, is_first)

    def _on_failed(self, trouble: UserError) -> None:
        self._over()
        self.failed.emit(trouble)
