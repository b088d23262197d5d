"""A dialog that works in jobs: it looks first, then does; the window never waits.

Looking changes nothing and is let go of when something else is asked. Doing is stopped before the
dialog closes, and what came of it is told.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from annotator.core.errors import UserError
from annotator.gui.dialogs.frame import Frame
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.words import Words
from annotator.services.progress import Progress
from annotator.store.project import Project

_Report = TypeVar("_Report")


class WorkDialog(Frame):
    """What the dialogs of a team share: progress, Stop, Close, and one thing to do.

    Whoever derives from it says what is shown when a job is stopped or meets trouble.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        project: Project | None,
        jobs: Jobs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title, parent)
        self._works_on = project
        self._running = Running(jobs, self)
        self._is_doing = False
        self._then: Callable[[Any], None] | None = None
        self.choices: Sequence[QWidget] = ()  # what cannot be changed while something is done

    def _put_foot(self, act: str, *others: str) -> list[Button]:
        """Put the buttons under the body, `act` the primary one; return those of `others`."""
        text = self.look.language.text
        self.line = ProgressLine(self.look, text("How far it has come"))
        self.line.setMinimumWidth(140)
        self.line.hide()
        self.add_to_foot(self.line)
        more = [self.add_button(one) for one in others]
        self.stop = self.add_button(text("Stop"))
        self.stop.hide()
        self.close_button = self.add_button(text("Close"))
        self.go = self.add_button(act, "primary", is_default=True)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.close_button.clicked.connect(self.reject)
        self._running.progressed.connect(self.line.show_progress)
        self._running.finished.connect(self._on_finished)
        self._running.failed.connect(self._on_failed)
        self._running.cancelled.connect(self._on_cancelled)
        return more

    @property
    def _project(self) -> Project:
        """The project that it is about."""
        if self._works_on is None:
            raise LookupError("a dialog that is about no project was asked for it")
        return self._works_on

    @property
    def is_busy(self) -> bool:
        """Whether something is being done that changes a file."""
        return self._is_doing

    @property
    def is_looking(self) -> bool:
        """Whether it is being looked what would be done."""
        return self._running.is_on and not self._is_doing

    # --- jobs ---

    def _look(
        self, work: Callable[[Project, Progress], _Report], then: Callable[[_Report], None]
    ) -> None:
        """Let `work`, which changes nothing, be done; one that is under way is let go of."""
        self._start(work, then, is_doing=False)

    def _do(
        self, work: Callable[[Project, Progress], _Report], then: Callable[[_Report], None]
    ) -> None:
        """Let `work` be done, and its report be shown."""
        self._start(work, then, is_doing=True)

    def _look_no_more(self) -> None:
        self._running.let_go()
        self._show_running()

    def _start(
        self,
        work: Callable[[Project, Progress], _Report],
        then: Callable[[_Report], None],
        *,
        is_doing: bool,
    ) -> None:
        self._is_doing, self._then = is_doing, then
        self.trouble.say("")
        self._running.start(self._works_on, work)
        self.line.show_progress(0, 1)
        self._show_running()
        if is_doing:
            self.stop.setFocus()

    def _end(self) -> bool:
        """Show that nothing is under way; return whether something was being done."""
        was_doing, self._is_doing = self._is_doing, False
        self._show_running()
        return was_doing

    def _show_running(self) -> None:
        is_on = self._running.is_on
        for part in (*self.choices, self.go):
            part.setEnabled(not self._is_doing)
        self.line.setVisible(is_on)
        self.stop.setVisible(is_on)
        self.stop.setEnabled(is_on)
        self.close_button.setVisible(not self._is_doing)

    def _on_finished(self, report: object) -> None:
        self._end()
        if self._then is not None:
            self._then(report)

    def _on_failed(self, trouble: UserError) -> None:
        self._end()
        self._on_trouble()
        self.trouble.show_trouble(trouble)

    def _on_cancelled(self) -> None:
        self._on_stopped(was_doing=self._end())

    def _on_stop_clicked(self) -> None:
        self.stop.setEnabled(False)
        self._running.cancel()

    # --- where it does not come to its end ---

    def _on_stopped(self, *, was_doing: bool) -> None:
        """Take that a person stopped it."""
        raise NotImplementedError

    def _on_trouble(self) -> None:
        """Take back what was said before something went wrong."""
        raise NotImplementedError

    # --- closing ---

    def reject(self) -> None:
        """Close; what is being done is stopped first, and told of."""
        if self._is_doing:
            self._on_stop_clicked()
            return
        self._running.let_go()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way before the dialog goes."""
        if self._is_doing:
            self._on_stop_clicked()
            event.ignore()
            return
        self._running.let_go()
        super().closeEvent(event)


class SummingUp(WorkDialog):
    """A dialog that says in one place what it found, and offers what can be done with it."""

    summary: Words

    def _offer(self) -> None:
        """Let only that be done which can be done now."""
        raise NotImplementedError

    def _on_stopped(self, *, was_doing: bool) -> None:
        self.summary.setText(self.look.language.text("Stopped."))
        self._offer()

    def _on_trouble(self) -> None:
        self.summary.setText("")
        self._offer()
