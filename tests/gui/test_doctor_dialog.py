"""Check the file: what is found is shown, repaired in a copy, and told of while one works."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.doctor import DoctorDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.program import Program
from annotator.services import doctoring, labelling
from annotator.services.doctoring import is_due, note_examined
from annotator.store.project import Project
from tests import projects
from tests.faults.doctampering import behind
from tests.gui.asking import LONG, is_literal, put
from tests.gui.teams import click, rest

RETYPED = "UPDATE entities SET type='ORG'"


@pytest.fixture
def file() -> Iterator[Path]:
    """Make a project with one label, in memory."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            layer = projects.layer_of(project)
            labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
        yield path


def retyped(path: Path) -> Path:
    with behind(path) as connection:
        connection.execute(RETYPED)
    return path


def checking(look: Look, of: Project | Path, jobs: Jobs, qtbot: QtBot) -> DoctorDialog:
    dialog = DoctorDialog(look, of, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def test_while_no_journals_are_offered_their_place_asks_for_no_negative_room(
    look: Look, file: Path, jobs: Jobs, qtbot: QtBot, qtlog: _QtMessageCapture
) -> None:
    dialog = checking(look, retyped(file), jobs, qtbot)
    for width in (700, 900):
        dialog.journals.resize(width, 50)
        dialog.journals.show()
        dialog.resize(width, 600)
        QTest.qWait(10)
        dialog.journals.hide()

    assert not [one.message for one in qtlog.records if "Negative" in one.message]


def test_a_sound_file_is_said_to_be_sound(look: Look, file: Path, jobs: Jobs, qtbot: QtBot) -> None:
    with Project.open(file) as project:
        assert is_due(project)
        dialog = checking(look, project, jobs, qtbot)
        assert not is_due(project)

    assert dialog.summary.text() == look.language.text("The file is sound.")
    assert not dialog.go.isEnabled()
    assert not dialog.view.isVisible()


def test_what_is_found_is_listed_and_repaired_in_a_copy(
    look: Look, file: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    copy = file.with_name("copy.hashiya")
    with Project.open(retyped(file)) as project:
        dialog = checking(look, project, jobs, qtbot)
        assert [row[0].tip for row in dialog.view.table.rows] == ["D08"]
        assert dialog.repair.text()
        assert is_literal(dialog)

        dialog.repair_to(copy)
        rest(dialog, qtbot)

    assert "copy.hashiya" in dialog.summary.text()
    assert doctoring.examine(copy).is_sound
    with qtbot.waitSignal(dialog.open_asked, timeout=LONG) as asked:
        click(dialog.open_copy)
    assert asked.args == [copy]


def test_a_file_that_cannot_be_opened_can_be_checked(
    look: Look, file: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    with behind(file) as connection:
        connection.execute("CREATE TABLE hers(x)")
    assert projects.code_of(lambda: Project.open(file)) == "strange_tables"

    dialog = checking(look, file, jobs, qtbot)

    assert [row[0].tip for row in dialog.view.table.rows] == ["D03"]
    dialog.repair_to(file)
    rest(dialog, qtbot)
    assert file.name in dialog.trouble.text


def test_what_is_no_project_at_all_is_told_too(
    look: Look, tmp_path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    path = tmp_path / "x.hashiya"
    path.write_text("لا شيء")

    dialog = checking(look, path, jobs, qtbot)

    assert [row[0].tip for row in dialog.view.table.rows] == ["D00"]


# --- journals of other files ---


def _others(file: Path, n: int) -> None:
    """Let `n` other files of the project, which are gone, have a label more each."""
    for number in range(n):
        gone = projects.copied(file, f"other {number}.hashiya")
        with Project.open(gone) as project:
            layer = projects.layer_of(project, f"سلمى {number} <b>&")
            labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
        gone.unlink()


def test_what_other_files_have_more_is_offered_all_of_it_and_taken_with_a_tick(
    look: Look, file: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    copy = file.with_name("copy.hashiya")
    _others(file, 9)
    dialog = checking(look, retyped(file), jobs, qtbot)
    choices = dialog.journals
    assert len(choices.ticks) == 9
    assert choices.heading.text() == look.language.text("Journals of other files: {n}", n=9)
    assert is_literal(dialog)
    assert choices.area.verticalScrollBar().maximum() > 0

    last = [*choices.ticks.values()][-1]
    [*choices.ticks.values()][-2].setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert choices.area.viewport().rect().contains(last.mapTo(choices.area.viewport(), QPoint()))
    QTest.keyClick(last, Qt.Key.Key_Space)
    (asked,) = choices.asked

    dialog.repair_to(copy)
    rest(dialog, qtbot)

    with Project.open(copy) as project:
        found = project.connection.execute("SELECT count(*) FROM entities").fetchone()
    assert found == (2,)
    assert choices.asked == {asked}
    assert len(choices.ticks) == 9


def test_of_a_sound_file_and_one_alone_no_journal_is_offered(
    look: Look, file: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = checking(look, retyped(file), jobs, qtbot)

    assert not dialog.journals.isVisible()
    assert dialog.go.isEnabled()


# --- beside the window ---


def test_while_one_works_the_file_is_examined_and_the_bar_says_what_to_do(
    program: Program, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(retyped(file), tmp_path / "p.hashiya"))
    assert program.open_project(path)

    program.doctoring.look()

    assert program.window.page is not None
    bar = program.window.page.messages
    qtbot.waitUntil(lambda: bar.has_trouble, timeout=LONG)
    assert bar.act.isVisible()
    click(bar.act)
    (dialog,) = program.window.findChildren(DoctorDialog)
    rest(dialog, qtbot)
    assert dialog.findings
    dialog.close()


def test_within_a_week_of_a_full_examination_only_a_quick_one_is_made(
    program: Program, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = Path(shutil.copy(retyped(file), tmp_path / "p.hashiya"))
    assert program.open_project(path)
    assert program.session is not None
    note_examined(program.session.project)

    program.doctoring.look()
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=LONG)

    assert program.window.page is not None
    assert not program.window.page.messages.has_trouble  # a quick one does not replay history
