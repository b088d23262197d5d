"""The second record as the window sees it: what came back by it, and whether it is written now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from annotator.core.errors import UserError
from annotator.gui.widgets.banner import Banner
from annotator.services import reopening
from annotator.store.project import Project
from annotator.store.trouble import reading

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.services.reopening import Reopened

INTERVAL = 500
"""Milliseconds between two looks."""
_UNDER_THE_TOP_BAR = 2
"""The place in the column of the window's parts."""


class SecondRecord(QObject):
    """Looks after the second record of one open project, for as long as it is the open one."""

    def __init__(self, program: "Program", project: Project, session: "Session") -> None:
        super().__init__(session)
        self._program, self._project, self._session = program, project, session
        self._told: dict[str, object] = {}
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.bring_back()

    def bring_back(self) -> None:
        """Unite what the file lacks with it, and say what that was once there is a window."""
        found = reopening.merged_back(self._project)
        if found.back:
            self._session.read_again()
        if found.is_anything:
            QTimer.singleShot(0, self, lambda: self._tell(found))

    def look(self) -> None:
        """Show or take away the banner, and write down what could not be written before."""
        is_over = self._program.session is not self._session
        if is_over or self._session.project is not self._project:
            self._timer.stop()
            self._show(None)
            return
        if self._project.second_record is not None and not self._project.is_writing:
            self._project.try_second_record()
        self._show(self._project.second_record)

    def bring_back_what_was_written_over(self) -> None:
        """Unite again where somebody wrote an older copy over the open file.

        Of something that is no project at all it is told what that is.
        """
        if self._project is not self._session.project:
            return
        try:
            with reading(self._project):
                has_gone_back = self._project.has_gone_back()
                if has_gone_back:
                    self.bring_back()
        except UserError as trouble:
            self._program.attending.tell(trouble)
            return
        if has_gone_back:
            self._program.again.try_again()

    def _tell(self, found: "Reopened") -> None:
        from annotator.services.reopeningwords import told

        language = self._program.look.language
        said = told(found, self._project.path.name, language)
        self._program.window.tell_sentence(" ".join(said))

    def _show(self, trouble: UserError | None) -> None:
        """Let the banner say `trouble`; take it away where there is none."""
        window = self._program.window
        shown = window.findChild(Banner)
        if shown is not None and (trouble is None or trouble.data != self._told):
            shown.setParent(None)
            shown.deleteLater()
            shown = None
        if trouble is not None and shown is None:
            self._told = trouble.data
            central = window.centralWidget()
            column = central.layout() if central is not None else None
            if isinstance(column, QVBoxLayout):
                said = self._program.said(trouble)
                column.insertWidget(_UNDER_THE_TOP_BAR, Banner(window.look, said))
