"""How far long work has come, whether to stop, and what must come to its end all the same."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, runtime_checkable

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


@runtime_checkable
class Breaking(Protocol):
    """A progress whose owner may break off what is done at any moment, but not within this."""

    def unbroken(self) -> AbstractContextManager[object]:
        """Return what is entered while nothing may be broken off."""


@contextmanager
def unbroken(progress: Progress) -> Iterator[None]:
    """Run the block to its end, even where whoever looks at `progress` closes meanwhile.

    For a few last steps that would leave things half done, and for what puts them right again.
    """
    if isinstance(progress, Breaking):
        with progress.unbroken():
            yield
    else:
        yield
