"""The pages of a window beside that of labelling: built when they are first shown, and kept."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject

if TYPE_CHECKING:
    from annotator.gui.pages.agreement import AgreementPage
    from annotator.gui.pages.agreementwork import AgreementPlace
    from annotator.gui.panels.messages import MessagesBar
    from annotator.gui.program import Program
    from annotator.gui.settings import Settings
    from annotator.gui.window import Window

LABELLING, AGREEMENT = "labelling", "agreement"
_OF_ARTICLE = frozenset(("article", "hand"))


class PagesPlace(msgspec.Struct, frozen=True):
    """Which page is in view, and where one is in those beside labelling."""

    current: str = LABELLING
    agreement: "AgreementPlace | None" = None


class Paging(QObject):
    """Goes from page to page of one window."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window)
        self._window, self._program = window, program
        self.agreement: AgreementPage | None = None
        self._kept: AgreementPlace | None = None

    @property
    def current(self) -> str:
        """The id of the page in view."""
        is_there = self.agreement is not None
        return AGREEMENT if is_there and self._is_shown() else LABELLING

    def _is_shown(self) -> bool:
        return self._window.stack.currentWidget() is self.agreement

    def met(self, there: set[str]) -> set[str]:
        """Return which needs of actions are met on this page: beside labelling no article is."""
        return there if self.current == LABELLING else there - _OF_ARTICLE

    def bars(self) -> "list[MessagesBar]":
        """Return the messages bars of all pages: what is told stands on each."""
        pages = (self._window.page, self.agreement)
        return [page.messages for page in pages if page is not None]

    def show_settings(self, now: "Settings") -> None:
        """Show what a change of settings does to the pages."""
        if self._window.page is not None:
            self._window.page.canvas.set_zoom(now.zoom)
            self._window.page.canvas.set_chips(now.chips)
        if self.agreement is not None:
            self.agreement.set_zoom(now.zoom)

    def show_labelling(self) -> None:
        """Show the page of labelling."""
        window = self._window
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
        if self.agreement is None:
            from annotator.gui.pages.agreement import AgreementPage

            self.agreement = AgreementPage(window.look, session, self._program.jobs, self._kept)
            self.agreement.action_asked.connect(window.commands.do)
            self.agreement.place_asked.connect(self.show_place)
            self.agreement.set_zoom(self._program.settings.zoom)
            window.stack.addWidget(self.agreement)
        window.stack.setCurrentWidget(self.agreement)
        self.agreement.take_keys()
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
        agreement = self.agreement.place() if self.agreement is not None else self._kept
        return PagesPlace(self.current, agreement)

    def restore(self, place: PagesPlace) -> None:
        """Go where one was in the window before this one."""
        self._kept = place.agreement
        if place.current == AGREEMENT:
            self.show_agreement()

    def stop(self) -> None:
        """Leave off what the pages do beside the window: nobody waits for it any more."""
        if self.agreement is not None:
            self.agreement.stop()

    def drop(self) -> None:
        """Take the pages down at once: they would still ask a project that is closed."""
        self._kept = None
        if self.agreement is not None:
            self.stop()
            page, self.agreement = self.agreement, None
            self._window.stack.removeWidget(page)
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
            self._tell()
