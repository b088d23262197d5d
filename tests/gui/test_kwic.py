"""The keyword-in-context list: what is found stands in the middle, rows are ticked, gone into."""

import pytest
from hypothesis import given
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.look import Look
from annotator.gui.models.kwic import KwicRow, kwic_row
from annotator.gui.panels.columnlist import HEIGHT
from annotator.gui.panels.kwic import KwicList
from annotator.gui.panels.kwicrow import Columns, RowPainter
from annotator.gui.widgets.chip import ChipFace
from annotator.services.searchingcontext import InContext, around
from tests.gui.asking import put
from tests.strategies import texts

LEFT = Qt.MouseButton.LeftButton


def place(text: str, quote: str, *, is_annotatable: bool = True) -> InContext:
    start = text.index(quote)
    end = start + len(quote)
    before, after = around(text, start, end)
    return InContext("a" * 64, start, end, "عنوان المقال", before, quote, after, is_annotatable)


def row(text: str, quote: str, *, can_tick: bool = False) -> KwicRow:
    return kwic_row(place(text, quote), can_tick=can_tick)


@pytest.mark.parametrize(
    ("text", "quote", "parts"),
    [
        ("التقى وبوتين، ثم", "بوتين", ("التقى", "وبوتين،", "ثم")),
        ("بوتين", "بوتين", ("", "بوتين", "")),
        ("قال (بوتين) أمس", "بوتين", ("قال", "(بوتين)", "أمس")),
        ("الوزير سيرجي لافروف قال", "سيرجي لافروف", ("الوزير", "سيرجي لافروف", "قال")),
        ("روسياأوكرانيا قالت", "أوكرانيا", ("", "روسياأوكرانيا", "قالت")),
    ],
)
def test_what_is_written_together_is_shown_together(
    text: str, quote: str, parts: tuple[str, str, str]
) -> None:
    made = row(text, quote)
    assert (made.before, made.word, made.after) == parts
    assert made.word[made.at : made.at + made.n] == quote


@given(texts(max_size=80))
def test_what_was_found_is_in_its_word_whatever_is_around(text: str) -> None:
    text = f"{text}بوتين{text}"
    made = row(text, "بوتين")
    assert made.word[made.at : made.at + made.n] == "بوتين"


def test_what_cannot_be_seen_is_spelled_out() -> None:
    made = row("قال\u202eبوتين ثم", "بوتين")
    assert made.word == "قال[U+202E]بوتين"
    assert made.word[made.at : made.at + made.n] == "بوتين"


# --- columns --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [500, 800, 1060])
def test_before_is_at_the_right_in_both_languages(look: Look, width: int) -> None:
    columns = Columns.of(look, width, has_ticks=True)
    assert columns.left < columns.middle < columns.right
    sides = (columns.label, columns.title) if look.is_rtl else (columns.title, columns.label)
    assert sides[0].right() < columns.left
    assert columns.right <= sides[1].left()
    near = columns.tick.left() > columns.title.left()
    assert near == look.is_rtl


def drawn(look: Look, made: KwicRow, width: int = 900) -> QImage:
    image = QImage(width, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(look.theme["paper"])
    painter = QPainter(image)
    columns = Columns.of(look, width, has_ticks=False)
    RowPainter(look).paint(painter, made, columns, 0, is_ticked=None)
    painter.end()
    return image


def inked(look: Look, image: QImage, box: QRect) -> bool:
    ground = look.theme["paper"].rgb()
    return any(
        image.pixel(x, y) != ground
        for x in range(max(box.left(), 0), min(box.right() + 1, image.width()))
        for y in range(image.height())
    )


@pytest.mark.parametrize("quote", ["بوتين", "CBS", "الرئيس الروسي فلاديمير بوتين"])
def test_what_was_found_begins_in_the_middle(look: Look, quote: str) -> None:
    columns = Columns.of(look, 900, has_ticks=False)
    image = drawn(look, row(quote, quote))
    assert inked(look, image, QRect(columns.middle - 12, 0, 13, HEIGHT))
    behind = QRect(columns.middle + 4, 0, columns.right - columns.middle - 4, HEIGHT)
    assert not inked(look, image, behind)


@pytest.mark.parametrize(
    "text",
    ["قال بوتين " + "كلمة طويلة " * 40, "كلمة طويلة " * 40 + " بوتين قال", "قال" * 40 + "بوتين"],
)
def test_long_context_stays_in_its_columns(look: Look, text: str) -> None:
    columns = Columns.of(look, 700, has_ticks=False)
    image = drawn(look, row(text, "بوتين"), 700)
    gap = 6
    for side in (columns.title, columns.label):
        beside = side.left() - gap if side.left() > columns.right else side.right() + 3
        assert not inked(look, image, QRect(beside, 0, gap - 3, HEIGHT))


# --- the list -------------------------------------------------------------------------------------


@pytest.fixture
def view(look: Look, qtbot: QtBot) -> KwicList:
    made = KwicList(look, "مواضع", has_ticks=True)
    rows = [row(f"قال وبوتين {n}", "بوتين", can_tick=n != 2) for n in range(30)]
    rows[1] = kwic_row(
        place("وبوتين", "بوتين"), [ChipFace("شخص", "entity", "n6")] * 2, can_tick=True
    )
    made.rows.show_rows(rows, ticked=[0])
    made.resize(900, 400)
    put(qtbot, made)
    return made


def test_space_and_a_click_on_the_box_tick(view: KwicList, qtbot: QtBot) -> None:
    view.go_to(1)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert view.rows.ticked == {0, 1}
    QTest.mouseClick(view.viewport(), LEFT, pos=view.box_of_tick(0).center())
    assert view.rows.ticked == {1}
    QTest.mouseClick(view.viewport(), LEFT, pos=view.box_of_tick(2).center())
    assert view.rows.ticked == {1}
    beside = view.visualRect(view.rows.index(3)).center()
    QTest.mouseClick(view.viewport(), LEFT, pos=beside)
    assert (view.rows.ticked, view.row) == ({1}, 3)


def test_return_goes_in_and_up_leaves_at_the_first_row(view: KwicList, qtbot: QtBot) -> None:
    view.go_to(1)
    with qtbot.waitSignal(view.entered) as entered:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert entered.args == [1]
    QTest.keyClick(view, Qt.Key.Key_Up)
    with qtbot.waitSignal(view.left_up):
        QTest.keyClick(view, Qt.Key.Key_Up)


def test_more_is_asked_for_once_when_the_end_comes_into_view(view: KwicList) -> None:
    asked: list[int] = []
    view.rows.ask_for_more = lambda: asked.append(len(view.rows.rows))
    view.rows.has_more = True
    view.scrollToBottom()
    QTest.qWait(20)
    assert asked == [30]
    view.rows.add_rows([row("بوتين", "بوتين")])
    assert view.rows.rowCount() == 31


def test_rows_are_said_in_one_sentence(view: KwicList) -> None:
    said = view.rows.data(view.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "قال وبوتين 0 · عنوان المقال"
    assert view.accessibleName() == "مواضع"


def test_it_can_be_drawn_whatever_stands_in_it(view: KwicList, qtbot: QtBot) -> None:
    hostile = ["<b>بوتين</b>", "&amp;بوتين", "\u202eبوتين\u2066", "ب" * 300 + "بوتين", "😀بوتين😀"]
    view.rows.show_rows([row(text, "بوتين") for text in hostile])
    view.grab()
    assert not view.indexAt(QPoint(5, 5 * HEIGHT + 5)).isValid()
