"""The pictures of search: places in their context, nothing found, and every place of a name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.core.model import Entity
from annotator.gui.dialogs.markall import MarkAllDialog
from demo_stage import SMALLEST, Stage

if TYPE_CHECKING:
    from annotator.gui.pages.search import SearchPage

_NAME = "أوكرانيا"


def _asked(stage: Stage, query: str) -> "SearchPage":
    stage.do("search")
    page = stage.program.window.paging.search
    if page is None:
        raise LookupError("there is no page of search")
    page.ask(query)
    stage.until(lambda: not page.is_busy)
    return page


def search(stage: Stage) -> QWidget:
    """Show the places of a name, one of them current."""
    page = _asked(stage, _NAME)
    page.list.go_to(3)
    page.list.setFocus()
    return stage.program.window


def _narrow(stage: Stage) -> QWidget:
    stage.program.window.resize(*SMALLEST)
    return search(stage)


def _none(stage: Stage) -> QWidget:
    """Show that a wider match would find something."""
    page = _asked(stage, "")
    page.options.levels["exact"].click()
    _asked(stage, "اوكرانيا")
    return stage.program.window


def mark_all(stage: Stage) -> QWidget:
    """Propose all places of a label in hand, in all articles."""
    stage.take(Entity, lambda one: one.type == "GPE")
    dialog = stage.asked("mark_all")
    if not isinstance(dialog, MarkAllDialog):
        raise TypeError(dialog)
    dialog.wanted.scope.press("all")
    stage.until(lambda: not dialog.is_waiting)
    return dialog


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("search", search),
    ("search-narrow", _narrow),
    ("search-none", _none),
    ("mark-all", mark_all),
)
"""What each is called, and what is done to see it."""
