"""The first window: what it leaves out until somebody asks for it, and what is there at once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import fonts, settings
from annotator.gui.pages.labelling import LabelPage
from annotator.gui.pages.sides import FarSide
from annotator.gui.panels.articlecard import ArticleCard
from annotator.gui.panels.labels import LabelsPanel
from annotator.gui.panels.problems import ProblemsPanel
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.store.project import Project
from tests import projects

NOT_YET = {
    *("sqlite_utils", "tomlkit", "numpy", "pandas", "annotator.agreement"),
    *(f"annotator.gui.panels.{name}" for name in ("cardof", "handcard", "labels", "articlecard")),
    *(f"annotator.gui.panels.{name}" for name in ("problems", "welcome", "typeahead")),
    "annotator.gui.dialogs",
}
"""What takes its time to load, and nobody needs who sees an article for the first time."""
STARTED = """
import gc, json, os, sys
from pathlib import Path
from annotator.gui import app
from annotator.i18n import Language

started = app.started

def ended(application, language, file):
    from PySide6.QtCore import QTimer

    program = started(application, language, file)
    QTimer.singleShot(200, lambda: tell(program))
    return program

def tell(program):
    shown = program.session.reading is not None and program.window.page.canvas.isVisible()
    print(json.dumps([shown, gc.isenabled(), gc.get_freeze_count() > 0, sorted(sys.modules)]))
    program.quit()

app.started = ended
sys.exit(app.run(Language.of("ar"), Path(sys.argv[1])))
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


def test_a_file_that_is_given_is_open_in_the_first_window(
    qapp: QApplication, qtbot: QtBot, path: Path
) -> None:
    program = _started(qapp, qtbot, path)

    assert program.session is not None
    assert program.session.reading is not None
    assert program.window.welcome is None
    assert [one.path for one in settings.read()[0].recent] == [str(path)]


def test_a_file_that_cannot_be_opened_is_told_in_the_first_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    program = _started(qapp, qtbot, tmp_path / "gone.hashiya")

    assert program.session is None
    assert program.window.welcome is not None
    assert program.window.welcome.trouble.isVisible()


def test_the_bar_on_top_does_not_move_once_it_is_shown(
    qapp: QApplication, qtbot: QtBot, path: Path
) -> None:
    bar = _started(qapp, qtbot, path).window.top_bar
    QCoreApplication.processEvents()
    before = [part.geometry() for part in bar.findChildren(QWidget)]

    for _ in range(10):
        QCoreApplication.processEvents()

    assert [part.geometry() for part in bar.findChildren(QWidget)] == before


def _started(application: QApplication, qtbot: QtBot, path: Path) -> Program:
    fonts.load()
    program = Program(application, "ar", path)
    qtbot.addWidget(program.window, before_close_func=lambda _: program.close_project())
    qtbot.waitExposed(program.window)
    return program
