"""The letters that a label leaves out stand quietly where they stand in the text."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.quote import Attached, Quote, attached_to, draw_quote
from annotator.i18n import Language
from tests.gui.cards import wear
from tests.projects import extent_of

TEXT = "قال وبوتين إن كتابهم «لـCBS» " + "و" * 200
LOOKS = [Look(Theme.of("light"), Language.of(code)) for code in ("ar", "en")]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("بوتين", "و|بوتين"),
        ("كتاب", "كتاب|هم"),
        ("CBS", "لـ|CBS"),
        ("قال", "قال"),
        ("تاب", "ك|تاب|هم"),
    ],
)
def test_the_letters_are_those_written_together_with_the_label(quote: str, shown: str) -> None:
    letters = attached_to(TEXT, extent_of(quote, TEXT))
    assert letters.around(quote) == shown


def test_of_a_word_without_end_a_few_letters_are_told() -> None:
    start = TEXT.index("وووو")
    letters = attached_to(TEXT, extent_of(TEXT[start + 90 : start + 93], TEXT, 50))
    assert max(len(letters.before), len(letters.after)) <= 12


@pytest.mark.parametrize("look", LOOKS)
def test_what_comes_before_an_arabic_word_stands_at_its_right(qapp: object, look: Look) -> None:
    wear(look)
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(look.theme["raised"])
    painter = QPainter(image)
    painter.setFont(fonts.article(16))
    draw_quote(painter, look, QRect(0, 0, 200, 40), "بوتين", Attached("و"))
    painter.end()
    loud, quiet = (look.theme[role].rgb() for role in ("text", "text_3"))
    at = {
        ink: [x for x in range(200) for y in range(40) if image.pixel(x, y) == ink]
        for ink in (loud, quiet)
    }
    assert at[loud]
    assert at[quiet]
    assert min(at[quiet]) > max(at[loud])


def test_readers_of_the_screen_hear_both(qapp: object) -> None:
    wear(LOOKS[0])
    assert Quote(LOOKS[0], "بوتين", Attached("و")).text() == "و|بوتين"
