"""The second record in the window: a bar while it is off, and what came back by it."""

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.program import Program
from annotator.gui.secondrecord import SecondRecord
from annotator.gui.widgets.banner import Banner
from annotator.services import labelling
from annotator.store import journal
from annotator.store.project import Project
from tests.projects import annotator, extent_of, layer_of, made, operations_in, sha_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = made(tmp_path)
    with Project.open(path) as project:
        annotator(project)
    return path


@pytest.fixture
def opened(program: Program, path: Path) -> Program:
    with Project.open(path) as project:
        who = annotator(project)
    program.open_project(path, who.uid)
    return program


def banner(program: Program) -> Banner | None:
    return program.window.findChild(Banner)


def label(program: Program, quote: str) -> None:
    session = program.session
    assert session is not None
    session.show_article(sha_of(0))
    session.do(session.intents.add_entity(extent_of(quote), "PERS"))
    session.flush()
    assert not session.has_unsaved


def test_a_bar_says_that_the_second_record_is_off_until_it_works_again(
    opened: Program, qtbot: QtBot
) -> None:
    session = opened.session
    assert session is not None
    label(opened, "بوتين")
    place = journal.path_of(session.project.uid, session.project.replica)
    kept = place.with_suffix(".kept")
    place.rename(kept)
    place.mkdir()  # nothing can be written there, whoever one is
    assert banner(opened) is None

    label(opened, "ترامب")

    qtbot.waitUntil(lambda: banner(opened) is not None)
    shown = banner(opened)
    assert shown is not None
    assert "السجل الثاني" in shown.sentence.text()
    opened.other_language()
    qtbot.waitUntil(lambda: opened.window.look.language.code == "en" and banner(opened) is not None)
    again = banner(opened)
    assert again is not None
    assert "second record" in again.sentence.text()
    place.rmdir()
    kept.rename(place)
    qtbot.waitUntil(lambda: banner(opened) is None)
    names = {one.hash for one in operations_in(session.project)}
    written = place.read_bytes()
    assert all(name.encode() in written for name in names if name_of_own(name, session.project))


def name_of_own(name: str, project: Project) -> bool:
    """Whether the operation called `name` was made here."""
    return any(
        one.hash == name and one.replica == project.replica for one in operations_in(project)
    )


def test_what_an_older_copy_lacks_comes_back_when_it_is_opened_and_is_told(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    with Project.open(path) as project:
        old = path.read_bytes()
        who = annotator(project)
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        names = {one.hash for one in operations_in(project)}
    path.write_bytes(old)

    program.open_project(path, who.uid)

    session = program.session
    assert session is not None
    assert {one.hash for one in operations_in(session.project)} == names
    session.show_article(sha_of(0))
    assert len(session.labels) == 1
    bar = program.window.paging.bars()[0]
    qtbot.waitUntil(lambda: "السجل الثاني" in bar.sentence.text())
    assert "عملية واحدة" in bar.sentence.text()


def test_an_older_copy_that_is_written_over_the_open_file_is_made_whole_at_once(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    old = path.read_bytes()
    label(opened, "بوتين")
    session = opened.session
    assert session is not None
    uid = next(iter(session.labels))

    path.write_bytes(old)
    os.utime(path)

    qtbot.waitUntil(lambda: len(operations_in(session.project)) == 3)
    qtbot.waitUntil(lambda: uid in session.labels)
    label(opened, "ترامب")
    assert len(session.labels) == 2


def test_of_a_project_that_another_took_the_place_of_the_record_is_looked_at_no_longer(
    opened: Program, path: Path
) -> None:
    session = opened.session
    assert session is not None
    assert session.annotator is not None
    label(opened, "بوتين")
    place = journal.path_of(session.project.uid, session.project.replica)
    place.rename(place.with_suffix(".kept"))
    place.mkdir()
    label(opened, "ترامب")
    assert session.project.second_record is not None
    former = session.findChild(SecondRecord)
    assert former is not None

    assert opened.open_project(path, session.annotator.uid)
    former.look()

    assert opened.session is not session
