"""A bar of progress in a terminal, for whatever a service counts."""

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class Bar:
    """One bar; nobody cancels through it, Ctrl+C does."""

    cancelled = False

    def __init__(self, progress: Progress, task: TaskID) -> None:
        """Show what is told as `task` of `progress`."""
        self._progress = progress
        self._task = task

    def advance(self, done: int, total: int) -> None:
        """Show that `done` of `total` steps are done; `total` is 0 where it is not known."""
        self._progress.update(self._task, completed=done, total=total or None)


@contextlib.contextmanager
def shown(title: str) -> Iterator[Bar]:
    """Show a bar on stderr while the block runs; nothing of it stays."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, progress.add_task(title, total=None))
