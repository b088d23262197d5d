"""Looking at what an import will read, on a thread of its own: a folder may be large or far."""

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.gui.dialogs.glance import Glance, glances

_TICK = 40  # milliseconds between two looks at how far the thread has come


class _Look:
    """One look: where it has come, and whether it is still wanted."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = tuple(sources)
        self.seen = Glance()
        self.is_over = False
        self.is_unwanted = False

    def run(self) -> None:
        """Look at all files, or until nobody wants to know."""
        try:
            for seen in glances(self._sources):
                self.seen = seen
                if self.is_unwanted:
                    break
        finally:
            self.is_over = True


class Looker(QObject):
    """Looks at sources; a new look ends the one before."""

    seen = Signal(object, bool)  # Glance, and whether all has been looked at

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: _Look | None = None
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._on_tick)

    @property
    def is_on(self) -> bool:
        """Whether something is still to be looked at."""
        return self._look is not None

    def look_at(self, sources: Sequence[Path]) -> None:
        """Look at `sources` from now on."""
        self.stop()
        self._look = _Look(sources)
        threading.Thread(target=self._look.run, name="glance", daemon=True).start()
        self._tick.start()

    def stop(self) -> None:
        """Look no longer."""
        self._tick.stop()
        if self._look is not None:
            self._look.is_unwanted = True
            self._look = None

    def _on_tick(self) -> None:
        look = self._look
        if look is None:
            return
        is_over = look.is_over  # asked before what was seen: that is whole then
        if is_over:
            self.stop()
        self.seen.emit(look.seen, is_over)
