"""The pages of a window beside that of labelling: built when they are first shown, and kept."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from annotator.gui.models.aiming import words_in

if TYPE_CHECKING:
    from annotator.gui.pages.agreement import AgreementPage
    from annotator.gui.pages.agreementwork import AgreementPlace
    from annotator.gui.pages.names import NamesPage
    from annotator.gui.pages.nameswork import NamesPlace
    from annotator.gui.pages.search import SearchPage
    from annotator.gui.pages.searchwork import SearchPlace
    from annotator.gui.panels.messages import MessagesBar
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.settings import Settings
    from annotator.gui.window import Window

LABELLING, AGREEMENT, SEARCH, NAMES = "labelling", "agreement", "search", "names"
_OF_ARTICLE = frozenset(("article", "hand"))


class PagesPlace(msgspec.Struct, frozen=True):
    """Which page is in view, and where one is in those beside labelling."""

    current: str = LABELLING
    agreement: "AgreementPlace | None" = None
    search: "SearchPlace | None" = None
    names: "NamesPlace | None" = None


class Paging(QObject):
    """Goes from page to page of one window."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window)
        self._window, self._program = window, program
        self.agreement: AgreementPage | None = None
        self.search: SearchPage | None = None
        self.names: NamesPage | None = None
        self._kept = PagesPlace()
        self._visited: tuple[int, int] | None = None
        """The place that is looked at in its article, of a page to which one comes back."""
        self._origin: SearchPage | NamesPage | None = None

    @property
    def current(self) -> str:
        """The id of the page in view."""
        shown = self._window.stack.currentWidget()
        pages = {AGREEMENT: self.agreement, SEARCH: self.search, NAMES: self.names}
        found = (id for id, page in pages.items() if page is not None and page is shown)
        return next(found, LABELLING)

    def met(self, there: set[str]) -> set[str]:
        """Return which needs of actions are met on this page: beside labelling no article is."""
        return there if self.current == LABELLING else there - _OF_ARTICLE

    def bars(self) -> "list[MessagesBar]":
        """Return the messages bars of all pages: what is told stands on each."""
        pages = (self._window.page, self.agreement, self.search, self.names)
        return [page.messages for page in pages if page is not None]

    def show_settings(self, now: "Settings") -> None:
        """Show what a change of settings does to the pages."""
        if self._window.page is not None:
            self._window.page.canvas.set_zoom(now.zoom)
            self._window.page.canvas.set_chips(now.chips)
            self._window.page.canvas.set_unseen(is_shown=now.shows_unseen)
        if self.agreement is not None:
            self.agreement.set_zoom(now.zoom)

    def show_labelling(self) -> None:
        """Show the page of labelling."""
        window = self._window
        self._end_visit()
        if window.page is not None and window.stack.currentWidget() is not window.page:
            window.stack.setCurrentWidget(window.page)
            window.page.canvas.setFocus()
            self._tell()

    def show_agreement(self) -> None:
        """Show the page of agreement."""
        session, window = self._program.session, self._window
        if session is None:
            return
        session.flush()
        self._end_visit()
        if self.agreement is None:
            from annotator.gui.pages.agreement import AgreementPage

            jobs = self._program.jobs
            self.agreement = AgreementPage(window.look, session, jobs, self._kept.agreement)
            self.agreement.action_asked.connect(window.commands.do)
            self.agreement.place_asked.connect(self.show_place)
            self.agreement.set_zoom(self._program.settings.zoom)
            window.stack.addWidget(self.agreement)
        window.stack.setCurrentWidget(self.agreement)
        self.agreement.take_keys()
        self._tell()

    def show_search(self) -> None:
        """Show the page of search; what is selected in the article is looked for."""
        session, window = self._program.session, self._window
        if session is None or window.page is None:
            return
        reading, is_labelling = session.reading, self.current == LABELLING
        selection = window.page.canvas.selection() if is_labelling else None
        self._show_search(session, words_in(reading.text, selection) if reading else "")

    def _show_search(self, session: "Session", query: str = "") -> None:
        session.flush()
        if self.search is None:
            self._make_search(session)
        self._end_visit()
        if self.search is not None:
            self._window.stack.setCurrentWidget(self.search)
            self.search.take_keys(query)
        self._tell()

    def _make_search(self, session: "Session") -> None:
        from annotator.gui.markingall import MarkingAll
        from annotator.gui.pages.search import SearchPage

        window = self._window
        self.search = SearchPage(window.look, session, self._program.jobs, self._kept.search)
        self.search.action_asked.connect(window.commands.do)
        self.search.place_asked.connect(lambda *place: self._visit(self.search, *place))
        self.search.left.connect(self.show_labelling)
        marking = MarkingAll(window, self._program)
        self.search.mark_asked.connect(lambda asked: marking.of_search(asked))
        window.stack.addWidget(self.search)
        if window.page is not None:
            window.page.typist.left.connect(self._come_back)

    def show_names(self) -> None:
        """Show the page of names."""
        session, window = self._program.session, self._window
        if session is None or window.page is None:
            return
        session.flush()
        if self.names is None:
            from annotator.gui.pages.names import NamesPage

            self.names = NamesPage(window.look, session, self._program.jobs, self._kept.names)
            self.names.action_asked.connect(window.commands.do)
            self.names.place_asked.connect(lambda *place: self._visit(self.names, *place))
            self.names.left.connect(self.show_labelling)
            window.stack.addWidget(self.names)
            window.page.typist.left.connect(self._come_back)
        self._end_visit()
        window.stack.setCurrentWidget(self.names)
        self.names.take_keys()
        self._tell()

    def _visit(
        self, origin: "SearchPage | NamesPage | None", article: str, start: int, end: int
    ) -> None:
        """Show a place of the page `origin` in its article; Esc comes back from there."""
        self.show_place(article, start, end)
        page = self._window.page
        if page is not None and self.current == LABELLING:
            page.canvas.set_hits([(start, end)], 0)
            self._visited, self._origin = (start, end), origin

    @property
    def _is_visiting(self) -> bool:
        """Whether the place of another page is still what is marked: not what was found since."""
        page = self._window.page
        is_marked = page is not None and page.canvas.hits() == ((self._visited,), 0)
        return self._visited is not None and is_marked

    def _end_visit(self) -> None:
        if self._is_visiting and self._window.page is not None:
            self._window.page.canvas.set_hits([], -1)
        self._visited = self._origin = None

    def _come_back(self) -> None:
        """Go back to the places of the page that one comes from, if there is one."""
        if self._is_visiting and self._origin is not None:
            origin = self._origin
            self._end_visit()
            self._window.stack.setCurrentWidget(origin)
            origin.take_keys_again()
            self._tell()

    def show_place(self, article: str, start: int, end: int) -> None:
        """Show an article on the page of labelling, at a place in it."""
        page, session = self._window.page, self._program.session
        if page is None or session is None:
            return
        page.show_article(article)
        self.show_labelling()
        if session.reading is None:
            self._window.ask_who()
        elif end:
            page.go_to_place(start, end)

    def _tell(self) -> None:
        self._window.rail.show_page(self.current)
        self._window.allow()

    # --- its place ---

    def place(self) -> PagesPlace:
        """Return where one is, for the window that comes after this one."""
        agreement, search, names = self._kept.agreement, self._kept.search, self._kept.names
        if self.agreement is not None:
            agreement = self.agreement.place()
        if self.search is not None:
            search = self.search.place()
        if self.names is not None:
            names = self.names.place()
        return PagesPlace(self.current, agreement, search, names)

    def restore(self, place: PagesPlace) -> None:
        """Go where one was in the window before this one."""
        self._kept = place
        session = self._program.session
        if place.current == AGREEMENT:
            self.show_agreement()
        elif place.current == SEARCH and session is not None:
            self._show_search(session)
        elif place.current == NAMES:
            self.show_names()

    def stop(self) -> None:
        """Leave off what the pages do beside the window: nobody waits for it any more."""
        for page in (self.agreement, self.search, self.names):
            if page is not None:
                page.stop()

    def drop(self) -> None:
        """Take the pages down at once: they would still ask a project that is closed."""
        self.stop()
        every = (self.agreement, self.search, self.names)
        pages = [page for page in every if page is not None]
        self.agreement = self.search = self.names = None
        self._kept, self._visited, self._origin = PagesPlace(), None, None
        for page in pages:
            self._window.stack.removeWidget(page)
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
        if pages:
            self._tell()
