"""Places as rows of a keyword-in-context list, and the model that such a list shows.

In each row the word that was found stands between what is before it and what is after it. Of the
word all letters that are written together with it are shown, so that nothing is shaped anew.
"""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.arabic.graphemes import snap_outward
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.literal import shown
from annotator.services.searchingcontext import InContext

_GLUED = 24
"""Code points, at most, that are shown together with what was found, on either side."""
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole + 1


class KwicRow(msgspec.Struct, frozen=True):
    """A place: `[at, at + n)` of `word` is what was found; offsets in code points.

    `start` and `end` are of the article. `chips` are the labels there, `note` is what is said where
    there are none. `is_faint` is a place where nothing is labelled; `can_tick` one that may be
    ticked.
    """

    article: str
    start: int
    end: int
    title: str
    before: str
    word: str
    at: int
    n: int
    after: str
    chips: tuple[ChipFace, ...] = ()
    note: str = ""
    is_faint: bool = False
    can_tick: bool = False

    @property
    def said(self) -> str:
        """The row as one sentence, for readers of the screen and for the hint."""
        return f"{self.before} {self.word} {self.after} · {self.title}"


def kwic_row(
    place: InContext, chips: Sequence[ChipFace] = (), note: str = "", *, can_tick: bool = False
) -> KwicRow:
    """Return `place` as a row.

    >>> from annotator.services.searchingcontext import InContext
    >>> row = kwic_row(InContext("a", 7, 12, "", "التقى و", "بوتين", "، ثم", True))
    >>> row.before, row.word, row.word[row.at : row.at + row.n], row.after
    ('التقى', 'وبوتين،', 'بوتين', 'ثم')
    """
    front, behind = _glued(place.before, at_end=True), _glued(place.after, at_end=False)
    before = place.before[: len(place.before) - len(front)]
    after = place.after[len(behind) :]
    lead, quote = shown(front), shown(place.quote)
    return KwicRow(
        place.article,
        place.start,
        place.end,
        place.title,
        shown(before).strip(),
        lead + quote + shown(behind),
        len(lead),
        len(quote),
        shown(after).strip(),
        tuple(chips),
        note,
        not place.is_annotatable,
        can_tick,
    )


def _glued(text: str, *, at_end: bool) -> str:
    """Return what of `text` is written together with what was found beside it."""
    words = text.split()
    if not words or text[-1 if at_end else 0].isspace():
        return ""
    if at_end:
        length = min(len(words[-1]), _GLUED)
        start, _ = snap_outward(text, len(text) - length, len(text))
        return text[start:]
    _, end = snap_outward(text, 0, min(len(words[0]), _GLUED))
    return text[:end]


class KwicModel(QAbstractListModel):
    """Rows that come page after page; more are asked for when the end comes into view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[KwicRow] = []
        self.ticked: set[int] = set()
        self.has_more = False
        self.ask_for_more: Callable[[], None] = lambda: None
        self.on_ticked: Callable[[], None] = lambda: None

    def show_rows(self, rows: Sequence[KwicRow], ticked: Sequence[int] = ()) -> None:
        """Show these rows and no others; `ticked` are numbers of rows."""
        self.beginResetModel()
        self.rows, self.ticked = list(rows), set(ticked)
        self.has_more = False
        self.endResetModel()

    def add_rows(self, rows: Sequence[KwicRow]) -> None:
        """Show these rows too."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(_NONE, first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def show_row(self, number: int, row: KwicRow) -> None:
        """Show `row` in the place of the one with that number."""
        self.rows[number] = row
        self.dataChanged.emit(self.index(number), self.index(number))

    def turn(self, numbers: Sequence[int], *, is_on: bool) -> None:
        """Tick the rows with these numbers, or take their ticks away."""
        meant = {number for number in numbers if self.rows[number].can_tick}
        before = len(self.ticked)
        self.ticked = self.ticked | meant if is_on else self.ticked - meant
        if len(self.ticked) != before:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
            self.on_ticked()

    # --- Qt's ---

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row, what it says, and whether it is ticked."""
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return shown(row.said)
        if role == Qt.ItemDataRole.CheckStateRole and row.can_tick:
            is_on = index.row() in self.ticked
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Whether there is more to come."""
        return self.has_more

    def fetchMore(self, parent: _Index) -> None:
        """Ask for more."""
        self.has_more = False
        self.ask_for_more()
