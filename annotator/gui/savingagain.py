"""What could not be written: tried again, in another file where need be, before one leaves."""

from typing import TYPE_CHECKING

from annotator.core.errors import UserError
from annotator.store import watching
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.gui.session import Session


class SavingAgain:
    """Looks after what the open project of a program could not take."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._leaving: Session | None = None  # who was told that not all of it is saved

    def try_again(self) -> None:
        """Write it now; in the file that was put in the place of the open one, where one was."""
        session = self._program.session
        if session is None:
            return
        try:
            if session.has_unsaved and watching.file_state(session.project) == "replaced":
                self._program.go_on_in(watching.opened_again(session.project))
        except UserError as trouble:
            self._program.window.tell_trouble(trouble)
        else:
            session.try_again()

    def goes_on_in(self, project: Project) -> bool:
        """Go on in `project` and write it there, if it is another file of the open project."""
        session = self._program.session
        if session is None or not session.has_unsaved or session.project.uid != project.uid:
            return False
        self._program.go_on_in(project)
        session.try_again()
        return True

    def may_leave(self) -> bool:
        """Try again; where that fails say so once, and let go of it the next time."""
        session = self._program.session
        if session is None or not session.has_unsaved:
            return True
        if session is self._leaving:
            return True
        self._leaving = session
        self.try_again()
        if not session.has_unsaved:
            return True
        text = self._program.look.language.text
        said = text("Some labels are not saved. Try again, or close once more to leave them.")
        for bar in self._program.window.paging.bars():
            bar.tell_trouble(said, "try_again", text("Try again"))
        return False
