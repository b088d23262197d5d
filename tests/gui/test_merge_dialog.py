"""Merging: what each source would bring, all of it or nothing, and the way back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from annotator.core.schemachange import RENAME
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store import backupfile, receipts
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, drop, put
from tests.gui.teams import PEOPLE, choose, click, merge, n_labels, told, tried


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


def test_without_a_choice_nothing_can_be_merged(dialog: MergeDialog) -> None:
    assert not dialog.go.isEnabled()
    assert dialog.focusWidget() is dialog.sources.files


def test_a_choice_is_tried_out_and_nothing_is_written(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    before = projects.contents(project)
    choose(dialog, qtbot, *bundles)

    assert dialog.preview is not None
    assert dialog.preview.new > 0
    for name, said, part in zip(PEOPLE, told(dialog), dialog.preview.parts, strict=True):
        assert name in said
        code = part.fingerprint
        assert f"{code[:4]} {code[4:8]} {code[8:]}" in said
    assert dialog.figures.isVisible()
    assert projects.contents(project) == before
    assert dialog.go.isEnabled()


def test_what_was_tried_out_comes_in_and_leaves_a_receipt_and_a_copy(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    before = projects.contents(project)
    merge(dialog, qtbot)

    assert n_labels(project) == 4
    uids = {one.uid for one in receipts.receipts(project)}
    (whole,) = (uid for uid in uids if uid in dialog.outcome.receipt.text())
    assert uids == {whole, f"{whole}-1", f"{whole}-2"}
    with closing(backupfile.opened(Path(dialog.outcome.backup.text))) as backup:
        assert backupfile.facts_in(backup).n_labels == len(before["entities"]) == 0
    assert not dialog.go.isEnabled()


def test_it_is_taken_back_and_brought_back(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    merge(dialog, qtbot)
    merged = projects.contents(project)["entities"]
    button = dialog.outcome.take_back
    for n, said in ((0, "Bring back"), (4, "Take back"), (0, "Bring back")):
        with qtbot.waitSignal(dialog.merged, timeout=LONG):
            click(button)
        assert n_labels(project) == n
        assert button.text() == dialog.look.language.text(said)
        if n:
            assert projects.contents(project)["entities"] == merged


def test_merging_again_says_that_there_is_nothing_new(
    dialog: MergeDialog, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, bundles[0])
    merge(dialog, qtbot)
    dialog.sources.leave_out(bundles)
    choose(dialog, qtbot, bundles[0])
    assert dialog.summary.text() == dialog.look.language.text("There is nothing new in it.")
    assert not dialog.go.isEnabled()


def test_a_refused_source_is_told_and_left_out(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    torn = bundles[1].with_name("torn.zip")
    torn.write_bytes(bundles[1].read_bytes()[:300])
    before = projects.contents(project)
    choose(dialog, qtbot, bundles[0], torn)

    assert not dialog.go.isEnabled()
    assert dialog.sources.refused == [torn]
    assert "torn.zip" in told(dialog)[1]
    assert not dialog.figures.isVisible()
    assert projects.contents(project) == before
    click(dialog.leave_out)
    tried(dialog, qtbot)
    assert dialog.sources.sources == (bundles[0],)
    merge(dialog, qtbot)
    assert n_labels(project) == 2


def test_files_of_the_project_are_merged_as_bundles_are(
    dialog: MergeDialog, project: Project, qtbot: QtBot
) -> None:
    path = teams.handed(project.path)[PEOPLE[0]]
    teams.label(path)
    choose(dialog, qtbot, path)
    merge(dialog, qtbot)
    assert n_labels(project) == 2


def test_another_label_schema_is_remarked(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    change_schema(project, TypeChange(RENAME, "PERS", "PERSON"))
    choose(dialog, qtbot, bundles[0])
    assert bundles[0].name in dialog.remarks.text()
    assert dialog.go.isEnabled()


def test_bundles_and_folders_of_them_are_dropped(
    dialog: MergeDialog, bundles: list[Path], qtbot: QtBot
) -> None:
    assert drop(dialog, bundles[0])
    assert drop(dialog.sources, bundles[0].parent)
    dropped = {one.name for one in dialog.sources.sources}
    assert dropped == {
        f"{name}{ending}" for name in PEOPLE for ending in (".handin.zip", ".hashiya")
    }
    tried(dialog, qtbot)


def test_the_window_goes_on_while_it_merges(
    dialog: MergeDialog, bundles: list[Path], qtbot: QtBot
) -> None:
    turns: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: turns.append(1))
    choose(dialog, qtbot, *bundles)
    timer.start()
    merge(dialog, qtbot)
    timer.stop()
    assert len(turns) > 3
