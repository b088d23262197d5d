"""Merging that is stopped, refused or not allowed: nothing is half done, and it is told why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.schemachange import RENAME
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import replying
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store import receipts
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import is_literal, put, seen
from tests.gui.teams import PEOPLE, choose, click, merge, n_labels, rest, told, tried


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


@pytest.fixture
def bundles(project: Project) -> list[Path]:
    return teams.bundles(project.path)


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> MergeDialog:
    dialog = MergeDialog(look, project, jobs)
    put(qtbot, dialog)
    return dialog


def test_a_source_that_goes_bad_meanwhile_is_told_and_nothing_comes_in(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    bundles[1].write_bytes(b"PK")
    click(dialog.go)
    rest(dialog, qtbot)
    assert dialog.sources.refused == [bundles[1]]
    assert n_labels(project) == 0
    assert receipts.receipts(project) == []


def test_of_two_files_of_one_name_only_the_bad_one_is_refused(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    there = bundles[0].with_name("بدر")
    there.mkdir()
    bad = there / bundles[0].name
    bad.write_bytes(bundles[0].read_bytes()[:-9])
    choose(dialog, qtbot, bundles[0], bad)
    assert dialog.sources.refused == [bad]
    good, refused = told(dialog)
    assert good == dialog.look.language.text("Waits until what is refused is left out.")
    assert f"بدر/{bad.name}" in refused
    click(dialog.leave_out)
    tried(dialog, qtbot)
    merge(dialog, qtbot)
    assert n_labels(project) == 2


def test_the_project_itself_and_one_of_another_project_are_refused(
    dialog: MergeDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "other.hashiya"
    Project.create(path, projects.SCHEMA, "آخر").close()
    choose(dialog, qtbot, project.path, path)
    assert dialog.sources.refused == [project.path, path]
    assert all(
        one.name in said for one, said in zip((project.path, path), told(dialog), strict=True)
    )


def test_stopping_leaves_the_project_as_it_was_and_says_so(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    before = projects.contents(project)
    click(dialog.go)
    assert dialog.is_busy
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    rest(dialog, qtbot)
    said = dialog.look.language.text("Stopped. Nothing was merged, and the project is as it was.")
    assert dialog.summary.text() == said
    assert projects.contents(project) == before
    assert dialog.go.isEnabled()
    dialog.close()
    assert not dialog.isVisible()


def test_the_jobs_end_with_the_window_and_nothing_is_half_merged(
    dialog: MergeDialog, project: Project, jobs: Jobs, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    before = projects.contents(project)
    click(dialog.go)
    jobs.end()
    rest(dialog, qtbot)
    assert projects.contents(project) == before or n_labels(project) == 4


def test_an_annotator_merges_the_reply_and_cannot_take_it_back(
    look: Look, project: Project, bundles: list[Path], jobs: Jobs, qtbot: QtBot
) -> None:
    change_schema(project, TypeChange(RENAME, "PERS", "PERSON"))
    (reply,) = replying.reply(project, [PEOPLE[0]], project.path.parent / "replies")
    with Project.open(bundles[0].with_name(f"{PEOPLE[0]}.hashiya")) as hers:
        dialog = MergeDialog(look, hers, jobs)
        put(qtbot, dialog)
        choose(dialog, qtbot, reply.path)
        merge(dialog, qtbot)
        assert "PERSON" in hers.label_schema.entity_types
        assert not dialog.outcome.take_back.isEnabled()
        assert dialog.outcome.take_back.toolTip()
        dialog.sources.leave_out([reply.path])
        choose(dialog, qtbot, bundles[1])
        assert dialog.sources.refused == [bundles[1]]


def test_a_moved_project_is_told_in_words_and_merged_when_it_is_back(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    before = projects.contents(project)
    elsewhere = project.path.rename(project.path.with_name("elsewhere.hashiya"))
    click(dialog.go)
    rest(dialog, qtbot)
    assert dialog.trouble.text
    assert dialog.isVisible()
    elsewhere.rename(project.path)
    assert projects.contents(project) == before
    merge(dialog, qtbot)
    assert n_labels(project) == 4


def test_hostile_names_are_literal(dialog: MergeDialog, project: Project, qtbot: QtBot) -> None:
    teams.add_hostile(project)
    (path,) = teams.handed(project.path, teams.HOSTILE_NAME).values()
    teams.label(path)
    name = teams.HOSTILE_NAME.replace("\n", " ").replace("/", "")[:60]
    bundle = teams.bundle_of(path, f"{name}.zip")
    bad = bundle.with_name(f"z{bundle.name}")
    bad.write_bytes(b"PK\x03\x04")
    choose(dialog, qtbot, bundle, bad)
    assert dialog.sources.refused == [bad]
    assert is_literal(dialog)
    click(dialog.leave_out)
    tried(dialog, qtbot)
    assert dialog.sources.refused == [bundle]  # nobody can have been called so
    assert is_literal(dialog)
    assert "\u202e" not in seen(dialog)


def test_a_name_that_looks_like_a_page_is_literal(
    dialog: MergeDialog, project: Project, qtbot: QtBot
) -> None:
    name = "<b>&<img src=x>" + "ط" * 60
    (path,) = teams.handed(project.path, name).values()
    teams.label(path)
    choose(dialog, qtbot, teams.bundle_of(path))
    assert name in told(dialog)[0].replace("\u200b", "")
    merge(dialog, qtbot)
    assert is_literal(dialog)
    assert n_labels(project) == 2


def test_an_empty_folder_and_a_file_that_is_gone_are_refused(
    dialog: MergeDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    empty, gone = tmp_path / "فارغ", tmp_path / "gone.zip"
    empty.mkdir()
    choose(dialog, qtbot, empty, gone)
    assert dialog.sources.refused == [empty, gone]
    for path, said in zip((empty, gone), told(dialog), strict=True):
        assert path.name in said
    assert not dialog.go.isEnabled()
