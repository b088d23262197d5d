"""The pictures of names: over all articles, one in hand with its places, and proposals."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from demo_stage import SMALLEST, Stage


def names(stage: Stage) -> QWidget:
    """Show the names, the first one in hand."""
    stage.do("names")
    page = stage.program.window.paging.names
    if page is None:
        raise LookupError("there is no page of names")
    stage.until(lambda: not page.is_busy)
    page.list.go_to(0)
    page.list.setFocus()
    stage.until(lambda: not page.is_busy)
    return stage.program.window


def _narrow(stage: Stage) -> QWidget:
    stage.program.window.resize(*SMALLEST)
    return names(stage)


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("names", names),
    ("names-narrow", _narrow),
)
"""What each is called, and what is done to see it."""
