"""Real keys on the canvas: the caret, what they select, and what is copied of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.view import Canvas
from tests.gui.canvases import canvas, drag
from tests.gui.laying import HARD
from tests.gui.selecting import LETTERS, TEXT, place, selected

KEY = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def made(qtbot: QtBot) -> Canvas:
    return canvas(qtbot, TEXT, size=(520, 700))


KEYS: dict[str, tuple[str, Qt.Key, Qt.KeyboardModifier, str]] = {
    "a letter on": ("وويتكوف", KEY.Key_Left, SHIFT, "و"),
    "a letter with its marks": ("حَمَّ", KEY.Key_Left, SHIFT, "حَ"),
    "half of lam-alef": ("لا يلزم", KEY.Key_Left, SHIFT, "ل"),
    "a Latin letter": ("CBS News", KEY.Key_Left, SHIFT, "C"),
    "a family": ("👨\u200d👩\u200d👧", KEY.Key_Left, SHIFT, "👨\u200d👩\u200d👧"),
    "a letter in a text without Arabic": ("without", KEY.Key_Right, SHIFT, "w"),
    "a letter back": ("وويتكوف", KEY.Key_Right, SHIFT, " "),
    "a word on": ("وويتكوف", KEY.Key_Left, SHIFT | CONTROL, "وويتكوف"),
    "a Latin word": ("CBS News", KEY.Key_Left, SHIFT | CONTROL, "CBS"),
    "a word in quotes": ("«الكرملين", KEY.Key_Left, SHIFT | CONTROL, "«الكرملين"),
    "a number": ("25%", KEY.Key_Left, SHIFT | CONTROL, "25"),
    "a word back": (" وويتكوف", KEY.Key_Right, SHIFT | CONTROL, "للمبعوث"),
    "the paragraph": ("Text", KEY.Key_Down, SHIFT | CONTROL, TEXT.split("\n")[3]),
    "back to its start": (" وويتكوف", KEY.Key_Up, SHIFT | CONTROL, TEXT[: TEXT.index(" ووي")]),
    "to the end": ("25% (", KEY.Key_End, SHIFT | CONTROL, "25% (A/B)"),
    "to its start": ("وويتكوف", KEY.Key_Home, SHIFT | CONTROL, TEXT[: TEXT.index("وويتكوف")]),
}


@pytest.mark.parametrize("name", KEYS)
def test_keys_select(made: Canvas, name: str) -> None:
    at, key, modifiers, expected = KEYS[name]
    made.place_caret(TEXT.index(at))

    QTest.keyClick(made, key, modifiers)

    assert selected(made) == expected


def test_what_is_begun_after_a_selection_was_given_up_begins_at_the_caret(made: Canvas) -> None:
    start, end = place("بوتين للمبعوث")
    made.select(start, end)
    made.clear_selection()

    QTest.keyClick(made, KEY.Key_Left, SHIFT | CONTROL)

    assert selected(made) == " وويتكوف"


def test_a_selection_grows_back_from_the_end_that_moved_last(made: Canvas) -> None:
    start, end = place("وويتكوف")
    drag(made, made.point_of(end, end=True), made.point_of(start + 1), ALT)
    QTest.keyClick(made, KEY.Key_Right, SHIFT)
    assert selected(made) == "وويتكوف"

    QTest.keyClick(made, KEY.Key_Left, SHIFT)
    QTest.keyClick(made, KEY.Key_Left, SHIFT)
    assert selected(made) == "يتكوف"


def test_the_caret_goes_through_latin_and_back_by_keys(made: Canvas) -> None:
    start, _ = place(" AFP ")
    made.place_caret(start)
    passed = []
    for key in [KEY.Key_Left] * 5 + [KEY.Key_Right] * 5:
        QTest.keyClick(made, key)
        passed.append(made.caret() - start)

    assert passed == [1, 3, 2, 1, 5, 4, 2, 3, 4, 0]


def test_home_and_end_select_to_the_edges_of_the_line_that_is_seen(made: Canvas) -> None:
    start = place("فلاديمير")[0]
    made.place_caret(start)
    QTest.keyClick(made, KEY.Key_End, SHIFT)
    line = selected(made)
    assert TEXT[start:].startswith(line)
    assert TEXT[start + len(line)] == " "

    made.place_caret(start + len(line) - 1)
    QTest.keyClick(made, KEY.Key_Home, SHIFT)
    assert selected(made) == TEXT[: start + len(line) - 1]


def test_down_and_up_select_to_the_same_place_of_the_next_line_and_back(made: Canvas) -> None:
    start = place("بوتين")[0]
    made.place_caret(start)
    QTest.keyClick(made, KEY.Key_Down, SHIFT)
    (_, end) = made.selection() or (0, 0)
    first, second = made.point_of(start), made.point_of(end)

    assert second.y() > first.y()
    assert abs(second.x() - first.x()) < 25
    QTest.keyClick(made, KEY.Key_Up, SHIFT)
    assert made.selection() is None


def test_all_is_selected_and_copied_as_the_article_has_it(qtbot: QtBot) -> None:
    text = "\n".join(HARD.values())
    made = canvas(qtbot, text)
    QTest.keyClick(made, KEY.Key_A, CONTROL)
    QTest.keyClick(made, KEY.Key_C, CONTROL)

    assert made.selection() == (0, len(text))
    assert QGuiApplication.clipboard().text() == text


@pytest.mark.parametrize("letters", LETTERS)
def test_what_is_selected_is_copied_exactly(made: Canvas, letters: str) -> None:
    made.select(*place(letters))
    QTest.keyClick(made, KEY.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == letters
