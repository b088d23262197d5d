"""What can wait until a new window has been seen: it is done once, before anybody can act there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LATEST = 2_000
"""Milliseconds until it is done anyway: a window may be covered, or begin as an icon."""
_SOON = 50
"""Milliseconds after the paint: whatever else belongs to the first sight is done by then."""
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Drop,
        QEvent.Type.Close,
    }
)


class AfterFirstPaint(QObject):
    """Calls something once: when a window has been painted, or before the first key or press."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None

    def wait(self, window: QWidget, act: Callable[[], None]) -> None:
        """Call `act` once `window`, which is shown for the first time, has been seen."""
        self._act = act
        QTimer.singleShot(_LATEST, self, self.now)
        handle = window.windowHandle()
        if handle is None:
            self.now()
        else:
            handle.installEventFilter(self)

    def now(self) -> None:
        """Call it now, unless that was done or given up."""
        act, self._act = self._act, None
        if act is not None:
            act()

    def give_up(self) -> None:
        """Let it never be called."""
        self._act = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first expose, which paints the window; go before whatever is done there."""
        if event.type() is QEvent.Type.Expose:
            QTimer.singleShot(_SOON, self, self.now)
        elif event.type() in _ACTS:
            self.now()
        if self._act is None:
            watched.removeEventFilter(self)
        return False
