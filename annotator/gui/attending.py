"""The window attends to its file: others' writing in it, its trouble, and where it lies."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.errors import UserError
from annotator.gui.ridingout import RidingOut
from annotator.store import trouble, watching, workfolder
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.following import Following
    from annotator.gui.program import Program
    from annotator.gui.remarking import Remarking
    from annotator.gui.session import Session


class Attending(QObject):
    """Looks after the file of the project that is open in a program."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self._following: Following | None = None
        self._opening = RidingOut(self)
        self._reading = RidingOut(self)
        self.remarking: Remarking | None = None
        self._has_swept = False

    # --- opening ---

    def opened(self, path: Path) -> Project:
        """Return the project at `path`, opened for the thread that draws."""
        return Project.open(path, timeout=watching.BRIEFLY)

    def opens_later(self, met: UserError, path: Path, who: str) -> bool:
        """Whether the file at `path` will be opened in a moment, when another program lets go."""
        program = self._program
        return self._opening.rides_out(met, lambda: program.open_project(path, who))

    # --- following ---

    def begin(self, project: Project, session: "Session") -> None:
        """Attend to `project`, which `session` shows, instead of any other."""
        from annotator.gui.following import Following  # these wait until a window has been seen
        from annotator.gui.remarking import Remarking
        from annotator.gui.secondrecord import SecondRecord

        self.stop()
        following = self._following = Following(project, session)
        second = SecondRecord(self._program, project, session)
        following.changed_elsewhere.connect(second.bring_back_what_was_written_over)
        following.changed_elsewhere.connect(self._read_again)
        following.file_troubled.connect(self._on_file_troubled)
        following.file_well.connect(lambda: self._program.window.tell_well())
        following.start()
        self.remarking = self.remarking or Remarking(self._program)
        self.remarking.begin(project)
        if not self._has_swept:
            self._has_swept = True
            threading.Thread(target=workfolder.sweep, name="sweep", daemon=True).start()

    def stop(self) -> None:
        """Attend no longer: the project is closed, or goes on in another file."""
        self._opening.stop()
        self._reading.stop()
        if self._following is not None:
            self._following.stop()
            self._following = None
        if self.remarking is not None:
            self.remarking.stop()

    def show_remark(self) -> None:
        """Show what is to be told of the file's place, in a window that was built anew."""
        if self.remarking is not None:
            self.remarking.show_next()

    def _on_file_troubled(self, met: UserError) -> None:
        session = self._program.session
        if met.code != "file_busy":
            met = trouble.in_writing(met)
            if session is not None and session.trouble is not None:
                session.trouble = met
        self.tell(met)

    def tell(self, met: UserError) -> None:
        """Tell what was met in the file; where something is not saved, why, and to try again."""
        self._program.window.tell_trouble(met)
        session = self._program.session
        if session is not None and session.trouble is not None:
            session.not_saved.emit(session.trouble)

    # --- reading ---

    def _read_again(self) -> None:
        session = self._program.session
        try:
            if session is not None:
                session.read_again()
        except UserError as met:
            if not self.meet(met):
                raise
        else:
            self._reading.stop()

    def meet(self, error: BaseException) -> bool:
        """Whether `error`, which nobody expected where it came up, is trouble of the file.

        What was shown is read again as soon as another program lets go of the file; other trouble
        is told. Nothing was to be saved: what could not be stays with the session.
        """
        session = self._program.session
        name = session.project.path.name if session else ""
        met = trouble.met(error, name)
        if met is None:
            return False
        if session is None or not self._reading.rides_out(met, self._read_again):
            self.tell(met)
        return True
