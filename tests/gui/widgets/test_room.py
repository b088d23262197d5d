"""Words have their room, and the pointer has something to hit."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionTab,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.fields import SearchField
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.tabs import Tabs
from annotator.gui.widgets.words import KINDS, Words
from tests.gui.widgets.made import (
    WORDED,
    WORDS,
    look_of,
    parts,
)

# Those that are painted by ourselves, with what is left beside the words and what the rim takes.
PAINTED = {
    "literal": (0, 0),
    "chip of an entity": (8, 8),
    "chip of a filler": (8, 8),
    "chip of an event": (8, 8),
    "chip of a stance": (8, 12),
}


@pytest.mark.parametrize("name", PAINTED)
def test_no_word_is_cut_of_what_is_painted(name: str, light: Look, qtbot: QtBot) -> None:
    exact, roomy = (WORDED[name](light, WORDS[light.language.code]) for _ in range(2))
    for widget, more in ((exact, 0), (roomy, 80)):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint() + QSize(more, 0))
    narrow, wide = (_columns(widget, is_rtl=light.is_rtl) for widget in (exact, roomy))
    beside, rim = (round(part * exact.devicePixelRatio()) for part in PAINTED[name])
    assert narrow[rim : len(narrow) - rim] == wide[rim : len(narrow) - rim]
    assert len(set(wide[len(narrow) - beside : len(wide) - rim])) == 1
    assert exact.height() >= QFontMetrics(fonts.window(12)).height()


def _columns(widget: QWidget, *, is_rtl: bool) -> list[tuple[int, ...]]:
    """Return the columns of its picture, from where the interface begins."""
    image = widget.grab().toImage()
    columns = [
        tuple(image.pixel(x, y) for y in range(image.height())) for x in range(image.width())
    ]
    return columns[::-1] if is_rtl else columns


@pytest.mark.parametrize("kind", ["primary", "second", "quiet"])
@pytest.mark.parametrize("icon", ["", "check"])
def test_no_word_is_cut_of_a_button(kind: str, icon: str, light: Look, qtbot: QtBot) -> None:
    button = Button(light, WORDS[light.language.code], kind, icon)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.ensurePolished()
    icon_width = button.iconSize().width() + 4 if icon else 0
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert _room(button).width() >= words + icon_width
    assert _room(button).height() >= button.fontMetrics().height()


@pytest.mark.parametrize("is_compact", [False, True])
def test_no_word_is_cut_of_segments(light: Look, qtbot: QtBot, *, is_compact: bool) -> None:
    look = look_of(light.language.code, is_compact=is_compact)
    segments = Segments(look, "قيمة", [Choice("a", WORDS[look.language.code])], ["a"])
    qtbot.addWidget(segments)
    segments.resize(segments.sizeHint())
    segments.show()
    for button in segments.findChildren(QPushButton):
        assert _room(button).width() >= _strong_width(button.text())
        assert _room(button).height() >= button.fontMetrics().height()


def test_no_word_is_cut_of_tabs(light: Look, qtbot: QtBot) -> None:
    tabs = Tabs(light, "قسم", [WORDS[light.language.code], "أ"])
    qtbot.addWidget(tabs)
    tabs.resize(tabs.sizeHint())
    for at in range(tabs.count()):
        option = QStyleOptionTab()
        tabs.initStyleOption(option, at)
        place = QStyle.SubElement.SE_TabBarTabText
        room = tabs.style().subElementRect(place, option, tabs)
        assert room.width() >= _strong_width(tabs.tabText(at))
        assert room.height() >= tabs.fontMetrics().height()


def test_no_word_is_cut_of_our_own_words(light: Look, qtbot: QtBot) -> None:
    for kind in KINDS:
        words = Words(light, WORDS[light.language.code], kind)
        qtbot.addWidget(words)
        words.ensurePolished()
        assert words.sizeHint().width() >= words.fontMetrics().horizontalAdvance(words.text())
        assert words.sizeHint().height() >= words.fontMetrics().height()


def _room(button: QPushButton) -> QRect:
    option = QStyleOptionButton()
    button.ensurePolished()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)


def _strong_width(words: str) -> int:
    return QFontMetrics(fonts.window(strong=True)).horizontalAdvance(words)


def test_no_word_is_cut_at_twice_the_size() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    answer = subprocess.run(
        [*command, "-k", "test_no_word_is_cut and not twice"],
        env=os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize("is_compact", [False, True])
def test_what_the_pointer_presses_is_large_enough(
    light: Look, qtbot: QtBot, *, is_compact: bool
) -> None:
    look = look_of(light.language.code, is_compact=is_compact)
    search = SearchField(look, "ابحث")
    search.line.setText("x")
    for widget in (
        Button(look, "نعم"),
        IconButton(look, "flag", "سؤال"),
        Segments(look, "قيمة", [Choice("a", "1"), Choice("b", "2")]),
        Tabs(look, "قسم", ["أ", "ب"]),
        search,
    ):
        qtbot.addWidget(widget)
        widget.resize(300, max(30, widget.sizeHint().height()))
        widget.show()
        for button in [part for part in parts(widget) if isinstance(part, QAbstractButton)]:
            if button.isVisible():
                assert button.height() >= 28, button
                assert button.width() >= 28, button
