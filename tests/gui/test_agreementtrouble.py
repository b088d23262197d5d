"""The page of agreement never waits, writes reports, and has something to say in bad cases."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.program import Program
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.stacked import StackedChart
from annotator.gui.widgets.charts.strip import StripChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.services import agreeing
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed
from tests.gui.agreementpages import (
    LEFT,
    PATIENCE,
    at_rest,
    chart,
    click,
    opened,
    page_of,
    places_shown,
    shown,
)
from tests.gui.seeing import faults


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


# --- it never waits -------------------------------------------------------------------------------


def test_comparing_and_searching_never_run_on_the_windows_thread(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.services import agreeingplaces

    threads: list[threading.Thread] = []
    went_on: list[bool] = []
    ticked = threading.Event()
    real, search = agreeing.agreement, agreeingplaces.places

    def slowly(*args: object, **more: object) -> object:
        threads.append(threading.current_thread())
        ticked.clear()
        went_on.append(ticked.wait(PATIENCE / 1000))  # never, where it holds up the window
        return real(*args, **more)  # type: ignore[arg-type]

    def found(*args: object, **more: object) -> object:
        threads.append(threading.current_thread())
        return search(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(agreeing, "agreement", slowly)
    monkeypatch.setattr(agreeingplaces, "places", found)
    timer = QTimer(interval=20)
    timer.timeout.connect(ticked.set)
    timer.start()
    page = shown(program, path, qtbot)
    timer.stop()
    assert went_on == [True]
    click(chart(page, TypeBarsChart), chart(page, TypeBarsChart).spots[0])
    places_shown(page, qtbot)

    assert len(threads) >= 2
    assert threading.main_thread() not in threads


def test_comparing_can_be_stopped_and_begun_again(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.core.errors import UserError

    def endless(project: Project, asked: object, progress: object, **_: object) -> None:
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

    def refuse(*_: object, **more: object) -> None:
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
