"""The pictures of agreement: the page on the team's project, and the places that a figure opens."""

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

import demo_together
from annotator.services import annotators
from annotator.store.project import Project
from demo_stage import SMALLEST, Stage

if TYPE_CHECKING:
    from annotator.gui.pages.agreement import AgreementPage


def _project(stage: Stage) -> Path:
    """Return a copy of the lead's file with three readings, made where the demo did not make it."""
    own = stage.session.project.path
    path = own.with_name("agreement.hashiya")
    if not path.exists():
        folder = own.with_name("together")
        if not folder.exists():
            with contextlib.redirect_stdout(io.StringIO()):
                list(demo_together.play(folder))
        shutil.copy(folder / "lead.hashiya", path)
    return path


def _page(stage: Stage) -> "AgreementPage":
    path = _project(stage)
    with Project.open(path) as opened:
        who = annotators.named(opened, demo_together.NAMES[0]).uid
    stage.program.open_project(path, who)
    stage.do("agreement")
    page = stage.program.window.paging.agreement
    if page is None:
        raise LookupError("there is no page of agreement")
    stage.until(lambda: page.board is not None and not page.jobs.is_comparing)
    return page


def agreement(stage: Stage) -> QWidget:
    """Show the figures."""
    _page(stage)
    return stage.program.window


def _narrow(stage: Stage) -> QWidget:
    stage.program.window.resize(*SMALLEST)
    _page(stage)
    return stage.program.window


def places(stage: Stage) -> QWidget:
    """Show where two gave another type."""
    page = _page(stage)
    board = page.board
    if board is None:
        raise LookupError("nothing is compared")
    cells = board.matrix.chart.spots
    cell = next(one for one in cells if one.opens is not None and one.row != one.column)
    board.matrix.chart.open_spot(cell)
    stage.until(lambda: page.pane is not None and page.pane.isVisible())
    return stage.program.window


def _articles(stage: Stage) -> QWidget:
    board = _page(stage).board
    if board is None:
        raise LookupError("nothing is compared")
    board.disputed.choice.press("articles")
    board.matrix.kinds.press("roles")
    return stage.program.window


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = (
    ("agreement", agreement),
    ("agreement-narrow", _narrow),
    ("agreement-places", places),
    ("agreement-articles", _articles),
)
"""What each is called, and what is done to see it."""
