"""A window follows its file: what others write in it, and whether it is still where it was."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import UserError
from annotator.gui.ridingout import PATIENCE
from annotator.store import watching
from annotator.store.project import Project

INTERVAL = 400
"""Milliseconds between two looks: a change is seen within half a second."""


class Following(QObject):
    """Looks at the file of one project, on the thread that the project was opened on."""

    changed_elsewhere = Signal()  # another window, a job or another program has written
    file_troubled = Signal(object)  # UserError: gestures cannot be kept now; sent when it changes
    file_well = Signal()  # the trouble is over

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._version: int | None = None
        self._busy_since = 0.0
        self._told = ""
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(self.look)

    @property
    def is_troubled(self) -> bool:
        """Whether the file is in trouble, as far as was seen."""
        return bool(self._told)

    def start(self) -> None:
        """Begin to follow; what others did before counts as known."""
        self._version = self._seen_version()
        self._timer.start()

    def stop(self) -> None:
        """Follow no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Look at the file now, as when the window comes to the front; nothing during a gesture."""
        if self._project.is_writing:
            return
        trouble = watching.file_trouble(self._project) or self._look_inside()
        self._tell(trouble)

    def _look_inside(self) -> UserError | None:
        try:
            version = watching.data_version(self._project)
        except UserError as trouble:
            return trouble
        if version is None:
            return self._busy()
        self._busy_since = 0.0
        if version != self._version:
            self._version = version
            self.changed_elsewhere.emit()
        return None

    def _seen_version(self) -> int | None:
        try:
            return watching.data_version(self._project)
        except UserError:
            return None  # the next look says it, and what was written meanwhile is new

    def _busy(self) -> UserError | None:
        now = time.monotonic()
        self._busy_since = self._busy_since or now
        if now - self._busy_since < PATIENCE:
            return None
        return UserError("file_busy", path=self._project.path.name)

    def _tell(self, trouble: UserError | None) -> None:
        code = trouble.code if trouble else ""
        if code == self._told:
            return
        self._told = code
        if trouble is None:
            self.file_well.emit()
        else:
            self.file_troubled.emit(trouble)
