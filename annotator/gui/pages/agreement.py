"""The page of agreement: it compares beside the window, and shows what it has meanwhile."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.gui.canvas.measures import USUAL
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.pages import agreementwork
from annotator.gui.pages.agreementfile import asked_path
from annotator.gui.pages.agreementhead import AgreementHead
from annotator.gui.pages.agreementjobs import AgreementJobs
from annotator.gui.pages.agreementwork import AgreementPlace, Computed, Filter, Places
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Session
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.literal import isolated, shown
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import hairline

if TYPE_CHECKING:
    from annotator.gui.models.agreementplot import Opening
    from annotator.gui.pages.agreementboard import Board
    from annotator.gui.panels.places import PlacesPane

_AFTER, _TELL_AFTER = 400, 200
"""Milliseconds without a change until all is compared again, and until it is said that it is."""


class AgreementPage(QWidget):
    """Figures, charts and places. It asks the window for what is not its own."""

    action_asked = Signal(str)
    place_asked = Signal(str, int, int)  # the article's uid, start and end in its text

    def __init__(
        self, look: Look, session: Session, jobs: Jobs, place: AgreementPlace | None = None
    ) -> None:
        super().__init__()
        place = place or AgreementPlace()
        self._look, self._session = look, session
        self.jobs = AgreementJobs(session, jobs, self)
        self._filter, self._readers = place.filter, place.readers
        self._computed: Computed | None = None
        self._places: Places | None = None
        self._board_place = place.board
        self._is_stale = True  # what is known still may be old: the first look says
        self._schema = session.schema
        self.board: Board | None = None
        self.pane: PlacesPane | None = None
        self._make_parts()
        self._put_together()
        self._later = QTimer(self, singleShot=True, interval=_AFTER)
        self._later.timeout.connect(self._catch_up)
        self._tell_late = QTimer(self, singleShot=True, interval=_TELL_AFTER)
        self._tell_late.timeout.connect(self._tell_running)
        self._done, self._zoom = (0, 1), USUAL
        self._listen()
        self._restore(place)

    # --- what it is made of ---

    def _make_parts(self) -> None:
        look, text = self._look, self._look.language.text
        self.head = AgreementHead(look, self._filter)
        self.messages = MessagesBar(look)
        self.messages.show_beside(
            text("upright line: what is to be reached"),
            text("hollow: undecided; square: below it"),
        )
        self.waiting = Empty(look, text("Comparing the readings…"))
        told = text("At least one article must be read by two annotators.")
        self.empty = Empty(look, told, text("Merge hand-ins…"))
        self.no_fit = Empty(look, text("No article fits the filter"), text("Remove the filter"))
        self.stopped = Empty(look, text("Nothing was compared."), text("Compare"))
        self.stack = QStackedWidget()
        for part in (self.waiting, self.empty, self.no_fit, self.stopped):
            self.stack.addWidget(part)

    def _put_together(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, hairline()):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        for part in (hairline(), self.messages):
            column.addWidget(part)

    def _listen(self) -> None:
        session, head, jobs = self._session, self.head, self.jobs
        jobs.computed.connect(self._show)
        jobs.progressed.connect(self._on_progressed)
        jobs.ended.connect(self._on_ended)
        jobs.failed.connect(self._on_failed)
        jobs.found.connect(self._show_places)
        jobs.written.connect(self._on_written)
        head.filter_changed.connect(self._on_filter_changed)
        head.cancel_asked.connect(jobs.cancel)
        head.export_asked.connect(self.ask_for_file)
        self.empty.acted.connect(lambda: self.action_asked.emit("merge"))
        self.no_fit.acted.connect(head.clear_filter)
        self.stopped.acted.connect(self._compute)
        self.messages.action_asked.connect(self.action_asked)
        session.project_changed.connect(self._on_changed)
        session.saved.connect(self._on_changed)
        session.taken_back.connect(self._on_changed)

    # --- comparing ---

    def _on_changed(self, *_: object) -> None:
        """Compare again as soon as nothing changes any more; out of sight it can wait."""
        self._is_stale = True
        if self.isVisible():
            self._later.start()

    def _on_filter_changed(self, wanted: Filter) -> None:
        self._filter = wanted
        self._compute()

    def _catch_up(self) -> None:
        if self._is_stale and self.isVisible():
            self._compute()

    def _compute(self) -> None:
        self._later.stop()
        self._is_stale = False
        self.jobs.compare(self._filter, self._computed)
        self._tell_late.start()
        if self._computed is None:
            self.stack.setCurrentWidget(self.waiting)

    def _on_progressed(self, done: int, total: int) -> None:
        self._done = (done, max(total, 1))
        if not self._tell_late.isActive():
            self._tell_running()

    def _tell_running(self) -> None:
        if self.jobs.is_comparing:
            done, total = self._done
            self.head.show_running(is_running=True, done=done, total=total)

    def _on_ended(self) -> None:
        self._done = (0, 1)
        self.head.show_running(is_running=False)
        if self._computed is None:
            self.stack.setCurrentWidget(self.stopped)

    def _on_failed(self, trouble: UserError) -> None:
        self.messages.tell_trouble(worded(trouble, self._look.language))

    # --- what is shown ---

    def _show(self, computed: Computed) -> None:
        """Show other figures, at the same place of the page."""
        from annotator.gui.pages.agreementboard import Board, BoardPlace
        from annotator.services.agreeingwords import settings_lines

        session, report, before = self._session, computed.report, self._computed
        self._computed = computed
        if before is not None and before.report == report and self._schema == session.schema:
            return  # what one reads stays where it is
        if not computed.filter.who:
            self._readers = tuple((row.reader.uid, row.reader.name) for row in report.readers)
        self.head.show_readers(self._readers)
        self.head.show_seconds(computed.seconds)
        has_keys = self.board is not None and self.board.has_keys()
        self._drop_parts()
        if report.totals.n_joint:
            place = self._board_place or BoardPlace()
            self.board = Board(self._look, report, session.schema, place)
            self.board.opened.connect(self.open_places)
            self.stack.addWidget(self.board)
            QTimer.singleShot(0, self.board, self.board.restore_scroll)
        self.messages.tell(settings_lines(report, self._look.language)[0])
        if not self._has_places_open():
            self._show_figures()
        if has_keys:
            self.take_keys()

    def _drop_parts(self) -> None:
        """Take down what was made for other figures, or for another label schema."""
        if self.pane is not None and self._schema != self._session.schema:
            self.stack.removeWidget(self.pane)
            self.pane.deleteLater()
            self.pane = None
        self._schema = self._session.schema
        if self.board is not None:
            self._board_place = self.board.place()
            self.stack.removeWidget(self.board)
            self.board.deleteLater()
            self.board = None

    def _has_places_open(self) -> bool:
        return self.pane is not None and self.stack.currentWidget() is self.pane

    def _show_figures(self) -> None:
        if self.board is not None:
            self.stack.setCurrentWidget(self.board)
        elif self._filter == Filter():
            self.stack.setCurrentWidget(self.empty)
        else:
            self.stack.setCurrentWidget(self.no_fit)

    def set_zoom(self, px: int) -> None:
        """Show the text of places as large as the article is."""
        self._zoom = px
        if self.pane is not None:
            self.pane.sheet.set_zoom(px)

    # --- places ---

    def open_places(self, opening: "Opening") -> None:
        """Look for the places of what was clicked, and show them."""
        if self._computed is not None:
            self.jobs.find(opening, self._computed.report)

    def _show_places(self, places: Places, row: int = 0) -> None:
        from annotator.gui.panels.places import PlacesPane

        if self.pane is None:
            self.pane = PlacesPane(self._look, self._session.schema, self._texts_of)
            self.pane.closed.connect(self.close_places)
            self.pane.place_asked.connect(self.place_asked)
            self.pane.sheet.set_zoom(self._zoom)
            self.stack.addWidget(self.pane)
        self._places = places
        self.stack.setCurrentWidget(self.pane)
        self.pane.show_places(places, row)

    def _texts_of(self, article: str) -> tuple[str, Sequence[Region], frozenset[str]]:
        return agreementwork.texts_of(self._session.project, article)

    def close_places(self) -> None:
        """Go back to the figures."""
        self._places = None
        self._show_figures()
        self.take_keys()

    def take_keys(self) -> None:
        """Give the keys to what is in view."""
        if self.pane is not None and self._has_places_open():
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.board is not None:
            self.board.take_keys()
        else:
            self.head.readings.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the report ---

    def ask_for_file(self) -> None:
        """Ask where the report is to be written, as a page or as a table."""
        path = asked_path(self, self._look.language)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write the report at `path`, beside the window."""
        if self._computed is not None:
            self.jobs.write(self._computed.report, path, self._look.language)

    def _on_written(self, path: Path) -> None:
        name = isolated(shown(path.name, 80), is_rtl=False)
        self.messages.tell(self._look.language.text("The report is in “{path}”.", path=name))

    # --- its place ---

    def place(self) -> AgreementPlace:
        """Return what is shown, for the page that comes after this one."""
        board = self.board.place() if self.board is not None else self._board_place
        row = self.pane.row if self.pane is not None else 0
        kept = (self._filter, self._computed, self._readers, board, self._places, row)
        return AgreementPlace(*kept)

    def _restore(self, place: AgreementPlace) -> None:
        self.head.show_readers(self._readers)
        if place.computed is not None:
            self._show(place.computed)
            if place.places is not None:
                self._show_places(place.places, place.row)

    def stop(self) -> None:
        """Leave off what runs: the page is taken down."""
        self._later.stop()
        self.jobs.stop()

    # --- Qt's ---

    def showEvent(self, event: QShowEvent) -> None:
        """Compare what has changed while it was out of sight."""
        super().showEvent(event)
        self._catch_up()
