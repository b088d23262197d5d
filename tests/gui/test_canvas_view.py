"""The canvas in the hand: a mouse and keys over real text, and what it says was done."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolTip
from pytestqt.qtbot import QtBot

from annotator.arabic.tokens import words
from annotator.gui.canvas.accessible import Proxy
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.view import Canvas
from tests.gui.canvases import canvas, drag, entity, event, seed

LEFT = Qt.MouseButton.LeftButton
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TEXT = 'أعلنت الرئاسة الروسية "الكرملين" أن لقاء الرئيس فلاديمير بوتين مع وويتكوف كان مفيدًا.'


def quote(made: Canvas) -> str:
    selection = made.selection()
    return TEXT[slice(*selection)] if selection else ""


def test_a_drag_over_each_word_of_wrapped_lines_selects_that_word(qtbot: QtBot) -> None:
    text = seed(0)
    made = canvas(qtbot, text, size=(500, 2400))
    for start, end in list(words(text))[:150]:
        drag(made, made.point_of(start), made.point_of(end, end=True))
        assert made.selection() == (start, end), text[start:end]


def test_with_alt_a_drag_selects_letters_from_boundary_to_boundary(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    start = TEXT.index("وويتكوف") + 1

    drag(made, made.point_of(start), made.point_of(start + 6, end=True), ALT)

    assert quote(made) == "ويتكوف"


def test_a_double_click_selects_a_word_and_a_triple_click_the_paragraph(qtbot: QtBot) -> None:
    text = "قال بوتين نعم\nثم سكت"
    made = canvas(qtbot, text)
    point = made.point_of(6)

    QTest.mouseDClick(made.viewport(), LEFT, NONE, point)
    assert made.selection() == (4, 9)
    QTest.mousePress(made.viewport(), LEFT, NONE, point)
    QTest.mouseRelease(made.viewport(), LEFT, NONE, point)

    assert made.selection() == (0, 13)


def test_shift_and_a_click_extend_the_selection(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    start, end = TEXT.index("الرئيس"), TEXT.index("بوتين") + 5
    QTest.mouseClick(made.viewport(), LEFT, NONE, made.point_of(start))

    QTest.mouseClick(made.viewport(), LEFT, SHIFT, made.point_of(end, end=True))

    assert quote(made) == "الرئيس فلاديمير بوتين"


def test_a_click_on_a_label_and_on_its_chip_names_it_and_on_text_the_offset(
    qtbot: QtBot,
) -> None:
    mark = entity(TEXT, "فلاديمير بوتين")
    made = canvas(qtbot, TEXT, [mark])
    start = mark.spans[0][0]
    in_text = made.point_of(start)
    on_chip = QPoint(in_text.x() - 4, made.box_of(*mark.spans[0]).top() - 6)
    for point in (in_text, on_chip):
        with qtbot.waitSignal(made.mark_pressed) as pressed:
            QTest.mouseClick(made.viewport(), LEFT, CONTROL, point)
        assert pressed.args == ["E1", CONTROL]

    with qtbot.waitSignal(made.text_clicked) as clicked:
        QTest.mouseClick(made.viewport(), LEFT, NONE, made.point_of(2))
    assert clicked.args == [2]
    assert made.caret() in (2, 3)


def test_the_innermost_label_is_what_is_clicked_and_named_first(qtbot: QtBot) -> None:
    outer, inner = entity(TEXT, "الرئيس فلاديمير بوتين", "outer"), entity(TEXT, "بوتين", "inner")
    made = canvas(qtbot, TEXT, [outer, inner])
    at = TEXT.index("بوتين")

    assert made.marks_at(at + 1) == ["inner", "outer"]
    assert made.marks_at(TEXT.index("الرئيس")) == ["outer"]
    with qtbot.waitSignal(made.mark_pressed) as pressed:
        QTest.mouseClick(made.viewport(), LEFT, NONE, made.point_of(at + 1))
    assert pressed.args[0] == "inner"


def test_the_label_under_the_pointer_is_said_and_left_again(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT, [entity(TEXT, "بوتين")])
    with qtbot.waitSignal(made.mark_hovered) as hovered:
        QTest.mouseMove(made.viewport(), made.point_of(TEXT.index("بوتين") + 1))
    assert hovered.args == ["E1"]

    with qtbot.waitSignal(made.mark_hovered) as left:
        QApplication.sendEvent(made.viewport(), QEvent(QEvent.Type.Leave))
    assert left.args == [""]


@pytest.mark.parametrize("side", ["start", "end"])
def test_the_ends_of_the_label_in_hand_are_drawn_by_their_handles(qtbot: QtBot, side: str) -> None:
    mark = entity(TEXT, "فلاديمير")
    start, end = mark.spans[0]
    made = canvas(qtbot, TEXT, [mark])
    made.set_current("E1")
    box = made.box_of(start, end)
    grip = QPoint(box.right() + 3 if side == "start" else box.left() - 2, box.center().y())
    goal = TEXT.index("الرئيس") if side == "start" else TEXT.index("بوتين") + 4

    with qtbot.waitSignal(made.ends_moved) as moved:
        drag(made, grip, made.point_of(goal))

    words_of = {"start": "الرئيس فلاديمير", "end": "فلاديمير بوتين"}
    assert moved.args[0] == "E1"
    assert TEXT[moved.args[1] : moved.args[2]] == words_of[side]
    assert made.selection() is None


def test_what_is_copied_is_the_text_of_the_article_code_point_for_code_point(
    qtbot: QtBot,
) -> None:
    text = "أول\u2028ثانٍ\u00a0\tثالث\u200f😀\ufeffرابع\nخامس\u2029سادس"
    made = canvas(qtbot, text)
    made.select_all()

    QTest.keyClick(made, Qt.Key.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == text


@pytest.mark.parametrize("sign", ["\ufeff", "\ufffe", "\ufeff\ufffe"])
def test_a_byte_order_mark_at_the_beginning_is_copied_too(qtbot: QtBot, sign: str) -> None:
    made = canvas(qtbot, f"قال {sign}أحمد ذلك")
    made.select(4, 8 + len(sign))

    QTest.keyClick(made, Qt.Key.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == f"{sign}أحمد"


def test_arrows_move_the_caret_as_the_eye_sees_and_shift_selects_as_one_reads(
    qtbot: QtBot,
) -> None:
    made = canvas(qtbot, TEXT)
    made.place_caret(0)

    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.caret() == 1
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert made.caret() == 0
    QTest.keyClick(made, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert quote(made) == "أعلنت"
    QTest.keyClick(made, Qt.Key.Key_Right, SHIFT)
    assert quote(made) == "أعلن"
    QTest.keyClick(made, Qt.Key.Key_End, CONTROL | SHIFT)
    assert quote(made) == TEXT
    QTest.keyClick(made, Qt.Key.Key_Home, CONTROL)
    assert (made.caret(), made.selection()) == (0, None)


def test_up_and_down_keep_their_place_and_pages_scroll(qtbot: QtBot) -> None:
    made = canvas(qtbot, seed(2), size=(500, 300))
    made.place_caret(700)
    for _ in range(5):
        QTest.keyClick(made, Qt.Key.Key_Down)
    for _ in range(5):
        QTest.keyClick(made, Qt.Key.Key_Up)
    assert made.caret() == 700

    before = made.place().offset
    QTest.keyClick(made, Qt.Key.Key_PageDown)

    assert made.place().offset > before
    assert made.viewport().rect().contains(made.point_of(made.caret()))


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_P, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_1]
)
def test_a_key_that_is_not_the_canvas_s_is_left_to_the_window(qtbot: QtBot, key: Qt.Key) -> None:
    made = canvas(qtbot, TEXT)
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, NONE)

    QApplication.sendEvent(made, pressed)

    assert not pressed.isAccepted()


def test_the_wheel_zooms_with_control_and_keys_do_too(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        CONTROL, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.viewport(), wheel)
    assert made.zoom() == 23

    QTest.keyClick(made, Qt.Key.Key_Minus, CONTROL)
    QTest.keyClick(made, Qt.Key.Key_Minus, CONTROL)
    assert made.zoom() == 21
    QTest.keyClick(made, Qt.Key.Key_0, CONTROL)
    assert made.zoom() == 22
    made.set_zoom(400)
    assert made.zoom() == 36


def test_a_menu_is_asked_for_with_the_label_under_the_pointer(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT, [event(TEXT, "لقاء")])
    point = made.point_of(TEXT.index("لقاء") + 1)

    with qtbot.waitSignal(made.context_asked) as asked:
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, made.mapToGlobal(point))
        QApplication.sendEvent(made.viewport(), menu)

    assert asked.args[0] == "V1"


def test_a_chip_tells_its_full_name_literally(qtbot: QtBot) -> None:
    start = TEXT.index("بوتين")
    mark = Mark("E1", "entity", ((start, start + 5),), "<b>شخص</b> & منصب", slot="n6")
    made = canvas(qtbot, TEXT, [mark])
    box = made.box_of(start, start + 5)
    point = QPoint(box.right() - 5, box.top() - 6)

    tip = QHelpEvent(QEvent.Type.ToolTip, point, made.viewport().mapToGlobal(point))
    QApplication.sendEvent(made.viewport(), tip)

    assert QToolTip.text() == "<p>&lt;b&gt;شخص&lt;/b&gt; &amp; منصب</p>"
    QToolTip.hideText()


def test_selecting_from_outside_says_so_once_and_shows_the_caret_at_the_end(
    qtbot: QtBot,
) -> None:
    made = canvas(qtbot, TEXT)
    said = []
    made.selection_changed.connect(lambda: said.append(made.selection()))

    made.select(3, 9)
    made.select(3, 9)
    made.clear_selection()

    assert said == [(3, 9), None]
    assert made.caret() == 9


def test_an_empty_article_can_be_looked_at(qtbot: QtBot) -> None:
    made = canvas(qtbot, "")
    QTest.mouseClick(made.viewport(), LEFT, NONE, QPoint(100, 100))
    QTest.keyClick(made, Qt.Key.Key_Left)
    QTest.keyClick(made, Qt.Key.Key_PageDown)

    assert (made.caret(), made.selection(), made.marks_at(0)) == (0, None, [])


def test_a_reader_of_the_screen_finds_the_same_text_and_caret(qtbot: QtBot) -> None:
    made = canvas(qtbot, "قال 😀 نعم")
    proxy = Proxy(made.viewport(), "نص")
    proxy.show_text("قال 😀 نعم")

    proxy.show_caret(4, 7)

    assert isinstance(proxy, QPlainTextEdit)
    assert (proxy.textCursor().anchor(), proxy.textCursor().position()) == (4, 8)
    assert proxy.toPlainText() == "قال 😀 نعم"
    assert (proxy.width(), proxy.height()) == (1, 1)


def test_there_is_no_such_field_where_nothing_reads_the_screen(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT)

    assert QAccessible.isActive() or not made.viewport().findChildren(QPlainTextEdit)
