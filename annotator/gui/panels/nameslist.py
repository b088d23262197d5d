"""The list of names: each with its spellings, types, labels and articles; several can be chosen."""

from collections.abc import Collection
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.models.nameslist import ROW, NameRow, NamesModel, NamesWords
from annotator.gui.panels.columnlist import HEIGHT, ColumnList, ColumnRows
from annotator.gui.widgets.chip import HEIGHT as CHIP_HEIGHT
from annotator.gui.widgets.chip import draw_chip, size_of
from annotator.gui.widgets.literal import broken, draw_line, is_rtl
from annotator.gui.widgets.tippedrows import Index
from annotator.services.names import Name

_EDGE, _GAP, _NUMBER, _ICON = 16, 12, 72, 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Columns(NamedTuple):
    """Where the columns of a row are, from the left of the list."""

    name: QRect
    spellings: QRect
    types: QRect
    labels: QRect
    articles: QRect

    @classmethod
    def of(cls, look: Look, width: int) -> "Columns":
        """Return the columns of a list that is `width` wide, in the interface's direction."""
        room = max(width - 2 * _EDGE - 2 * _NUMBER - 4 * _GAP, 120)
        wide = round(room * 0.3), round(room * 0.42), round(room * 0.28), _NUMBER, _NUMBER
        found, at = [], _EDGE
        for part in wide:
            left = width - at - part if look.is_rtl else at
            found.append(QRect(left, 0, part, HEIGHT))
            at += part + _GAP
        return cls(*found)


class NamesList(ColumnList):
    """Return or a double click goes on to the places of the current name; Shift and Ctrl choose."""

    entered = Signal()
    chosen = Signal()  # others are selected

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.language.text("Names"))
        self.rows = NamesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Rows(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.doubleClicked.connect(lambda _: self.entered.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def names(self) -> list[Name]:
        """Return the names that are chosen, in the order of the list."""
        parts = [(part.top(), part.bottom()) for part in self.selectionModel().selection().toList()]
        return [one for top, last in sorted(parts) for one in self.rows.names[top : last + 1]]

    def current(self) -> Name | None:
        """Return the name that has the keyboard, or would have it."""
        row = self.currentIndex().row()
        return self.rows.names[row] if row >= 0 else None

    def show_names(
        self, names: list[Name], words: NamesWords, chosen: Collection[tuple[str, str]]
    ) -> None:
        """Show these names and no others, those `chosen` of them, as `choose` does."""
        current = self.current()
        self.rows.show_names(names, words)
        self.choose(chosen, current)

    def choose(self, names: Collection[tuple[str, str]], current: Name | None = None) -> None:
        """Choose those of these names (shared name and key) that are shown, and no others.

        The keyboard is at `current` where it is one of them, else at the first. However many they
        are, `chosen` is told once.
        """
        rows = [n for n, one in enumerate(self.rows.names) if _which(one) in names]
        flag = self.selectionModel().SelectionFlag
        with QSignalBlocker(self):
            self.selectionModel().select(self._selection(rows), flag.ClearAndSelect)
            if rows:
                held = _which(current) if current else None
                is_held = (row for row in rows if _which(self.rows.names[row]) == held)
                index = self.rows.index(next(is_held, rows[0]))
                self.selectionModel().setCurrentIndex(index, flag.NoUpdate)
                self.scrollTo(index)
        self.chosen.emit()

    def _selection(self, rows: list[int]) -> QItemSelection:
        """Return these rows, which are in order, as one part for all that follow one another."""
        found = QItemSelection()
        for _, group in groupby(enumerate(rows), lambda one: one[1] - one[0]):
            part = [row for _, row in group]
            found.select(self.rows.index(part[0]), self.rows.index(part[-1]))
        return found

    def go_to(self, number: int) -> None:
        """Choose the name with this number, and no other."""
        flag = self.selectionModel().SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.rows.index(number), flag)

    def columns(self) -> Columns:
        """Return where the columns are."""
        return Columns.of(self.look, self.viewport().width())

    def draw_titles(self, painter: QPainter) -> None:
        """Draw the titles of the columns, each at the side where its rows begin."""
        text = self.look.language.text
        titles = (text("Name"), text("Spellings"), text("Types"), text("Labels"), text("Articles"))
        for box, title in zip(self.columns(), titles, strict=True):
            self.draw_title(painter, box, title, at_right=self.look.is_rtl)

    # --- Qt's ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Return, go up out of the first row."""
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


def _which(name: Name) -> tuple[str, str]:
    return name.link, name.key


class _Rows(ColumnRows):
    def draw_row(self, painter: QPainter, index: Index, width: int) -> None:
        """Draw a name, how it is spelled, its types and its numbers."""
        row: NameRow = index.data(ROW)
        columns = Columns.of(self.look, width)
        self._draw_name(painter, row, columns.name)
        self._write(painter, columns.spellings, row.spellings, 14, "text_2")
        self._draw_chips(painter, row, columns.types)
        self._write_number(painter, columns.labels, row.labels)
        self._write_number(painter, columns.articles, row.articles)

    def _draw_name(self, painter: QPainter, row: NameRow, box: QRect) -> None:
        """Write a name; one that labels share has the sign of a link before it."""
        if row.is_shared:
            left = box.right() - _ICON + 1 if self.look.is_rtl else box.left()
            place = QRectF(left, (HEIGHT - _ICON) / 2, _ICON, _ICON)
            icons.draw(painter, self.look, "link", place, "text_2")
            before = _ICON + 6
            box = box.adjusted(*((0, 0, -before, 0) if self.look.is_rtl else (before, 0, 0, 0)))
        self._write(painter, box, row.name, 16, "text")

    def _write(self, painter: QPainter, box: QRect, said: str, size: int, role: str) -> None:
        painter.setFont(fonts.article(size))
        painter.setPen(self.look.theme[role])
        line = broken(said, painter.font(), box.width(), 1)[0]
        draw_line(
            painter, box.translated(0, -1), line, is_rtl=is_rtl(line), at_right=self.look.is_rtl
        )

    def _draw_chips(self, painter: QPainter, row: NameRow, box: QRect) -> None:
        """Draw as many chips as there is room for, and how many more there are."""
        top, at = (HEIGHT - CHIP_HEIGHT) // 2, 0
        for n, face in enumerate(row.chips):
            left_over = len(row.chips) - n - 1
            room = box.width() - at - (26 if left_over else 0)
            wide = min(size_of(face).width(), room)
            if n and wide < size_of(face).width():
                self._write_more(painter, box, at, left_over + 1)
                return
            left = box.right() + 1 - at - wide if self.look.is_rtl else box.left() + at
            draw_chip(painter, self.look, QRectF(left, top, wide, CHIP_HEIGHT), face)
            at += wide + 4

    def _write_more(self, painter: QPainter, box: QRect, at: int, n: int) -> None:
        painter.setFont(fonts.window(12))
        painter.setPen(self.look.theme["text_3"])
        rtl = self.look.is_rtl
        place = box.adjusted(0, 0, -at, 0) if rtl else box.adjusted(at, 0, 0, 0)
        draw_line(painter, place, f"+{n}", is_rtl=False, at_right=rtl)

    def _write_number(self, painter: QPainter, box: QRect, n: int) -> None:
        painter.setFont(fonts.window(13))
        painter.setPen(self.look.theme["text_2"])
        draw_line(painter, box, f"{n:,}", is_rtl=False, at_right=self.look.is_rtl)

    def said(self, index: Index) -> str:
        """Return what the whole row says."""
        return str(index.data(ROW).said)
