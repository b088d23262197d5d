"""Replies and receipts: written, listed, taken back and brought back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.receipts import ReceiptsDialog
from annotator.gui.dialogs.reply import ReplyDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.receipts import local_time
from annotator.services.merging import merge, take_back
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, is_literal, put
from tests.gui.teams import PEOPLE, click, rest


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


def n_labels(project: Project) -> int:
    return int(project.connection.execute("SELECT count(*) FROM entities").fetchone()[0])


# --- replies ---


def replying(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> ReplyDialog:
    dialog = ReplyDialog(look, project, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def test_those_who_have_articles_get_replies(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    files = teams.handed(project.path)
    dialog = replying(look, project, jobs, qtbot)
    assert dialog.names == list(PEOPLE)
    QTest.mouseClick(
        dialog.boxes[1][1], Qt.MouseButton.LeftButton, pos=dialog.boxes[1][1].rect().center()
    )
    dialog.boxes[1][1].setChecked(False)
    with qtbot.waitSignal(dialog.replied, timeout=LONG) as written:
        click(dialog.go)
    (reply,) = written.args[0]
    assert reply.name == PEOPLE[0]
    ((name, _, code, path),) = dialog.files.table.rows
    assert (name.tip, code.tip.replace(" ", "")) == (PEOPLE[0], reply.fingerprint)
    assert path.tip == str(reply.path)
    with Project.open(files[PEOPLE[0]]) as hers:
        assert merge(hers, [reply.path]).refused == ()


def test_nobody_to_reply_to_is_said(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> None:
    dialog = replying(look, project, jobs, qtbot)
    assert dialog.summary.text() == look.language.text("Nobody is in the project yet.")
    assert not dialog.go.isEnabled()


def test_a_reply_that_cannot_be_written_is_one_sentence(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.handed(project.path)
    dialog = replying(look, project, jobs, qtbot)
    dialog.place.field.setText(str(project.path))
    click(dialog.go)
    rest(dialog, qtbot)
    assert project.path.name in dialog.trouble.text
    assert not dialog.files.isVisible()


def test_replies_to_hostile_names_are_literal(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.add_hostile(project)
    teams.handed(project.path, teams.HOSTILE_NAME)
    dialog = replying(look, project, jobs, qtbot)
    with qtbot.waitSignal(dialog.replied, timeout=LONG):
        click(dialog.go)
    assert is_literal(dialog)
    assert "\u202e" not in dialog.files.table.rows[0][0].said


# --- receipts ---


def listing(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> ReceiptsDialog:
    dialog = ReceiptsDialog(look, project, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def act(dialog: ReceiptsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.go)
    rest(dialog, qtbot)


def test_without_a_merge_there_are_no_receipts(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = listing(look, project, jobs, qtbot)
    assert dialog.summary.text() == look.language.text("Nothing was merged into this file.")
    assert not dialog.go.isEnabled()


def test_one_hand_in_of_two_is_taken_back_and_brought_back_by_keys(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    report = merge(project, teams.bundles(project.path))
    dialog = listing(look, project, jobs, qtbot)
    wanted = [report.receipt, *(part.receipt for part in report.parts)]
    assert [one.receipt.uid for one in dialog.listed] == wanted
    assert [one.is_part for one in dialog.listed] == [False, True, True]

    QTest.keyClick(dialog.view, Qt.Key.Key_Down)
    assert dialog.chosen is dialog.listed[1]
    act(dialog, qtbot)
    assert n_labels(project) == 2
    assert [one.is_standing for one in dialog.listed] == [True, False, True]
    assert dialog.chosen is dialog.listed[1]
    act(dialog, qtbot)
    assert n_labels(project) == 4


def test_what_went_with_the_whole_comes_back_with_the_whole(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    report = merge(project, teams.bundles(project.path))
    take_back(project, report.receipt)
    dialog = listing(look, project, jobs, qtbot)
    dialog.view.choose(1)
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip()
    dialog.view.choose(0)
    act(dialog, qtbot)
    assert n_labels(project) == 4


def test_the_newest_merge_stands_first(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    for bundle in teams.bundles(project.path):
        merge(project, [bundle])
    dialog = listing(look, project, jobs, qtbot)
    assert [one.receipt.name for one in dialog.listed] == list(reversed(PEOPLE))
    assert [row[1].tip for row in dialog.view.table.rows] == list(reversed(PEOPLE))


def test_an_annotator_sees_receipts_and_cannot_take_back(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    path = teams.handed(project.path)[PEOPLE[0]]
    other = projects.copied(path, "laptop.hashiya")
    teams.label(other)
    with Project.open(path) as hers:
        merge(hers, [teams.bundle_of(other)])
        dialog = listing(look, hers, jobs, qtbot)
        assert len(dialog.listed) == 1
        assert not dialog.go.isEnabled()
        assert dialog.go.toolTip() == look.language.text("Only the lead's file can do this.")


def test_times_are_those_of_the_clocks_here() -> None:
    assert local_time("") == ""
    assert local_time("2026-05-06T10:00Z")[:8] == "2026-05-"
