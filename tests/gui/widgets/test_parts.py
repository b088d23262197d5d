"""The small parts: caps, discs, chips, cards, strips, in every look."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from annotator.gui.look import Look
from annotator.gui.widgets.avatar import Avatar
from annotator.gui.widgets.buttons import Button, IconButton, with_key
from annotator.gui.widgets.card import Card
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.logo import Logo, window_icon
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.state import StateDisc
from annotator.gui.widgets.strip import Strip, StripText
from annotator.gui.widgets.swatch import Swatch
from annotator.gui.widgets.tabs import Tabs
from annotator.gui.widgets.words import Words
from annotator.i18n import CODES
from tests.gui.widgets.made import WORDED, WORDS, colours, dressed, found, look_of


@pytest.mark.parametrize("name", WORDED)
def test_every_part_draws_in_every_look(name: str, look: Look, qtbot: QtBot) -> None:
    widget = WORDED[name](look, WORDS[look.language.code])
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint().expandedTo(QSize(40, 20)))
    assert len(colours(widget.grab().toImage())) > 1


def test_small_signs_have_their_sizes(look: Look, qtbot: QtBot) -> None:
    for widget, size in (
        (StateDisc(look, "started"), QSize(10, 10)),
        (Swatch(look, "m3"), QSize(18, 16)),
        (Logo(look), QSize(22, 22)),
        (Avatar(look, "سلمى"), QSize(24, 24)),
    ):
        qtbot.addWidget(widget)
        assert widget.size() == size
        widget.grab()


def test_a_cap_is_painted_alike_in_both_languages(qapp: QApplication, qtbot: QtBot) -> None:
    pictures = []
    for code in CODES:
        for _ in dressed(qapp, look_of(code)):
            cap = KeyCap(look_of(code), "]", "د")
            qtbot.addWidget(cap)
            pictures.append(cap.grab().toImage())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("legends", [("P", "ح"), ("Ctrl Enter", ""), ("Shift A", "ش"), ("5", "")])
def test_a_cap_is_18_px_high_and_names_its_key(
    legends: tuple[str, str], arabic: Look, qtbot: QtBot
) -> None:
    cap = KeyCap(arabic, *legends)
    qtbot.addWidget(cap)
    assert cap.height() == 18
    assert cap.accessibleName() == " ".join(filter(None, legends))


@pytest.mark.parametrize("status", ["new", "started", "done", "skipped"])
def test_each_status_has_a_shape_of_its_own(status: str, arabic: Look, qtbot: QtBot) -> None:
    others = {"new", "started", "done", "skipped"} - {status}
    assert all(_disc(arabic, status, qtbot) != _disc(arabic, other, qtbot) for other in others)


def _disc(look: Look, status: str, qtbot: QtBot) -> QImage:
    disc = StateDisc(look, status)
    qtbot.addWidget(disc)
    return disc.grab().toImage()


def test_the_half_full_disc_mirrors(qapp: QApplication, qtbot: QtBot) -> None:
    discs = {code: _disc(look_of(code), "started", qtbot) for code in CODES}
    left = {code: discs[code].pixelColor(3, 5).lightness() for code in CODES}
    right = {code: discs[code].pixelColor(6, 5).lightness() for code in CODES}
    assert left["ar"] < right["ar"]
    assert left["en"] > right["en"]


def test_a_tab_tells_its_count(arabic: Look, qtbot: QtBot) -> None:
    tabs = Tabs(arabic, "ما في اليد", ["في اليد", "أسئلة"])
    qtbot.addWidget(tabs)
    tabs.show_count(1, 3)
    assert tabs.tabText(1) == "أسئلة 3"
    tabs.show_count(1, None)
    assert tabs.tabText(1) == "أسئلة"


def test_only_what_is_in_hand_has_the_accent_frame(look: Look, qtbot: QtBot) -> None:
    card = Card(look)
    qtbot.addWidget(card)
    card.resize(120, 60)
    accent = look.theme["accent"].rgb()
    assert accent not in colours(card.grab().toImage())
    card.set_in_hand(True)
    assert accent in colours(card.grab().toImage())


def test_a_strip_and_an_empty_place_say_that_their_button_was_pressed(
    arabic: Look, qtbot: QtBot
) -> None:
    text = StripText("بالعاصمة", "يبدأ بحرف جر", act="قصّر الطرف", key=("]", "د"))
    for widget in (Strip(arabic, "problem", text), Empty(arabic, "لا مقال", "أزل المرشّح")):
        qtbot.addWidget(widget)
        with qtbot.waitSignal(widget.acted):
            found(widget, Button).click()


def test_a_button_with_its_key_stands_before_the_cap(light: Look, qtbot: QtBot) -> None:
    whole = with_key(light, Button(light, "أنهِ"), "Ctrl Enter")
    qtbot.addWidget(whole)
    whole.resize(whole.sizeHint())
    whole.show()
    button, cap = found(whole, Button), found(whole, KeyCap)
    assert (button.x() > cap.x()) == light.is_rtl


def test_an_icon_button_tells_its_name_and_key(arabic: Look, qtbot: QtBot) -> None:
    button = IconButton(arabic, "undo-2", "تراجع", "Ctrl Z")
    qtbot.addWidget(button)
    assert button.accessibleName() == "تراجع"
    assert button.toolTip() == "تراجع (\u2066Ctrl Z\u2069)"


def test_progress_of_nothing_is_empty(arabic: Look, qtbot: QtBot) -> None:
    line = ProgressLine(arabic, "أُنجز", 0, 0)
    qtbot.addWidget(line)
    assert line.value() == 0
    line.show_progress(7, 5)
    assert line.value() == line.maximum() == 5


def test_the_mark_is_an_icon_of_every_size(arabic: Look) -> None:
    assert {16, 32, 256} <= {size.width() for size in window_icon(arabic).availableSizes()}


def test_our_words_are_set_in_the_direction_of_the_interface(light: Look, qtbot: QtBot) -> None:
    words = Words(light, "AFP: مقال", "head")
    qtbot.addWidget(words)
    side = Qt.AlignmentFlag.AlignRight if light.is_rtl else Qt.AlignmentFlag.AlignLeft
    assert words.alignment() & side
    assert words.textFormat() is Qt.TextFormat.PlainText
