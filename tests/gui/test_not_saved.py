"""What the file did not take: it stays in view wherever the person goes, and is tried again."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Argument, extent_of
from annotator.gui.program import Program
from annotator.services import annotators, labelling
from annotator.services.projects import new
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

LONG = 20_000
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def press(program: Program, text: str, held: Qt.KeyboardModifier = NONE) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(text.upper()), held, text)
        QApplication.sendEvent(page_of(program).canvas, event)
    session_of(program).flush()


def label_word(program: Program, quote: str, key: str, article: int = 0) -> None:
    page_of(program).canvas.place_caret(projects.extent_of(quote, article)[0].start + 1)
    press(program, key)


def take_away(program: Program) -> Callable[[], object]:
    """Move the project's file away; return what brings it back."""
    path = session_of(program).project.path
    aside = path.with_name("aside")
    path.rename(aside)
    return lambda: aside.rename(path)


def exchange(program: Program) -> None:
    """Put a copy in the place of the project's file, as a sync program does."""
    path = session_of(program).project.path
    Path(shutil.copy(path, path.with_name("copy"))).replace(path)


def in_view(program: Program) -> list[tuple[str, str]]:
    shown = session_of(program).shown_labels().values()
    return sorted((one.type, extent_of(one)[0].quote) for one in shown if extent_of(one))


def in_file(program: Program) -> list[tuple[str, str]]:
    session = session_of(program)
    assert session.layer is not None
    labels = session.project.labels(session.layer)
    return sorted((one.type, extent_of(one)[0].quote) for one in labels if extent_of(one))


