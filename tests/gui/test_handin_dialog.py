"""Handing in: what goes, where to, and a fingerprint to read out."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.handin import HandInDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import IconButton
from annotator.services import handing_in, labelling
from annotator.services.merging import merge
from annotator.services.progress import Progress, go_on
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, is_literal, put, seen
from tests.gui.teams import PEOPLE, click, rest


@pytest.fixture
def lead() -> Iterator[Path]:
    with projects.quick_folder() as folder:
        yield teams.lead_file(folder)


@pytest.fixture
def project(lead: Path) -> Iterator[Project]:
    """Return a file that was handed out, with two labels in it and one article done."""
    path = teams.handed(lead)[PEOPLE[0]]
    teams.label(path)
    with Project.open(path) as project:
        layer = projects.layer_of(project, PEOPLE[0], 1)
        labelling.set_status(project, layer, "done")
        yield project


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> HandInDialog:
    return shown(look, project, jobs, qtbot)


def shown(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> HandInDialog:
    dialog = HandInDialog(look, project, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def hand_in(dialog: HandInDialog, qtbot: QtBot) -> Path:
    with qtbot.waitSignal(dialog.handed_in, timeout=LONG):
        click(dialog.go)
    assert dialog.place.place is not None
    return dialog.place.place


def test_it_says_whose_work_goes_and_how_far_it_has_come(dialog: HandInDialog) -> None:
    assert PEOPLE[0] in seen(dialog)
    assert dialog.statuses.text().count(": 1") == 3
    assert "2" in dialog.unfinished.text()


def test_the_bundle_goes_beside_the_file_under_her_name(
    dialog: HandInDialog, project: Project, lead: Path, qtbot: QtBot
) -> None:
    before = projects.contents(project)
    bundle = hand_in(dialog, qtbot)

    assert bundle == project.path.with_name(f"{PEOPLE[0]}.handin.zip")
    assert projects.contents(project) == before
    with Project.open(lead) as file:
        (part,) = merge(file, [bundle], dry_run=True).parts
    assert dialog.fingerprint.fingerprint == part.fingerprint
    (copy,) = dialog.fingerprint.findChildren(IconButton)
    click(copy)
    assert QGuiApplication.clipboard().text() == part.fingerprint


def test_handing_in_again_says_that_the_bundle_is_replaced(
    dialog: HandInDialog, look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    assert not dialog.replaces.isVisible()
    bundle = hand_in(dialog, qtbot)
    again = shown(look, project, jobs, qtbot)
    assert again.replaces.isVisible()
    first = bundle.read_bytes()
    hand_in(again, qtbot)
    assert again.fingerprint.fingerprint == dialog.fingerprint.fingerprint
    assert len(bundle.read_bytes()) == len(first)


def test_a_lead_s_file_goes_whole(look: Look, lead: Path, jobs: Jobs, qtbot: QtBot) -> None:
    with Project.open(lead) as project:
        layer = projects.layer_of(project, "ليلى")
        labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
        dialog = shown(look, project, jobs, qtbot)
        assert look.language.text("The whole file") in seen(dialog)
        assert not dialog.unfinished.isVisible()
        assert hand_in(dialog, qtbot).is_file()


def test_a_folder_that_is_not_there_is_one_sentence(
    dialog: HandInDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.place.field.setText(str(tmp_path / "لا" / "a.zip"))
    click(dialog.go)
    rest(dialog, qtbot)
    assert dialog.trouble.text
    assert not dialog.fingerprint.isVisible()
    assert list(tmp_path.iterdir()) == []


def test_the_project_itself_is_never_written_over(
    dialog: HandInDialog, project: Project, qtbot: QtBot
) -> None:
    dialog.place.field.setText(str(project.path))
    click(dialog.go)
    rest(dialog, qtbot)
    assert project.path.name in dialog.trouble.text
    assert projects.n_operations(project) > 0


def test_without_a_place_nothing_can_be_handed_in(dialog: HandInDialog) -> None:
    dialog.place.field.clear()
    assert not dialog.go.isEnabled()


def test_stopping_leaves_no_bundle(
    dialog: HandInDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_in, "go_on", go_on_once_stopped)
    click(dialog.go)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    rest(dialog, qtbot)
    place = dialog.place.place
    assert place is not None
    assert not place.exists()
    said = dialog.look.language.text("Stopped. No bundle was written.")
    assert dialog.summary.text() == said


def go_on_once_stopped(progress: Progress, done: int, total: int) -> None:
    """Tell progress to somebody who has stopped it by then, however fast the machine is."""
    give_up = time.monotonic() + LONG / 1000
    while not progress.cancelled and time.monotonic() < give_up:
        time.sleep(0.01)
    go_on(progress, done, total)


def test_a_hostile_name_is_literal(look: Look, lead: Path, jobs: Jobs, qtbot: QtBot) -> None:
    with Project.open(lead) as project:
        teams.add_hostile(project)
    (path,) = teams.handed(lead, teams.HOSTILE_NAME).values()
    with Project.open(path) as project:
        dialog = shown(look, project, jobs, qtbot)
        assert is_literal(dialog)
        hand_in(dialog, qtbot)
        assert is_literal(dialog)
        dialog.grab()
