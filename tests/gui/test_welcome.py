"""What is shown while no project is open."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui import settings
from annotator.gui.look import Look
from annotator.gui.panels.welcome import Welcome
from tests import projects
from tests.gui.asking import HOSTILE, drop, is_literal, put, seen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that was open here, after one that is gone."""
    path = projects.made(tmp_path, "محادثات.hashiya")
    gone = tmp_path / "gone.hashiya"
    settings.change(lambda now: settings.with_recent(now, gone, HOSTILE))
    settings.change(lambda now: settings.with_recent(now, path, "محادثات السلام"))
    return path


@pytest.fixture
def welcome(look: Look, project: Path, qtbot: QtBot) -> Welcome:
    welcome = Welcome(look, settings.read()[0])
    welcome.resize(1100, 760)
    put(qtbot, welcome)
    return welcome


@pytest.mark.parametrize("id", ["new_project", "open_project", "open_samples", "language"])
def test_each_way_to_begin_is_asked_for(welcome: Welcome, qtbot: QtBot, id: str) -> None:
    with qtbot.waitSignal(welcome.action_asked) as asked:
        QTest.mouseClick(welcome.buttons[id], LEFT)
    assert asked.args == [id]


def test_the_other_language_is_named_in_itself(welcome: Welcome, look: Look) -> None:
    other = "English" if look.language.code == "ar" else "العربية"
    assert welcome.buttons["language"].text() == other


def test_a_recent_project_is_opened_by_a_click(
    welcome: Welcome, project: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(welcome.project_asked) as asked:
        QTest.mouseClick(welcome.rows[0], LEFT, pos=QPoint(60, 12))
    assert asked.args == [project]


def test_a_recent_project_is_opened_by_enter(welcome: Welcome, project: Path, qtbot: QtBot) -> None:
    welcome.rows[0].setFocus()
    with qtbot.waitSignal(welcome.project_asked) as asked:
        QTest.keyClick(welcome.rows[0], Qt.Key.Key_Return)
    assert asked.args == [project]


def test_one_that_is_gone_is_said_to_be_and_not_opened(
    welcome: Welcome, look: Look, qtbot: QtBot
) -> None:
    assert look.language.text("not there now") in seen(welcome.rows[1])
    with qtbot.assertNotEmitted(welcome.project_asked):
        QTest.mouseClick(welcome.rows[1], LEFT, pos=QPoint(60, 12))


def test_one_is_taken_out_of_the_list_for_good(welcome: Welcome, project: Path) -> None:
    QTest.mouseClick(welcome.rows[1].remove, LEFT)
    assert len(welcome.rows) == 1
    assert [one.path for one in settings.read()[0].recent] == [str(project)]


def test_without_recent_projects_there_is_no_heading(look: Look, qtbot: QtBot) -> None:
    welcome = Welcome(look, settings.read()[0])
    put(qtbot, welcome)
    assert look.language.text("Recent projects") not in seen(welcome)


def test_a_project_file_may_be_dropped(welcome: Welcome, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "اسم.HASHIYA"
    with qtbot.waitSignal(welcome.project_asked) as asked:
        assert drop(welcome, tmp_path / "a.txt", path)
    assert asked.args == [path]


def test_other_files_are_not_taken(welcome: Welcome, tmp_path: Path) -> None:
    assert not drop(welcome, tmp_path / "a.txt")


def test_hostile_titles_are_literal_and_cut(welcome: Welcome) -> None:
    assert is_literal(welcome)
    assert welcome.rows[1].title.is_cut
    assert welcome.rows[1].width() <= 560