def test_it_is_there_again_when_one_comes_back_to_the_article(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    page_of(opened).show_article(projects.sha_of(1))
    assert in_view(opened) == []

    page_of(opened).show_article(projects.sha_of(0))

    assert in_view(opened) == [("PERS", "بوتين")]
    assert len(session_of(opened).unsaved) == 1
    bring_back()
    opened.window.commands.do("try_again")
    assert in_file(opened) == [("PERS", "بوتين")]


def test_trying_again_writes_in_the_articles_that_were_left_too(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    press(opened, "o")
    page_of(opened).show_article(projects.sha_of(1))
    label_word(opened, "بغداد", "g", article=1)
    opened.window.commands.do("try_again")
    assert session_of(opened).has_unsaved
    assert page_of(opened).messages.has_trouble

    bring_back()
    opened.window.commands.do("try_again")

    assert not session_of(opened).has_unsaved
    assert not page_of(opened).messages.has_trouble
    assert in_file(opened) == [("GPE", "بغداد")]
    page_of(opened).show_article(projects.sha_of(0))
    assert in_file(opened) == [("ORG", "بوتين")]


def test_it_stays_when_others_write_in_the_file(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    bring_back()
    session = session_of(opened)
    with Project.open(session.project.path) as other:
        annotators.ensure(other, "زيد")

    session.read_again()

    assert in_view(opened) == [("PERS", "بوتين")]
    opened.window.commands.do("try_again")
    assert in_file(opened) == [("PERS", "بوتين")]


def test_while_another_program_holds_the_file_it_stays_and_is_written_after_that(
    opened: Program, qtbot: QtBot
) -> None:
    session = session_of(opened)
    session.project.connection.execute("PRAGMA busy_timeout=50")
    with Project.open(session.project.path) as other:
        other.connection.execute("BEGIN EXCLUSIVE")
        label_word(opened, "بوتين", "p")
        assert in_view(opened) == [("PERS", "بوتين")]
        other.connection.execute("UPDATE settings SET value='x' WHERE name='title'")
        with qtbot.waitSignal(session.project_changed, timeout=LONG):
            other.connection.execute("COMMIT")

    assert in_view(opened) == [("PERS", "بوتين")]
    opened.window.commands.do("try_again")
    assert in_file(opened) == [("PERS", "بوتين")]


def test_what_is_done_with_it_meanwhile_is_written_after_it(opened: Program) -> None:
    bring_back = take_away(opened)
    page_of(opened).canvas.place_caret(projects.extent_of("لقاءه")[0].start + 1)
    press(opened, "m", SHIFT)
    label_word(opened, "بوتين", "p")
    label_word(opened, "ترامب", "p")
    press(opened, "o")
    label_word(opened, "موسكو", "g")
    press(opened, "x")
    session = session_of(opened)
    event = next(one for one in session.shown_labels().values() if one.type == "MEET")
    filler = next(one for one in session.shown_labels().values() if one.type == "PERS")
    session.do(session.intents.fill(event.uid, "actor", filler.uid))
    session.flush()

    bring_back()
    opened.window.commands.do("try_again")

    assert session.unsaved == []
    assert in_file(opened) == [("MEET", "لقاءه"), ("ORG", "ترامب"), ("PERS", "بوتين")]
    assert [one.type for one in session.labels.values() if isinstance(one, Argument)] == ["actor"]


def test_a_gesture_on_it_brings_both_into_the_file_once_it_can_be_written(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    bring_back()

    press(opened, "o")

    assert in_file(opened) == [("ORG", "بوتين")]


def test_an_article_is_not_finished_without_it(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    opened.window.commands.do("finish")
    assert session_of(opened).status != "done"
    bring_back()

    opened.window.commands.do("finish")

    page_of(opened).show_article(projects.sha_of(0))
    assert session_of(opened).status == "done"
    assert in_file(opened) == [("PERS", "بوتين")]


def test_undo_lets_go_of_it_before_what_is_saved(opened: Program) -> None:
    label_word(opened, "بوتين", "p")
    take_away(opened)
    label_word(opened, "ترامب", "p")

    opened.window.commands.do("undo")

    assert in_view(opened) == [("PERS", "بوتين")]
    assert not page_of(opened).messages.has_trouble
    assert session_of(opened).hand == ""


def test_a_copy_in_the_place_of_the_file_takes_it(opened: Program) -> None:
    label_word(opened, "ترامب", "p")
    exchange(opened)
    label_word(opened, "بوتين", "p")
    assert session_of(opened).has_unsaved

    opened.window.commands.do("try_again")

    assert in_file(opened) == [("PERS", "بوتين"), ("PERS", "ترامب")]
    assert session_of(opened).project.is_waited_for
    label_word(opened, "موسكو", "g")
    with Project.open(session_of(opened).project.path) as again:
        layer = again.layer(projects.sha_of(0), projects.annotator(again, "سلمى").uid)
        assert len(again.labels(layer)) == 3


def test_the_copy_takes_it_when_it_is_opened(opened: Program) -> None:
    exchange(opened)
    label_word(opened, "بوتين", "p")

    assert opened.open_project(session_of(opened).project.path)

    assert in_file(opened) == [("PERS", "بوتين")]
    assert not session_of(opened).has_unsaved


def test_another_project_in_its_place_takes_nothing(opened: Program, tmp_path: Path) -> None:
    label_word(opened, "ترامب", "p")
    other = tmp_path / "other.hashiya"
    new(other)
    other.replace(session_of(opened).project.path)
    label_word(opened, "بوتين", "p")

    opened.window.commands.do("try_again")

    assert session_of(opened).has_unsaved
    assert page_of(opened).messages.has_trouble
    assert in_view(opened) == [("PERS", "بوتين"), ("PERS", "ترامب")]


def test_closing_says_once_that_it_is_not_saved(opened: Program) -> None:
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")

    opened.window.close()

    assert opened.window.isVisible()
    assert page_of(opened).messages.has_trouble
    bring_back()
    opened.window.commands.do("close_project")
    assert opened.session is None


def test_leaving_tries_once_more(opened: Program) -> None:
    path = session_of(opened).project.path
    bring_back = take_away(opened)
    label_word(opened, "بوتين", "p")
    bring_back()

    opened.window.commands.do("close_project")

    with Project.open(path) as project:
        layer = project.layer(projects.sha_of(0), projects.annotator(project, "سلمى").uid)
        assert [one.type for one in project.labels(layer)] == ["PERS"]


def test_a_window_that_was_built_anew_tells_it_again(opened: Program, qtbot: QtBot) -> None:
    take_away(opened)
    label_word(opened, "بوتين", "p")
    before = opened.window

    opened.other_language()
    qtbot.waitUntil(lambda: opened.window is not before, timeout=LONG)

    assert page_of(opened).messages.has_trouble
    assert in_view(opened) == [("PERS", "بوتين")]


def test_trying_again_is_still_offered_when_the_window_has_seen_it_too(
    opened: Program, qtbot: QtBot
) -> None:
    take_away(opened)
    label_word(opened, "بوتين", "p")

    with qtbot.waitSignal(session_of(opened).not_saved, timeout=LONG):
        pass

    messages = page_of(opened).messages
    assert messages.act.isVisibleTo(messages)


def test_a_label_that_another_window_removed_is_in_hand_no_longer(opened: Program) -> None:
    label_word(opened, "بوتين", "p")
    session = session_of(opened)
    uid = session.hand
    with Project.open(session.project.path) as other:
        layer = other.layer(projects.sha_of(0), projects.annotator(other, "سلمى").uid)
        labelling.remove(other, layer, uid)

    session.read_again()

    assert uid
    assert session.hand == ""
    assert page_of(opened).far_side.hand.card is None
