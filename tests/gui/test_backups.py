"""Backups in the window: kept beside the work, listed, compared and restored."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui import backing_up as beside
from annotator.gui.backing_up import BackingUp
from annotator.gui.dialogs.restoring import RestoreDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.program import Program
from annotator.services import annotators, backing_up, labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, put
from tests.gui.teams import click, rest

if TYPE_CHECKING:
    from annotator.core.errors import UserError
    from annotator.services.restoring import Prepared


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project with a backup, and a label that was made since."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            projects.annotator(project)
            backing_up.back_up(project, "asked")
        work_on(path)
        yield path
        wait()


def work_on(path: Path, quote: str = "بوتين") -> None:
    with Project.open(path) as project:
        layer = projects.layer_of(project)
        labelling.add_entity(project, layer, projects.extent_of(quote), "PERS")


def n_labels(path: Path) -> int:
    with Project.open(path) as project:
        found = project.connection.execute("SELECT count(*) FROM entities").fetchone()
        return int(found[0])


def reasons(path: Path) -> list[str]:
    return [one.facts.reason for one in backing_up.backups_of(path)]


def wait() -> None:
    """Wait for what closed windows still write."""
    for thread in threading.enumerate():
        if thread.name == beside.CLOSING:
            thread.join()


def opened(program: Program, path: Path) -> None:
    with Project.open(path) as project:
        who = annotators.named(project, "a1").uid
    assert program.open_project(path, who)


# --- beside the work ----------------------------------------------------------------------------


def test_soon_after_opening_one_is_kept(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.backing_up._soon.setInterval(10)  # noqa: SLF001
    opened(program, path)
    qtbot.waitUntil(lambda: reasons(path) == ["asked", "open"], timeout=LONG)


def test_while_working_one_is_kept_where_something_was_said_since(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    for expected in (["asked", "work"], ["asked", "work"]):
        program.backing_up.back_up("work")
        qtbot.waitUntil(lambda: not program.jobs.running, timeout=LONG)
        assert reasons(path) == expected
    work_on(path, "موسكو")
    program.backing_up.back_up("work")
    qtbot.waitUntil(lambda: reasons(path) == ["asked", "work", "work"], timeout=LONG)


def test_on_closing_the_last_one_is_kept_and_nobody_waits_for_it(
    program: Program, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, keep, was_closed = threading.Event(), beside._keep, []  # noqa: SLF001

    def keep_later(path: Path) -> None:
        was_closed.append(closed.wait(LONG / 1000))
        keep(path)

    monkeypatch.setattr(beside, "_keep", keep_later)
    opened(program, path)
    program.close_project()
    closed.set()
    wait()
    assert was_closed == [True]
    assert reasons(path) == ["asked", "close"]
    opened(program, path)
    program.close_project()
    wait()
    assert reasons(path) == ["asked", "close"]


def test_the_thread_of_the_last_one_keeps_the_program_until_it_is_done(
    jobs: Jobs, path: Path
) -> None:
    keeping = BackingUp(jobs)
    with Project.open(path) as project:
        keeping.begin(project)
    keeping.close()
    threads = [one for one in threading.enumerate() if one.name == beside.CLOSING]
    assert not any(one.daemon for one in threads)
    wait()
    assert reasons(path) == ["asked", "close"]


def test_a_file_that_is_gone_when_it_closes_is_no_trouble(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    path.rename(path.with_name("elsewhere"))
    program.close_project()
    wait()
    assert reasons(path) == ["asked"]


def test_that_none_can_be_kept_is_said_once(
    jobs: Jobs, path: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    keeping = BackingUp(jobs)
    said: list[UserError] = []
    keeping.troubled.connect(said.append)
    with Project.open(path) as project:
        keeping.begin(project)
        monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "file"))
        for _ in range(3):
            keeping.back_up("work")
            qtbot.waitUntil(lambda: not jobs.running, timeout=LONG)
        keeping.stop()
    assert [(one.code, one.data["why"]) for one in said] == [("no_backup", "rights_beside")]


# --- the dialog ---------------------------------------------------------------------------------


def shown(look: Look, path: Path, jobs: Jobs, qtbot: QtBot) -> RestoreDialog:
    dialog = RestoreDialog(look, path, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
    return dialog


def test_backups_are_listed_newest_first_and_compared(
    look: Look, path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    with Project.open(path) as project:
        backing_up.back_up(project, "asked")
    work_on(path, "موسكو")
    dialog = shown(look, path, jobs, qtbot)

    rows = dialog.view.table.rows
    assert [(row[0].said, row[3].said) for row in rows] == [("2", "1"), ("1", "0")]
    assert rows[0][5].said == look.language.text("asked for")
    same = look.language.text("It says the same as the present file.")
    assert dialog.summary.text() == same
    dialog.as_it_was.setChecked(True)
    qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
    lost = "Operations of the present file that are not in it: {n}."
    assert dialog.summary.text() == look.language.text(lost, n="1")
    dialog.view.choose(1)
    qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
    assert dialog.summary.text() == look.language.text(lost, n="2")


def test_a_new_file_is_restored_and_said(look: Look, path: Path, jobs: Jobs, qtbot: QtBot) -> None:
    dialog = shown(look, path, jobs, qtbot)
    to = path.with_name("new.hashiya")
    with qtbot.waitSignal(dialog.restored, timeout=LONG):
        dialog.restore_to(to)
    assert n_labels(to) == 1
    assert "new.hashiya" in dialog.summary.text()
    dialog.restore_to(to)
    rest(dialog, qtbot)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)
    assert "new.hashiya" in dialog.trouble.text


def test_those_of_the_former_place_of_a_moved_file_are_listed_with_it_and_restored(
    look: Look, path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    to = path.with_name("moved.hashiya")
    path.rename(to)
    work_on(to, "موسكو")
    with Project.open(to) as project:
        backing_up.back_up(project, "asked")
    dialog = shown(look, to, jobs, qtbot)

    own, former = dialog.view.table.rows
    assert own[5].said == look.language.text("asked for")
    assert "project.hashiya" in former[5].said
    assert str(path) in former[5].tip
    dialog.view.choose(1)
    qtbot.waitUntil(lambda: not dialog.is_looking, timeout=LONG)
    assert dialog.summary.text() == look.language.text("It says the same as the present file.")
    new = path.with_name("new.hashiya")
    with qtbot.waitSignal(dialog.restored, timeout=LONG):
        dialog.restore_to(new)
    assert n_labels(new) == 2


def test_where_there_are_none_nothing_can_be_done(
    look: Look, path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = shown(look, path.with_name("never.hashiya"), jobs, qtbot)
    assert dialog.summary.text() == look.language.text("There are no backups of it yet.")
    assert not dialog.go.isEnabled()
    assert not dialog.elsewhere.isEnabled()


def test_a_damaged_backup_is_said_and_nothing_is_made(
    look: Look, path: Path, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = shown(look, path, jobs, qtbot)
    backup = backing_up.backup_of(path)
    data = bytearray(backup.path.read_bytes())
    data[-1] ^= 1
    backup.path.write_bytes(data)
    made: list[Prepared] = []
    dialog.prepared.connect(made.append)
    before = path.read_bytes()
    click(dialog.go)
    qtbot.waitUntil(lambda: bool(dialog.trouble.text), timeout=LONG)
    assert not made
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".hashiya-new-*"))


# --- in the window ------------------------------------------------------------------------------


def dialog_of(program: Program) -> RestoreDialog:
    (dialog,) = program.window.findChildren(RestoreDialog)
    return dialog


def test_the_window_restores_the_file_that_is_open(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    program.window.commands.do("backups")
    dialog = dialog_of(program)
    qtbot.waitUntil(lambda: bool(dialog.listed) and not dialog.is_looking, timeout=LONG)
    dialog.as_it_was.setChecked(True)
    click(dialog.go)
    qtbot.waitUntil(lambda: n_labels(path) == 0, timeout=LONG)

    assert program.session is not None
    assert program.session.project.path == path
    assert program.session.labels == {}
    assert "project.hashiya" in dialog.summary.text()
    wait()
    assert reasons(path) == ["asked", "restore"]


def test_a_file_that_is_gone_is_offered_its_backups(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    path.unlink()
    assert not program.open_project(path)
    dialog = dialog_of(program)
    qtbot.waitUntil(lambda: bool(dialog.listed) and not dialog.is_looking, timeout=LONG)
    click(dialog.go)
    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert n_labels(path) == 1


def test_a_file_without_backups_is_offered_nothing(program: Program, tmp_path: Path) -> None:
    assert not program.open_project(tmp_path / "never.hashiya")
    assert program.window.findChildren(RestoreDialog) == []
