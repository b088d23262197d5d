"""What a dialog did in many articles and took back itself: Ctrl+Z in the window goes on before."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.markall import MarkAllDialog
from annotator.gui.program import Program
from tests import projects
from tests.gui.asking import LONG
from tests.gui.onpage import page_of, session_of
from tests.gui.searchpages import CONTROL, SHIFT
from tests.gui.teams import click
from tests.projects import extent_of

LATER = "وقال بوتين في موسكو إن بوتينا ليست وبوتين."


@pytest.fixture
def labelled(opened: Program) -> Program:
    """Return the program, one name of the article in view labelled by its key."""
    session, canvas = session_of(opened), page_of(opened).canvas
    projects.add_articles(session.project, LATER)
    (span,) = extent_of("بوتين")
    canvas.select(span.start, span.end)
    QTest.keyClick(canvas, Qt.Key.Key_P)
    session.flush()
    assert len(session.labels) == 1
    return opened


def press(program: Program, *keys: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    program.window.activateWindow()
    QApplication.processEvents()
    for key, modifier in keys:
        QTest.keyClick(program.window, key, modifier)


def asked(program: Program, qtbot: QtBot) -> MarkAllDialog:
    """Let every occurrence in all articles be labelled by the keys of the dialog."""
    press(program, (Qt.Key.Key_A, CONTROL | SHIFT))
    (dialog,) = program.window.findChildren(MarkAllDialog)
    assert isinstance(dialog, MarkAllDialog)
    dialog.wanted.scope.press("all")
    looked(dialog, qtbot)
    with qtbot.waitSignal(dialog.labelled, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    looked(dialog, qtbot)
    return dialog


def looked(dialog: MarkAllDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)


def test_one_undo_after_that_of_the_dialog_takes_back_what_was_before(
    labelled: Program, qtbot: QtBot
) -> None:
    session = session_of(labelled)
    dialog = asked(labelled, qtbot)
    assert len(session.labels) == 2
    with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
        click(dialog.undo)
    looked(dialog, qtbot)
    dialog.close()
    assert len(session.labels) == 1

    press(labelled, (Qt.Key.Key_Z, CONTROL))
    assert session.labels == {}


def test_redo_brings_back_all_that_the_dialog_took_back(labelled: Program, qtbot: QtBot) -> None:
    session = session_of(labelled)
    dialog = asked(labelled, qtbot)
    n = len(projects.contents(session.project)["entities"])
    with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
        click(dialog.undo)
    looked(dialog, qtbot)
    dialog.close()

    press(labelled, (Qt.Key.Key_Z, CONTROL | SHIFT))
    assert len(projects.contents(session.project)["entities"]) == n
    press(labelled, (Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Z, CONTROL))
    assert session.labels == {}
    assert projects.contents(session.project)["entities"] == []
