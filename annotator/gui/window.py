"""The window: top bar, rail, and the page of labelling or the welcome; one look, built once."""

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import replace
from annotator.gui import keys
from annotator.gui.acts import there
from annotator.gui.canvas.page import Place as CanvasPlace
from annotator.gui.commands import Commands
from annotator.gui.dressing import direction_of
from annotator.gui.dropping import Dropping
from annotator.gui.paging import PagesPlace, Paging
from annotator.gui.panels.rail import Rail
from annotator.gui.panels.topbar import TopBar
from annotator.gui.session import Session
from annotator.gui.settings import Place, Settings
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.words import hairline
from annotator.gui.wiring import Wiring

if TYPE_CHECKING:
    from annotator.gui.pages.labelling import LabelPage
    from annotator.gui.panels.welcome import Welcome
    from annotator.gui.program import Program

SMALLEST = (1000, 640)
_USUAL = (1440, 900)
_LONGEST_TITLE = 80
_WORDS = ("note", "doubt", "guideline")
_OF_LABEL = ("any_type", *_WORDS, "outward", "relation", "remove", "mark_all", "role")
_OF_TEXT = ("any_type", "stance", "mark_all", "role", "noise_line", "copy", "find", "search")
_ZOOM_KEPT_AFTER = 600
"""Milliseconds: a wheel that is being turned is not written at each step."""


class WindowPlace(msgspec.Struct, frozen=True):
    """Where a person is in the window: kept while it is built anew."""

    canvas: CanvasPlace | None = None
    caret: int = 0
    selection: tuple[int, int] | None = None
    tab: int = 0
    sizes: tuple[int, ...] = ()
    has_settings: bool = False
    pages: PagesPlace = PagesPlace()


