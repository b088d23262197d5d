"""Merging: what each source would bring, all of it or nothing, and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.schemachange import RENAME
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.i18n import CODES
from annotator.services import replying
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store import receipts
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, dressed, drop, is_literal, put, seen
from tests.gui.teams import PEOPLE, click, rest


@pytest.fixture(scope="module", params=CODES)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp, request.param)


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


@pytest.fixture
def bundles(project: Project) -> list[Path]:
    return teams.bundles(project.path)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.end()


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> MergeDialog:
    dialog = MergeDialog(look, project, jobs)
    put(qtbot, dialog)
    return dialog


def choose(dialog: MergeDialog, qtbot: QtBot, *paths: Path) -> None:
    dialog.sources.add(paths)
    tried(dialog, qtbot)


def tried(dialog: MergeDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.preview is not None or bool(dialog.trouble.text), timeout=LONG)


def merge(dialog: MergeDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.merged, timeout=LONG):
        click(dialog.go)


def n_labels(project: Project) -> int:
    return int(project.connection.execute("SELECT count(*) FROM entities").fetchone()[0])


def told(dialog: MergeDialog) -> list[str]:
    return [one.said for one in dialog.sources.rows]


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
    (whole, *parts) = receipts.receipts(project)
    assert len(parts) == 2
    assert whole.uid in dialog.outcome.receipt.text()
    with Project.open(Path(dialog.outcome.backup.text)) as backup:
        assert projects.contents(backup)["entities"] == before["entities"] == []
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


def test_a_moved_project_is_told_in_words(
    dialog: MergeDialog, project: Project, bundles: list[Path], qtbot: QtBot
) -> None:
    choose(dialog, qtbot, *bundles)
    project.path.rename(project.path.with_name("elsewhere.hashiya"))
    click(dialog.go)
    rest(dialog, qtbot)
    assert dialog.trouble.text
    assert not dialog.go.isEnabled()


def test_hostile_names_are_literal(dialog: MergeDialog, project: Project, qtbot: QtBot) -> None:
    teams.add_hostile(project)
    (path,) = teams.handed(project.path, teams.HOSTILE_NAME).values()
    teams.label(path)
    name = teams.HOSTILE_NAME.replace("\n", " ").replace("/", "")[:60]
    bundle = teams.bundle_of(path, f"{name}.zip")
    bad = bundle.with_name(f"z{bundle.name}")
    bad.write_bytes(b"PK\x03\x04")
    choose(dialog, qtbot, bundle, bad)
    assert is_literal(dialog)
    click(dialog.leave_out)
    tried(dialog, qtbot)
    assert is_literal(dialog)
    merge(dialog, qtbot)
    assert is_literal(dialog)
    assert "\u202e" not in seen(dialog)
