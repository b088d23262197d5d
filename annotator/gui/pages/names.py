"""The page of names: what entities are called over all articles, made one and parted.

Nothing here waits for the file: names are counted in jobs, the first articles before the others,
and places of the name in hand are looked up beside them.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.gui.actions import BY_ID
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.nameslist import NamesWords, wanted
from annotator.gui.pages import nameswork as work
from annotator.gui.pages.namesacts import NamesActs
from annotator.gui.pages.nameshead import NamesHead
from annotator.gui.pages.namesplaces import NamesPlaces
from annotator.gui.pages.namesside import NamesSide
from annotator.gui.pages.nameswork import Counted, NamesPlace
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.panels.nameslist import NamesList
from annotator.gui.session import Session
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import hairline
from annotator.services.names import Tally
from annotator.services.namesproposed import Proposal

_ROOM_FOR_BOTH = 1000
"""Pixels from which on the side stands beside the list by itself."""


class NamesPage(QWidget):
    """A list of names, the places of the one in hand, and what can be done with those chosen."""

    action_asked = Signal(str)
    place_asked = Signal(str, int, int)  # the article's SHA-256, start and end in its text
    left = Signal()  # back to labelling

    def __init__(
        self, look: Look, session: Session, jobs: Jobs, place: NamesPlace | None = None
    ) -> None:
        super().__init__()
        place = place or NamesPlace()
        self._look, self._session = look, session
        self._words = NamesWords(session.schema, look.language)
        self._counted: Counted | None = None
        self._chosen, self._is_open = place.chosen, place.is_open
        self._is_stale = True
        self._counting = Running(jobs, self)
        is_anybody = session.annotator is not None
        self.head = NamesHead(look, session.schema, place, is_anybody=is_anybody)
        self.list, self.side = NamesList(look), NamesSide(look)
        self.places = NamesPlaces(look, session, jobs)
        self.none = Empty(look, look.language.text("No name fits."))
        self.messages = MessagesBar(look)
        self.messages.tell(look.language.text("Enter goes on to the places, and into the article"))
        self.acts = NamesActs(look, session, jobs, self.side, self.messages, place.made, self)
        self._put_together()
        self._listen()

    # --- what it is made of ---

    def _put_together(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.none)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.places)
        self.split.setSizes([3, 2])
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setChildrenCollapsible(False)
        self._edge = hairline(is_upright=True)
        middle, body, column = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        for box in (middle, body, column):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        middle.addWidget(self.head)
        middle.addWidget(hairline())
        middle.addWidget(self.split, 1)
        body.addLayout(middle, 1)
        body.addWidget(self._edge)
        body.addWidget(self.side)
        column.addLayout(body, 1)
        column.addWidget(self.messages)

    def _listen(self) -> None:
        head, side, session = self.head, self.side, self._session
        head.changed.connect(self._show)
        head.whose_changed.connect(self._count)
        head.left_down.connect(self._go_down)
        head.left.connect(self.left)
        head.side_asked.connect(self._turn_side)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._go_to_places)
        self.list.left_up.connect(head.take_keys)
        self.places.entered.connect(self._on_place_entered)
        self.places.left_up.connect(self._go_down)
        self.places.failed.connect(self._on_failed)
        side.shown_asked.connect(self._show_proposed)
        side.left.connect(self._go_down)
        self.acts.action_asked.connect(self.action_asked)
        self.acts.progressed.connect(head.show_progress)
        self._counting.progressed.connect(head.show_progress)
        self._counting.finished.connect(self._on_counted)
        self._counting.failed.connect(self._on_failed)
        for happened in (session.project_changed, session.saved, session.taken_back):
            happened.connect(self._on_changed)
        for act, keys in ((self.acts.undo, "undo"), (self.acts.redo, "redo")):
            for one in BY_ID[keys].keys:
                QShortcut(QKeySequence(one), self).activated.connect(act)  # while it is in view

    @property
    def is_busy(self) -> bool:
        """Whether something is counted, looked up or done, or will be in a moment."""
        runs = (self._counting.is_on, self.places.is_on, self.acts.is_on)
        return any(runs) or self.head.is_waiting

    # --- counting ---

    @property
    def _me(self) -> str:
        return self._session.annotator.uid if self._session.annotator else ""

    def _who(self) -> str:
        return self._me if self.head.is_mine else ""

    def _count(self, n: int = 0, so_far: Tally | None = None) -> None:
        """Count all names; of `n` articles first, where nothing is shown yet, then go on."""
        self._is_stale = False
        counting = work.counting(self._who(), self._me, n, so_far)
        self._counting.start(self._session.project, counting)

    def _on_counted(self, counted: Counted) -> None:
        self._counted = counted
        self._words = NamesWords(self._session.schema, self._look.language)
        self.head.show_progress(0, 0)
        if not counted.tally.is_whole:
            self._count(so_far=None if self._is_stale else counted.tally)
        self._show()
        self.side.show_proposals(counted.proposals, self._words)

    def _show(self) -> None:
        """Show the names that are looked for; those that were chosen stay so."""
        counted = self._counted
        if counted is None:
            return
        found = wanted(counted.names, *self.head.asked())
        self.list.show_names(found, self._words, self._chosen)
        self.stack.setCurrentWidget(self.list if found else self.none)
        n, is_whole = len(counted.names), counted.tally.is_whole
        self.head.show_number(len(found), n, is_whole=is_whole)

    def _on_chosen(self) -> None:
        names = self.list.names()
        self._chosen = frozenset((one.link, one.key) for one in names)
        self.side.show_names(names, self._words)
        name = self.list.current() if names else None
        if name is not None and self._counted is not None:
            self.places.show_places(name, self._counted.tally, self._who(), self._words)
        else:
            self.places.show_none()

    # --- places ---

    def _on_place_entered(self, number: int) -> None:
        if self._session.annotator is None:
            self.action_asked.emit("who")
            return
        row = self.places.rows.rows[number]
        self.place_asked.emit(row.article, row.start, row.end)

    # --- what changes ---

    def _on_changed(self, *_: object) -> None:
        self._is_stale = True
        self.head.allow_mine(self._session.annotator is not None)
        if self.isVisible():
            self._count()

    def _on_failed(self, trouble: UserError) -> None:
        self.head.show_progress(0, 0)
        self.messages.tell_trouble(worded(trouble, self._look.language))

    def _show_proposed(self, proposal: Proposal) -> None:
        """Choose the names of a proposal in the list."""
        self.head.ask_for_all()
        self.list.choose({(one.link, one.key) for one in proposal.names})
        self.list.setFocus()

    def _turn_side(self) -> None:
        self._is_open = self.side.isHidden()
        self._fit()

    def _fit(self) -> None:
        has_room = self.width() >= _ROOM_FOR_BOTH
        is_open = has_room if self._is_open is None else self._is_open
        for part in (self.side, self._edge):
            part.setVisible(is_open)
        self.head.side.setChecked(is_open)

    def place(self) -> NamesPlace:
        """Return what is shown, for the page that comes after this one."""
        text, type_, order = self.head.asked()
        made = tuple(self.acts.made)
        return NamesPlace(text, type_, order, self.head.is_mine, self._chosen, made, self._is_open)

    def stop(self) -> None:
        """Leave off what runs: the page is taken down."""
        self._counting.let_go()
        self.places.stop()
        self.acts.stop()

    # --- where the keys go ---

    def take_keys(self) -> None:
        """Give the keys to the field."""
        self.head.take_keys()

    def take_keys_again(self) -> None:
        """Give the keys to the places, where one was before."""
        if self.places.rows.rows:
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._go_down()

    def _go_down(self) -> None:
        """Go to the list; its first name is taken in hand where none is."""
        if self.list.rows.names:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.names():
                self.list.go_to(max(self.list.currentIndex().row(), 0))

    def _go_to_places(self) -> None:
        if self.places.rows.rows:
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)
            self.places.go_to(max(self.places.row, 0))

    # --- Qt's ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc: from the places to the names, to the field, to labelling."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.places.hasFocus():
            self._go_down()
        elif self.head.field.hasFocus():
            self.left.emit()
        else:
            self.head.take_keys()

    def showEvent(self, event: QShowEvent) -> None:
        """Count again where something changed while it was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self._count(0 if self._counted else work.FIRST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the side out where there is little room."""
        super().resizeEvent(event)
        self._fit()