class Window(QMainWindow):
    """What a person sees. It asks the program for what outlives it."""

    def __init__(self, program: "Program") -> None:
        super().__init__()
        self._program = program
        self._is_retired = False
        self.look = program.look
        self.layout_of_keys = keys.layout()
        self.page: LabelPage | None = None
        self.setLayoutDirection(direction_of(self.look))
        self.setMinimumSize(*SMALLEST)
        self.resize(*_USUAL)
        self.setAcceptDrops(True)
        self.commands = Commands(self.look, self)
        self.wiring = Wiring(self, program)
        self._dropping = Dropping(self, program)
        central = QWidget(self)
        self.top_bar = TopBar(self.look, self.commands, central)
        self.rail, self._rail_edge = Rail(self.look, central), hairline(is_upright=True)
        self.stack = QStackedWidget(central)
        self.paging = Paging(self, program)
        self.welcome: Welcome | None = None
        self._put_together(central)
        for part in (self.top_bar, self.rail):
            part.action_asked.connect(self.commands.do)
        self._zoom_later = QTimer(self, singleShot=True, interval=_ZOOM_KEPT_AFTER)
        self._zoom_later.timeout.connect(self._keep_zoom)
        self.show_session(program.session)

    def _put_together(self, central: QWidget) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self._rail_edge)
        body.addWidget(self.stack, 1)
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(hairline())
        column.addLayout(body, 1)
        self.setCentralWidget(central)

    # --- what is shown ---

    def show_session(self, session: Session | None) -> None:
        """Show the page of labelling on `session`, or the welcome where there is none."""
        self.paging.drop()
        self._drop_page()
        if "to_read" in vars(self._program):
            self._program.to_read.say_over(self, session)
        if session is None:
            self._show_welcome()
        else:
            self._show_page(session)
        for part in (self.rail, self._rail_edge):
            part.setVisible(session is not None)
        self._on_shown()

    def _show_welcome(self) -> None:
        from annotator.gui.panels.welcome import Welcome

        if self.welcome is None:
            self.welcome = Welcome(self.look, self._program.settings, self.stack)
            self.welcome.action_asked.connect(self.commands.do)
            self.welcome.project_asked.connect(self._program.open_project)
            self.stack.addWidget(self.welcome)

    def _show_page(self, session: Session) -> None:
        from annotator.gui.pages.labelling import LabelPage

        self.page = LabelPage(self.look, session, self.layout_of_keys, self.stack)
        self.page.action_asked.connect(self.commands.do)
        self.page.canvas.zoom_changed.connect(lambda _: self._zoom_later.start())
        self.page.canvas.context_asked.connect(self._show_context)
        self.stack.addWidget(self.page)
        self.stack.setCurrentWidget(self.page)
        if self.welcome is not None:  # other projects will be recent then
            self.stack.removeWidget(self.welcome)
            self.welcome.deleteLater()
            self.welcome = None
        session.article_shown.connect(self.paging.show_labelling)
        session.article_shown.connect(self._on_shown)
        session.hand_changed.connect(self.allow)
        session.project_changed.connect(self._on_shown)
        self.show_settings(self._program.settings)

    def _drop_page(self) -> None:
        """Take the page down at once: its timers would still ask a project that is closed."""
        if self.page is not None:
            page, self.page = self.page, None
            self.stack.removeWidget(page)
            page.deleteLater()
            QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)

    def _on_shown(self) -> None:
        session = self._program.session
        title = session.project.title if session else ""
        person = session.annotator.name if session and session.annotator else ""
        owned = bool(session and session.project.owner)
        self.top_bar.tell(title, person, is_fixed=owned)
        shown = literal(title, _LONGEST_TITLE)
        name = self.look.language.text("Hashiya")
        self.setWindowTitle(f"{shown} — {name}" if shown else name)
        self.allow()

    def there(self) -> set[str]:
        """Return which needs of actions are met."""
        return self.paging.met(there(self._program.session))

    def allow(self) -> None:
        """Let only those actions be done that can be."""
        self.commands.allow(self.there())

    def show_settings(self, now: Settings) -> None:
        """Show what a change of settings does to a window that is not built anew."""
        self.paging.show_settings(now)

    def _show_context(self, uid: str, point: QPoint) -> None:
        """Offer what can be done with a label, or with the text, where it was asked for."""
        session = self._program.session
        if session is None:
            return
        uid = uid if session.label(uid) is not None else ""  # what is being made is none yet
        if uid:
            session.take_in_hand(uid)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id in _OF_LABEL if uid else _OF_TEXT:
            menu.addAction(self.commands.action(id))
        menu.popup(point)

    def _keep_zoom(self) -> None:
        """Remember a size of text that was chosen in the article itself."""
        if self.page is not None and self.page.canvas.zoom() != self._program.settings.zoom:
            zoom = self.page.canvas.zoom()
            self._program.change(lambda now: replace(now, zoom=zoom))

    # --- trouble ---

    def tell_trouble(self, trouble: UserError) -> None:
        """Say one sentence, where it stays until it is read."""
        self.tell_sentence(self._program.said(trouble))

    def tell_sentence(self, sentence: str) -> None:
        """Say a sentence of trouble, where it stays until it is read."""
        for bar in self.paging.bars():
            bar.tell_trouble(sentence)
        if self.welcome is not None:
            self.welcome.trouble.say(sentence)

    def tell_well(self) -> None:
        """Say that the file can be written again; what was not saved is offered."""
        for bar in self.paging.bars():
            bar.trouble_over()
        self._program.again.try_again()

    # --- places ---

    def place(self) -> WindowPlace:
        """Return where the person is, for the window that comes after this one."""
        has_settings = self.wiring.files.has_settings_open()
        if self.page is None:
            return WindowPlace(has_settings=has_settings)
        canvas = self.page.canvas
        tab = self.page.far_side.tabs.currentIndex()
        sizes = tuple(self.page.splitter.sizes())
        kept = (canvas.place(), canvas.caret(), canvas.selection())
        return WindowPlace(*kept, tab, sizes, has_settings, self.paging.place())

    def restore(self, place: WindowPlace) -> None:
        """Put the person where she was in the window before this one."""
        if place.has_settings:
            self.commands.do("settings")
        session = self._program.session
        if self.page is None or session is None:
            return
        if session.reading is not None:
            hand = session.hand
            session.article_shown.emit()
            session.hand = hand
            session.hand_changed.emit()
        if place.sizes:
            self.page.splitter.setSizes(list(place.sizes))
        self.page.far_side.tabs.setCurrentIndex(place.tab)
        canvas = self.page.canvas
        if place.selection is not None:
            canvas.select(*place.selection)
        else:
            canvas.place_caret(place.caret)
        if place.canvas is not None:
            canvas.restore(place.canvas)
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.paging.restore(place.pages)

    def place_in_project(self) -> Place:
        """Return what is remembered of this project: the article and the place in it."""
        session = self._program.session
        if self.page is None or session is None or session.reading is None:
            return Place()
        at = self.page.canvas.place()
        return Place(session.reading.article.uid, at.offset, at.pixels)

    def restore_place_in_project(self) -> None:
        """Show the article that was in view when the project was open last, or the first one."""
        session = self._program.session
        if session is None or self.page is None:
            return
        place = self._program.settings.of_project(session.project.uid).place
        try:
            if place.article:
                self.page.show_article(place.article)
                self.page.canvas.restore(CanvasPlace(place.offset, place.below))
        except UserError:  # it was taken out since
            place = Place()
        if not place.article:
            self.page.reading_side.articles.ask_neighbour(1)

    def ask_who(self) -> None:
        """Ask who labels in this project."""
        self.wiring.files.ask_who()

    # --- closing ---

    def retire(self) -> None:
        """Close for another window, or at the end: the program goes on or ends by itself."""
        self._is_retired = True
        self.paging.stop()
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close without asking: everything is saved. With the window the program ends."""
        event.ignore()
        if not self._is_retired and not self._program.again.may_leave():
            return
        event.accept()
        if not self._is_retired:
            self._is_retired = True
            self._program.quit()
