"""The page of agreement in the real program, for tests: shown, waited for, clicked."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.models.agreementplot import Spot
from annotator.gui.pages.agreement import AgreementPage
from annotator.gui.program import Program
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.strip import StripChart
from annotator.services import annotators
from annotator.store.project import Project
from tests.gui.agreed import NAMES

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000


def opened(program: Program, path: Path, who: str = NAMES[0]) -> Program:
    """Open a project as somebody labels in it."""
    with Project.open(path) as project:
        uid = annotators.named(project, who).uid
    assert program.open_project(path, uid)
    return program


def page_of(program: Program) -> AgreementPage:
    """Return the page."""
    page = program.window.paging.agreement
    assert page is not None
    return page


def shown(program: Program, path: Path, qtbot: QtBot, who: str = NAMES[0]) -> AgreementPage:
    """Open a project, go to its agreement and wait for the figures."""
    opened(program, path, who)
    program.window.commands.do("agreement")
    page = page_of(program)
    at_rest(page, qtbot)
    return page


def at_rest(page: AgreementPage, qtbot: QtBot) -> None:
    """Wait until nothing is compared."""
    qtbot.waitUntil(lambda: not page.jobs.is_comparing, timeout=PATIENCE)
    QApplication.processEvents()


def chart(page: AgreementPage, kind: type[Chart], nth: int = 0) -> Chart:
    """Return a chart of the board."""
    assert page.board is not None
    found = page.board.findChildren(kind)[nth]
    assert isinstance(found, Chart)
    return found


def strip(page: AgreementPage, title: str) -> Chart:
    """Return the strip of a part of the report."""
    assert page.board is not None
    strips = page.board.findChildren(StripChart)
    return next(of for of in strips if of.accessibleName().startswith(title))


def places_shown(page: AgreementPage, qtbot: QtBot) -> int:
    """Wait for places, and count them."""
    qtbot.waitUntil(lambda: page.pane is not None and not page.jobs.is_searching, timeout=PATIENCE)
    assert page.pane is not None
    assert page.stack.currentWidget() is page.pane
    return page.pane.list.count()


def click(of: Chart, spot: Spot) -> None:
    """Click the middle of a spot."""
    QTest.mouseClick(of.viewport(), LEFT, pos=of.box_of(spot).center())
