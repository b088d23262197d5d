"""What could not be written: tried again, in another file where need be, before one leaves.

Or it is copied, as lines that `hashiya apply` takes later.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from annotator.core.errors import UserError
from annotator.gui import notsaved
from annotator.gui.widgets.literal import literal
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

    def copy(self) -> None:
        """Put what could not be written on the clipboard; it stays in view, and not saved.

        Of several annotators only what she did who labels now: lines are applied for one.
        """
        session = self._program.session
        if session is None:
            return
        session.flush()
        who = session.annotator
        unsaved = session.all_unsaved()
        own = [(layer, some) for layer, some in unsaved if who and layer.annotator == who.uid]
        if who is None or not own:
            trouble = UserError("unsaved_of_others") if unsaved else UserError("nothing_unsaved")
            session.refused.emit(trouble)
            return
        lines = list(notsaved.lines_of(own))
        QGuiApplication.clipboard().setText("".join(f"{line}\n" for line in lines))
        n_others = sum(len(some) for layer, some in unsaved if layer.annotator != who.uid)
        self._tell_copied(len(lines), literal(who.name), n_others)

    def _tell_copied(self, n_lines: int, name: str, n_others: int) -> None:
        language = self._program.look.language
        said = language.text(
            "Copied, and not saved yet: {lines}. `hashiya apply` puts them in the file later, with"
            " --as {name}.",
            lines=language.plural("{n} line", "{n} lines", n_lines),
            name=name,
        )
        if n_others:
            others = language.text("Of other annotators, not copied: {n}.", n=n_others)
            said = f"{said} {others}"
        for bar in self._program.window.paging.bars():
            bar.tell_trouble(said, "try_again", language.text("Try again"))

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
