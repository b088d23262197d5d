"""What another program's hold on the file kept from being done: tried again, with back-off.

A sync program or a virus scanner lets go after some seconds. Until patience ends nobody is told;
the event loop goes on all the time.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from annotator.core.errors import UserError
from annotator.store.trouble import PASSING

PATIENCE = 5.0
"""Seconds for which a person is not told."""
_FIRST, _LONGEST = 50, 800
"""Milliseconds until the second attempt, and between two later ones."""
_SLOWLY = 2000
"""The same once the person was told."""


class RidingOut(QObject):
    """Tries one thing again until it succeeds or patience ends; `stop` says that it is over."""

    def __init__(self, parent: QObject, *, gives_up: bool = True) -> None:
        """Make it for `parent`; one that never `gives_up` goes on slowly after it has told."""
        super().__init__(parent)
        self._gives_up = gives_up
        self._since = 0.0
        self._delay = _FIRST
        self._has_told = False
        self._again: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_due)

    @property
    def is_on(self) -> bool:
        """Whether something waits to be tried again."""
        return self._timer.isActive()

    @property
    def is_quiet(self) -> bool:
        """Whether something waits of which nobody was told."""
        return self.is_on and not self._has_told

    def rides_out(self, met: UserError, again: Callable[[], object]) -> bool:
        """Whether nobody need be told of `met`, because `again` will be called in a moment.

        Not where the trouble does not pass by itself, nor, once, when patience ends.
        """
        if met.code not in PASSING:
            self.stop()
            return False
        now = time.monotonic()
        self._since = self._since or now
        is_over = now - self._since > PATIENCE
        if is_over and self._gives_up:
            self.stop()
            return False
        is_news = is_over and not self._has_told
        self._has_told = is_over
        self._again = again
        self._timer.start(_SLOWLY if is_over else self._delay)
        self._delay = min(2 * self._delay, _LONGEST)
        return not is_news

    def stop(self) -> None:
        """Try no more: it was done, or is no longer wanted."""
        self._timer.stop()
        self._since, self._delay, self._has_told = 0.0, _FIRST, False
        self._again = None

    def _on_due(self) -> None:
        if self._again is not None:
            self._again()
