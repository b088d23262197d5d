"""Paragraphs: where they are, which way they run, what Qt is given and how it counts it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextLayout

from annotator.gui.canvas.paragraphs import paragraph_at, split
from tests.strategies import refused_texts, texts

RIGHT_TO_LEFT = ["وزير", "CBS و", "25% من", "\u200fوزير", "ﷲ", "", " \u00a0 "]
LEFT_TO_RIGHT = ["CBS News", "2025", "25% — ***", "٢٠٢٥", "، ؛", "שלום", "😀", "\u064b"]
SHOWN = {
    "\ufeffأ": "\u2060أ",
    "أ\ufeff": "أ\u2060",
    "\ufffeab": "\ufffdab",
    "\uffff\ufdd0\ufdef\ufffc": "\ufffd" * 4,
    "\ud83d": "\ufffd",
    "\ud83d\ude00": "\ufffd\ufffd",
    "أ\tب": "أ ب",
    "\x00\x01\x1f\x7f": "␀␁␟␡",
    "\v\f\r": "␋␌␍",
    "\x85\x9f": "\ufffd\ufffd",
}


@pytest.mark.parametrize("text", RIGHT_TO_LEFT)
def test_what_holds_an_arabic_letter_or_nothing_runs_from_right_to_left(text: str) -> None:
    assert split(text)[0].is_rtl


@pytest.mark.parametrize("text", LEFT_TO_RIGHT)
def test_what_says_something_without_an_arabic_letter_runs_from_left_to_right(text: str) -> None:
    assert not split(text)[0].is_rtl


def test_each_paragraph_has_its_own_direction() -> None:
    assert [p.is_rtl for p in split("خبر\nCBS\n\nعاجل")] == [True, False, True, True]


def test_paragraphs_end_where_qt_would_end_a_line() -> None:
    places = [(p.start, p.end) for p in split("أب\nج\u2028د\u2029\n")]

    assert places == [(0, 2), (3, 4), (5, 6), (7, 7), (8, 8)]


@given(refused_texts())
def test_paragraphs_and_their_separators_are_the_whole_text(text: str) -> None:
    paragraphs = split(text)
    separators = [text[a.end] for a in paragraphs[:-1]]

    assert paragraphs[0].start == 0
    assert paragraphs[-1].end == len(text)
    assert all(a.end + 1 == b.start for a, b in pairwise(paragraphs))
    assert set(separators) <= set("\n\u2028\u2029")
    assert not any(set(p.text) & set("\n\u2028\u2029") for p in paragraphs)


@given(refused_texts().flatmap(lambda t: st.tuples(st.just(t), st.integers(0, len(t)))))
def test_every_offset_is_in_the_paragraph_that_is_found_for_it(case: tuple[str, int]) -> None:
    text, offset = case
    paragraphs = split(text)

    found = paragraphs[paragraph_at(paragraphs, offset)]

    assert found.start <= offset <= found.end


@pytest.mark.parametrize(("text", "shown"), SHOWN.items(), ids=map(ascii, SHOWN))
def test_what_qt_cannot_take_is_shown_as_something_else(text: str, shown: str) -> None:
    assert split(text)[0].display == shown


@given(texts())
def test_what_is_shown_is_as_long_as_the_text_in_either_count(text: str) -> None:
    for paragraph in split(text):
        assert len(paragraph.display) == len(paragraph.text)
        assert len(_utf16(paragraph.display)) == len(_utf16(paragraph.text))


@given(refused_texts())
def test_qt_gets_exactly_what_is_shown(text: str) -> None:
    for paragraph in split(text):
        assert QTextLayout(paragraph.display).text() == paragraph.display


@given(refused_texts().flatmap(lambda t: st.tuples(st.just(t), st.integers(0, len(t)))))
def test_an_offset_comes_back_from_units(case: tuple[str, int]) -> None:
    text, offset = case
    paragraph = (paragraphs := split(text))[paragraph_at(paragraphs, offset)]

    units = paragraph.units(offset)

    assert units == len(_utf16(paragraph.display[: offset - paragraph.start])) // 2
    assert paragraph.offset(units) == offset


def test_half_an_astral_character_belongs_to_its_start() -> None:
    paragraph = split("أ\n😀ب")[1]

    assert [paragraph.offset(units) for units in range(4)] == [2, 2, 3, 4]


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
