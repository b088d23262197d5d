"""Handing out: who, what each would get, and then files; or one sentence, and nothing at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.handout import HandOutDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.literal import literal
from annotator.services import annotators
from annotator.store import readers
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, is_literal, put, seen, type_in
from tests.gui.teams import PEOPLE, click, rest


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> HandOutDialog:
    return shown(look, project, jobs, qtbot)


def shown(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> HandOutDialog:
    dialog = HandOutDialog(look, project, jobs)
    put(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.people.known or dialog.people.new), timeout=LONG)
    return dialog


def name_them(dialog: HandOutDialog, *names: str) -> None:
    """Type names by keys alone: each Return goes on to the next line."""
    for n, name in enumerate(names):
        field = dialog.people.new[-1].field
        assert dialog.focusWidget() is field
        type_in(field, name)
        if n + 1 < len(names):
            QTest.keyClick(field, Qt.Key.Key_Return)


def preview(dialog: HandOutDialog, qtbot: QtBot) -> None:
    click(dialog.preview)
    rest(dialog, qtbot)


def hand_out(dialog: HandOutDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.handed_out, timeout=LONG):
        click(dialog.go)


def cells(dialog: HandOutDialog) -> list[tuple[str, ...]]:
    return [tuple(cell.tip or cell.said for cell in row) for row in dialog.planned.table.rows]


def folder_of(dialog: HandOutDialog) -> Path:
    place = dialog.place.place
    assert place is not None
    return place


def test_a_look_says_who_would_get_what_and_changes_nothing(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    before = projects.contents(project)
    name_them(dialog, *PEOPLE)
    dialog.dealing.overlap.setValue(2)
    assert not dialog.go.isEnabled()

    preview(dialog, qtbot)

    words = str(sum(len(text.split()) for text in projects.TEXTS))
    assert cells(dialog) == [(name, "0", "3", "0", "3", words) for name in PEOPLE]
    assert "3" in dialog.facts.text()
    assert projects.contents(project) == before
    assert not folder_of(dialog).exists()


def test_each_gets_a_file_of_her_own(
    dialog: HandOutDialog, project: Project, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_them(dialog, *PEOPLE)
    dialog.dealing.overlap.setValue(2)
    preview(dialog, qtbot)
    hand_out(dialog, qtbot)

    folder = folder_of(dialog)
    assert {one.name for one in folder.iterdir()} == {f"{name}.hashiya" for name in PEOPLE}
    for name in PEOPLE:
        with Project.open(folder / f"{name}.hashiya") as file:
            owner = annotators.owner(file)
            assert owner is not None
            assert owner.name == name
    assert [row[0].tip for row in dialog.files.table.rows] == list(PEOPLE)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    click(dialog.folder)
    assert opened == [QUrl.fromLocalFile(str(folder))]
    assert not dialog.go.isEnabled()


def test_a_hand_out_is_undone_by_a_button(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    before = projects.contents(project)
    assert not dialog.undo.isVisible()
    name_them(dialog, *PEOPLE)
    dialog.dealing.overlap.setValue(2)
    preview(dialog, qtbot)
    hand_out(dialog, qtbot)
    folder = folder_of(dialog)

    with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
        click(dialog.undo)

    text = dialog.look.language.text
    assert dialog.summary.text() == text("Taken back: what was assigned is as it was before.")
    assert list(folder.iterdir()) == []
    now = projects.contents(project)
    assert (now["assignments"], now["layers"]) == (before["assignments"], before["layers"])
    assert not dialog.undo.isVisible()
    assert not dialog.files.isVisible()
    preview(dialog, qtbot)
    hand_out(dialog, qtbot)
    assert len(list(folder.iterdir())) == 2


def test_after_undoing_whoever_had_a_file_has_hers_again(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.handed(project.path)
    projects.add_articles(project, "خبر جديد عن القاهرة.", "خبر ثانٍ عن بغداد.")
    dialog = shown(look, project, jobs, qtbot)
    for one in dialog.people.known:
        one.box.setChecked(True)
    dialog.dealing.overlap.setValue(2)
    dialog.place.field.setText(str(project.path.parent / "files"))
    preview(dialog, qtbot)
    hand_out(dialog, qtbot)

    with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
        click(dialog.undo)

    again = look.language.plural("{n} file", "{n} files", 2)
    assert look.language.text("Written again: {files}.", files=again) in dialog.summary.text()
    with Project.open(project.path.parent / "files" / f"{PEOPLE[0]}.hashiya") as hers:
        assert hers.connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_what_was_begun_meanwhile_is_told_and_stays(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    name_them(dialog, *PEOPLE)
    dialog.dealing.overlap.setValue(2)
    preview(dialog, qtbot)
    hand_out(dialog, qtbot)
    teams.label(folder_of(dialog) / f"{PEOPLE[0]}.hashiya")

    click(dialog.undo)
    rest(dialog, qtbot)

    assert f"{PEOPLE[0]}.hashiya" in dialog.trouble.text
    assert projects.contents(project)["assignments"]
    assert dialog.undo.isVisible()


def test_shares_are_weights(dialog: HandOutDialog, project: Project, qtbot: QtBot) -> None:
    name_them(dialog, *PEOPLE)
    dialog.people.new[0].share.setValue(2)
    preview(dialog, qtbot)
    assert [row[2] for row in cells(dialog)] == ["2", "1"]


def test_another_choice_wants_another_look(dialog: HandOutDialog, qtbot: QtBot) -> None:
    name_them(dialog, *PEOPLE)
    preview(dialog, qtbot)
    assert dialog.go.isEnabled()
    dialog.dealing.seed.setValue(7)
    assert not dialog.go.isEnabled()
    assert not dialog.planned.isVisible()


def test_lines_are_added_and_taken_away_by_keys(dialog: HandOutDialog) -> None:
    name_them(dialog, "سلمى", "ب")
    second = dialog.people.new[1].field
    QTest.keyClick(second, Qt.Key.Key_Backspace)
    QTest.keyClick(second, Qt.Key.Key_Backspace)
    assert len(dialog.people.new) == 1
    assert dialog.focusWidget() is dialog.people.new[0].field
    QTest.keyClick(dialog.people.new[0].field, Qt.Key.Key_Return)
    assert len(dialog.people.new) == 2


def test_names_that_nobody_can_have_are_told_as_they_are_typed(dialog: HandOutDialog) -> None:
    name_them(dialog, "gold")
    assert dialog.people.new[0].trouble.isVisible()
    assert not dialog.preview.isEnabled()


def test_what_cannot_be_is_one_sentence_in_the_dialog(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    name_them(dialog, *PEOPLE)
    dialog.dealing.overlap.setValue(3)
    preview(dialog, qtbot)
    assert "3" in dialog.trouble.text
    assert not dialog.go.isEnabled()
    assert list(readers.assigned(project)) == []


def test_one_person_twice_is_refused(dialog: HandOutDialog, qtbot: QtBot) -> None:
    name_them(dialog, "سلمى", "سَلمى")
    preview(dialog, qtbot)
    assert "سلمى" in dialog.trouble.text


def test_those_who_have_articles_are_offered_and_ticked(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.handed(project.path, PEOPLE[0])
    annotators.ensure(project, "آمنة")
    dialog = shown(look, project, jobs, qtbot)
    told = [(one.name, one.box.isChecked()) for one in dialog.people.known]
    assert told == [(PEOPLE[0], True), ("آمنة", False)]
    assert "3" in seen(dialog)


def test_articles_are_taken_over_from_a_colleague(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.handed(project.path, PEOPLE[0])
    dialog = shown(look, project, jobs, qtbot)
    dialog.people.known[0].box.setChecked(False)
    assert dialog.givers is not None
    dialog.givers.press(PEOPLE[0])
    click(dialog.people.add)
    name_them(dialog, PEOPLE[1])
    assert not dialog.dealing.overlap.isEnabled()
    preview(dialog, qtbot)
    assert [row[:5] for row in cells(dialog)] == [
        (PEOPLE[1], "0", "3", "0", "3"),
        (PEOPLE[0], "3", "0", "3", "0"),
    ]
    stays = "What is taken over stays in the files of {names} until a reply to them."
    language = look.language
    assert language.text(stays, names=language.quoted(literal(PEOPLE[0]))) in seen(dialog)
    hand_out(dialog, qtbot)
    names = {one.uid: one.name for one in project.annotators()}
    assert {names[one.annotator] for one in readers.assigned(project)} == {PEOPLE[1]}


def test_a_file_with_work_is_not_replaced(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    path = teams.handed(project.path, PEOPLE[0])[PEOPLE[0]]
    teams.label(path)
    dialog = shown(look, project, jobs, qtbot)
    dialog.place.field.setText(str(path.parent))
    before, file = projects.contents(project), path.read_bytes()
    preview(dialog, qtbot)
    click(dialog.go)
    rest(dialog, qtbot)
    assert path.name in dialog.trouble.text.replace("\u200b", "")
    assert (projects.contents(project), path.read_bytes()) == (before, file)


def test_a_file_in_place_of_the_folder_is_told(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    name_them(dialog, *PEOPLE)
    preview(dialog, qtbot)
    dialog.place.field.setText(str(project.path))
    click(dialog.go)
    rest(dialog, qtbot)
    assert project.path.name in dialog.trouble.text
    assert list(readers.assigned(project)) == []


def test_stopping_assigns_nothing_and_leaves_no_file(
    dialog: HandOutDialog, project: Project, qtbot: QtBot
) -> None:
    name_them(dialog, *PEOPLE)
    preview(dialog, qtbot)
    click(dialog.go)
    assert dialog.is_busy
    assert not dialog.people.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    rest(dialog, qtbot)
    assert not folder_of(dialog).exists()
    assert list(readers.assigned(project)) == []
    told = dialog.look.language.text("Stopped. Nothing was assigned and no file was written.")
    assert dialog.summary.text() == told
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_look_can_be_stopped(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> None:
    projects.add_articles(project, *(f"{n} {projects.TEXTS[0]}" for n in range(400)))
    dialog = shown(look, project, jobs, qtbot)
    name_them(dialog, *PEOPLE)
    click(dialog.preview)
    assert dialog.line.isVisible()
    click(dialog.stop)
    rest(dialog, qtbot)
    assert dialog.plan is None
    assert dialog.preview.isEnabled()


def test_hostile_names_are_literal(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> None:
    teams.add_hostile(project)
    dialog = shown(look, project, jobs, qtbot)
    dialog.people.known[0].box.setChecked(True)
    preview(dialog, qtbot)
    assert is_literal(dialog)
    assert "\u202e" not in dialog.planned.table.rows[0][0].said
    hand_out(dialog, qtbot)
    assert is_literal(dialog)
    assert len(list(folder_of(dialog).iterdir())) == 1
