"""The page of agreement in the real window: getting there, figures, keys and mouse."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.models.agreementplot import Opening
from annotator.gui.pages.agreementoverview import StripCard
from annotator.gui.program import Program
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.stacked import StackedChart
from annotator.gui.widgets.charts.strip import StripChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services import agreeing
from tests import projects
from tests.gui import agreed
from tests.gui.agreementpages import (
    LEFT,
    at_rest,
    chart,
    click,
    opened,
    page_of,
    places_shown,
    shown,
    strip,
)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """Return the sample articles in three readings, to be copied."""
    with projects.quick_folder() as folder:
        yield agreed.three_readings(folder / "three.hashiya")


@pytest.fixture
def path(template: Path) -> Iterator[Path]:
    with projects.quick_folder() as folder:
        yield Path(shutil.copy(template, folder / "three.hashiya"))


# --- getting there and back -----------------------------------------------------------------------


def test_the_rail_and_the_keys_go_there_and_back(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    window = opened(program, path).window
    QTest.mouseClick(window.rail.pages["agreement"], LEFT)
    assert window.paging.current == "agreement"
    assert window.rail.pages["agreement"].isChecked()

    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.paging.current == "labelling"
    assert window.rail.pages["labelling"].isChecked()
    assert window.page is not None
    assert window.page.isVisible()

    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert page_of(program).isVisible()
    QTest.mouseClick(window.rail.pages["labelling"], LEFT)
    assert window.paging.current == "labelling"
    at_rest(page_of(program), qtbot)


def test_what_needs_an_article_cannot_be_done_there(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    shown(program, path, qtbot)
    commands = program.window.commands
    for id in ("undo", "remove", "finish", "find", "note"):
        assert not commands.is_allowed(id), id
    assert commands.is_allowed("merge")

    commands.do("articles")

    assert program.window.paging.current == "labelling"
    assert commands.is_allowed("finish")


def test_it_is_on_the_key_sheet_and_in_the_palette() -> None:
    from annotator.gui.actions import BY_ID

    assert BY_ID["agreement"].keys == ("Ctrl+G",)
    assert BY_ID["agreement"].needs == "project"


def test_nothing_of_it_is_loaded_before_it_is_shown() -> None:
    told = (
        "import sys, annotator.gui.program, annotator.gui.pages.labelling;"
        "print([name for name in sys.modules if 'agree' in name or name == 'numpy'])"
    )
    seen = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_closing_the_project_takes_the_page_down(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    shown(program, path, qtbot)
    program.close_project()
    assert program.window.paging.agreement is None
    assert program.window.welcome is not None
    opened(program, path)
    assert program.window.paging.current == "labelling"


# --- the figures ----------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_service(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    assert program.session is not None
    report = agreeing.agreement(program.session.project)
    assert report.entities is not None
    strip = chart(page, StripChart)

    assert f"{report.entities.strict.value:.2f}" in strip.spots[1].said
    assert page.head.note.text().startswith("حُسب في")
    assert page.head.export.isEnabled()
    assert not page.head.cancel.isVisible()


@pytest.mark.parametrize("kind", [StripChart, HeatChart, TypeBarsChart, StackedChart])
def test_a_click_opens_the_places_and_escape_goes_back(
    program: Program, path: Path, qtbot: QtBot, kind: type[Chart]
) -> None:
    page = shown(program, path, qtbot)
    of = chart(page, kind)
    spot = next(spot for spot in of.spots if spot.opens is not None)
    click(of, spot)
    assert places_shown(page, qtbot) > 0
    assert page.pane is not None
    assert isinstance(spot.opens, Opening)
    assert page.pane.title.text() == spot.opens.title

    QTest.keyClick(page.pane.list, Qt.Key.Key_Escape)

    assert page.stack.currentWidget() is page.board
    assert of.hasFocus()


def test_a_cell_of_the_matrix_opens_as_many_places_as_it_says(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    assert page.board is not None
    card = page.board.matrix
    card.kinds.press("roles")
    cell = next(spot for spot in card.chart.spots if spot.opens is not None and spot.row == 0)
    card.chart.go_to(cell)
    click(card.chart, cell)
    assert places_shown(page, qtbot) == min(int(cell.said.rsplit(" ", 1)[1]), 200)


def test_the_pair_of_the_matrix_is_chosen(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    assert page.board is not None
    card = page.board.matrix
    together = [spot.said for spot in card.chart.spots]
    card.pairs.setFocus()
    QTest.keyClick(card.pairs, Qt.Key.Key_Down)
    assert [spot.said for spot in card.chart.spots] != together
    card.kinds.press("roles")
    assert not card.pairs.isEnabled()


def test_arrows_go_along_the_cells_as_the_eye_sees_them(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    of = chart(page, HeatChart)
    of.setFocus()
    of.go_to(of.spots[0])
    QTest.keyClick(of, Qt.Key.Key_Left)
    spot = of.current()
    assert spot is not None
    assert (spot.row, spot.column) == (0, 1)
    assert of.box_of(spot).center().x() < of.box_of(of.spots[0]).center().x()
    assert of.accessibleDescription() == spot.said.replace("\n", " ")

    QTest.keyClick(of, Qt.Key.Key_Down)
    QTest.keyClick(of, Qt.Key.Key_Right)
    spot = of.current()
    assert spot is not None
    assert (spot.row, spot.column) == (1, 0)
    QTest.keyClick(of, Qt.Key.Key_Return)
    assert places_shown(page, qtbot) > 0


def test_tab_reaches_every_chart_and_list(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    assert page.board is not None
    reached: set[QWidget] = set()
    page.head.readings.setFocus()
    for _ in range(40):
        QTest.keyClick(program.window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
    charts = [of for of in page.board.findChildren(Chart) if of.isVisible()]
    assert set(charts) <= reached
    assert page.board.disputed.lists["strings"] in reached
    for of in charts:
        assert of.accessibleName()
        assert of.accessibleDescription()


def test_what_is_under_the_pointer_is_told(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    of = chart(page, StripChart)
    center = of.box_of(of.spots[2]).center()
    QTest.mouseMove(of.viewport(), center)
    assert of.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert of.spot_at(center.toPointF()) is of.spots[2]
    assert of.spot_at(QPoint(-5, -5).toPointF()) is None


def test_relations_share_the_card_of_stances_and_stay_chosen(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    stances, relations = strip(page, "مواقف"), strip(page, "علاقات")
    assert stances.isVisible()
    card = page.board.findChildren(StripCard)[2]  # type: ignore[union-attr]
    card.choice.press("relations")
    assert relations.isVisible()
    assert not stances.isVisible()
    program.window.commands.do("theme")
    QApplication.processEvents()
    assert strip(page_of(program), "علاقات").isVisible()
