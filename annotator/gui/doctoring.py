"""The doctor beside the window: a quick look soon after opening, a full one once a week.

Both are jobs on a copy of the file, so neither the window nor a gesture waits for them.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.gui.jobs import Jobs
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.store.doctor import Examination, Level

_SOON = 6_000
"""Milliseconds after opening: the window has been painted, and a backup is on its way."""
ACTION = "check_file"
"""The action that shows what was found."""


class Doctoring(QObject):
    """Examines the project that is open, and says where something is found."""

    def __init__(self, jobs: Jobs, program: "Program") -> None:
        super().__init__(program)
        self._jobs = jobs
        self._program = program
        self._project: Project | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.look)

    def begin(self, project: Project) -> None:
        """Examine `project` soon."""
        self._project = project
        self._soon.start()

    def stop(self) -> None:
        """Examine it no more: it is closed."""
        self._project = None
        self._soon.stop()

    def look(self) -> None:
        """Examine the file now: in full where a week has gone by, else quickly."""
        project = self._project
        if project is None:
            return
        from annotator.services import doctoring  # long after the first window

        level: Level = "full" if doctoring.is_due(project) else "quick"
        job = self._jobs.start(
            project, lambda own, progress: doctoring.examine(own, level, progress)
        )
        job.finished.connect(self._on_examined)

    def _on_examined(self, found: "Examination") -> None:
        from annotator.services import doctoring

        if self._project is None:
            return
        if found.level == "full" and found.is_sound:
            doctoring.note_examined(self._project)
        if not found.is_sound:
            language = self._program.look.language
            told = language.text("The file is not as Hashiya keeps it: look what was found.")
            name = language.text("Check the file…")
            for bar in self._program.window.paging.bars():
                bar.tell_trouble(told, ACTION, name)
