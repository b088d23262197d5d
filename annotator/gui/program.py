"""The running program: what it remembers, the look, the project that is open, and its window.

A window is built for one look. When language, theme or density change it is built anew and its
place is restored, so that no widget ever changes its words or colours.
"""

import os
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QEvent,
    QObject,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.core.errors import UserError
from annotator.core.model import Annotator, replace
from annotator.gui import dressing, settings
from annotator.gui.attending import Attending
from annotator.gui.backing_up import BackingUp
from annotator.gui.doctoring import Doctoring
from annotator.gui.firstpaint import AfterFirstPaint
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.savingagain import SavingAgain
from annotator.gui.session import Session
from annotator.gui.settings import Edit, Settings
from annotator.gui.theme import Theme, name_of
from annotator.gui.widgets.troubles import worded
from annotator.gui.window import Window
from annotator.i18n import Language, usual_code
from annotator.services import annotators
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.dialogs.draft import Draft
    from annotator.gui.toread import ToRead

_NEXT_THEME = {"light": "dark", "dark": "contrast", "contrast": "light"}


class Program(QObject):
    """What outlives a window: settings, session, jobs."""

    def __init__(
        self, application: QApplication, language: str = "", file: Path | None = None
    ) -> None:
        """Show the window, on the project `file` where one is given."""
        super().__init__(application)
        self._application = application
        self.settings, trouble = settings.read()
        usual = usual_code(os.environ)
        is_chosen = language not in ("", usual)  # by --lang, for this time
        self._language = language if is_chosen else self.settings.language or usual
        self._translator = QTranslator(self)
        self.jobs = Jobs(self)
        self.session: Session | None = None
        self.draft: Draft | None = None  # a new project that is being described
        self.attending = Attending(self)
        self.backing_up = BackingUp(self.jobs, self)
        self.doctoring = Doctoring(self.jobs, self)
        self.again = SavingAgain(self)
        self._unseen = AfterFirstPaint(self)
        self._anew = QTimer(self, singleShot=True, interval=0)
        self._anew.timeout.connect(self.build_anew)
        self.look = self._made_look()
        troubles = [trouble, self._begin(file)]
        self.window = self._shown_window()
        self.backing_up.troubled.connect(lambda trouble: self.window.tell_trouble(trouble))
        for one in filter(None, troubles):
            self.window.tell_trouble(one)
        if file is not None and troubles[1] is not None:
            self.window.wiring.files.offer_backups(file, troubles[1])
        if self.session is not None:
            self._unseen.wait(self.window, partial(self._attend, self.session))
            self._settle(self.session)

    @cached_property
    def to_read(self) -> "ToRead":
        """What opens a damaged file to be looked at: in most runs nobody asks for it."""
        from annotator.gui.toread import ToRead

        return ToRead(self)

    # --- look ---

    def _made_look(self) -> Look:
        name = name_of(self.settings.theme, QGuiApplication.styleHints())
        look = Look(Theme.of(name), Language.of(self._language), self.settings.is_compact)
        dressing.load_words_of_qt(self._application, self._translator, self._language)
        dressing.dress(self._application, look)
        return look

    def _shown_window(self) -> Window:
        window = Window(self)
        if self.settings.geometry:
            window.restoreGeometry(QByteArray.fromBase64(self.settings.geometry.encode()))
        window.show()
        return window

    def change(self, edit: Edit) -> None:
        """Remember something else; the window is built anew where it looks different then."""
        before = self.settings
        try:
            self.settings = settings.change(edit)
        except UserError as trouble:
            self.settings = edit(before)  # it holds until the window is closed
            self.window.tell_trouble(trouble)
        now = self.settings
        if now.language != before.language:
            self._language = now.language or self._language
        if _looks(before) != _looks(now):
            self._anew.start()
        else:
            self.window.show_settings(now)

    def build_anew(self) -> None:
        """Build the window for the look that the settings ask for, and put it where it was.

        Not from inside an event of the window itself: it is taken down first, or all its parts
        would be dressed anew for nothing.
        """
        self._unseen.now()
        if self.session is not None:
            self.session.flush()
        before, place = self.window, self.window.place()
        geometry, state = before.geometry(), before.windowState()
        before.retire()
        QCoreApplication.sendPostedEvents(before, QEvent.Type.DeferredDelete)
        self.look = self._made_look()
        self.window = Window(self)
        self.window.setGeometry(geometry)
        self.window.setWindowState(state)
        self.window.show()
        self.window.restore(place)
        self.attending.show_remark()
        session = self.session
        if session is not None and session.trouble is not None and not session.is_riding_out:
            session.not_saved.emit(session.trouble)

    def next_theme(self) -> None:
        """Go on to the next of light, dark and high contrast."""
        following = _NEXT_THEME[self.look.theme.name]
        self.change(lambda now: replace(now, theme=following))

    def other_language(self) -> None:
        """Change between Arabic and English."""
        other = "en" if self.look.language.code == "ar" else "ar"
        self.change(lambda now: replace(now, language=other))

    # --- the project ---

    def open_project(self, path: Path, who: str = "") -> bool:
        """Open the project at `path` in place of the one that is open; say why where it cannot.

        `who` is the uid of the annotator who labels there, where that was just said.
        """
        try:
            project = self.attending.opened(path)
        except UserError as trouble:
            if self.attending.opens_later(trouble, path, who):
                return False
            self.window.tell_trouble(trouble)
            self.window.wiring.files.offer_backups(path, trouble)
            return False
        if self.again.goes_on_in(project):
            return True
        if not self.again.may_leave():
            project.close()
            return False
        self.close_project()
        if who:
            self._remember(lambda now: settings.with_project(now, project.uid, who=who))
        session = self._take(project)
        self.window.show_session(session)
        self._attend(session)
        self._settle(session)
        return True

    def _begin(self, file: Path | None) -> UserError | None:
        """Open `file` before there is a window, which is then built on it at once."""
        try:
            if file is not None:
                self._take(self.attending.opened(file))
        except UserError as trouble:
            return trouble
        return None

    def _take(self, project: Project) -> Session:
        self.session = Session(project, self._known_annotator(project))
        self.session.not_read.connect(self.attending.meet)
        return self.session

    def _attend(self, session: Session) -> None:
        """Attend to the file, in a window that is there to tell what is met."""
        self._unseen.give_up()
        project = session.project
        self.attending.begin(project, session)
        self.backing_up.begin(project)
        self.doctoring.begin(project)

    def _settle(self, session: Session) -> None:
        """Show what was in view when the project was open last, or ask who labels."""
        project = session.project
        if settings.with_recent(self.settings, project.path, project.title) != self.settings:
            self.change(lambda now: settings.with_recent(now, project.path, project.title))
        if session.annotator is None:
            self.window.ask_who()
        else:
            self.window.restore_place_in_project()

    def _known_annotator(self, project: Project) -> Annotator | None:
        if project.owner:
            return annotators.owner(project)
        who = self.settings.of_project(project.uid).who
        return next((one for one in project.annotators() if one.uid == who), None)

    def go_on_in(self, project: Project) -> None:
        """Go on in another file of the open project; what could not be written is still meant."""
        session = self.session
        if session is None:
            return
        self.attending.stop()
        project.is_waited_for = True
        former, session.project = session.project, project
        try:
            session.read_again()
        except UserError:  # the article is not in this file: what was meant there is told below
            session.show_article("")
        self._attend(session)
        former.close()

    def set_annotator(self, annotator: Annotator) -> None:
        """Let `annotator` be who labels in the open project, and remember it."""
        session = self.session
        if session is None:
            return
        uid = session.project.uid
        shown = session.reading.article.sha256 if session.reading else ""
        session.annotator = annotator
        session.show_article(shown)
        session.project_changed.emit()
        self.change(lambda now: settings.with_project(now, uid, who=annotator.uid))
        self.window.restore_place_in_project()

    def close_project(self) -> None:
        """Close the project: everything is in the file already."""
        if self.session is None:
            return
        self._unseen.give_up()
        self.remember_place()
        self.jobs.end()
        self.attending.stop()
        session, self.session = self.session, None
        session.flush()
        session.stop()
        self.window.show_session(None)
        session.project.close()
        self.backing_up.close()
        self.doctoring.stop()
        session.deleteLater()

    def remember_place(self) -> None:
        """Remember where the person is in the project, and the window's size."""
        if self.session is None:
            return
        uid, place = self.session.project.uid, self.window.place_in_project()
        self._remember(lambda now: settings.with_project(now, uid, place=place))

    def quit(self) -> None:
        """End: jobs are stopped, what is pending is written, and nothing is asked."""
        geometry = bytes(self.window.saveGeometry().toBase64().data()).decode()
        self.close_project()
        self._remember(lambda now: replace(now, geometry=geometry))
        self.window.retire()
        self._application.quit()

    def _remember(self, edit: Edit) -> None:
        """Remember what the person did not ask for: where that fails, nobody needs to know."""
        try:
            self.settings = settings.change(edit)
        except UserError:
            self.settings = edit(self.settings)

    def said(self, trouble: UserError) -> str:
        """Return `trouble` as a sentence in the language of the window."""
        return worded(trouble, self.look.language)


def _looks(now: Settings) -> tuple[object, ...]:
    return now.language, now.theme, now.is_compact
