"""The annotator's articles as a list that is read on as it is scrolled, from where one stands.

It holds a stretch of the list, grown at both ends by keyset pages; labels are counted afterwards,
when the rows are seen already.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from annotator.gui.models.statuses import status_name
from annotator.gui.widgets.literal import shown
from annotator.gui.widgets.rows import RowRole
from annotator.i18n import Language
from annotator.services.browsing import Listed, Page

_Index = QModelIndex | QPersistentModelIndex
_BEFORE_THE_FIRST = 20
"""Rows that are read before the one a list begins at."""


class ArticleRole(IntEnum):
    """What a row is asked for beside what its delegate asks."""

    SHA256 = Qt.ItemDataRole.UserRole + 1


class Source(msgspec.Struct, frozen=True):
    """Where the rows come from: pages behind and before a row id, and counts of labels."""

    behind: Callable[[int], Page]
    before: Callable[[int], Page]
    counts: Callable[[Sequence[int]], dict[int, int]]


class ArticleList(QAbstractListModel):
    """Rows of articles: title, status, number of labels."""

    read_on = Signal()  # rows have come, or it is known that none will

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._source: Source | None = None
        self._rows: list[Listed] = []
        self._places: dict[str, int] = {}
        self._counts: dict[int, int] = {}
        self._uncounted: list[int] = []
        self._ends = (0, 0)  # row ids up to which the list is read: backward, forward
        self._is_read = (True, True)
        self._steps = QTimer(self, singleShot=True, interval=0)
        self._steps.timeout.connect(self._on_step)

    def show_from(self, source: Source | None, row: int = 0) -> None:
        """Show the list of `source` from the article with the row id `row` on."""
        self.beginResetModel()
        self._source, self._rows, self._places = source, [], {}
        self._counts, self._uncounted = {}, []
        self._ends = max(row, 1), max(row - 1, 0)
        self._is_read = (row <= 1 or source is None, source is None)
        self.endResetModel()
        self.fetchMore(QModelIndex())
        if row > 1:
            self.read_back(_BEFORE_THE_FIRST)

    @property
    def is_read(self) -> bool:
        """Whether the whole list is here."""
        return all(self._is_read)

    @property
    def is_read_back(self) -> bool:
        """Whether the first row is the first of the list."""
        return self._is_read[0]

    def place_of(self, article: str) -> int:
        """Return the row in which the article stands, or -1."""
        return self._places.get(article, -1)

    def at(self, place: int) -> Listed:
        """Return the article in the row `place`."""
        return self._rows[place]

    def read_back(self, at_least: int = 1) -> int:
        """Read rows that stand before the first one; return how many came."""
        n_before = len(self._rows)
        while not self._is_read[0] and self._source and len(self._rows) - n_before < at_least:
            page = self._source.before(self._ends[0])
            self._ends = (page.after, self._ends[1])
            self._is_read = (page.is_last, self._is_read[1])
            self._take_in(0, page.rows)
        return len(self._rows) - n_before

    def change(self, article: str, status: str, n_labels: int) -> None:
        """Show the status and the number of labels that an article has now."""
        place = self.place_of(article)
        if place < 0:
            return
        row = self._rows[place]
        if (status, n_labels) != (row.status, self._counts.get(row.row)):
            self._rows[place] = replace(row, status=status)
            self._counts[row.row] = n_labels
            self._say_changed([place])

    def _take_in(self, place: int, rows: Sequence[Listed]) -> None:
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
        self._rows[place:place] = rows
        moved = self._rows if place == 0 else rows
        self._places |= {row.sha256: at for at, row in enumerate(moved, place)}
        self.endInsertRows()
        self._uncounted += [row.row for row in rows if row.status != "new"]
        self._steps.start()

    def _on_step(self) -> None:
        """Go on with what can wait: a list of which nothing was found yet, then the counts."""
        if not self._rows and self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())
        elif self._uncounted and self._source:
            rows, self._uncounted = self._uncounted[:50], self._uncounted[50:]
            self._counts |= dict.fromkeys(rows, 0) | self._source.counts(rows)
            known = set(rows)
            self._say_changed(at for at, row in enumerate(self._rows) if row.row in known)
        if self._uncounted:
            self._steps.start()

    def _say_changed(self, places: Iterable[int]) -> None:
        for place in places:
            index = self.index(place)
            self.dataChanged.emit(index, index)

    def _note(self, row: Listed) -> str:
        """Return the status, and how many labels where it is known."""
        status = status_name(row.status, self._language)
        n = 0 if row.status == "new" else self._counts.get(row.row)
        if n is None:
            return status
        labels = self._language.plural("{n} label", "{n} labels", n)
        return f"{status} · {labels}"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows that are here."""
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: _Index) -> bool:
        """Say whether there is more of the list."""
        return not parent.isValid() and not self._is_read[1]

    def fetchMore(self, parent: _Index) -> None:
        """Read the next page; where nothing in it is wanted, go on in the next turn."""
        if self._source is None or not self.canFetchMore(parent):
            self.read_on.emit()
            return
        page = self._source.behind(self._ends[1])
        self._ends = (self._ends[0], page.after)
        self._is_read = (self._is_read[0], page.is_last)
        self._take_in(len(self._rows), page.rows)
        if not page.rows and not page.is_last:
            self._steps.start()
        self.read_on.emit()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the title as it stands, the status, the note or the SHA-256 of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == RowRole.STATUS:
            return row.status
        if role == RowRole.NOTE:
            return self._note(row)
        if role == ArticleRole.SHA256:
            return row.sha256
        is_said = role == Qt.ItemDataRole.AccessibleTextRole
        return f"{shown(row.title)}. {self._note(row)}" if is_said else None
