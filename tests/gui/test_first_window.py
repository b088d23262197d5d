"""The first window: what it leaves out until somebody asks for it, and what is there at once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import firstpaint, fonts, settings
from annotator.gui.pages.labelling import LabelPage
from annotator.gui.pages.sides import FarSide
from annotator.gui.panels.articlecard import ArticleCard
from annotator.gui.panels.labels import LabelsPanel
from annotator.gui.panels.problems import ProblemsPanel
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.store.project import Project
from tests import projects

Started = Callable[[Path], Program]

NOT_YET = {
    *("sqlite_utils", "tomlkit", "numpy", "pandas", "annotator.agreement", "click"),
    *("annotator.core.incoming", "annotator.services.reopening", "annotator.services.places"),
    *(f"annotator.gui.{name}" for name in ("following", "secondrecord", "remarking")),
    *(f"annotator.gui.panels.{name}" for name in ("cardof", "handcard", "labels", "articlecard")),
    *(f"annotator.gui.panels.{name}" for name in ("problems", "welcome", "typeahead")),
    "annotator.gui.dialogs",
}
"""What takes its time to load, and nobody needs who sees an article for the first time."""
STARTED = """
import gc, json, os, sys
from annotator import __main__ as program
from annotator.gui import app

started = app.started

def ended(application, language, file):
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Sight(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, lambda: tell(made))
            return False

    made = started(application, language, file)
    made.window.page.canvas.viewport().installEventFilter(Sight(made))
    return made

def tell(made):
    shown = made.session.reading is not None and made.window.page.canvas.isVisible()
    print(json.dumps([shown, gc.isenabled(), gc.get_freeze_count() > 0, sorted(sys.modules)]))
    made.quit()

app.started = ended
sys.exit(program.main())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project of three articles in which somebody labels here."""
    made = projects.made(tmp_path)
    with Project.open(made) as project:
        who, uid = projects.annotator(project, "سلمى").uid, project.uid
    settings.change(lambda now: settings.with_project(now, uid, who=who))
    return made


@pytest.fixture
def started(qapp: QApplication, qtbot: QtBot) -> Iterator[Started]:
    """Return what starts the program on a file, as the command line does."""
    programs: list[Program] = []

    def start(path: Path) -> Program:
        fonts.load()
        programs.append(Program(qapp, "ar", path))
        qtbot.waitExposed(programs[-1].window)
        return programs[-1]

    yield start
    for program in programs:
        program.close_project()
        program.window.retire()
        program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def far_side(session: Session, qtbot: QtBot) -> FarSide:
    from annotator.gui import keys
    from annotator.gui.look import Look
    from annotator.gui.theme import Theme
    from annotator.i18n import Language

    page = LabelPage(Look(Theme.of("light"), Language.of("ar")), session, keys.layout())
    qtbot.addWidget(page)
    page.resize(1400, 800)
    page.show()
    return page.far_side


def test_what_nobody_asked_for_yet_is_not_loaded(path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", STARTED, str(path)]

    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)

    is_shown, is_collecting, is_frozen, modules = json.loads(ran.stdout)
    assert is_shown
    assert (is_collecting, is_frozen) == (True, True)
    assert not NOT_YET.intersection(modules)


@pytest.mark.parametrize(
    ("at", "name", "kind"),
    [(1, "labels", LabelsPanel), (2, "article", ArticleCard), (3, "problems", ProblemsPanel)],
)
def test_a_tab_is_made_when_it_is_first_looked_at(
    far_side: FarSide, at: int, name: str, kind: type[LabelsPanel | ArticleCard | ProblemsPanel]
) -> None:
    assert not far_side.findChildren(kind)

    far_side.tabs.setCurrentIndex(at)

    assert [one.isVisible() for one in far_side.findChildren(kind)] == [True]
    assert getattr(far_side, name) is far_side.findChild(kind)


def test_a_tab_that_is_asked_for_is_made_once(far_side: FarSide) -> None:
    far_side.show_part(far_side.problems)
    far_side.show_part(far_side.labels)
    far_side.show_part(far_side.problems)

    assert far_side.tabs.currentIndex() == 3
    assert len(far_side.findChildren(ProblemsPanel)) == 1


def test_a_file_that_is_given_is_open_in_the_first_window(started: Started, path: Path) -> None:
    program = started(path)

    assert program.session is not None
    assert program.session.reading is not None
    assert program.window.welcome is None
    assert [one.path for one in settings.read()[0].recent] == [str(path)]


def test_a_file_that_cannot_be_opened_is_told_in_the_first_window(
    started: Started, tmp_path: Path
) -> None:
    program = started(tmp_path / "gone.hashiya")

    assert program.session is None
    assert program.window.welcome is not None
    assert program.window.welcome.trouble.isVisible()


def test_the_bar_on_top_does_not_move_once_it_is_shown(started: Started, path: Path) -> None:
    bar = started(path).window.top_bar
    QCoreApplication.processEvents()
    before = [part.geometry() for part in bar.findChildren(QWidget)]

    for _ in range(10):
        QCoreApplication.processEvents()

    assert [part.geometry() for part in bar.findChildren(QWidget)] == before


# --- what waits until the window was seen ---------------------------------------------------------


def _attends(program: Program) -> bool:
    return program.attending.remarking is not None


def test_the_file_is_attended_to_once_the_window_was_seen(
    started: Started, path: Path, qtbot: QtBot
) -> None:
    program = started(path)

    assert not _attends(program)
    qtbot.waitUntil(lambda: _attends(program))


def test_before_the_first_key_the_file_is_attended_to(
    started: Started, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firstpaint, "_SOON", 60_000)
    program = started(path)
    handle = program.window.windowHandle()
    assert handle is not None
    assert not _attends(program)

    QTest.keyClick(handle, Qt.Key.Key_Down)

    assert _attends(program)


def test_a_window_that_is_built_anew_before_it_was_seen_attends_too(
    started: Started, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firstpaint, "_SOON", 60_000)
    program = started(path)

    program.build_anew()

    assert _attends(program)


def test_a_project_that_is_closed_before_it_was_seen_is_not_attended_to(
    started: Started, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firstpaint, "_SOON", 10)
    program = started(path)

    program.close_project()
    qtbot.wait(50)

    assert not _attends(program)
