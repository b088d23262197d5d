"""Remarks on the place of the open file: looked for beside the window, told once, remembered."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from annotator.core.errors import UserError
from annotator.gui import settings
from annotator.gui.widgets.notice import Notice
from annotator.services import places
from annotator.services.copies import conflict_copies
from annotator.services.progress import Progress
from annotator.store.project import Project

if TYPE_CHECKING:
    from annotator.gui.program import Program

_SOON = 1_500
"""Milliseconds after opening: the window has been painted by then."""
_UNDER_THE_TOP_BAR = 2
"""The place in the column of the window's parts."""

Found = tuple[tuple[str, UserError, tuple[Path, ...]], ...]
"""Remarks, each with what it is remembered under, and the files that can be merged."""


class Remarking(QObject):
    """Tells what a person should know of the place of the project that is open."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self._project: Project | None = None
        self._found: Found = ()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self.look)

    def begin(self, project: Project) -> None:
        """Look at the place of `project` in a while."""
        self.stop()
        self._project = project
        self._soon.start()

    def stop(self) -> None:
        """Tell nothing any more of a project that is closed."""
        self._soon.stop()
        self._project, self._found = None, ()
        self._take_away()

    def look(self) -> None:
        """Look now, beside the window: a disk that is far may take its time."""
        project = self._project
        if project is not None:
            job = self._program.jobs.start(project, _remarks)
            job.finished.connect(lambda found: self._on_found(project, found))

    def _on_found(self, project: Project, found: Found) -> None:
        if project is self._project:
            self._found = found
            self.show_next()

    def show_next(self) -> None:
        """Show the first remark that was not read, in the window that is there now."""
        self._take_away()
        window, read = self._program.window, self._program.settings.explained
        new = next((one for one in self._found if one[0] not in read), None)
        central = window.centralWidget()
        column = central.layout() if central is not None else None
        if new is None or not isinstance(column, QVBoxLayout):
            return
        key, remark, copies = new
        button = window.look.language.text("Merge…") if copies else ""
        notice = Notice(window.look, self._program.said(remark), button)
        notice.read_through.connect(lambda: self._on_read(key))
        notice.act_asked.connect(lambda: self._on_merge_asked(key, copies))
        column.insertWidget(_UNDER_THE_TOP_BAR, notice)

    def _take_away(self) -> None:
        for notice in self._program.window.findChildren(Notice):
            notice.hide()
            notice.deleteLater()

    def _on_read(self, key: str) -> None:
        self._program.change(lambda now: settings.with_explained(now, key))
        self.show_next()

    def _on_merge_asked(self, key: str, copies: tuple[Path, ...]) -> None:
        self._on_read(key)
        self._program.window.wiring.team.ask_for_merge(copies)


def _remarks(project: Project, progress: Progress) -> Found:
    return tuple(
        (
            places.key_of(one, project),
            one,
            conflict_copies(project) if one.code == "conflict_copies" else (),
        )
        for one in places.remarks(project)
    )
