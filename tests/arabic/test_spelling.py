"""pyarabic, asked for what it does right, and as a second opinion on our own folding."""

import unicodedata

import pytest
from hypothesis import given

from annotator.arabic.fold import fold
from annotator.arabic.spelling import bare, number_in_words, unshaped, with_ascii_digits
from tests.strategies import news_texts, texts


@given(texts())
def test_bare_text_has_no_tashkeel_and_keeps_every_letter(text: str) -> None:
    kept = [c for c in text if c != "\u0640" and not ("\u064b" <= c <= "\u0652")]

    assert [c for c in bare(text) if c.isalpha()] == [c for c in kept if c.isalpha()]
    assert not any("\u064b" <= c <= "\u0652" for c in bare(text))


@given(news_texts())
def test_our_fold_sees_no_difference_in_a_bare_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)

    assert fold(bare(text), "marks") == fold(text, "marks")


@given(news_texts())
def test_our_fold_takes_digits_for_the_same(text: str) -> None:
    assert fold(with_ascii_digits(text)) == fold(text)


@pytest.mark.parametrize(("words", "number"), [("ألف ومئتان", 1200), ("سبعة", 7), ("وزير", 0)])
def test_numbers_in_words_are_read(words: str, number: int) -> None:
    assert number_in_words(words) == number


def test_shapes_in_the_order_of_the_eye_become_letters() -> None:
    assert unshaped("ﺎﺒﺣﺮﻣ") == "مرحبا"
