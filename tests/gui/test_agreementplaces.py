"""Places of agreement, filters, and keeping up: in the real window."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.models.agreementplot import Opening
from annotator.gui.program import Program
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.stacked import StackedChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services import annotators, labelling
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed
from tests.gui.agreed import NAMES
from tests.gui.agreementpages import (
    PATIENCE,
    at_rest,
    chart,
    click,
    page_of,
    places_shown,
    shown,
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


# --- places ---------------------------------------------------------------------------------------


def test_places_are_stepped_through_and_the_article_opens_there(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    assert page.board is not None
    rows = page.board.disputed.lists["strings"]
    rows.setFocus()
    rows.setCurrentRow(0)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    n = places_shown(page, qtbot)
    pane = page.pane
    assert pane is not None
    assert n > 2
    QTest.keyClick(pane.list, Qt.Key.Key_F3)
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    assert pane.row == 2
    QTest.keyClick(pane.list, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert pane.row == 1
    assert not pane.previous.icon().isNull()
    place = page._places.found[1].place  # type: ignore[union-attr]  # noqa: SLF001

    QTest.keyClick(pane.list, Qt.Key.Key_Return)

    session, window = program.session, program.window
    assert session is not None
    assert session.reading is not None
    assert session.reading.article.uid == place.article
    assert window.paging.current == "labelling"
    assert window.page is not None
    marks = [mark for mark in (place.one, place.other) if mark is not None]
    assert window.page.canvas.caret() == min(mark.spans[0][0] for mark in marks)

    window.commands.do("agreement")
    assert page_of(program).stack.currentWidget() is pane
    assert pane.row == 1


def test_both_readings_stand_over_the_text(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    of = chart(page, StackedChart)
    spot = next(spot for spot in of.spots if "النوع" in spot.said)
    click(of, spot)
    places_shown(page, qtbot)
    assert page.pane is not None
    marks = page.pane.sheet._page.layout.marks  # noqa: SLF001
    first, second = marks.get("first"), marks.get("second")
    assert first is not None
    assert second is not None
    assert first.name != second.name
    assert first.name.split(":")[0] != second.name.split(":")[0]


def test_labels_that_have_gone_leave_no_place(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    opening = next(spot.opens for spot in chart(page, TypeBarsChart).spots if spot.opens)
    from annotator.services.agreeingplaces import Where

    page.open_places(Opening(opening.title, (Where("entities", text="لا شيء كهذا"),)))
    assert places_shown(page, qtbot) == 0
    assert page.pane is not None
    assert not page.pane.open.isEnabled()


# --- filters --------------------------------------------------------------------------------------


def test_filters_are_compared_again_and_can_be_removed(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    everybody = chart(page, HeatChart)
    assert len(everybody.spots) == 9
    menu = page.head.readers_menu()
    named = [action for action in menu.actions() if NAMES[2] in action.text()]
    named[0].trigger()
    at_rest(page, qtbot)
    assert len(chart(page, HeatChart).spots) == 4
    assert "موسِّمان" in page.head.who.text()

    menu = page.head.readers_menu()
    next(action for action in menu.actions() if NAMES[1] in action.text()).trigger()
    at_rest(page, qtbot)
    assert page.stack.currentWidget() is page.no_fit
    page.no_fit.acted.emit()
    at_rest(page, qtbot)
    assert page.stack.currentWidget() is page.board
    assert len(chart(page, HeatChart).spots) == 9


def test_ends_are_trimmed_and_readings_with_suggestions_left_out(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    page.head.edges.press("trim")
    at_rest(page, qtbot)
    page.head.readings.press("own")
    at_rest(page, qtbot)
    asked = page.place().computed.report.asked  # type: ignore[union-attr]
    assert (asked.trim, asked.without_suggestions) == (True, True)


# --- keeping up -----------------------------------------------------------------------------------


def test_a_change_elsewhere_is_compared_again(program: Program, path: Path, qtbot: QtBot) -> None:
    page = shown(program, path, qtbot)
    assert program.session is not None
    with Project.open(path) as other:
        who = annotators.named(other, NAMES[0]).uid
        for uid in other.connection.execute("SELECT sha256 FROM articles").fetchall():
            labelling.set_status(other, other.layer(uid[0], who), "started")
    program.session.read_again()
    qtbot.waitUntil(lambda: len(chart(page, HeatChart).spots) == 4, timeout=PATIENCE)


def test_out_of_sight_nothing_is_compared_until_it_is_seen(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    program.window.commands.do("labelling")
    assert program.session is not None
    program.session.project_changed.emit()
    QTest.qWait(600)
    assert not page.jobs.is_comparing
    program.window.commands.do("agreement")
    assert page.jobs.is_comparing
    at_rest(page, qtbot)


@pytest.mark.parametrize("action", ["theme", "language"])
def test_another_look_keeps_the_place(
    program: Program, path: Path, qtbot: QtBot, action: str
) -> None:
    page = shown(program, path, qtbot)
    assert page.board is not None
    page.board.matrix.kinds.press("events")
    page.board.disputed.choice.press("articles")
    of = chart(page, TypeBarsChart)
    click(of, of.spots[0])
    places_shown(page, qtbot)
    assert page.pane is not None
    page.pane.step(1)
    before = program.window
    program.window.commands.do(action)
    QApplication.processEvents()
    after = page_of(program)

    assert program.window is not before
    assert program.window.paging.current == "agreement"
    at_rest(after, qtbot)
    assert after.pane is not None
    assert after.stack.currentWidget() is after.pane
    assert after.pane.row == 1
    QTest.keyClick(after.pane.list, Qt.Key.Key_Escape)
    assert after.board is not None
    assert after.board.matrix.kind == "events"
    assert after.board.disputed.shown_list == "articles"
