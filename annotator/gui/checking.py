"""What is wrong with the labels in view: looked for a part at a time, beside the keys."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.layerproblems import LayerProblems
from annotator.core.model import Label
from annotator.gui.inview import Problems

_CHECK_AFTER = 150
"""Milliseconds without a change until what it concerns is checked again."""
_AT_ONCE = 300
"""Labels that are checked in one go, in some 5 ms; with more the window is served in between."""


class Checking(QObject):
    """Checks the labels of one article against the label schema."""

    checked = Signal()  # everything that was due; not what `begin` checked at once

    def __init__(self, problems: LayerProblems, parent: QObject) -> None:
        super().__init__(parent)
        self._problems, self._held = problems, Problems()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._check_some)

    def begin(self, problems: LayerProblems, held: Problems) -> None:
        """Check other labels from now on; `held` are those that do not stand.

        As many as are checked at once are checked now, and nobody is told: whoever comes to other
        labels asks what was `found`, and says when they are in view.
        """
        self._problems, self._held = problems, held
        self._timer.stop()
        self._problems.check(at_most=_AT_ONCE)
        if self.is_due:
            self._timer.start(0)

    @property
    def is_due(self) -> bool:
        """Whether something is still to be checked."""
        return self._problems.is_due

    def change(self, changed: Mapping[str, Label | None]) -> None:
        """Check soon what a change concerns."""
        self._problems.change(changed)
        self._timer.start(_CHECK_AFTER)

    def check(self) -> None:
        """Check now."""
        self._timer.stop()
        self._problems.check()
        self.checked.emit()

    def found(self, status: str) -> Problems:
        """Return what is wrong, for a layer of this status."""
        return {**self._problems.found(status), **self._held}

    def _check_some(self) -> None:
        """Check a part of what is due, and the rest when the window has been served."""
        self._problems.check(at_most=_AT_ONCE)
        if self.is_due:
            self._timer.start(0)
        else:
            self.checked.emit()
