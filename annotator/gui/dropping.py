"""Files that are dropped on the window: bundles and project files are merged, others imported."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.gui.window import Window

MERGED = (".zip", ".hashiya")


class Dropping(QObject):
    """Takes what is dropped on a window in which a project is open; nothing is done unasked."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window)
        self._window, self._program = window, program
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags and drops of the window, and leave all else to it."""
        if self._program.session is None:
            return False
        if not isinstance(event, QDragEnterEvent | QDropEvent):
            return False
        from annotator.gui.dialogs.sources import dropped

        paths = dropped(event.mimeData())
        if paths and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            event.accept()
            if event.type() is QEvent.Type.Drop:
                self._ask(paths)
        return bool(paths)

    def _ask(self, paths: Sequence[Path]) -> None:
        merged = [path for path in paths if path.suffix.lower() in MERGED]
        others = tuple(path for path in paths if path not in merged)
        if merged:
            self._window.wiring.team.ask_for_merge(merged)
        if others:
            self._window.wiring.files.ask_for_import(others)
