"""A word is taken as the clitic policy says, by mouse and keys; its edges go through the cuts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.model import Entity, extent_of
from annotator.gui.program import Program
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

LEFT = Qt.MouseButton.LeftButton
TEXT = "التقى بوتين وويتكوف في موسكو، ثم تحدث ويتكوف عن لقاء وَبوتين وكتابهم.\nكتاب ويتكوف وللسلطة."


@pytest.fixture
def opened(program: Program, tmp_path: Path, request: pytest.FixtureRequest) -> Program:
    """Return the program with one article open, under the policy that the test names."""
    policy = getattr(request, "param", "exclude")
    schema = projects.SCHEMA.replace('version = "1"', f'version = "1"\nclitics = "{policy}"', 1)
    path = projects.made(tmp_path, schema=schema, texts=(TEXT,))
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    page_of(program).show_article(projects.sha_of(TEXT))
    return program


def press(program: Program, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, ord(text.upper()), Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(page_of(program).canvas, event)
    session_of(program).flush()


def click_twice(program: Program, quote: str) -> None:
    canvas = page_of(program).canvas
    point = canvas.point_of(TEXT.index(quote) + len(quote) - 1)
    QTest.mouseDClick(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseRelease(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)


def selected(program: Program) -> str:
    selection = page_of(program).canvas.selection()
    return TEXT[slice(*selection)] if selection else ""


def quotes(program: Program) -> list[str]:
    labels = session_of(program).labels.values()
    return [extent_of(one)[0].quote for one in labels if isinstance(one, Entity)]


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("وويتكوف", "ويتكوف"),
        ("بوتين", "بوتين"),
        ("وَبوتين", "بوتين"),
        ("وللسلطة", "لسلطة"),
    ],
)
def test_a_double_click_leaves_attached_letters_out(opened: Program, word: str, taken: str) -> None:
    click_twice(opened, word)
    assert selected(opened) == taken


@pytest.mark.parametrize("opened", ["include"], indirect=True)
def test_a_double_click_takes_attached_letters_in_where_labels_do(opened: Program) -> None:
    click_twice(opened, "وويتكوف")
    assert selected(opened) == "وويتكوف"
    page_of(opened).canvas.place_caret(TEXT.index("وَبوتين") + 3)
    press(opened, "p")
    assert quotes(opened) == ["وَبوتين"]


@pytest.mark.parametrize(("letter", "policy"), [("p", "exclude"), ("ح", "exclude")])
def test_a_key_at_a_word_takes_what_a_double_click_takes(
    opened: Program, letter: str, policy: str
) -> None:
    page_of(opened).canvas.place_caret(TEXT.index("وَبوتين") + 3)
    press(opened, letter)
    assert quotes(opened) == ["بوتين"]
    assert session_of(opened).problems == {}


def test_brackets_take_the_edges_of_a_selection_through_the_cuts_and_round(
    opened: Program,
) -> None:
    click_twice(opened, "وللسلطة")
    seen = []
    for _ in range(5):
        press(opened, "]")  # the right edge is where an Arabic word begins
        seen.append(selected(opened))
    assert seen == ["سلطة", "وللسلطة", "للسلطة", "لسلطة", "سلطة"]

    click_twice(opened, "وكتابهم")
    for left in ("وكتاب", "وكتابهم"):
        press(opened, "[")  # and the left one where it ends
        assert selected(opened) == left


def test_brackets_move_the_label_in_hand_and_leave_what_is_selected_on_it(
    opened: Program,
) -> None:
    click_twice(opened, "وويتكوف")
    press(opened, "p")
    press(opened, "]")
    assert quotes(opened) == ["وويتكوف"]
    press(opened, "]")
    assert quotes(opened) == ["ويتكوف"]


def test_a_drag_that_goes_on_from_a_double_click_keeps_what_was_taken(opened: Program) -> None:
    canvas = page_of(opened).canvas
    first, other = TEXT.index("وويتكوف"), TEXT.index("موسكو")
    point = canvas.point_of(first + 3)
    QTest.mouseDClick(canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point)
    QTest.mouseMove(canvas.viewport(), canvas.point_of(other + 2))
    QTest.mouseRelease(
        canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, canvas.point_of(other + 2)
    )
    assert selected(opened) == "ويتكوف في موسكو"
