"""The window as a whole: projects, languages, themes, widths, keys and mouse on the real thing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity, Event, extent_of, hull, replace
from annotator.gui import actions
from annotator.gui.dialogs.settings import SettingsDialog
from annotator.gui.program import Program
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

NONE = Qt.KeyboardModifier.NoModifier
TEXT = projects.TEXTS[0]


def labelled(program: Program) -> list[tuple[str, str]]:
    """Return type and quote of what the file has, in the order of the text."""
    session = session_of(program)
    session.flush()
    assert session.layer is not None
    labels = [one for one in session.project.labels(session.layer) if extent_of(one)]
    labels.sort(key=lambda one: hull(extent_of(one)))
    return [(one.type, extent_of(one)[0].quote) for one in labels]


def press(program: Program, text: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(text.upper()), modifiers, text)
        QApplication.sendEvent(page_of(program).canvas, event)
    session_of(program).flush()


def put_caret(program: Program, quote: str, nth: int = 0) -> None:
    start = projects.extent_of(quote, 0, nth)[0].start
    page_of(program).canvas.place_caret(start + 1)


def drag(program: Program, start: int, end: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    canvas = page_of(program).canvas
    canvas.scroll_to(start, end)
    viewport, button = canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(viewport, button, modifiers, canvas.point_of(start))
    QTest.mouseMove(viewport, canvas.point_of(end, end=True))
    QTest.mouseRelease(viewport, button, modifiers, canvas.point_of(end, end=True))


def dress_anew(program: Program, action: str) -> None:
    """Change the look, and wait for the window that is built for it."""
    before = program.window
    program.window.commands.do(action)
    QApplication.processEvents()
    assert program.window is not before


def test_every_action_of_the_table_does_something(program: Program) -> None:
    assert program.window.commands.unwired == set()


def test_no_two_actions_have_the_same_key() -> None:
    keys = [key for action in actions.ACTIONS if not action.is_typed for key in action.keys]

    assert len(keys) == len(set(keys))


def test_a_key_labels_the_word_under_the_caret_and_again_retypes_and_removes(
    opened: Program,
) -> None:
    put_caret(opened, "بوتين")
    press(opened, "p")
    assert labelled(opened) == [("PERS", "بوتين")]

    press(opened, "o")
    assert labelled(opened) == [("ORG", "بوتين")]

    press(opened, "o")
    assert labelled(opened) == []


def test_the_same_keys_work_while_the_keyboard_speaks_arabic(opened: Program) -> None:
    put_caret(opened, "موسكو")

    press(opened, "ل")

    assert labelled(opened) == [("GPE", "موسكو")]


def test_shift_and_a_letter_labels_an_event(opened: Program) -> None:
    put_caret(opened, "لقاءه")

    press(opened, "M", Qt.KeyboardModifier.ShiftModifier)

    assert labelled(opened) == [("MEET", "لقاءه")]


def test_alt_labels_inside_a_label(opened: Program) -> None:
    start = TEXT.index("فلاديمير بوتين")
    page_of(opened).canvas.select(start, start + len("فلاديمير بوتين"))
    press(opened, "p")
    page_of(opened).canvas.clear_selection()
    put_caret(opened, "بوتين")

    press(opened, "o", Qt.KeyboardModifier.AltModifier)

    assert labelled(opened) == [("ORG", "بوتين"), ("PERS", "فلاديمير بوتين")] or labelled(
        opened
    ) == [("PERS", "فلاديمير بوتين"), ("ORG", "بوتين")]


def test_a_sub_word_is_dragged_with_alt_and_labelled(opened: Program) -> None:
    start = TEXT.index("لقاءه")

    drag(opened, start, start + 4, Qt.KeyboardModifier.AltModifier)
    press(opened, "o")

    assert labelled(opened) == [("ORG", "لقاء")]


def test_a_drag_without_alt_takes_whole_words(opened: Program) -> None:
    start = TEXT.index("فلاديمير")

    drag(opened, start + 3, start + 11)
    press(opened, "p")

    assert labelled(opened) == [("PERS", "فلاديمير بوتين")]


def test_brackets_move_the_edges_that_the_eye_sees(opened: Program) -> None:
    put_caret(opened, "لقاءه")
    press(opened, "o")

    press(opened, "[")

    assert labelled(opened) == [("ORG", "لقاء")]
    press(opened, "[")
    assert labelled(opened) == [("ORG", "لقاءه")]


def test_edges_move_by_letters_as_the_eye_sees_them(opened: Program) -> None:
    put_caret(opened, "بوتين")
    press(opened, "p")
    moved = []
    for action in ("left_edge_right", "right_edge_left", "right_edge_right", "left_edge_left"):
        opened.window.commands.do(action)
        moved += [quote for _, quote in labelled(opened)]

    assert moved == ["بوتي", "وتي", "بوتي", "بوتين"]


def test_removing_what_others_point_to_says_so_first(opened: Program) -> None:
    session, page = session_of(opened), page_of(opened)
    put_caret(opened, "لقاءه")
    press(opened, "M", Qt.KeyboardModifier.ShiftModifier)
    event = next(one for one in session.labels.values() if isinstance(one, Event))
    session.do(
        session.intents.fill_with_new(event.uid, "place", projects.extent_of("موسكو"), "GPE")
    )
    session.flush()
    place = next(one for one in session.labels.values() if isinstance(one, Entity))
    page.go_to(place.uid)

    press(opened, "x")
    assert len(session.labels) == 3

    press(opened, "x")
    assert list(session.labels.values()) == [event]


def test_undo_and_redo_scroll_to_the_place(opened: Program) -> None:
    put_caret(opened, "القاهرة")
    press(opened, "g")

    opened.window.commands.do("undo")
    assert labelled(opened) == []
    opened.window.commands.do("redo")

    assert labelled(opened) == [("GPE", "القاهرة")]


def test_done_goes_on_to_the_next_article_and_can_be_reopened(opened: Program) -> None:
    session = session_of(opened)

    opened.window.commands.do("finish")

    assert session.reading is not None
    assert session.reading.article.sha256 == projects.sha_of(1)
    opened.window.commands.do("previous_article")
    assert session.status == "done"
    put_caret(opened, "بوتين")
    press(opened, "p")
    assert labelled(opened) == []
    assert "المقال منجز" in page_of(opened).messages.sentence.text()
    opened.window.commands.do("reopen")
    session.flush()
    press(opened, "p")
    assert labelled(opened) == [("PERS", "بوتين")]


def test_the_language_changes_and_the_place_stays(opened: Program) -> None:
    put_caret(opened, "القاهرة")
    press(opened, "g")
    hand = session_of(opened).hand
    caret = page_of(opened).canvas.caret()

    dress_anew(opened, "language")

    assert opened.look.language.code == "en"
    assert opened.window.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert page_of(opened).canvas.caret() == caret
    assert session_of(opened).hand == hand
    press(opened, "o")
    assert labelled(opened) == [("ORG", "القاهرة")]
    dress_anew(opened, "language")
    assert opened.window.layoutDirection() is Qt.LayoutDirection.RightToLeft


@pytest.mark.parametrize("n", [1, 2, 3])
def test_every_theme_shows_the_article(opened: Program, n: int) -> None:
    for _ in range(n):
        dress_anew(opened, "theme")

    assert session_of(opened).reading is not None
    assert page_of(opened).canvas.box_of(0, 3).isValid()


def test_another_window_is_followed_within_a_second(opened: Program, qtbot: QtBot) -> None:
    session = session_of(opened)
    layer = session.layer
    assert layer is not None
    with Project.open(session.project.path) as other:
        labelling.add_entity(other, layer, projects.extent_of("موسكو"), "GPE")

    qtbot.waitUntil(lambda: len(session.labels) == 1, timeout=1500)


def test_a_file_that_is_gone_keeps_the_label_in_view_and_trying_again_works(
    opened: Program, tmp_path: Path
) -> None:
    session, page = session_of(opened), page_of(opened)
    path, aside = session.project.path, tmp_path / "aside"
    path.rename(aside)
    put_caret(opened, "بوتين")

    press(opened, "p")

    assert len(session.unsaved) == 1
    assert len(session.shown_labels()) == 1
    assert page.messages.has_trouble
    aside.rename(path)
    opened.window.commands.do("try_again")
    assert session.unsaved == []
    assert labelled(opened) == [("PERS", "بوتين")]


def test_closing_asks_nothing_and_everything_is_in_the_file(
    opened: Program, tmp_path: Path
) -> None:
    path = session_of(opened).project.path
    put_caret(opened, "بوتين")
    QTest.keyClicks(page_of(opened).canvas, "p")

    opened.close_project()

    with Project.open(path) as project:
        layer = project.layer(projects.sha_of(0), projects.annotator(project, "سلمى").uid)
        assert [one.type for one in project.labels(layer)] == ["PERS"]


def test_the_place_in_a_project_is_remembered(opened: Program) -> None:
    path = session_of(opened).project.path
    page_of(opened).show_article(projects.sha_of(2))
    opened.close_project()

    assert opened.open_project(path)

    reading = session_of(opened).reading
    assert reading is not None
    assert reading.article.sha256 == projects.sha_of(2)


@pytest.mark.parametrize("width", [1000, 1150, 1279, 1280, 1440])
def test_at_every_width_the_article_and_what_is_in_hand_can_be_reached(
    opened: Program, width: int, qtbot: QtBot
) -> None:
    window, page = opened.window, page_of(opened)
    window.resize(width, 760)
    qtbot.waitUntil(lambda: window.width() == width)

    for action, part in (
        ("hand", page.far_side.hand),
        ("articles", page.reading_side.articles),
        ("all_labels", page.far_side.labels),
        ("problems", page.far_side.problems),
    ):
        window.commands.do(action)
        assert part.isVisible(), (width, action)
    assert page.canvas.width() >= 400


def test_a_project_that_is_none_is_one_sentence(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    path.write_bytes(b"no project")

    assert not program.open_project(path)

    assert program.session is None
    assert program.window.welcome is not None
    assert program.window.welcome.trouble.isVisible()


def test_the_menu_of_a_label_offers_what_can_be_done_with_it(opened: Program) -> None:
    put_caret(opened, "بوتين")
    press(opened, "p")
    (uid,) = session_of(opened).labels
    session_of(opened).take_in_hand("")
    canvas = page_of(opened).canvas

    canvas.context_asked.emit(uid, canvas.mapToGlobal(canvas.rect().center()))

    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert session_of(opened).hand == uid
    names = [action.text() for action in menu.actions()]
    assert opened.look.language.text("Remove label") in names
    menu.close()


def test_find_is_folded_and_its_hits_lie_on_the_original(opened: Program) -> None:
    opened.window.commands.do("find")
    bar = page_of(opened).find_bar
    hits: list[list[tuple[int, int]]] = []
    bar.hits_changed.connect(lambda found, _: hits.append(found))

    bar.field.setText("الاجتماع القادم")

    assert [TEXT[start:end] for start, end in hits[-1]] == ["الاجتماع القادم"]
    bar.field.setText("مفيدا")
    assert [TEXT[start:end] for start, end in hits[-1]] == ["مفيدًا"]
    bar.field.setText("لا يوجد هنا")
    assert hits[-1] == []
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_a_removed_mention_can_be_replaced_by_another_of_the_same_name(opened: Program) -> None:
    session, page = session_of(opened), page_of(opened)
    for nth in (0, 1):
        put_caret(opened, "بوتين", nth)
        press(opened, "p")
    first, other = sorted(session.labels)
    put_caret(opened, "لقاءه")
    press(opened, "M", Qt.KeyboardModifier.ShiftModifier)
    event = next(one for one in session.labels.values() if isinstance(one, Event))
    session.do(session.intents.fill(event.uid, "actor", first))
    session.flush()
    page.go_to(first)

    press(opened, "x")
    opened.window.commands.do("hand_over")
    session.flush()

    assert [one.filler for one in session.arguments_of(event.uid)] == [other]
    assert first not in session.labels


def test_a_window_that_was_built_anew_is_the_only_one_that_listens(
    opened: Program, qtbot: QtBot
) -> None:
    for _ in range(3):
        dress_anew(opened, "language")
    put_caret(opened, "بوتين")

    press(opened, "p")
    qtbot.wait(500)

    assert labelled(opened) == [("PERS", "بوتين")]


def test_settings_stay_open_while_the_window_is_built_anew(opened: Program) -> None:
    opened.window.commands.do("settings")
    (dialog,) = opened.window.findChildren(SettingsDialog)
    chosen = replace(dialog.current, theme="dark")

    dialog.settings_changed.emit(chosen)
    QApplication.processEvents()

    assert opened.look.theme.name == "dark"
    assert [one.isVisible() for one in opened.window.findChildren(SettingsDialog)] == [True]
