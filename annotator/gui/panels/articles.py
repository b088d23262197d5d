"""The list of the annotator's articles, with its filter, how far she has come, and what is next."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.look import Look
from annotator.gui.models.articlelist import ArticleList, ArticleRole, Source
from annotator.gui.models.standing import Standing
from annotator.gui.panels.articlefilter import ArticleFilter
from annotator.gui.session import Session
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.rows import RowDelegate
from annotator.gui.widgets.words import Words
from annotator.services import browsing
from annotator.services.browsing import EVERYTHING, Wanted

_EDGE = 200
"""Pixels from the top of the list at which what stands before is read."""
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ArticlesPanel(QWidget):
    """My articles: a filter, a line of progress and rows; the one in view is marked."""

    article_asked = Signal(str)  # SHA-256
    action_asked = Signal(str)
    place_changed = Signal(object)  # Place, of the article in view

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._wanted = EVERYTHING
        self.model = ArticleList(look.language, self)
        self._standing = Standing(session, self)
        self._make_parts()
        self._put_together()
        self._listen()
        self._show_project()

    # --- what it is made of ---

    def _make_parts(self) -> None:
        text = self._look.language.text
        self.done = Words(self._look, "", "hint")
        self.line = ProgressLine(self._look, text("How many articles are done"))
        self.filter = ArticleFilter(self._look)
        self.list = self._list()
        no_fit = text("No article fits the filter")
        self._no_fit = Empty(self._look, no_fit, text("Remove the filter"))
        no_article = text("There are no articles in this project yet")
        self._no_article = Empty(self._look, no_article, text("Import articles…"))
        self._stack = QStackedWidget()
        for part in (self.list, self._no_fit, self._no_article):
            self._stack.addWidget(part)
        self.setFocusProxy(self.filter)

    def _put_together(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words(self._look, self._look.language.text("My articles"), "head"))
        head.addStretch(1)
        head.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.filter)
        column.addWidget(self.line)
        column.addWidget(self._stack, 1)

    def _list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(RowDelegate(self._look, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setAccessibleName(self._look.language.text("My articles"))
        view.clicked.connect(self._on_row_chosen)
        view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        view.installEventFilter(self)
        return view

    def _listen(self) -> None:
        self.filter.changed.connect(self._on_filter_changed)
        self.filter.entered.connect(self._on_filter_entered)
        self.filter.left_down.connect(self._on_filter_left)
        self._no_fit.acted.connect(self.filter.clear)
        self._no_article.acted.connect(lambda: self.action_asked.emit("import"))
        self.model.read_on.connect(self._on_read_on)
        self._standing.counted.connect(self._on_counted)
        self._standing.place_found.connect(self.place_changed)
        self._session.article_shown.connect(self._on_article_shown)
        self._session.status_changed.connect(self._show_row)
        self._session.labels_changed.connect(self._on_labels_changed)
        self._session.project_changed.connect(self._show_project)

    # --- the list ---

    def _show_project(self) -> None:
        """Read the list anew, from where it stands."""
        self._standing.count_anew()
        row = self._standing.row
        self._read_from(row.row if row and browsing.fits(row, self._wanted) else 0)

    def _read_from(self, row: int) -> None:
        annotator = self._session.annotator
        project, wanted = self._session.project, self._wanted
        source = None
        if annotator is not None:
            source = Source(
                lambda after: browsing.page(project, annotator, wanted, after),
                lambda before: browsing.page_before(project, annotator, wanted, before),
                lambda rows: browsing.label_counts(project, annotator, rows),
            )
        self.model.show_from(source, row)
        self._mark()

    def _on_read_on(self) -> None:
        is_empty = self.model.rowCount() == 0 and self.model.is_read
        nothing = self._no_article if self._wanted == EVERYTHING else self._no_fit
        self._stack.setCurrentWidget(nothing if is_empty else self.list)

    def _on_scrolled(self, value: int) -> None:
        if value > _EDGE or self.model.is_read_back:
            return
        n = self.model.read_back()
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + n * self.list.sizeHintForRow(0))

    def _on_filter_changed(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._read_from(0)
        self._standing.set_wanted(wanted)

    def _on_filter_entered(self) -> None:
        found = self._first()
        if found:
            self.article_asked.emit(found)

    def _on_filter_left(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _first(self) -> str:
        return self.model.at(0).sha256 if self.model.rowCount() else ""

    def _on_row_chosen(self, index: QModelIndex) -> None:
        self.article_asked.emit(str(index.data(ArticleRole.SHA256)))

    # --- the article in view ---

    def _on_article_shown(self) -> None:
        self._standing.look_up()
        row = self._standing.row
        is_far = row is not None and self.model.place_of(row.sha256) < 0
        if row is not None and is_far and browsing.fits(row, self._wanted):
            self._read_from(row.row)
        self._mark()
        place = self._place()
        if place >= 0:
            self.list.scrollTo(self.model.index(place))

    def _place(self) -> int:
        """Return the row of the article in view, or -1."""
        row = self._standing.row
        return self.model.place_of(row.sha256) if row else -1

    def _mark(self) -> None:
        place, selection = self._place(), self.list.selectionModel()
        if place < 0:
            selection.clearSelection()
            return
        index = self.model.index(place)
        if not selection.isSelected(index):
            selection.select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.setCurrentIndex(index)

    def _on_labels_changed(self, _: set[str]) -> None:
        self._show_row()

    def _show_row(self) -> None:
        """Show what the article in view says now, once all its labels are read."""
        reading = self._session.reading
        if reading is not None and reading.is_whole:
            status, n_labels = self._session.status, len(self._session.labels)
            self.model.change(reading.article.sha256, status, n_labels)

    def _on_counted(self, done: int, total: int) -> None:
        said = self._look.language.text("{done} of {total} done", done=done, total=total)
        self.done.setText(said)
        self.line.show_progress(done, total)

    def ask_neighbour(self, step: int) -> bool:
        """Ask for the article after (1) or before (-1) the one in view; say whether there is one.

        Without an article in view the first of the list is asked for.
        """
        before, after = self._standing.neighbours()
        found = (after if step > 0 else before) if self._standing.row else self._first()
        if found:
            self.article_asked.emit(found)
        return bool(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the row that the keyboard is on."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            index = self.list.currentIndex()
            if event.key() in _OPENING and not event.modifiers() and index.isValid():
                self._on_row_chosen(index)
                return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the filter and a row."""
        return QSize(216, 180)
