"""The places of the name in hand, looked up a page at a time in jobs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from annotator.core.errors import UserError
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.kwic import kwic_row
from annotator.gui.models.nameslist import NamesWords
from annotator.gui.pages import nameswork as work
from annotator.gui.pages.nameswork import Placed
from annotator.gui.panels.kwic import KwicList
from annotator.gui.session import Session
from annotator.gui.widgets.empty import Empty
from annotator.services.names import Name, Tally


class NamesPlaces(KwicList):
    """Shows where a name stands; whoever is at a place stays there when all is counted again."""

    failed = Signal(object)  # UserError

    def __init__(self, look: Look, session: Session, jobs: Jobs) -> None:
        super().__init__(look, look.language.text("Places"))
        self._session = session
        self._words = NamesWords(session.schema, look.language)
        self._who = ""
        self._name: Name | None = None
        self._placed: Placed | None = None
        self._placing = Running(jobs, self)
        self._placing.finished.connect(self._on_placed)
        self._placing.failed.connect(self._on_failed)
        self.rows.ask_for_more = self._place_on
        self.none = Empty(look, look.language.text("Choose a name: its places are shown here."))
        room = QVBoxLayout(self.viewport())
        room.addWidget(self.none)

    @property
    def is_on(self) -> bool:
        """Whether places are looked up."""
        return self._placing.is_on

    def stop(self) -> None:
        """Leave off what runs."""
        self._placing.let_go()

    def show_none(self) -> None:
        """Show no places: no name is in hand."""
        self._begin(None)

    def show_places(self, name: Name, tally: Tally, who: str, words: NamesWords) -> None:
        """Show where `name` stands; `who` is whose labels count, a uid, "" for everyone's.

        Of the same name as before as many places are looked up as there were, and the row stays.
        """
        self._words, self._who = words, who
        self._begin(name)
        found = work.placing(name, tally.articles_of(name.pairs), who, len(self.rows.rows))
        self._placing.start(self._session.project, found)

    def _begin(self, name: Name | None) -> None:
        known, self._name, self._placed = self._name, name, None
        self._placing.let_go()
        self.none.setVisible(name is None)
        if name is None or known is None or (name.link, name.key) != (known.link, known.key):
            self.rows.show_rows(())

    def _place_on(self) -> None:
        placed = self._placed
        if placed is not None and placed.left and not self._placing.is_on:
            on = work.placing(placed.name, placed.left, self._who)
            self._placing.start(self._session.project, on)

    def _on_placed(self, placed: Placed) -> None:
        pairs = zip(placed.mentions, placed.context, strict=True)
        rows = [kwic_row(context, [self._words.chip(one.type)]) for one, context in pairs]
        is_first, self._placed = self._placed is None, placed
        if is_first:
            at = self.row
            self.rows.show_rows(rows)
            if at >= 0:
                self.go_to(at)
        else:
            self.rows.add_rows(rows)
        self.rows.has_more = bool(placed.left)

    def _on_failed(self, trouble: UserError) -> None:
        self.failed.emit(trouble)
