"""What tests of the window share: a session over a real project file, and the whole program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.i18n import CODES
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import dressed
from tests.gui.onpage import page_of


@pytest.fixture(autouse=True)
def _what_is_let_go_is_gone() -> Iterator[None]:
    """Destroy what a test let go of: no event loop does, and each new style would dress it anew."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """Return a session of `a1` with the first of `projects.TEXTS` in view."""
    with Project.open(projects.made(tmp_path)) as project:
        made = Session(project, projects.annotator(project))
        made.show_article(projects.sha_of(0))
        yield made


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot) -> Iterator[Program]:
    """Return the whole program in Arabic, its window shown and no project open."""
    fonts.load()
    made = Program(qapp, "ar")
    made.window.resize(1440, 900)
    qtbot.waitExposed(made.window)
    yield made
    made.close_project()
    made.window.retire()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    """Return the program with a project of three articles open, the first in view."""
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    page_of(program).show_article(projects.sha_of(0))
    return program


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """Return what runs jobs; they are ended with the test."""
    jobs = Jobs()
    yield jobs
    jobs.end()


@pytest.fixture(scope="module", params=CODES)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Look]:
    """Return the look in each language, on the program for the length of a file of tests."""
    yield from dressed(qapp, request.param)
