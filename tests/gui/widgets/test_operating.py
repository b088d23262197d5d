"""What a person presses and types into: segments, fields, the ring of the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.fields import LineField, SearchField, TextField
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.tabs import Tabs
from tests.gui.widgets.made import found, parts


def _segments(look: Look, **options: bool) -> Segments:
    choices = [Choice(value, value * 3) for value in "abc"]
    return Segments(look, "قيمة", choices, ["a"], **options)


def test_a_segment_that_is_pressed_takes_the_place_of_the_one_that_was_on(
    light: Look, qtbot: QtBot
) -> None:
    widget = _segments(light)
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.values_chosen) as chosen:
        widget.press("b")
    assert chosen.args == [("b",)]
    widget.press("b")
    assert widget.values() == ("b",)


def test_several_segments_may_be_on_and_an_optional_one_goes_off(light: Look, qtbot: QtBot) -> None:
    several, optional = _segments(light, takes_several=True), _segments(light, is_optional=True)
    for widget in (several, optional):
        qtbot.addWidget(widget)
    several.press("c")
    optional.press("a")
    assert (several.values(), optional.values()) == (("a", "c"), ())


def test_showing_values_tells_nobody(light: Look, qtbot: QtBot) -> None:
    widget = _segments(light)
    qtbot.addWidget(widget)
    with qtbot.assertNotEmitted(widget.values_chosen):
        widget.show_values(["c"])
    assert widget.values() == ("c",)


def test_arrows_go_along_segments_as_the_eye_sees_them(light: Look, qtbot: QtBot) -> None:
    widget = _segments(light)
    qtbot.addWidget(widget)
    widget.resize(400, 30)
    widget.show()
    first, second, _ = widget.findChildren(QAbstractButton)
    towards_second = Qt.Key.Key_Left if second.x() < first.x() else Qt.Key.Key_Right
    assert (towards_second is Qt.Key.Key_Left) == light.is_rtl
    first.setFocus()
    QTest.keyClick(first, towards_second)
    assert widget.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert widget.values() == ("b",)


def test_only_one_segment_is_a_stop_of_tab(light: Look, qtbot: QtBot) -> None:
    widget = _segments(light)
    qtbot.addWidget(widget)
    stops = [
        button.text()
        for button in widget.findChildren(QAbstractButton)
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["aaa"]


def test_segments_without_room_go_on_in_the_next_row(light: Look, qtbot: QtBot) -> None:
    widget = _segments(light)
    qtbot.addWidget(widget)
    widget.resize(100, widget.heightForWidth(100))
    widget.show()
    buttons = widget.findChildren(QAbstractButton)
    assert buttons[-1].y() > buttons[0].y()
    assert all(widget.rect().contains(button.geometry()) for button in buttons)
    assert (buttons[0].geometry().right() == widget.rect().right()) == light.is_rtl


@pytest.mark.parametrize(
    "make",
    [
        lambda look: Button(look, "نعم"),
        lambda look: Button(look, "نعم", "primary"),
        lambda look: Button(look, "نعم", "quiet"),
        lambda look: IconButton(look, "flag", "سؤال"),
        lambda look: _segments(look),
        lambda look: Tabs(look, "قسم", ["أ", "ب"]),
        lambda look: LineField(look, "اسم"),
        lambda look: SearchField(look, "ابحث", latin="Ctrl F"),
        lambda look: TextField(look, "ملاحظة"),
    ],
)
def test_what_has_the_keyboard_shows_it(
    make: Callable[[Look], QWidget], look: Look, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    widget = make(look)
    widget.setParent(window)
    window.resize(320, 120)
    widget.setGeometry(10, 10, 300, max(32, widget.sizeHint().height()))
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    stop = next(part for part in parts(widget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    is_primary = widget.property("look") == "primary"  # its ground has the colour of the ring
    ring = look.theme["text" if is_primary else "focus"]
    assert 2 in _thicknesses(window.grab().toImage(), ring)


def _thicknesses(image: QImage, ring: QColor) -> set[int]:
    """Return how thick what has the colour `ring` is at its upper edge, wherever there is any."""
    columns = (
        [image.pixelColor(x, y) == ring for y in range(image.height())]
        for x in range(image.width())
    )
    return {_run(column[column.index(True) :]) for column in columns if True in column}


def _run(row: list[bool]) -> int:
    return (*row, False).index(False)


def test_a_field_runs_as_what_is_typed(light: Look, qtbot: QtBot) -> None:
    field = LineField(light, "اسم")
    qtbot.addWidget(field)
    field.resize(300, 30)
    interface = field.layoutDirection()
    assert (interface is Qt.LayoutDirection.RightToLeft) == light.is_rtl
    for text, direction in (
        ("AFP: قال", Qt.LayoutDirection.RightToLeft),
        ("AFP", Qt.LayoutDirection.LeftToRight),
        ("", interface),
    ):
        field.setText(text)
        field.grab()
        assert field.layoutDirection() is direction
        is_at_right = field.cursorRect().center().x() > 60
        assert is_at_right == (direction is Qt.LayoutDirection.RightToLeft)


def test_a_field_for_codes_runs_from_left_to_right(arabic: Look, qtbot: QtBot) -> None:
    field = LineField(arabic, "رمز", direction="ltr")
    qtbot.addWidget(field)
    field.setText("قال")
    assert field.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_search_says_what_was_typed_and_can_be_emptied(arabic: Look, qtbot: QtBot) -> None:
    field = SearchField(arabic, "ابحث", latin="Ctrl F")
    qtbot.addWidget(field)
    field.show()
    typed: list[str] = []
    field.text_changed.connect(typed.append)
    field.setFocus()
    QTest.keyClicks(field.line, "ab")
    assert not found(field, KeyCap).isVisible()
    found(field, IconButton).click()
    assert typed == ["a", "ab", ""]
    assert found(field, KeyCap).isVisible()


def test_lines_of_arabic_stand_at_the_right(light: Look, qtbot: QtBot) -> None:
    field = TextField(light, "ملاحظة", "قال AFP")
    qtbot.addWidget(field)
    assert field.document().defaultTextOption().alignment() & Qt.AlignmentFlag.AlignRight
    field.setPlainText("said")
    assert field.document().defaultTextOption().alignment() & Qt.AlignmentFlag.AlignLeft
