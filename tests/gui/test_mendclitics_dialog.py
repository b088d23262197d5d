"""All attached letters of one annotator: counted, mended in one gesture, undone in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity
from annotator.gui.dialogs.mendclitics import MendCliticsDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.mending import LEAVE_LETTERS_OUT, Layer
from annotator.gui.models.repairs import repair_of
from annotator.gui.program import Program
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, put
from tests.gui.onpage import page_of, session_of
from tests.gui.teams import click

TEXT = "التقى بوتين ترامب في موسكو، وقال ترامب وبوتين إن لقاء وبوتين مهم."
OTHER = "عاد بوتين وبوتين."


def labelled(folder: Path) -> Path:
    path = projects.made(folder, texts=(TEXT, OTHER))
    with Project.open(path) as project:
        for text, n in ((TEXT, 0), (TEXT, 1), (OTHER, 0)):
            layer = projects.layer_of(project, "سلمى", text)
            extent = projects.extent_of("وبوتين", text, n)
            labelling.add_entity(project, layer, extent, "PERS")
    return path


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    path = labelled(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    page_of(program).show_article(projects.sha_of(TEXT))
    return program


def quotes(program: Program) -> list[str]:
    labels = session_of(program).labels.values()
    return [one.extent[0].quote for one in labels if isinstance(one, Entity)]


def rows_of(dialog: MendCliticsDialog) -> list[tuple[str, ...]]:
    rows = dialog.view.table.rows
    return [tuple(cell.tip or cell.said for cell in row) for row in rows]


def test_the_labels_are_counted_mended_and_brought_back(
    look: Look, tmp_path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    with Project.open(labelled(tmp_path)) as project:
        who = projects.annotator(project, "سلمى")
        dialog = MendCliticsDialog(look, project, who, jobs)
        put(qtbot, dialog)
        qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
        first = dialog.summary.text()
        assert dialog.go.isEnabled()
        assert rows_of(dialog) == [("وبوتين", "بوتين", "3")]
        with qtbot.waitSignal(dialog.mended, timeout=LONG) as told:
            click(dialog.go)
        assert (told.args[0].labels, len(told.args[0].articles)) == (3, 2)
        qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
        assert not dialog.go.isEnabled()
        assert rows_of(dialog) == []
        with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
            click(dialog.undo)
        qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
        assert dialog.summary.text() == first
        assert dialog.go.isEnabled()


def test_the_window_shows_what_was_mended_and_its_undo_takes_all_back(
    opened: Program, qtbot: QtBot
) -> None:
    opened.window.commands.do("mend_clitics")
    (dialog,) = opened.window.findChildren(MendCliticsDialog)
    qtbot.waitUntil(lambda: not dialog.is_looking and dialog.go.isEnabled(), timeout=LONG)
    with qtbot.waitSignal(dialog.mended, timeout=LONG):
        click(dialog.go)
    assert quotes(opened) == ["بوتين", "بوتين"]
    dialog.reject()
    session = session_of(opened)
    session.undo()
    assert quotes(opened) == ["وبوتين", "وبوتين"]
    layer = projects.layer_of(session.project, "سلمى", OTHER)
    (label,) = session.project.labels(layer)
    assert isinstance(label, Entity)
    assert label.extent[0].quote == "وبوتين"


def test_one_problem_is_mended_by_one_key(opened: Program) -> None:
    session = session_of(opened)
    session.check()
    found = [one for some in session.problems.values() for one in some]
    assert [(one.code, one.detail) for one in found] == [("clitic_inside", "و")] * 2
    layer = Layer(session.schema, session.intents, session.in_file, TEXT)
    offered = repair_of(found[0], layer)
    assert offered is not None
    assert offered.name == LEAVE_LETTERS_OUT

    page_of(opened).go_to(found[0].uid)
    opened.window.commands.do("repair")
    session.flush()
    session.check()
    assert sorted(quotes(opened)) == sorted(["بوتين", "وبوتين"])
    assert len(session.problems) == 1


# --- right as it is -------------------------------------------------------------------------------


def leave(inside: QWidget) -> Button:
    (found,) = [one for one in inside.findChildren(Button, "leave") if one.isVisible()]
    return found


def test_the_card_and_the_list_say_that_it_is_right_and_undo_takes_that_back(
    opened: Program, qtbot: QtBot
) -> None:
    session, page = session_of(opened), page_of(opened)
    session.check()
    uids = list(session.problems)
    page.go_to(uids[0])
    hand = page.far_side.hand
    qtbot.waitUntil(lambda: bool(hand.findChildren(Button, "leave")), timeout=LONG)
    QApplication.processEvents()
    QTest.mouseClick(leave(hand), Qt.MouseButton.LeftButton)
    session.flush()
    session.check()
    assert list(session.problems) == uids[1:]

    qtbot.waitUntil(lambda: bool(hand.findChildren(IconButton, "not_right")), timeout=LONG)
    (off,) = hand.findChildren(IconButton, "not_right")  # the card says so, and takes it back
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    session.flush()
    session.check()
    assert sorted(session.problems) == sorted(uids)
    session.undo()
    session.check()
    assert list(session.problems) == uids[1:]

    page.far_side.show_part(page.far_side.problems)
    panel = page.far_side.problems
    qtbot.waitUntil(lambda: len(panel.strips) == 1 and panel.isVisible(), timeout=LONG)
    QApplication.processEvents()
    QTest.mouseClick(leave(panel), Qt.MouseButton.LeftButton)
    session.flush()
    session.check()
    assert session.problems == {}
    session.undo()
    session.undo()
    session.check()
    assert sorted(session.problems) == sorted(uids)
    assert quotes(opened) == ["وبوتين", "وبوتين"]
