"""Signs for what is not seen: only on demand, each at its character, no letter moved by it."""

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.view import Canvas
from annotator.gui.theme import NAMES
from tests.gui.canvases import canvas, painted

TEXT = "قال\u00a0الوزير  كتـــاب\u200fٌ و\u200cمي\u202eحرف ﻣﺮﺣﺒﺎ آخر"
PLACES = [3, 10, 11, 15, 19, 23, 26, 31]
"""Of the characters, and of the first shape, that get a sign."""


def differing(one: Canvas, shows: bool) -> set[int]:
    """Return the x at which the picture differs once signs are shown, or hidden."""
    before = painted(one)
    one.set_unseen(is_shown=shows)
    after = painted(one)
    box = before.rect()
    return {
        x
        for x in range(box.width())
        for y in range(box.height())
        if before.pixel(x, y) != after.pixel(x, y)
    }


@pytest.mark.parametrize("theme", NAMES)
def test_each_character_that_is_not_seen_gets_a_sign_at_its_place(qtbot: QtBot, theme: str) -> None:
    made = canvas(qtbot, TEXT, theme=theme)
    boxes = [made.box_of(at, at + 1) for at in PLACES]

    changed = differing(made, shows=True)

    for box in boxes:
        around = QRect(box.left() - 5, 0, box.width() + 10, 1)
        assert any(around.left() <= x <= around.right() for x in changed), box
    seen = [made.box_of(at, at + 1) for at, sign in enumerate(TEXT) if sign in "قيرذ"]
    assert not any(box.left() + 6 < x < box.right() - 6 for box in seen for x in changed)
    assert [made.box_of(at, at + 1) for at in PLACES] == boxes


def test_without_being_asked_for_there_are_none_and_they_go_again(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    plain = painted(made)

    assert differing(made, shows=True)
    differing(made, shows=False)

    assert painted(made) == plain


def test_they_stay_for_the_next_article(qtbot: QtBot) -> None:
    made = canvas(qtbot, "قال")
    made.set_unseen(is_shown=True)
    made.show_article(TEXT, ())

    assert differing(made, shows=False)


def test_a_text_with_nothing_unseen_looks_the_same(qtbot: QtBot) -> None:
    assert not differing(canvas(qtbot, "قال الوزير إن الأمر انتهى."), shows=True)
