"""How far an annotator has come, and where the article in view stands in her list.

Counted in small steps while nothing else is to be done, so that a large project opens at once.
"""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import UserError
from annotator.gui.session import Session
from annotator.services import browsing
from annotator.services.browsing import EVERYTHING, Listed, Progress, Wanted
from annotator.store import trouble


class Place(msgspec.Struct, frozen=True):
    """The article in view is `n` of `total` (0 while not counted), with what stands beside it."""

    n: int = 0
    total: int = 0
    has_previous: bool = False
    has_next: bool = False


class Standing(QObject):
    """Counts articles, and says where the one in view stands.

    What cannot be read meanwhile the session tells of: nobody asked for it.
    """

    counted = Signal(int, int)  # how many articles are done, and how many there are
    place_found = Signal(object)  # Place

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._progress = Progress()
        self._wanted = EVERYTHING
        self.row: Listed | None = None
        self._counting = QTimer(self, singleShot=True, interval=0)
        self._counting.timeout.connect(lambda: self._reading(self._on_counting))
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(lambda: self._reading(self._on_placing))
        session.status_changed.connect(self._on_status_changed)

    def count_anew(self) -> None:
        """Count all articles: the project may have others now."""
        self._progress = Progress()
        self.look_up()
        self._counting.start()

    def look_up(self) -> None:
        """Find out which article is in view, and where it stands."""
        reading, annotator = self._session.reading, self._session.annotator
        if reading is None or annotator is None:
            self.row = None
        else:
            sha256 = reading.article.sha256
            self.row = browsing.row_of(self._session.project, annotator, sha256)
        self._placing.start()

    def set_wanted(self, wanted: Wanted) -> None:
        """Let next and previous follow another filter."""
        self._wanted = wanted
        self._placing.start()

    def neighbours(self) -> tuple[str, str]:
        """Return the SHA-256 of the articles before and after the one in view, "" for none."""
        annotator = self._session.annotator
        if annotator is None or self.row is None:
            return "", ""
        return browsing.around(self._session.project, annotator, self.row.sha256, self._wanted)

    def _reading(self, look: Callable[[], None]) -> None:
        try:
            look()
        except UserError as met:
            if met.code not in trouble.OF_FILES:
                raise
            self._session.not_read.emit(met)

    def _on_counting(self) -> None:
        annotator = self._session.annotator
        if annotator is None:
            return
        self._progress = browsing.progress(self._session.project, annotator, self._progress)
        if self._progress.is_whole:
            self.counted.emit(self._progress.done, self._progress.total)
            self._placing.start()
        else:
            self._counting.start()

    def _on_placing(self) -> None:
        annotator = self._session.annotator
        total = self._progress.total if self._progress.is_whole else 0
        if annotator is None or self.row is None:
            self.place_found.emit(Place(total=total))
            return
        before, after = self.neighbours()
        n = browsing.place(self._session.project, annotator, self.row.sha256, self._progress)
        self.place_found.emit(Place(n, total, bool(before), bool(after)))

    def _on_status_changed(self) -> None:
        status = self._session.status
        if self.row is None or self.row.status == status:
            return
        turned = (status == "done") - (self.row.status == "done")
        self.row = replace(self.row, status=status)
        self._progress = replace(self._progress, done=self._progress.done + turned)
        if self._progress.is_whole:
            self.counted.emit(self._progress.done, self._progress.total)
