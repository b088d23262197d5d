"""The page of search: words in all articles, each place in its context; a click goes there.

Nothing here waits for the file: pages of places come from jobs, counts after them, and a new query
stops what still runs.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.kwic import KwicRow
from annotator.gui.models.kwicwords import KwicWords
from annotator.gui.pages import searchwork
from annotator.gui.pages.searchhead import SearchHead
from annotator.gui.pages.searchoptions import SearchOptions
from annotator.gui.pages.searchtold import SearchTold
from annotator.gui.pages.searchwork import Asked, Looked, Numbers, SearchPlace, Wider
from annotator.gui.panels.kwic import KwicList
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Session
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import hairline

_ROOM_FOR_BOTH = 1000
"""Pixels from which on the options stand beside the list by themselves."""


class SearchPage(QWidget):
    """A query, its options, and the places. It asks the window for what is not its own."""

    action_asked = Signal(str)
    place_asked = Signal(str, int, int)  # the article's uid or SHA-256, start and end in its text
    mark_asked = Signal(object)  # Query: label its places
    left = Signal()  # back to labelling

    def __init__(
        self, look: Look, session: Session, jobs: Jobs, place: SearchPlace | None = None
    ) -> None:
        super().__init__()
        place = place or SearchPlace()
        self._look, self._session = look, session
        self._asked, self._row = place.asked, place.row
        self._looked: Looked | None = None
        self._is_stale = bool(place.asked.text)
        self._is_open = place.is_open
        self._words = KwicWords(session.schema, look.language)
        self._looking, self._counting = Running(jobs, self), Running(jobs, self)
        self.head = SearchHead(look, place.asked.text)
        self.list = KwicList(look, look.language.text("Places"))
        self.told = SearchTold(look)
        self.options = SearchOptions(look, session.schema, session.annotator, place.asked)
        self.messages = MessagesBar(look)
        self.messages.tell(look.language.text("A click or Enter opens the article, Esc comes back"))
        self._put_together()
        self._listen()
        self._show_nothing()

    # --- what it is made of ---

    def _put_together(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.told)
        body = QHBoxLayout()
        body.setSpacing(0)
        self._edge = hairline(is_upright=True)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for part in (self.head, hairline()):
            middle.addWidget(part)
        middle.addWidget(self.stack, 1)
        body.addLayout(middle, 1)
        body.addWidget(self._edge)
        body.addWidget(self.options)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(hairline())
        column.addWidget(self.messages)

    def _listen(self) -> None:
        head, told, session = self.head, self.told, self._session
        head.typed.connect(self._on_asked)
        head.entered.connect(self._on_entered)
        head.left_down.connect(self._go_down)
        head.left.connect(self.left)
        head.options_asked.connect(self._turn_options)
        self.options.changed.connect(self._on_asked)
        self.options.mark_asked.connect(lambda: self.mark_asked.emit(self._asked.query()))
        self.list.entered.connect(self._on_row_entered)
        self.list.left_up.connect(head.take_keys)
        self.list.rows.ask_for_more = self._look_on
        told.wider_asked.connect(self._ask_wider)
        self.messages.action_asked.connect(self.action_asked)
        self._looking.finished.connect(self._on_looked)
        self._looking.failed.connect(self._on_failed)
        self._counting.finished.connect(self._on_counted)
        self._counting.failed.connect(self._on_not_counted)
        for happened in (session.project_changed, session.saved, session.taken_back):
            happened.connect(self._on_changed)

    @property
    def is_busy(self) -> bool:
        """Whether something is looked for or counted, or will be in a moment."""
        runs = self._looking.is_on or self._counting.is_on
        return runs or self.head.is_waiting or self.options.is_waiting

    # --- asking ---

    def ask(self, query: str) -> None:
        """Look for `query`, as it is meant now."""
        self.head.set_query(query)
        self._on_asked()

    def _on_asked(self) -> None:
        asked = self.options.asked(self.head.query())
        if asked != self._asked or self._looked is None:
            self._row = -1
            self._begin(asked)

    def _on_entered(self) -> None:
        """Look at once; where the places are there already, go on to them."""
        if self._looked is not None and self.head.query() == self._asked.text:
            self._go_down()
        else:
            self._on_asked()

    def _begin(self, asked: Asked, n: int = searchwork.FIRST) -> None:
        self._asked, self._looked, self._is_stale = asked, None, False
        self._words = KwicWords(self._session.schema, self._look.language)
        self._looking.let_go()
        self._counting.let_go()
        self.head.show_numbers(None)
        self.options.mark.setEnabled(False)
        if asked.text.strip():
            self._looking.start(self._session.project, searchwork.looking(asked, n=n))
        else:
            self._show_nothing()

    def _look_on(self) -> None:
        if self._looked is not None and not self._looking.is_on:
            work = searchwork.looking(self._asked, self._looked.after, searchwork.MORE)
            self._looking.start(self._session.project, work)

    def _on_looked(self, looked: Looked) -> None:
        rows = [self._words.row(place) for place in looked.places]
        is_first = self._looked is None
        self._looked = looked
        if is_first:
            self.list.rows.show_rows(rows)
            self._show_first(rows)
        else:
            self.list.rows.add_rows(rows)
        self.list.rows.has_more = not looked.is_last

    def _show_first(self, rows: list[KwicRow]) -> None:
        self.options.mark.setEnabled(bool(rows) and not self._asked.is_pattern)
        if rows:
            self.stack.setCurrentWidget(self.list)
            self.list.go_to(max(self._row, 0))
            self.head.show_numbers(None, is_counting=True)
            self._counting.start(self._session.project, searchwork.counting(self._asked))
            return
        self.head.show_numbers(Numbers(0, 0, True))
        self.told.show_none(self._asked)
        self.stack.setCurrentWidget(self.told)
        if searchwork.can_be_wider(self._asked):
            self._counting.start(self._session.project, searchwork.widening(self._asked))

    def _on_counted(self, counted: Numbers | Wider) -> None:
        if isinstance(counted, Wider):
            self.told.show_wider(self._asked, counted)
        else:
            self.head.show_numbers(counted)

    def _on_not_counted(self, trouble: UserError) -> None:
        """Say why there is no number."""
        self.head.show_numbers(None)
        self.messages.tell_trouble(worded(trouble, self._look.language))

    def _on_failed(self, trouble: UserError) -> None:
        """Say in the list's place why nothing was looked for; what is there already stays."""
        if self._looked is not None:
            self.messages.tell_trouble(worded(trouble, self._look.language))
            return
        self._counting.let_go()
        self.head.show_numbers(None)
        self.list.rows.show_rows(())
        self.told.show_sentence(worded(trouble, self._look.language))
        self.stack.setCurrentWidget(self.told)

    def _ask_wider(self, asked: Asked) -> None:
        self.options.show_asked(asked)
        self._on_asked()

    def _show_nothing(self) -> None:
        self.list.rows.show_rows(())
        self.told.show_hint()
        self.stack.setCurrentWidget(self.told)

    # --- going there ---

    def _go_down(self) -> None:
        if self.list.rows.rows and self.stack.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_entered(self, number: int) -> None:
        if not self._session.annotator:
            self.action_asked.emit("who")
            return
        row = self.list.rows.rows[number]
        self.place_asked.emit(row.article, row.start, row.end)

    def take_keys(self, query: str = "") -> None:
        """Give the keys to the field; a `query` is looked for at once."""
        if query:
            self.ask(query)
        self.head.take_keys()

    def take_keys_again(self) -> None:
        """Give the keys to the list, where one was before."""
        self._go_down()

    # --- what changes ---

    def _on_changed(self, *_: object) -> None:
        self._is_stale = bool(self._asked.text)
        self.options.show_people(self._session.schema, self._session.annotator)
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """Look again for what was asked; one stays at the same row."""
        if self._is_stale:
            self._row = max(self.list.row, self._row)
            n = max(len(self.list.rows.rows), self._row + 1, searchwork.FIRST)
            self._begin(self.options.asked(self._asked.text), n)

    def _turn_options(self) -> None:
        self._is_open = self.options.isHidden()
        self._fit()

    def _fit(self) -> None:
        has_room = self.width() >= _ROOM_FOR_BOTH
        is_open = has_room if self._is_open is None else self._is_open
        for part in (self.options, self._edge):
            part.setVisible(is_open)
        self.head.options.setChecked(is_open)

    def place(self) -> SearchPlace:
        """Return what is shown, for the page that comes after this one."""
        asked = self.options.asked(self.head.query())
        return SearchPlace(asked, max(self.list.row, self._row), self._is_open)

    def stop(self) -> None:
        """Leave off what runs: the page is taken down."""
        self._looking.let_go()
        self._counting.let_go()

    # --- Qt's ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc: from the list to the query, from there to labelling."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.list.hasFocus():
            self.head.take_keys()
        else:
            self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again where something changed while it was out of sight."""
        super().showEvent(event)
        self._catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the options out where there is little room."""
        super().resizeEvent(event)
        self._fit()
