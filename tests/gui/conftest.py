"""What tests of the window share: a session over a real project file, and the whole program."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.store.project import Project
from tests import projects


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
