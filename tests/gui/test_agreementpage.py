"""The page of agreement in the real window: keys, mouse, languages, and what does not happen."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.models.agreementplot import Opening, Spot
from annotator.gui.pages.agreement import AgreementPage
from annotator.gui.program import Program
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.stacked import StackedChart
from annotator.gui.widgets.charts.strip import StripChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services import agreeing, annotators, labelling
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed
from tests.gui.agreed import NAMES
from tests.gui.seeing import faults

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """Return the sample articles in three readings, to be copied."""
    with projects.quick_folder() as folder:
        yield agreed.three_readings(folder / "three.hashiya")


@pytest.fixture
def path(template: Path) -> Iterator[Path]:
    with projects.quick_folder() as folder:
        yield Path(shutil.copy(template, folder / "three.hashiya"))


@pytest.fixture
def folder() -> Iterator[Path]:
    with projects.quick_folder() as made:
        yield made


def opened(program: Program, path: Path, who: str = NAMES[0]) -> Program:
    with Project.open(path) as project:
        uid = annotators.named(project, who).uid
    assert program.open_project(path, uid)
    return program


def page_of(program: Program) -> AgreementPage:
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
    qtbot.waitUntil(lambda: not page.jobs.is_comparing, timeout=PATIENCE)
    QApplication.processEvents()


def chart(page: AgreementPage, kind: type[Chart], nth: int = 0) -> Chart:
    assert page.board is not None
    found = page.board.findChildren(kind)[nth]
    assert isinstance(found, Chart)
    return found


def places_shown(page: AgreementPage, qtbot: QtBot) -> int:
    qtbot.waitUntil(lambda: page.pane is not None and not page.jobs.is_searching, timeout=PATIENCE)
    assert page.pane is not None
    assert page.stack.currentWidget() is page.pane
    return page.pane.list.count()


def click(of: Chart, spot: Spot) -> None:
    QTest.mouseClick(of.viewport(), LEFT, pos=of.box_of(spot).center())


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
    assert set(page.board.findChildren(Chart)) <= reached
    assert page.board.disputed.lists["strings"] in reached
    for of in page.board.findChildren(Chart):
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
    assert not after.jobs.is_comparing
    assert after.pane is not None
    assert after.stack.currentWidget() is after.pane
    assert after.pane.row == 1
    QTest.keyClick(after.pane.list, Qt.Key.Key_Escape)
    assert after.board is not None
    assert after.board.matrix.kind == "events"
    assert after.board.disputed.shown_list == "articles"


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


# --- it never waits -------------------------------------------------------------------------------


def test_comparing_and_searching_never_run_on_the_windows_thread(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.services import agreeingplaces

    threads: list[threading.Thread] = []
    ticks: list[float] = []
    real, search = agreeing.agreement, agreeingplaces.places

    def slowly(*args: object, **more: object) -> object:
        threads.append(threading.current_thread())
        time.sleep(0.6)
        return real(*args, **more)  # type: ignore[arg-type]

    def found(*args: object, **more: object) -> object:
        threads.append(threading.current_thread())
        return search(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(agreeing, "agreement", slowly)
    monkeypatch.setattr(agreeingplaces, "places", found)
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    page = shown(program, path, qtbot)
    timer.stop()
    assert len(ticks) >= 10
    click(chart(page, TypeBarsChart), chart(page, TypeBarsChart).spots[0])
    places_shown(page, qtbot)

    assert len(threads) >= 2
    assert threading.main_thread() not in threads


def test_comparing_can_be_stopped_and_begun_again(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.core.errors import UserError

    def endless(project: Project, asked: object, progress: object) -> None:
        while not progress.cancelled:  # type: ignore[attr-defined]
            progress.advance(3, 10)  # type: ignore[attr-defined]
            time.sleep(0.01)
        raise UserError("cancelled")

    with monkeypatch.context() as patch:
        patch.setattr(agreeing, "agreement", endless)
        opened(program, path).window.commands.do("agreement")
        page = page_of(program)
        qtbot.waitUntil(lambda: page.head.line.value() == 3, timeout=PATIENCE)
        assert page.stack.currentWidget() is page.waiting
        QTest.mouseClick(page.head.cancel, LEFT)
        at_rest(page, qtbot)
    assert page.stack.currentWidget() is page.stopped
    assert not page.head.cancel.isVisible()

    page.stopped.acted.emit()
    at_rest(page, qtbot)
    assert page.stack.currentWidget() is page.board


def test_trouble_is_one_sentence_and_what_was_there_stays(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.core.errors import UserError

    page = shown(program, path, qtbot)

    def refuse(*_: object) -> None:
        raise UserError("damaged", path="three.hashiya")

    monkeypatch.setattr(agreeing, "agreement", refuse)
    page.head.edges.press("trim")
    at_rest(page, qtbot)
    assert page.messages.has_trouble
    assert page.stack.currentWidget() is page.board


@pytest.mark.skipif(sys.platform == "win32", reason="a folder is not read-only there")
def test_a_file_that_cannot_be_written_is_compared_all_the_same(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    assert program.session is not None
    program.session.flush()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        program.window.commands.do("agreement")
        page = page_of(program)
        at_rest(page, qtbot)
        assert page.board is not None
        click(chart(page, TypeBarsChart), chart(page, TypeBarsChart).spots[0])
        assert places_shown(page, qtbot) > 0
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)


# --- the report -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "holds"), [("report.html", "<!DOCTYPE html>"), ("r.csv", "what")])
def test_the_report_is_written_beside_the_window(
    program: Program, path: Path, qtbot: QtBot, name: str, holds: str
) -> None:
    page = shown(program, path, qtbot)
    page.export(path.with_name(name))
    qtbot.waitUntil(lambda: name in page.messages.sentence.text(), timeout=PATIENCE)
    assert path.with_name(name).read_text("utf-8-sig").startswith(holds)


def test_a_report_that_cannot_be_written_is_one_sentence(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, path, qtbot)
    page.export(path.with_name("no such folder") / "report.html")
    qtbot.waitUntil(lambda: page.messages.has_trouble, timeout=PATIENCE)


# --- bad cases ------------------------------------------------------------------------------------

ONE = {"أ": {0: [("بوتين", "PERS")]}}
APART = {"أ": {0: [("بوتين", "PERS")]}, "ب": {1: [("بغداد", "GPE")]}}
NOTHING: dict[str, dict[int, list[tuple[str, str]]]] = {"أ": {0: []}, "ب": {0: []}}
SAME = {
    "أ": {0: [("بوتين", "PERS"), ("موسكو", "GPE")]},
    "ب": {0: [("بوتين", "PERS"), ("موسكو", "GPE")]},
}
ONE_TYPE = {"أ": {0: [("بوتين", "PERS")]}, "ب": {0: [("ترامب", "PERS")]}}
ONLY_EVENTS = {"أ": {0: [("لقاءه", "MEET")]}, "ب": {0: [("لقاءه", "ATTACK")]}}


@pytest.mark.parametrize("readings", [ONE, APART], ids=["one reading", "no overlap"])
def test_without_an_article_of_two_it_offers_to_merge(
    program: Program, folder: Path, qtbot: QtBot, readings: dict[str, dict[int, agreed.Labels]]
) -> None:
    page = shown(program, agreed.read_by(folder / "few.hashiya", readings), qtbot, "أ")
    assert page.stack.currentWidget() is page.empty
    with qtbot.waitSignal(page.action_asked) as asked:
        page.empty.acted.emit()
    assert asked.args == ["merge"]
    assert faults(program.window) == []


@pytest.mark.parametrize(
    "readings",
    [NOTHING, SAME, ONE_TYPE, ONLY_EVENTS],
    ids=["nothing", "same", "one type", "events"],
)
def test_with_hardly_anything_there_is_a_board_without_nan(
    program: Program, folder: Path, qtbot: QtBot, readings: dict[str, dict[int, agreed.Labels]]
) -> None:
    page = shown(program, agreed.read_by(folder / "bare.hashiya", readings), qtbot, "أ")
    assert page.board is not None
    assert not program.window.grab().isNull()
    said = " ".join(spot.said for of in page.board.findChildren(Chart) for spot in of.spots)
    assert "nan" not in said.lower()
    assert "None" not in said
    assert faults(program.window) == []


def test_when_all_agree_it_says_so(program: Program, folder: Path, qtbot: QtBot) -> None:
    page = shown(program, agreed.read_by(folder / "same.hashiya", SAME), qtbot, "أ")
    assert page.board is not None
    disputed = page.board.disputed
    for one in ("strings", "articles"):
        disputed.choice.press(one)
        assert not disputed.lists[one].isVisible()
    assert chart(page, StackedChart).spots == []
    assert "1.00" in chart(page, StripChart).spots[1].said
