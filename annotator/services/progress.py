"""How far long work has come, and whether to stop."""

from typing import Protocol

from annotator.core.errors import UserError


class Progress(Protocol):
    """What long work reports to: a bar in a terminal or a window, or nobody."""

    @property
    def cancelled(self) -> bool:
        """Whether the person wants the work to stop."""

    def advance(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are done; `total` is 0 where it is not known."""


class Silent:
    """Nobody is looking and nobody cancels."""

    cancelled = False

    def advance(self, done: int, total: int) -> None:
        """Tell nobody."""


SILENT = Silent()


def go_on(progress: Progress, done: int, total: int) -> None:
    """Report, and raise `UserError("cancelled")` where the person wants to stop."""
    progress.advance(done, total)
    if progress.cancelled:
        raise UserError("cancelled")
