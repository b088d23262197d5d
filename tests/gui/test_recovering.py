"""A damaged file in the window: what is left is counted, looked at, and kept as a new file."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.gui.dialogs.recovering import RecoverDialog
from annotator.gui.dialogs.restoring import RestoreDialog
from annotator.gui.program import Program
from annotator.gui.toread import Standing
from annotator.i18n import CODES
from annotator.services import backing_up, labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, dressed, is_literal, put
from tests.gui.teams import click, rest

if TYPE_CHECKING:
    from annotator.core.errors import UserError

PAGE = 8192


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project with one label, whose header page is destroyed; nothing is kept beside it."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            layer = projects.layer_of(project)
            labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
        destroy(path)
        shutil.rmtree(paths.data_folder() / "journals")
        yield path


def destroy(path: Path) -> None:
    path.write_bytes(bytes(PAGE) + path.read_bytes()[PAGE:])


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    program = Program(qapp)
    yield program
    program.close_project()
    program.jobs.end()
    program.window.retire()


def offered(program: Program, path: Path, qtbot: QtBot) -> RecoverDialog:
    assert not program.open_project(path)
    (dialog,) = program.window.findChildren(RecoverDialog)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=LONG)
    return dialog


def read(program: Program, path: Path, qtbot: QtBot) -> None:
    click(offered(program, path, qtbot).read)
    qtbot.waitUntil(lambda: bool(bars(program)), timeout=LONG)


def bars(program: Program) -> list[Standing]:
    return [bar for bar in program.window.findChildren(Standing) if not bar.isHidden()]


@pytest.mark.parametrize("code", CODES)
def test_what_is_left_is_counted_and_what_is_missing_said(
    qapp: QApplication, path: Path, qtbot: QtBot, program: Program, code: str
) -> None:
    for look in dressed(qapp, code):
        dialog = RecoverDialog(look, path, program.jobs)
        put(qtbot, dialog)
        rest(dialog, qtbot)
        assert "3" in dialog.summary.text()
        assert dialog.missing.text() == look.language.text("Nothing is known to be missing.")
        assert is_literal(dialog)
        assert not dialog.backups.isVisible()


def test_a_damaged_file_is_offered_and_opened_to_be_looked_at(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    raw = path.read_bytes()
    read(program, path, qtbot)
    session = program.session
    assert session is not None
    session.show_article(projects.sha_of(0))

    assert len(session.labels) == 1
    assert session.project.is_only_read
    (bar,) = bars(program)
    assert path.name in bar.sentence.text()
    assert path.read_bytes() == raw


def test_no_gesture_writes_there_and_it_is_said_why(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    read(program, path, qtbot)
    session = program.session
    assert session is not None
    session.show_article(projects.sha_of(0))
    refused: list[UserError] = []
    session.refused.connect(refused.append)

    session.do(session.intents.set_status("done"))
    session.flush()
    session.undo()

    assert {one.code for one in refused} == {"only_read"}
    assert not session.has_unsaved
    assert len(session.labels) == 1
    layer = session.layer
    assert layer is not None
    add = lambda: labelling.add_entity(  # noqa: E731
        session.project, layer, projects.extent_of("ترامب"), "PERS"
    )
    assert projects.code_of(add) == "only_read"
    with Project.open(session.project.path) as other:  # as a job does
        assert (
            projects.code_of(
                lambda: labelling.add_entity(other, layer, projects.extent_of("ترامب"), "PERS")
            )
            == "read_only"
        )


def test_the_bar_stays_when_the_window_is_built_anew_and_goes_with_the_project(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    read(program, path, qtbot)
    before = bars(program)[0].sentence.text()

    program.other_language()
    qtbot.waitUntil(lambda: bool(bars(program)) and bars(program)[0].sentence.text() != before)
    program.close_project()

    assert bars(program) == []


def test_it_is_kept_as_a_new_file_in_which_one_goes_on(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    to = path.with_name("kept.hashiya")
    dialog = offered(program, path, qtbot)

    dialog.keep_as(path)
    assert path.name in dialog.trouble.text
    dialog.keep_as(to)

    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert program.session is not None
    assert program.session.project.path == to
    assert not program.session.project.is_only_read
    assert bars(program) == []


def test_what_is_looked_at_is_kept_from_the_bar(program: Program, path: Path, qtbot: QtBot) -> None:
    to = path.with_name("kept.hashiya")
    read(program, path, qtbot)
    program.to_read.keep_as(to)

    assert program.session is not None
    assert program.session.project.path == to
    with Project.open(to) as project:
        layer = projects.layer_of(project)
        assert labelling.add_entity(project, layer, projects.extent_of("ترامب"), "PERS")


def test_its_backups_are_one_button_away(program: Program, qtbot: QtBot) -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            backing_up.back_up(project, "asked")
        destroy(path)
        dialog = offered(program, path, qtbot)
        assert dialog.backups.isVisible()
        click(dialog.backups)
        assert program.window.findChildren(RestoreDialog)
        for one in program.window.findChildren(RestoreDialog):
            rest(one, qtbot)
            one.close()


def test_of_what_is_no_project_at_all_nothing_is_offered(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    path.write_text("لا شيء" * 5000)

    assert not program.open_project(path)
    assert program.window.findChildren(RecoverDialog) == []


# --- journals of other files ----------------------------------------------------------------------


@pytest.fixture
def other() -> Iterator[Path]:
    """Give a damaged project of which another file, which is gone, has a label more."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        gone = projects.copied(path, "other.hashiya")
        with Project.open(gone) as project:
            layer = projects.layer_of(project, "سلمى <b>&")
            labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
        gone.unlink()
        destroy(path)
        yield path


@pytest.mark.parametrize("code", CODES)
def test_what_another_file_has_more_is_offered_and_taken_only_with_a_tick(
    qapp: QApplication, other: Path, qtbot: QtBot, program: Program, code: str
) -> None:
    for look in dressed(qapp, code):
        dialog = RecoverDialog(look, other, program.jobs)
        put(qtbot, dialog)
        rest(dialog, qtbot)
        assert dialog.found is not None
        assert dialog.found.recovery.other.labels == 0
        ((replica, tick),) = dialog.journals.ticks.items()
        assert not tick.isChecked()
        assert "سلمى" in tick.accessibleDescription()
        assert is_literal(dialog)

        tick.setChecked(True)
        assert not dialog.go.isEnabled()
        rest(dialog, qtbot)

        assert dialog.found.recovery.other.labels == 1
        (journal,) = dialog.found.recovery.journals
        assert (journal.replica, journal.is_taken) == (replica, True)
        assert list(dialog.journals.ticks) == [replica]
        tick.setChecked(False)
        rest(dialog, qtbot)
        assert dialog.found.recovery.other.labels == 0


def test_what_was_asked_for_is_in_the_new_file(other: Path, program: Program, qtbot: QtBot) -> None:
    to = other.with_name("new.hashiya")
    dialog = offered(program, other, qtbot)
    (tick,) = dialog.journals.ticks.values()
    tick.setChecked(True)
    rest(dialog, qtbot)

    dialog.keep_as(to)

    with Project.open(to) as project:
        assert len(project.labels(projects.layer_of(project, "سلمى <b>&"))) == 1
