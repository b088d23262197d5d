"""Where the caret goes: by sight over a laid-out page, and as one reads where a selection grows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.arabic.graphemes import graphemes, is_boundary
from annotator.gui.canvas.caret import Caret, Movement, moved, x_of
from annotator.gui.canvas.unseen import is_unseen
from tests.gui.laying import FAMILIES, HARD, SEEDS, PageOf, font
from tests.strategies import news_texts, refused_texts

BIDI = "قال AFP في"
WIDE = 100_000
SIDEWAYS: list[tuple[Movement, Movement]] = [("left", "right"), ("word_left", "word_right")]

pytestmark = pytest.mark.usefixtures("qapp")


def page_of(text: str, width: float = 300) -> PageOf:
    return PageOf(text, font(FAMILIES[0]), width)


def walk(page: PageOf, caret: Caret, movement: Movement) -> list[Caret]:
    """Return where one comes by moving until one stands still, the beginning left out."""
    passed = []
    while (following := moved(page, caret, movement)) != caret:
        caret = following
        passed.append(caret)
        assert len(passed) < 5000
    return passed


def test_left_goes_left_through_latin_in_arabic() -> None:
    page = page_of(BIDI)
    passed = walk(page, Caret(0), "left")

    assert [caret.offset for caret in passed] == [1, 2, 3, 4, 6, 5, 4, 8, 9, 10]
    xs = [x_of(page, caret) for caret in passed]
    assert xs == sorted(xs, reverse=True)


def test_right_comes_back_the_same_way() -> None:
    page = page_of(BIDI)
    xs = [x_of(page, caret) for caret in walk(page, Caret(0), "left")]
    back = walk(page, Caret(len(BIDI), True), "right")

    assert [caret.offset for caret in back] == [9, 8, 7, 5, 6, 7, 3, 2, 1, 0]
    assert [x_of(page, caret) for caret in back][:-1] == pytest.approx(xs[::-1][1:])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", HARD)
def test_each_step_by_sight_goes_one_way_and_none_stops_inside_a_grapheme(
    name: str, family: str
) -> None:
    text = HARD[name]
    page = PageOf(text, font(family), WIDE)
    is_rtl = page.paragraphs[0].is_rtl
    passed = walk(page, Caret(0), "left" if is_rtl else "right")
    xs = [x_of(page, caret) for caret in passed]

    assert all(is_boundary(text, caret.offset) for caret in passed)
    assert xs == sorted(xs, reverse=is_rtl)
    assert len(set(xs)) == len(xs)


@pytest.mark.parametrize("text", SEEDS)
def test_left_alone_comes_by_every_letter_of_a_seed_and_right_alone_comes_back(text: str) -> None:
    page = page_of(text, 333)
    passed = walk(page, Caret(0), "left")
    back = walk(page, passed[-1], "right")

    reached = {caret.offset for caret in passed}
    seen = {start for start, end in graphemes(text) if not is_unseen(text[start])}
    missed = {start for start in seen - reached - {0} if not text[start - 1 : start + 1].isspace()}
    assert not {start for start in missed if text[start].isalpha() and text[start - 1].isalpha()}
    assert max(reached) >= len(text.rstrip())
    assert back[-1].offset == 0


@given(refused_texts(max_size=50), st.sampled_from([60, 200, WIDE]))
@settings(deadline=None)
def test_in_any_text_one_comes_from_the_start_to_the_end_of_a_paragraph(
    text: str, width: int
) -> None:
    page = page_of("".join(text.splitlines()), width)
    (paragraph,) = page.paragraphs
    forward: Movement = "left" if paragraph.is_rtl else "right"
    passed = walk(page, Caret(0), forward)

    assert all(is_boundary(paragraph.text, caret.offset) for caret in passed)
    assert len(passed) <= len(text) + len(page.lines_of(0).lines)


@pytest.mark.parametrize(("there", "back"), SIDEWAYS)
def test_a_blank_that_hangs_over_the_end_of_a_line_is_one_step(
    there: Movement, back: Movement
) -> None:
    page = page_of("كلمة أخرى", 60)
    at_end = Caret(4, True)

    following = moved(page, at_end, "left")

    assert following == Caret(5)
    assert moved(page, following, "right") == at_end


def test_a_word_that_is_broken_by_a_line_end_is_gone_through_letter_by_letter() -> None:
    page = page_of("ب" * 40, 100)
    passed = walk(page, Caret(0), "left")

    assert [caret.offset for caret in passed] == list(range(1, 41))
    assert [caret.offset for caret in walk(page, passed[-1], "right")] == list(range(39, -1, -1))


def test_sideways_one_comes_into_the_next_paragraph_and_back() -> None:
    page = page_of("خبر\n\nعاجل")

    assert moved(page, Caret(3, True), "left") == Caret(4)
    assert moved(page, Caret(4), "left") == Caret(5)
    assert moved(page, Caret(5), "right") == Caret(4)
    assert moved(page, Caret(4), "right") == Caret(3, True)


def test_in_an_article_without_arabic_right_is_onward() -> None:
    page = page_of("AB\n\nCD")

    assert [c.offset for c in walk(page, Caret(0), "right")] == [1, 2, 3, 4, 5, 6]
    assert [c.offset for c in walk(page, Caret(6), "left")] == [5, 4, 3, 2, 1, 0]


def test_a_paragraph_that_runs_the_other_way_is_passed_without_turning_round() -> None:
    page = page_of("خبر\nAB CD\nعاجل", 40)
    there = [c.offset for c in walk(page, Caret(1), "left")]

    assert there == [2, 3, 9, 8, 7, 6, 5, 4, 10, 11, 12, 13, 14]
    back = [c.offset for c in walk(page, Caret(14, True), "right")]
    assert back == [13, 12, 11, 10, 4, 5, 6, 7, 8, 9, 3, 2, 1, 0]


def test_what_cannot_be_seen_is_no_stop_of_its_own() -> None:
    page = page_of("ا\u200bب\u200f\u2060ج")

    assert [c.offset for c in walk(page, Caret(0), "left")] == [1, 3, 6]
    assert [c.offset for c in walk(page, Caret(6, True), "right")] == [5, 2, 0]
    assert [c.offset for c in walk(page, Caret(0), "forward")] == [1, 3, 6]
    assert [c.offset for c in walk(page, Caret(6, True), "backward")] == [5, 2, 0]


def test_a_grapheme_in_two_directions_is_one_step() -> None:
    page = page_of("لقاء\u0600وبوتين")

    assert [c.offset for c in walk(page, Caret(3), "left")] == [4, 6, 7, 8, 9, 10, 11]
    assert [c.offset for c in walk(page, Caret(7), "right")] == [6, 4, 3, 2, 1, 0]


def test_by_word_one_stops_behind_each_word_and_at_each_paragraph() -> None:
    text = "قال: «وويتكوف» 25%\nنعم"
    page = page_of(text)

    there = walk(page, Caret(0), "word_left")
    back = walk(page, there[-1], "word_right")

    assert [c.offset for c in there] == [3, 13, 15, 19, 22]
    assert [c.offset for c in back] == [19, 18, 17, 6, 0]


def test_by_word_one_passes_latin_words_as_the_eye_meets_them() -> None:
    text = "قالت CBS News إن"
    page = page_of(text)

    assert [c.offset for c in walk(page, Caret(4, True), "word_left")] == [9, 5, 16]
    assert [c.offset for c in walk(page, Caret(16, True), "word_right")] == [14, 8, 13, 0]


def test_reading_on_goes_through_the_text_whatever_its_direction() -> None:
    page = page_of(BIDI)

    assert [c.offset for c in walk(page, Caret(0), "forward")] == list(range(1, 11))
    assert [c.offset for c in walk(page, Caret(10), "backward")] == list(range(9, -1, -1))


@pytest.mark.parametrize("text", [*SEEDS, *HARD.values()])
def test_reading_on_by_graphemes_stops_at_each_end_of_one_that_is_seen(text: str) -> None:
    page = page_of(text)
    seen = [(start, end) for start, end in graphemes(text) if not is_unseen(text[start])]

    onward = [caret.offset for caret in walk(page, Caret(0), "forward")]
    back = [caret.offset for caret in walk(page, Caret(len(text), True), "backward")]

    assert [end for _, end in seen] == [n for n in onward if n < len(text)] + [len(text)] or (
        onward[:-1] == [end for _, end in seen]
    )
    assert back == [start for start, _ in reversed(seen)] or back[:-1] == [s for s, _ in seen][::-1]


def test_reading_on_by_words_selects_words_without_the_blanks_around_them() -> None:
    text = "قال: «وويتكوف» 25%\nنعم CBS News."
    page = page_of(text)

    there = [c.offset for c in walk(page, Caret(0), "word_forward")]
    back = [c.offset for c in walk(page, Caret(len(text)), "word_backward")]

    assert there == [3, 13, 17, 18, 19, 22, 26, 31, 32]
    assert back == [27, 23, 19, 18, 15, 6, 0]


@given(news_texts(60))
@settings(deadline=None)
def test_by_words_one_comes_through_any_news_and_back(text: str) -> None:
    page = page_of(text)

    there = [c.offset for c in walk(page, Caret(0), "word_forward")]
    back = [c.offset for c in walk(page, Caret(len(text), True), "word_backward")]

    assert there == sorted(set(there))
    assert back == sorted(set(back), reverse=True)
    assert not text or (there[-1], back[-1]) == (len(text), 0)


def test_home_and_end_go_to_the_ends_of_the_line_that_can_be_seen() -> None:
    text = "كلمة أخرى ثالثة"
    page = page_of(text, 60)

    assert moved(page, Caret(6), "line_start") == Caret(5)
    assert moved(page, Caret(6), "line_end") == Caret(9, True)
    assert moved(page, Caret(9, True), "line_end") == Caret(9, True)
    assert moved(page, Caret(9, True), "line_start") == Caret(5)


def test_up_and_down_keep_the_place_across_short_lines_and_paragraphs() -> None:
    text = "كلمة طويلة جدا في السطر\nو\n\nكلمة طويلة جدا في السطر"
    page = page_of(text)
    x = x_of(page, Caret(12))
    caret, passed = Caret(12), []
    for _ in range(3):
        caret = moved(page, caret, "down", x)
        passed.append(caret.offset)

    assert passed == [25, 26, 27 + 12]
    for _ in range(3):
        caret = moved(page, caret, "up", x)
    assert caret.offset == 12
    assert moved(page, caret, "up", x) == caret


def test_down_goes_to_the_next_line_of_a_wrapped_paragraph() -> None:
    page = page_of("كلمة أخرى ثالثة", 60)
    xs = [x_of(page, caret) for caret in (Caret(2), moved(page, Caret(2), "down"))]

    assert moved(page, Caret(2), "down").offset in range(5, 10)
    assert abs(xs[0] - xs[1]) < 8


def test_by_paragraph_one_goes_to_its_start_and_its_end_and_over_empty_ones() -> None:
    page = page_of("خبر\n\nعاجل\n")

    assert moved(page, Caret(1), "paragraph_down") == Caret(3, True)
    assert moved(page, Caret(3), "paragraph_down") == Caret(9, True)
    assert moved(page, Caret(9), "paragraph_down") == Caret(10, True)
    assert moved(page, Caret(9), "paragraph_up") == Caret(5)
    assert moved(page, Caret(5), "paragraph_up") == Caret(0)
    assert moved(page, Caret(0), "paragraph_up") == Caret(0)


def test_one_goes_to_the_start_and_the_end_of_the_article() -> None:
    page = page_of("خبر\nعاجل")

    assert moved(page, Caret(2), "document_end") == Caret(8, True)
    assert moved(page, Caret(2), "document_start") == Caret(0)
