"""Letters that the label in hand leaves out of its words are quiet in the text."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.ears import Ear, ears
from annotator.gui.canvas.geometry import Chip, geometry
from annotator.gui.canvas.marks import Mark, Stretch
from annotator.gui.canvas.shown import Shown
from annotator.gui.canvas.view import Canvas
from annotator.gui.theme import Theme
from tests.gui.canvases import canvas, entity, painted, screen_of

TEXT = "قال الرئيس وبوتين لأوكرانيا إن لقائهما انتهى"
THEMES = ["light", "dark"]


def large(qtbot: QtBot, marks: list[Mark], theme: str = "light") -> Canvas:
    """Return a canvas with large letters: small ones have few pixels of full ink."""
    made = canvas(qtbot, TEXT, marks, theme=theme)
    made.set_zoom(36)
    QApplication.processEvents()
    return made


def inks(picture: QImage, box: QRect, theme: str) -> tuple[int, int]:
    """Return how many pixels have the ink of text, and of what is quiet, in full."""
    wanted = (Theme.of(theme)["text"].rgb(), Theme.of(theme)["text_3"].rgb())
    counts = dict.fromkeys(wanted, 0)
    for y in range(box.top(), box.bottom() + 1):
        for x in range(box.left(), box.right() + 1):
            ink = picture.pixel(x, y)
            if ink in counts:
                counts[ink] += 1
    return counts[wanted[0]], counts[wanted[1]]


def letters(made: Canvas, quote: str, start: int = 0, end: int | None = None) -> QRect:
    """Return where some letters of the word `quote` stand, a pixel short at both sides."""
    first = TEXT.index(quote)
    last = first + (len(quote) if end is None else end)
    return made.box_of(first + start, last).adjusted(1, 0, -1, 0)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("word", "quote", "cut"),
    [("وبوتين", "بوتين", (0, 1)), ("لأوكرانيا", "أوكرانيا", (0, 1)), ("لقائهما", "لقائ", (4, 7))],
)
def test_cut_letters_are_quiet_while_the_label_is_in_hand(
    qtbot: QtBot, theme: str, word: str, quote: str, cut: tuple[int, int]
) -> None:
    made = large(qtbot, [entity(TEXT, quote)], theme)
    box = letters(made, word, *cut)
    n_text, n_quiet = inks(painted(made), box, theme)
    assert n_text > 5 * n_quiet

    made.set_current("E1")
    left_text, came_quiet = inks(painted(made), box, theme)

    # The frame and the handles of what is in hand cover some of them.
    assert came_quiet >= n_text / 2
    assert left_text <= n_text / 10
    made.set_current("")
    assert inks(painted(made), box, theme) == (n_text, n_quiet)


def test_the_letters_of_the_label_and_of_its_neighbours_keep_their_ink(qtbot: QtBot) -> None:
    made = large(qtbot, [entity(TEXT, "بوتين")])
    before = painted(made)
    made.set_current("E1")
    after = painted(made)

    for word, start in (("وبوتين", 1), ("الرئيس", 0), ("لأوكرانيا", 0), ("انتهى", 0)):
        box = letters(made, word, start)
        assert inks(after, box, "light")[0] == pytest.approx(inks(before, box, "light")[0], rel=0.1)
        assert inks(after, box, "light")[1] <= inks(before, box, "light")[1] + 3


def test_a_proclitic_is_quiet_at_the_right_and_an_enclitic_at_the_left(qtbot: QtBot) -> None:
    made = large(qtbot, [entity(TEXT, "بوتين"), entity(TEXT, "لقائ", "E2")])
    quiet = QColor(Theme.of("light")["text_3"]).rgb()
    for uid, quote, is_right in (("E1", "بوتين", True), ("E2", "لقائ", False)):
        made.set_current(uid)
        picture, box = painted(made), made.box_of(TEXT.index(quote), TEXT.index(quote) + len(quote))
        line = QRect(0, box.top(), 616, box.height())  # without the margin, whose words are quiet
        places = [
            x
            for y in range(line.top(), line.bottom() + 1)
            for x in range(line.left(), line.right() + 1)
            if picture.pixel(x, y) == quiet
        ]
        assert len(places) > 10
        assert all((x >= box.right() - 1) if is_right else (x <= box.left() + 1) for x in places)


def chip_and_ears(made: Canvas) -> tuple[Chip, list[Ear]]:
    """Return the chip of the label in hand and its ears, on the first line."""
    page, scene = made._page, made._scene  # noqa: SLF001
    laid, _ = page.layout.lay(0)
    where = geometry(laid, 0, page.measures, "name")
    shown = Shown(laid, 0, laid.lines[0], where, page.column.text, 0)
    chip = where.chip_of(scene.current)
    assert chip is not None
    return chip, list(ears(shown, scene, page.measures))


def test_the_chip_in_hand_has_the_cut_letters_beside_it_on_their_side(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT, [entity(TEXT, "بوتين"), entity(TEXT, "لقائ", "E2")])
    assert chip_and_ears_of(made, "E1") == [("و", True)]
    assert chip_and_ears_of(made, "E2") == [("هما", False)]


def chip_and_ears_of(made: Canvas, uid: str) -> list[tuple[str, bool]]:
    """Return the letters and sides of the ears, which stand flush with the chip of `uid`."""
    made.set_current(uid)
    chip, found = chip_and_ears(made)
    for ear in found:
        assert (ear.left == chip.right) if ear.is_at_right else (ear.right == chip.left)
    return [(ear.letters, ear.is_at_right) for ear in found]


@pytest.mark.parametrize("theme", THEMES)
def test_an_ear_is_painted_over_the_cut_letter_in_quiet_ink(qtbot: QtBot, theme: str) -> None:
    made = large(qtbot, [entity(TEXT, "بوتين")], theme)
    made.set_current("E1")
    _, (ear,) = chip_and_ears(made)
    column = made._page.column.text  # noqa: SLF001
    top = made.box_of(TEXT.index("بوتين"), TEXT.index("بوتين") + 1).top() - 24
    box = QRect(round(column + ear.left) + 1, top, round(ear.right - ear.left) - 2, 20)

    assert inks(painted(made), box, theme)[1] > 3
    made.set_current("")
    assert inks(painted(made), box, theme)[1] == 0


def test_an_ear_never_stands_over_another_chip(qtbot: QtBot) -> None:
    text = "سان وبوتين"
    made = canvas(qtbot, text, [entity(text, "سان", "E0"), entity(text, "بوتين")])
    made.set_marks(
        [Mark("E0", "entity", ((0, 3),), "كيان جيوسياسي", slot="n5"), entity(text, "بوتين")]
    )
    made.set_current("E1")
    chip, found = chip_and_ears(made)
    others = [one for one in chips_of(made) if one is not chip]

    assert others
    assert all(ear.right < one.left or one.right < ear.left for ear in found for one in others)
    assert not found  # the long name takes the room


def chips_of(made: Canvas) -> list[Chip]:
    """Return the chips of the first line."""
    page = made._page  # noqa: SLF001
    laid, _ = page.layout.lay(0)
    return geometry(laid, 0, page.measures, "name").chips


def test_a_label_of_whole_words_has_no_ears(qtbot: QtBot) -> None:
    made = canvas(qtbot, TEXT, [entity(TEXT, "الرئيس")])
    made.set_current("E1")

    assert chip_and_ears(made)[1] == []


def test_what_is_painted_in_part_is_what_is_painted_as_a_whole(qtbot: QtBot) -> None:
    made = large(qtbot, [entity(TEXT, "بوتين")])
    made.set_current("E1")

    assert screen_of(made) == painted(made)


def test_letters_grow_loud_again_while_a_handle_is_dragged_over_them(qtbot: QtBot) -> None:
    made = large(qtbot, [entity(TEXT, "بوتين")])
    made.set_current("E1")
    box = made.box_of(TEXT.index("بوتين"), TEXT.index("بوتين") + 5)
    cut = letters(made, "وبوتين", 0, 1)
    QTest.mouseMove(made.viewport(), box.center())
    handle = box.center()
    handle.setX(box.right() + 1)
    beyond = cut.center()
    beyond.setX(cut.right() + 1)
    QTest.mousePress(
        made.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, handle
    )
    QTest.mouseMove(made.viewport(), beyond)
    QApplication.processEvents()

    assert inks(painted(made), cut, "light")[1] <= 3
    QTest.mouseRelease(
        made.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beyond
    )


def test_a_paragraph_that_is_not_labelled_stays_as_it_is(qtbot: QtBot) -> None:
    stretches = [Stretch(0, len(TEXT), "noise", "حشو", is_annotatable=False)]
    made = canvas(qtbot, TEXT, [entity(TEXT, "بوتين")], stretches=stretches)
    box = letters(made, "انتهى")
    before = inks(painted(made), box, "light")
    made.set_current("E1")

    assert inks(painted(made), box, "light") == before
