"""The program that the pictures of the demo are taken of: the one that a person starts.

What is done here to it a person does with keys and mouse.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from annotator.core.model import Label, Stance, extent_of, hull, replace
from annotator.gui import app
from annotator.i18n import Language
from annotator.services import annotators
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.pages.labelling import LabelPage
    from annotator.gui.program import Program
    from annotator.gui.session import Session

SIZE, SMALLEST = (1440, 900), (1000, 640)
WHO = "a1"
_PATIENCE = 20
"""Seconds that a scene has to come to rest."""
_QUIET = 0.15
"""Seconds after which nothing moves any more: longer than every timer of a panel."""
_ROUNDS = 12
"""Of the event loop, at the least: on a busy machine one may take all of that time."""


class Stage:
    """The program with the sample project open, in one language and theme after the other."""

    def __init__(self, application: QApplication, project: Path, who: str = WHO) -> None:
        self.application, self._project, self._who = application, project, who
        self.program: Program = app.started(application, Language.of("ar"))
        self.open()
        self.rest()

    def open(self) -> None:
        """Open the sample project."""
        with Project.open(self._project) as opened:
            who = annotators.named(opened, self._who).uid
        self.program.open_project(self._project, who)
        self.program.window.resize(*SIZE)

    @property
    def page(self) -> "LabelPage":
        """The page of labelling as it is now."""
        page = self.program.window.page
        if page is None:
            raise LookupError("no project is open")
        return page

    @property
    def session(self) -> "Session":
        """The session of the project."""
        session = self.program.session
        if session is None:
            raise LookupError("no project is open")
        return session

    def wear(self, code: str, theme: str) -> None:
        """Change language and theme, as the settings do."""
        self.program.change(lambda now: replace(now, language=code, theme=theme))
        self.rest()

    def rest(self) -> None:
        """Let everything that waits be done."""
        until, n_rounds = time.monotonic() + _QUIET, 0
        while time.monotonic() < until or n_rounds < _ROUNDS:
            self.application.processEvents()
            time.sleep(0.005)
            n_rounds += 1

    def until(self, is_so: Callable[[], object]) -> None:
        """Let the program work until `is_so`."""
        limit = time.monotonic() + _PATIENCE
        while not is_so():
            if time.monotonic() > limit:
                raise TimeoutError("the window does not come to rest")
            self.application.processEvents()
            time.sleep(0.005)

    def do(self, action: str) -> None:
        """Do an action of the table."""
        self.program.window.commands.do(action)

    def asked(self, action: str) -> QDialog:
        """Do an action that opens a dialog, and return the dialog."""
        before = set(self.dialogs())
        self.do(action)
        (found,) = set(self.dialogs()) - before
        return found

    def dialogs(self) -> list[QDialog]:
        """Return the dialogs that are open."""
        tops = self.application.topLevelWidgets()
        return [one for one in tops if isinstance(one, QDialog) and one.isVisible()]

    def tidy(self) -> None:
        """Close every dialog and menu, open the project, and let go of what is in hand."""
        for dialog in self.dialogs():
            dialog.done(0)
        for top in self.application.topLevelWidgets():
            if isinstance(top, QMenu):
                top.hide()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        session = self.program.session
        if session is None or session.project.path != self._project:
            self.open()
        self.do("labelling")
        self.page.far_side.hand.let_go()
        self.session.take_in_hand("")
        self.page.find_bar.hide()
        self.page.far_side.tabs.setCurrentIndex(0)
        self.do("text")
        self.page.canvas.place_caret(0)
        self.page.canvas.scroll_to(0, 0)
        self.page.messages.trouble_over()
        self.program.window.resize(*SIZE)

    def take(self, kind: type[Label], is_meant: Callable[[Label], bool] = lambda _: True) -> Label:
        """Take in hand the first label of a kind that is meant, in the order of the text."""
        found = [one for one in self.session.labels.values() if isinstance(one, kind)]
        found.sort(key=_place)
        label = next(one for one in found if is_meant(one))
        self.page.go_to(label.uid)
        self.page.canvas.scroll_to(0, 0)
        return label

    def close(self) -> None:
        """End the program."""
        self.tidy()
        self.program.close_project()
        self.program.window.retire()
        self.rest()


def _place(label: Label) -> tuple[int, int]:
    found = label.evidence if isinstance(label, Stance) else extent_of(label)
    return hull(found) if found else (0, 0)
