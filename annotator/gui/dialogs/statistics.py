"""Statistics: counts of the project as tables with bars, which can be copied as text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeySequence,
    QPainter,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.core.errors import UserError
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame
from annotator.gui.jobs import Job
from annotator.gui.look import Look
from annotator.gui.models.figures import TABLE_NAMES, TABLES, Figure, as_text, tables
from annotator.gui.session import Session
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown
from annotator.gui.widgets.tabs import Tabs
from annotator.gui.widgets.tippedrows import TippedRows
from annotator.services.statistics import statistics

_SIZE = QSize(620, 560)
_ROW, _HEAD, _EDGE = 28, 34, 12
_NAME_SHARE, _NUMBER = 0.42, 64
_BAR = 8
_FIGURE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class StatisticsDialog(Frame):
    """The counts, counted beside the window; open at once, whatever the project holds."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        text = look.language.text
        super().__init__(look, text("Statistics"), parent)
        self._session = session
        self.figures: dict[str, list[Figure]] = {}
        self.tabs = Tabs(look, text("Statistics"), [text(TABLE_NAMES[one]) for one in TABLES])
        self.lists = {table: _list(look, text(TABLE_NAMES[table])) for table in TABLES}
        self._pages = QStackedWidget()
        self._waiting = Empty(look, text("Counting…"))
        for page in (*self.lists.values(), self._waiting):
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(self._waiting)
        self.tabs.currentChanged.connect(lambda _: self._show_table())
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._pages, 1)
        self.copy = self.add_button(text("Copy as text"))
        self.copy.setEnabled(False)
        self.copy.clicked.connect(self._on_copy_asked)
        self.add_button(text("Close"), is_default=True).clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self._on_copy_asked)
        self.resize(_SIZE)
        self._count()

    @property
    def is_counting(self) -> bool:
        """Whether the counts are not there yet."""
        return self._job.is_running

    def show_rows(self, table: str, rows: Sequence[Figure]) -> None:
        """Show `rows` as the table `table`."""
        self.lists[table].clear()
        _fill(self.lists[table], rows)

    def _count(self) -> None:
        work = lambda project, _: statistics(project)  # noqa: E731
        self._job = Job(self._session.project, work, self)
        self._job.finished.connect(self._on_counted)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _on_counted(self, counts: dict[str, Any]) -> None:
        self.figures = tables(counts, self._session.schema, self.look.language)
        for table, rows in self.figures.items():
            self.show_rows(table, rows)
        self.copy.setEnabled(True)
        self._show_table()

    def _on_failed(self, trouble: UserError) -> None:
        self.trouble.show_trouble(trouble)

    def _show_table(self) -> None:
        if self.figures:
            table = TABLES[max(self.tabs.currentIndex(), 0)]
            self._pages.setCurrentWidget(self.lists[table])

    def _on_copy_asked(self) -> None:
        if self.figures:
            QGuiApplication.clipboard().setText(as_text(self.figures, self.look.language))

    def done(self, result: int) -> None:
        """Stop counting, however the dialog is left."""
        if self._job.is_running:
            self._job.end()
        super().done(result)


def _list(look: Look, name: str) -> QListWidget:
    view = QListWidget()
    view.setAccessibleName(name)
    view.setProperty("box", "paper")
    view.setItemDelegate(_FigureDelegate(look, view))
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def _fill(view: QListWidget, rows: Sequence[Figure]) -> None:
    for row in rows:
        item = QListWidgetItem(shown(row.name))
        item.setData(_FIGURE, row)
        said = row.name if row.is_head else f"{row.name}: {row.n}. {row.note}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, shown(said))
        if row.is_head:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        view.addItem(item)


class _FigureDelegate(TippedRows):
    """Paints a name, a bar that grows from the reading side, and a number."""

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row = index.data(_FIGURE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(_EDGE, 0, -_EDGE, 0)
        if row.is_head:
            self._draw_words(painter, box.adjusted(0, 8, 0, 0), row.name, "text_2", is_head=True)
        else:
            self._draw_figure(painter, box, row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, self._look, QRectF(option.rect))
        painter.restore()

    def _draw_figure(self, painter: QPainter, box: QRect, row: Figure) -> None:
        name_width = round(box.width() * _NAME_SHARE)
        room = box.width() - name_width - _NUMBER - 2 * _EDGE
        name = self._part(box, 0, name_width)
        if row.note:
            half = box.height() // 2
            above = QRect(name.left(), name.top() + 2, name.width(), half - 2)
            below = QRect(box.left(), name.top() + half - 1, box.width(), half - 2)
            self._draw_words(painter, above, row.name, "text")
            self._draw_words(painter, below, row.note, "text_3", px=11)
            box = QRect(box.left(), above.top(), box.width(), above.height())
        else:
            self._draw_words(painter, name, row.name, "text")
        if row.share > 0:
            self._draw_bar(painter, self._part(box, name_width + _EDGE, room), row.share)
        self._draw_number(painter, self._part(box, box.width() - _NUMBER, _NUMBER), row.n)

    def _part(self, box: QRect, start: int, width: int) -> QRect:
        left = box.right() + 1 - start - width if self._look.is_rtl else box.left() + start
        return QRect(left, box.top(), width, box.height())

    def _draw_bar(self, painter: QPainter, box: QRect, share: float) -> None:
        width = max(2.0, box.width() * share)
        left = box.right() + 1 - width if self._look.is_rtl else box.left()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme["line_strong"])
        top = box.top() + (box.height() - _BAR) / 2
        painter.drawRoundedRect(QRectF(left, top, width, _BAR), 2, 2)

    def _draw_number(self, painter: QPainter, box: QRect, n: int) -> None:
        painter.setFont(fonts.window(13, strong=True))
        painter.setPen(self._look.theme["text"])
        draw_line(painter, box, f"{n:,}", is_rtl=False, at_right=not self._look.is_rtl)

    def _draw_words(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        role: str,
        *,
        px: int = 13,
        is_head: bool = False,
    ) -> None:
        face = fonts.window(12 if is_head else px, strong=is_head)
        painter.setFont(face)
        painter.setPen(self._look.theme[role])
        line = broken(shown(words), face, box.width(), 1)[0]
        runs_rtl = self._look.is_rtl if role == "text_3" else is_rtl(line)
        draw_line(painter, box, line, is_rtl=runs_rtl, at_right=self._look.is_rtl)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for the height of a row; one with a note has two lines."""
        row = index.data(_FIGURE)
        height = _HEAD if row.is_head else 2 * _ROW - 12 if row.note else _ROW
        return QSize(200, height)

    def said(self, index: _Index) -> str:
        """Return the whole name."""
        return str(index.data(_FIGURE).name)
