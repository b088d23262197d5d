"""Where the file lies is explained once, and what a sync program doubled is offered for merging."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.program import Program
from annotator.gui.widgets.notice import Notice
from annotator.store.project import Project
from tests import projects
from tests.gui.seeing import cut_words, outside, overlaps

LONG = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return projects.made(folder)


def opened(program: Program, path: Path) -> None:
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    remarking = program.attending.remarking
    assert remarking is not None
    remarking.look()


def notices(program: Program) -> list[Notice]:
    return [one for one in program.window.findChildren(Notice) if one.isVisible()]


def said(program: Program, qtbot: QtBot) -> Notice:
    qtbot.waitUntil(lambda: len(notices(program)) == 1, timeout=LONG)
    return notices(program)[0]


def quiet(program: Program, qtbot: QtBot) -> bool:
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=LONG)
    qtbot.wait(100)
    return not notices(program)


def test_a_synced_folder_is_explained_until_it_is_read_and_never_again(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    notice = said(program, qtbot)
    assert "Dropbox" in notice.sentence.text()
    assert not notice.act.isVisible()
    assert [*cut_words(notice), *overlaps(notice), *outside(notice)] == []

    notice.read.click()

    assert quiet(program, qtbot)
    program.close_project()
    opened(program, path)
    assert quiet(program, qtbot)


def test_it_stays_when_the_window_is_built_anew_and_goes_with_the_project(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path)
    said(program, qtbot)

    program.other_language()
    qtbot.waitUntil(lambda: not program._anew.isActive(), timeout=LONG)  # noqa: SLF001

    assert "keeps in step" in said(program, qtbot).sentence.text()
    program.close_project()
    assert notices(program) == []


def test_a_copy_of_a_sync_program_is_offered_for_merging(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = projects.made(tmp_path)
    copy = path.with_name(f"{path.stem} (conflicted copy 2026-11-22).hashiya")
    shutil.copy(path, copy)
    opened(program, path)
    notice = said(program, qtbot)
    assert copy.name in notice.sentence.text()

    notice.act.click()

    dialog = program.window.findChild(MergeDialog)
    assert dialog is not None
    assert [*dialog.sources.sources] == [copy]
    dialog.close()
    assert quiet(program, qtbot)


def test_an_ordinary_place_is_not_worth_a_word(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    opened(program, projects.made(tmp_path))

    assert quiet(program, qtbot)


def test_a_name_that_would_turn_the_sentence_round_is_spelled_out(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    opened(program, path.rename(path.with_name("a\u202eb.hashiya")))

    words = said(program, qtbot).sentence.text()

    assert "\u202e" not in words
    assert "[U+202E]" in words
