"""Names labelled in different ways: listed, opened, made alike by one key, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity
from annotator.gui.dialogs.consistency import ConsistencyDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.program import Program
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, put
from tests.gui.onpage import page_of, session_of
from tests.gui.searchpages import CONTROL, LEFT, SHIFT
from tests.projects import extent_of, layer_of, sha_of

ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب."
OTHER = "عاد بوتين من موسكو، ورحب ترامب وبوتين."
DONE = "بوتين يصل موسكو."


def labelled(folder: Path) -> Path:
    path = projects.made(folder, texts=(ONE, OTHER, DONE))
    with Project.open(path) as project:
        for quote, text, type_, nth in (
            ("موسكو", ONE, "GPE", 0),
            ("موسكو", ONE, "GPE", 1),
            ("موسكو", OTHER, "ORG", 0),
            ("بوتين", ONE, "PERS", 0),
            ("بوتين", OTHER, "PERS", 0),
            ("موسكو", DONE, "GPE", 0),
        ):
            layer = layer_of(project, "سلمى", text)
            labelling.add_entity(project, layer, extent_of(quote, text, nth), type_)
        labelling.set_status(project, layer_of(project, "سلمى", DONE), "done")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(labelled(tmp_path)) as project:
        yield project


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    path = labelled(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    page_of(program).show_article(sha_of(OTHER))
    return program


def looked(dialog: ConsistencyDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)


def asking(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> ConsistencyDialog:
    dialog = ConsistencyDialog(look, project, projects.annotator(project, "سلمى"), jobs)
    put(qtbot, dialog)
    looked(dialog, qtbot)
    return dialog


def types(project: Project, text: str) -> list[str]:
    labels = project.labels(layer_of(project, "سلمى", text))
    return sorted(f"{one.extent[0].quote} {one.type}" for one in labels if isinstance(one, Entity))


def test_each_place_is_a_row_with_what_it_is_elsewhere(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    assert [row.word for row in dialog.list.rows.rows] == ["موسكو،", "وبوتين.", "بوتين"]
    assert [len(row.chips) for row in dialog.list.rows.rows] == [1, 0, 0]
    assert "3" in dialog.told.text()
    dialog.only.press("unlabelled")
    looked(dialog, qtbot)
    assert [row.word for row in dialog.list.rows.rows] == ["وبوتين.", "بوتين"]
    dialog.list.go_to(1)
    assert not dialog.go.isEnabled()  # its layer is done


def test_space_labels_as_the_others_and_goes_on_and_undo_comes_back(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    before = types(project, OTHER)
    dialog = asking(look, project, jobs, qtbot)
    for n in (1, 2):
        with qtbot.waitSignal(dialog.labelled, timeout=LONG):
            QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        looked(dialog, qtbot)
        assert dialog.list.row == n
    assert types(project, OTHER) == ["بوتين PERS", "بوتين PERS", "موسكو GPE"]
    assert [len(row.chips) for row in dialog.list.rows.rows] == [1, 1, 0]
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)  # of a done layer nothing is changed
    assert not dialog.is_busy
    for n in (1, 0):
        with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
            QTest.keyClick(dialog.list, Qt.Key.Key_Z, CONTROL)
        looked(dialog, qtbot)
        assert dialog.list.row == n
    assert types(project, OTHER) == before
    assert dialog.undo.isHidden()


def test_where_all_is_alike_it_says_so(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = ConsistencyDialog(look, project, projects.annotator(project, "أحمد"), jobs)
    put(qtbot, dialog)
    looked(dialog, qtbot)
    assert dialog.list.rows.rows == []
    assert not dialog.go.isEnabled()
    nothing = {"ar": "لم يُنظر في شيء", "en": "Nothing was looked at"}
    assert dialog.nothing.sentence.text().startswith(nothing[look.language.code])


def test_under_a_filter_it_says_what_was_left_aside(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    labelling.add_entity(project, layer_of(project, "أحمد", ONE), extent_of("بوتين", ONE), "PERS")
    dialog = ConsistencyDialog(look, project, projects.annotator(project, "أحمد"), jobs)
    put(qtbot, dialog)
    looked(dialog, qtbot)
    whole = dialog.nothing.sentence.text()
    dialog.only.press("type")
    looked(dialog, qtbot)
    assert dialog.nothing.isVisible()
    assert dialog.nothing.sentence.text() != whole
    left_aside = {"ar": "التي بلا وسم", "en": "without a label"}
    assert left_aside[look.language.code] in dialog.nothing.sentence.text()


def test_in_the_window_a_row_opens_its_place_and_what_is_done_is_shown(
    opened: Program, qtbot: QtBot
) -> None:
    opened.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(opened.window, Qt.Key.Key_K, CONTROL | SHIFT)
    (dialog,) = opened.window.findChildren(ConsistencyDialog)
    looked(dialog, qtbot)
    row = dialog.list.visualRect(dialog.list.rows.index(1)).center()
    QTest.mouseClick(dialog.list.viewport(), LEFT, pos=row)
    assert page_of(opened).canvas.caret() == OTHER.index("وبوتين") + 1
    with qtbot.waitSignal(dialog.labelled, timeout=LONG):
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    looked(dialog, qtbot)
    session = session_of(opened)
    assert len(session.labels) == 3
    dialog.close()
    session.undo()
    assert len(session.labels) == 2
