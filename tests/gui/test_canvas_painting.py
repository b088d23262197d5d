"""What is painted: the same ink with labels and without, and a sign for every state."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.arabic.graphemes import graphemes
from annotator.gui.canvas.marks import Link, Mark, Stretch
from annotator.gui.canvas.view import Canvas
from annotator.gui.theme import NAMES, Theme
from tests.gui.canvases import canvas, entity, event, painted

TEXT = "قال الرئيس فلاديمير بوتين لا"
JOINED = "والاتفاق لا للاتحاد محمد مُحَمَّد الله CBS لأوكرانيا، 25% ووزيرًا"


def colours(picture: QImage, area: QRect | None = None) -> set[str]:
    """Return the colours in a picture, but for those of soft edges: ones that are there often."""
    box = (area or picture.rect()) & picture.rect()
    counts: dict[int, int] = {}
    for y in range(box.top(), box.bottom() + 1):
        for x in range(box.left(), box.right() + 1):
            pixel = picture.pixel(x, y)
            counts[pixel] = counts.get(pixel, 0) + 1
    return {QColor(pixel).name() for pixel, n in counts.items() if n >= 3}


def shown(
    qtbot: QtBot, marks: list[Mark], theme: str = "light", text: str = TEXT
) -> tuple[Canvas, set[str]]:
    made = canvas(qtbot, text, marks, theme=theme)
    return made, colours(painted(made), QRect(0, 0, 580, 120))


@pytest.mark.parametrize("text", [JOINED, "قال AFP في 2025: مُحَمَّد و«CBS»"])
def test_the_ink_of_letters_is_the_same_with_labels_on_parts_of_words(
    qtbot: QtBot, text: str
) -> None:
    cuts = [start for start, _ in graphemes(text)][::2]
    spans = [(a, b) for a, b in pairwise(cuts) if not text[a:b].isspace()]
    marks = [Mark(f"u{n}", "entity", (span,), "شخص", slot="n6") for n, span in enumerate(spans)]
    # In high contrast there are no tints: between lanes and chips only the letters have ink.
    made = canvas(qtbot, text, theme="contrast")
    bare, box = painted(made), made.box_of(0, len(text))

    made.set_marks(marks)
    labelled, moved = painted(made), made.box_of(0, len(text))

    assert moved.size() == box.size()
    assert moved.top() > box.top()
    assert labelled.copy(moved) == bare.copy(box)


def test_letters_are_over_tints_and_lanes_and_never_under_them(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    text = Theme.of("light")["text"]
    before, box = painted(made), made.box_of(0, len(TEXT))
    made.set_marks([entity(TEXT, "فلاديمير بوتين"), event(TEXT, "قال")])
    after, moved = painted(made), made.box_of(0, len(TEXT))

    full = [
        QPoint(x, y)
        for y in range(box.height())
        for x in range(box.width())
        if before.pixelColor(box.topLeft() + QPoint(x, y)) == text
    ]
    assert len(full) > 100
    assert all(after.pixelColor(moved.topLeft() + point) == text for point in full)


@pytest.mark.parametrize("theme", NAMES)
def test_a_plain_label_has_its_line_and_chip(qtbot: QtBot, theme: str) -> None:
    slot = Theme.of(theme).slot("n6")
    _, seen = shown(qtbot, [entity(TEXT, "بوتين")], theme)

    assert slot.line.name() in seen
    assert slot.chip.name() in seen
    assert slot.tint.name() in seen


STATES: list[tuple[str, dict[str, Any], str]] = [
    ("is_doubtful", {"is_doubtful": True}, "doubt"),
    ("has_problem", {"has_problem": True}, "error"),
    ("is_unsaved", {"is_unsaved": True}, "error"),
    ("number", {"number": 3}, "accent"),
]


@pytest.mark.parametrize("theme", NAMES)
@pytest.mark.parametrize(("name", "state", "role"), STATES)
def test_a_state_has_a_sign_in_its_colour(
    qtbot: QtBot, theme: str, name: str, state: dict[str, Any], role: str
) -> None:
    colour = Theme.of(theme)[role].name()
    _, plain = shown(qtbot, [entity(TEXT, "بوتين")], theme)
    _, seen = shown(qtbot, [entity(TEXT, "بوتين", **state)], theme)

    assert colour not in plain
    assert colour in seen, name


def test_a_pending_lane_is_hollow_and_fills_when_saved(qtbot: QtBot) -> None:
    mark = entity(TEXT, "بوتين", is_pending=True)
    made = canvas(qtbot, TEXT, [mark])
    box = made.box_of(*mark.spans[0])
    middle = QPoint(box.center().x(), box.bottom() + 4)
    line = Theme.of("light").slot("n6").line

    assert painted(made).pixelColor(middle) != line
    made.set_marks([replace(mark, is_pending=False)])

    assert painted(made).pixelColor(middle) == line


def test_a_suggestion_has_neither_tint_nor_lane(qtbot: QtBot) -> None:
    slot = Theme.of("light").slot("n6")
    _, seen = shown(qtbot, [entity(TEXT, "بوتين", is_suggested=True)])

    assert not {slot.tint.name(), slot.line.name(), slot.chip.name()} & seen
    assert Theme.of("light")["text_3"].name() in seen


def test_a_trigger_has_a_frame_and_a_dark_tab_and_in_hand_the_accent(qtbot: QtBot) -> None:
    theme = Theme.of("light")
    made, seen = shown(qtbot, [event(TEXT, "قال"), entity(TEXT, "بوتين", number=1)])
    assert {theme["event"].name(), theme["event_tint"].name()} <= seen

    made.set_event_in_hand("V1", [Link("V1", "E1", "الفاعل")])
    seen = colours(painted(made), QRect(0, 0, 580, 140))

    assert {theme["accent"].name(), theme["accent_soft"].name()} <= seen
    assert theme["event_tint"].name() not in seen


@pytest.mark.parametrize("tone", ["favor", "against", "neutral"])
def test_evidence_has_brackets_and_a_sign_in_the_far_margin(qtbot: QtBot, tone: str) -> None:
    start = TEXT.index("بوتين")
    mark = Mark("S1", "evidence", ((start, start + 5),), "شاهد", tone=tone, sign="+")
    made = canvas(qtbot, TEXT, [mark])
    ink = Theme.of("light")[tone].name()
    margin = QRect(0, 0, 20, 100)

    assert ink in colours(painted(made), margin)
    assert ink in colours(painted(made), made.box_of(start, start + 5).adjusted(-3, -3, 3, 3))


def test_what_is_not_labelled_lies_on_shade_with_its_role_in_the_margin(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT, stretches=[Stretch(0, len(TEXT), "source", "المصدر", False)])
    theme, picture = Theme.of("light"), painted(made)
    margin = QRect(600, 0, 80, 60)

    assert theme["shade"].name() in colours(picture, QRect(0, 0, 500, 60))
    assert theme["text_3"].name() in colours(picture, QRect(0, 0, 580, 60))
    assert len(colours(picture, margin)) > 1


OVERLAYS: dict[str, tuple[Callable[[Canvas], None], str]] = {
    "selection": (lambda made: made.select(4, 10), "selection"),
    "hit": (lambda made: made.set_hits([(4, 10)], -1), "accent"),
    "hit in hand": (lambda made: made.set_hits([(4, 10), (11, 19)], 1), "accent_soft"),
    "flash": (lambda made: made.flash(4, 10), "accent_soft"),
    "label in hand": (lambda made: made.set_current("E1"), "accent"),
}


@pytest.mark.parametrize("name", OVERLAYS)
def test_what_is_over_the_marks_is_painted_and_goes_again(qtbot: QtBot, name: str) -> None:
    show, role = OVERLAYS[name]
    made, before = shown(qtbot, [entity(TEXT, "بوتين")])
    colour = Theme.of("light")[role].name()
    assert colour not in before

    show(made)
    assert colour in colours(painted(made), QRect(0, 0, 580, 120))

    made.clear_selection()
    made.set_hits([], -1)
    made.set_current("")
    qtbot.waitUntil(lambda: colour not in colours(painted(made), QRect(0, 0, 580, 120)))


def test_chips_say_names_or_codes_or_nothing(qtbot: QtBot) -> None:
    mark = Mark("E1", "entity", ((4, 10),), "منصب أو مهنة", "منصب", "OCC", "n3")
    made = canvas(qtbot, TEXT, [mark])
    names = painted(made)
    made.set_chips("code")
    codes = painted(made)
    top = made.box_of(4, 10).top()
    made.set_chips("off")
    QApplication.processEvents()

    assert names != codes
    assert made.box_of(4, 10).top() < top
    assert Theme.of("light").slot("n3").chip.name() not in colours(painted(made))
    with pytest.raises(ValueError, match="both"):
        made.set_chips("both")


def test_the_caret_is_shown_while_the_canvas_has_the_keys(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    made.setFocus()
    made.place_caret(10)
    QApplication.processEvents()
    with_caret = painted(made)

    made.clearFocus()

    assert painted(made) != with_caret


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_what_is_kept_of_a_line_is_painted_as_when_put_together_anew(
    qtbot: QtBot, theme: str
) -> None:
    marks = [entity(TEXT, "فلاديمير بوتين"), entity(TEXT, "بوتين"), event(TEXT, "قال")]
    made = canvas(qtbot, TEXT, marks, theme=theme)

    def is_as_anew() -> bool:
        kept = painted(made)
        made.set_chips("code")
        made.set_chips("name")
        return painted(made) == kept

    first = painted(made)
    for mark in marks:
        QTest.mouseMove(made.viewport(), made.point_of(mark.spans[0][1] - 1))
        hovered = painted(made)
        assert is_as_anew()
        made.set_current(mark.uid)
        assert is_as_anew()
        made.set_current("")
        assert painted(made) == hovered
    QTest.mouseMove(made.viewport(), QPoint(2, 400))
    assert painted(made) == first
    made.change_marks([marks[0].uid], [replace(marks[1], slot="o2", has_problem=True)])
    assert painted(made) != first
    assert is_as_anew()
