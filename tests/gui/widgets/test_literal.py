"""Text from people is shown literally, wherever it is shown."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtGui import Qt as GuiNamespace
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.gui.look import Look
from annotator.gui.widgets.literal import (
    ELLIPSIS,
    Literal,
    in_menu,
    in_title,
    literal,
    shown,
    tooltip,
)
from tests.gui.widgets.made import HOSTILE, WORDED, colours, parts

might_be_rich_text: Callable[[str], bool] = GuiNamespace.mightBeRichText
# what may break a line, or turn the order of what stands around it
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff]")

_any_text = st.text(st.characters(), max_size=60) | st.just(HOSTILE)


@given(_any_text)
def test_shown_text_is_one_line_without_anything_that_steers(text: str) -> None:
    assert not STEERING.search(shown(text))
    assert len(shown(text, 20)) <= 20


@given(st.text("ابتثجحخ ABCdef123.,«»؟-", max_size=40))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert shown(text) == re.sub(" +", " ", text)


@given(_any_text | st.text("<>&;b/img lt!?x\n", max_size=30))
def test_a_tooltip_is_never_taken_for_html(text: str) -> None:
    assert not might_be_rich_text(tooltip(text))


def test_a_tooltip_keeps_its_lines_and_breaks_long_ones() -> None:
    assert tooltip("أول\nثان") == "أول\nثان"
    assert max(map(len, tooltip("كلمة " * 200).splitlines())) <= 72
    assert max(map(len, tooltip("ط" * 500).splitlines())) <= 72


def test_text_is_cut_between_graphemes() -> None:
    assert shown("مُعَلِّم", 6) == "مُعَ" + ELLIPSIS
    assert shown("😀👍🏽", 2) == "😀" + ELLIPSIS


def test_text_in_a_menu_has_no_mnemonic_and_text_in_a_title_no_mark() -> None:
    assert in_menu("R&D") == "\u2066R&&D\u2069"
    assert in_title("قال [*]") == "\u2067قال [*][*]\u2069"
    assert literal("abc\u202e") == "\u2066abc[U+202E]\u2069"


@pytest.mark.parametrize("name", WORDED)
def test_text_from_people_is_shown_literally(name: str, light: Look, qtbot: QtBot) -> None:
    widget = WORDED[name](light, HOSTILE)
    qtbot.addWidget(widget)
    widget.resize(200, 120)
    widget.grab()
    for part in parts(widget):
        assert not might_be_rich_text(part.toolTip())
        assert not STEERING.search(part.toolTip().replace("\n", ""))
        assert not STEERING.search(part.accessibleName())
        for text in _texts(part):
            assert not STEERING.search(text)
    for label in [part for part in parts(widget) if isinstance(part, QLabel)]:
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()


def _texts(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel | QAbstractButton):
        yield part.text()
    if isinstance(part, QAbstractButton):
        assert "&" not in part.text().replace("&&", "")
    if isinstance(part, QTabBar):
        yield from (part.tabText(at) for at in range(part.count()))
    if isinstance(part, QLineEdit | QPlainTextEdit):
        yield part.placeholderText()


def test_no_picture_is_loaded_for_an_address_in_a_text(
    arabic: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = tmp_path / "red.png"
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    red.save(str(picture))
    for make in WORDED.values():
        widget = make(arabic, f'<img src="{picture.as_uri()}" width=40>')
        qtbot.addWidget(widget)
        widget.resize(200, 80)
        image = widget.grab().toImage()
        assert QColor("red").rgb() not in colours(image)


def test_a_literal_cuts_its_end_and_tells_the_whole(light: Look, qtbot: QtBot) -> None:
    widget = Literal(light, "الكرملين: بوتين وويتكوف ناقشا الأزمة الأوكرانية")
    qtbot.addWidget(widget)
    widget.resize(80, 24)
    widget.show()
    assert widget.is_cut
    assert widget.lines[0].startswith("الكرملين")
    assert widget.lines[0].endswith(ELLIPSIS)
    assert widget.toolTip() == "الكرملين: بوتين وويتكوف ناقشا الأزمة الأوكرانية"
    widget.resize(600, 24)
    assert not widget.is_cut
    assert not widget.toolTip()


def test_a_literal_of_some_lines_grows_only_as_far(light: Look, qtbot: QtBot) -> None:
    widget = Literal(light, "كلمة " * 60, lines=3)
    qtbot.addWidget(widget)
    assert widget.heightForWidth(100) == 3 * widget.heightForWidth(4_000)
    widget.resize(100, 80)
    widget.show()
    assert len(widget.lines) == 3
    assert widget.is_cut


def test_text_that_ends_in_an_ellipsis_of_its_own_is_not_cut(arabic: Look, qtbot: QtBot) -> None:
    widget = Literal(arabic, "قال إن…")
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    assert not widget.is_cut
