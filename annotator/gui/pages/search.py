"""The page of search: words in all articles, each place in its context; a click goes there.

Nothing here waits for the file: what runs beside it is in `searchruns`.
"""

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.kwic import KwicRow
from annotator.gui.models.kwicwords import KwicWords
from annotator.gui.models.searchasked import Asked
from annotator.gui.pages import searchwork
from annotator.gui.pages.searchhead import SearchHead
from annotator.gui.pages.searchoptions import SearchOptions
from annotator.gui.pages.searchplaces import SearchPlaces
from annotator.gui.pages.searchruns import SearchRuns
from annotator.gui.pages.searchtold import sorted_told
from annotator.gui.pages.searchwork import Looked, Numbers, SearchPlace, Wider
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
    mark_asked = Signal(object)  # Asked: label its places
    left = Signal()  # back to labelling

    def __init__(
        self, look: Look, session: Session, jobs: Jobs, place: SearchPlace | None = None
    ) -> None:
        super().__init__()
        place = place or SearchPlace()
        self._look, self._session = look, session
        self._asked, self._row = place.asked, place.row
        self._is_stale, self._is_open = bool(place.asked.text), place.is_open
        self._words = KwicWords(session.schema, look.language)
        self.runs = SearchRuns(jobs, session, self)
        self.head = SearchHead(look, place.asked.text, place.asked.order)
        self.stack = SearchPlaces(look)
        self.list, self.told = self.stack.list, self.stack.told
        self.options = SearchOptions(look, session.schema, session.annotator, place.asked)
        self.messages = MessagesBar(look)
        self.messages.tell(look.language.text("A click or Enter opens the article, Esc comes back"))
        self._put_together()
        self._listen()
        self.stack.show_hint()

    # --- what it is made of ---

    def _put_together(self) -> None:
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
        head, told, runs, session = self.head, self.told, self.runs, self._session
        head.typed.connect(self._on_asked)
        head.entered.connect(self._on_entered)
        head.left_down.connect(self._go_down)
        head.left.connect(self._on_head_left)
        head.field.textChanged.connect(self._on_typing)
        head.sorted_anew.connect(self._on_asked)
        head.options_asked.connect(self._turn_options)
        self.options.changed.connect(self._on_asked)
        self.options.mark_asked.connect(lambda: self.mark_asked.emit(self._asked))
        self.list.entered.connect(self._on_row_entered)
        self.list.left_up.connect(head.take_keys)
        self.list.rows.ask_for_more = runs.look_on
        told.wider_asked.connect(self._ask_wider)
        self.messages.action_asked.connect(self.action_asked)
        runs.looked.connect(self._on_looked)
        for failed in (runs.failed, runs.not_numbered):
            failed.connect(self._on_failed)
        runs.counted.connect(self._on_counted)
        runs.not_counted.connect(self._on_not_counted)
        runs.numbered.connect(self.options.show_numbers)
        runs.slow.connect(self._on_slow)
        runs.progressed.connect(head.line.show_progress)
        for happened in (session.project_changed, session.saved, session.taken_back):
            happened.connect(self._on_changed)

    @property
    def is_busy(self) -> bool:
        """Whether something is looked for or counted, or will be in a moment."""
        return self.runs.is_on or self.head.is_waiting or self.options.is_waiting

    # --- asking ---

    def ask(self, query: str) -> None:
        """Look for `query`, as it is meant now."""
        self.head.set_query(query)
        self._on_asked()

    def _on_asked(self) -> None:
        asked = self._meant(self.head.query())
        if asked != self._asked or self.runs.last is None:
            self._row = -1
            self._begin(asked)

    def _meant(self, query: str) -> Asked:
        return replace(self.options.asked(query), order=self.head.order())

    def _on_typing(self) -> None:
        """Leave off a search that takes a while: another one is on its way."""
        if self.runs.is_first_on:
            self.runs.let_go()

    def _on_head_left(self) -> None:
        """Stop a search that takes a while, else go back."""
        if not self.runs.is_first_on:
            self.left.emit()
            return
        self.runs.let_go()
        text = self._look.language.text
        self.stack.show_sentence(text("Stopped."), text("Enter looks again."))

    def _on_entered(self) -> None:
        """Look at once; where the places are there already, go on to them."""
        if self.runs.last is not None and self.head.query() == self._asked.text:
            self._go_down()
        else:
            self._on_asked()

    def _begin(self, asked: Asked, n: int = searchwork.FIRST) -> None:
        self._asked, self._is_stale = asked, False
        self._words = KwicWords(self._session.schema, self._look.language)
        self.head.show_numbers(None)
        self.options.show_numbers(None)
        self.options.mark.setEnabled(False)
        self.runs.begin(asked, n)
        if not asked.text.strip():
            self.stack.show_hint()

    def _on_slow(self, is_on: bool) -> None:
        """Say that a search takes a while."""
        self.head.show_searching(is_on=is_on)
        if is_on:
            self.stack.show_searching()

    def _on_looked(self, looked: Looked, is_first: bool) -> None:
        rows = [self._words.row(place) for place in looked.places]
        if is_first:
            self._show_first(rows)
        else:
            self.list.rows.add_rows(rows)
        self.list.rows.has_more = not looked.is_last

    def _show_first(self, rows: list[KwicRow]) -> None:
        self.options.mark.setEnabled(bool(rows) and not self._asked.is_pattern)
        if rows:
            self.stack.show_rows(rows, max(self._row, 0))
            self._count()
            return
        self.head.show_numbers(Numbers(0, 0, True))
        self.stack.show_none(self._asked)
        self.runs.widen()

    def _count(self) -> None:
        """Count the places; all that were sorted are counted already."""
        found = self.runs.last.all_sorted if self.runs.last else None
        if found is None:
            self.head.show_numbers(None, is_counting=True)
            self.runs.count()
            return
        self._on_counted(Numbers(len(found.spots), found.n_articles, found.is_whole))
        if told := sorted_told(found, self._look.language):
            self.messages.tell(told)

    def _on_counted(self, counted: Numbers | Wider) -> None:
        if isinstance(counted, Wider):
            self.told.show_wider(self._session.schema, self._asked, counted)
        else:
            self.head.show_numbers(counted)
        if not self.options.isHidden():
            self.runs.number()

    def _on_not_counted(self, trouble: UserError) -> None:
        """Say why there is no number."""
        self.head.show_numbers(None)
        self.messages.tell_trouble(worded(trouble, self._look.language))

    def _on_failed(self, trouble: UserError) -> None:
        """Say in the list's place why nothing was looked for; what is there already stays."""
        if self.runs.last is not None:
            self.messages.tell_trouble(worded(trouble, self._look.language))
            return
        self.head.show_numbers(None)
        self.stack.show_sentence(worded(trouble, self._look.language))

    def _ask_wider(self, asked: Asked) -> None:
        self.options.show_asked(asked)
        self._on_asked()

    # --- going there ---

    def _go_down(self) -> None:
        if self.stack.has_list:
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
            self._begin(self._meant(self._asked.text), n)

    def _turn_options(self) -> None:
        self._is_open = self.options.isHidden()
        self._fit()
        if self._is_open and not self.runs.is_on:
            self.runs.number()

    def _fit(self) -> None:
        has_room = self.width() >= _ROOM_FOR_BOTH
        is_open = has_room if self._is_open is None else self._is_open
        for part in (self.options, self._edge):
            part.setVisible(is_open)
        self.head.options.setChecked(is_open)

    def place(self) -> SearchPlace:
        """Return what is shown, for the page that comes after this one."""
        asked = self._meant(self.head.query())
        return SearchPlace(asked, max(self.list.row, self._row), self._is_open)

    def stop(self) -> None:
        """Leave off what runs: the page is taken down."""
        self.runs.let_go()

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
