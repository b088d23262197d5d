"""Looking at what an import will read, as a job: a folder may be large or far."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import UserError
from annotator.gui.dialogs.glance import Glance, glances
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs
from annotator.services.progress import Progress, go_on


class _Look:
    """One look, and where it has come."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = tuple(sources)
        self.seen = Glance()

    def work(self, _: object, progress: Progress) -> Glance:
        """Look at all files, or until nobody wants to know."""
        for seen in glances(self._sources):
            self.seen = seen
            go_on(progress, seen.n_seen, seen.n_files)
        return self.seen


class Looker(QObject):
    """Looks at sources; a new look ends the one before."""

    seen = Signal(object, bool)  # Glance, and whether all has been looked at

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = _Look(())
        self._running = Running(jobs, self)
        self._running.progressed.connect(self._on_progressed)
        self._running.finished.connect(self._on_finished)
        self._running.failed.connect(self._on_failed)

    @property
    def is_on(self) -> bool:
        """Whether something is still to be looked at."""
        return self._running.is_on

    def look_at(self, sources: Sequence[Path]) -> None:
        """Look at `sources` from now on."""
        self._look = _Look(sources)
        self._running.start(None, self._look.work)

    def stop(self) -> None:
        """Look no longer."""
        self._running.let_go()

    def _on_progressed(self, _done: int, _total: int) -> None:
        self.seen.emit(self._look.seen, False)

    def _on_finished(self, seen: Glance) -> None:
        self.seen.emit(seen, True)

    def _on_failed(self, _: UserError) -> None:
        """Let it be with what was seen: the import itself tells why it cannot go on."""
        self.seen.emit(self._look.seen, True)
